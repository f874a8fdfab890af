//! Variables of the environment: `PERIODIC_REPORT_INTERVAL`, `PERIODIC_TASKS__POLL__SPACING`.

use std::ffi::OsString;

use tracing::debug;

use super::kubernetes;
use super::problems::Problems;
use super::value::{self, Raw};
use super::{Origin, ProblemKind, ServiceOption, Settings, TaskKey, TaskSettings};
use crate::catch_panic::catch_subscriber;

/// The text between the prefix and the name of a task.
const TASKS: &str = "TASKS__";

/// The largest number of variables with the prefix that are read. One task's name may stand in several.
const MOST: usize = 100_000;

/// The most bytes of a variable's name and value together; operating systems have a similar limit.
const LONGEST: usize = 128 << 10;

/// Puts the variables that begin with `prefix` on top of `settings`.
pub(super) fn read(
    prefix: &str,
    variables: Vec<(OsString, OsString)>,
    mut settings: Settings,
    problems: &mut Problems,
) -> Settings {
    let options = SchedulerOptions::new(prefix);
    let mut injected = Vec::new();
    for (_, name, value) in ours(prefix, variables, problems) {
        let Some(value) = value.to_str() else {
            problems.push_variable(&name, (ProblemKind::Value, "the value is not Unicode".into()));
            continue;
        };
        let raw = Raw::Variable(value);
        let read = match options.meaning(&name, problems.is_full()) {
            Ok(Meaning::Option(option)) => {
                let mut fault = None;
                settings = settings.service(|options| fault = value::set_option(option, raw, options).err());
                fault.map_or(Ok(()), Err)
            }
            Ok(Meaning::Task(task, key)) => value::task_setting(key, raw).map(|setting| {
                let origin = Origin::Variable(periodic_text::quoted(&name).to_string());
                let task_settings = TaskSettings::new().set(setting, Some(origin.clone()));
                let before = std::mem::take(&mut settings);
                settings = before.task_from_variable(origin, task, task_settings);
            }),
            Err(_) if kubernetes::is_injected(prefix, &name, value) => {
                injected.push(name);
                continue;
            }
            Err(what) => Err((ProblemKind::UnknownKey, what)),
        };
        if let Err(fault) = read {
            problems.push_variable(&name, fault);
        }
    }
    if let Some(first) = injected.first() {
        let count = injected.len();
        catch_subscriber(|| {
            debug!(first, count, "variables of a Kubernetes Service are not read as settings");
        });
    }
    settings
}

/// Returns the variables with the prefix, the shorter ones first: the environment has no order, and the longer spelling
/// of a task's name wins.
fn ours(
    prefix: &str,
    variables: Vec<(OsString, OsString)>,
    problems: &mut Problems,
) -> Vec<(usize, String, OsString)> {
    let mut ours = Vec::new();
    for (name, value) in variables {
        if !name.as_encoded_bytes().starts_with(prefix.as_bytes()) {
            continue;
        }
        let name = name.to_string_lossy().into_owned();
        if name.len() + value.len() > LONGEST {
            let what = format!("a variable of settings has at most {} KiB with its value", LONGEST >> 10);
            problems.push_variable(&name, (ProblemKind::Value, what));
        } else if ours.len() == MOST {
            let what = format!("at most {MOST} variables with the prefix `{prefix}` are read");
            problems.push_variable(&name, (ProblemKind::Value, what));
        } else {
            ours.push((name.len(), name, value));
        }
    }
    ours.sort_unstable();
    ours
}

enum Meaning<'a> {
    Option(&'static ServiceOption),
    Task(&'a str, TaskKey),
}

/// The variables of all options, each with its option.
struct SchedulerOptions<'p> {
    prefix: &'p str,
    variables: Vec<(String, &'static ServiceOption)>,
}

impl<'p> SchedulerOptions<'p> {
    fn new(prefix: &'p str) -> Self {
        let variables = ServiceOption::ALL.iter().map(|option| (variable(prefix, option.name), option));
        Self { prefix, variables: variables.collect() }
    }

    /// Returns the meaning of the variable, or else the advice for the user. If `is_untold`, the advice is not shown,
    /// so none is looked for.
    fn meaning<'a>(&self, name: &'a str, is_untold: bool) -> Result<Meaning<'a>, String> {
        let prefix = self.prefix;
        let rest = name.strip_prefix(prefix).unwrap_or(name);
        if let Some(task) = rest.strip_prefix(TASKS) {
            return Meaning::of_task(prefix, task);
        }
        if let Some((_, option)) = self.variables.iter().find(|(variable, _)| variable == name) {
            return Ok(Meaning::Option(option));
        }
        if is_untold {
            return Err(String::new());
        }
        // The user may have written the option's whole name after the prefix.
        let near = if self.variables.iter().any(|(variable, _)| variable == rest) {
            Some(rest)
        } else {
            periodic_text::nearest(name, &self.variables, |(variable, _)| [variable.as_str()])
                .map(|(variable, _)| variable.as_str())
        };
        Err(match near {
            Some(near) => format!("no option has this variable; did you mean `{near}`?"),
            None => {
                format!(
                    "no option has this variable; variables of tasks are called `{prefix}{TASKS}NAME__KEY`"
                )
            }
        })
    }
}

impl<'a> Meaning<'a> {
    fn of_task(prefix: &str, task: &'a str) -> Result<Self, String> {
        // Splits at the last two underscores, because a name may end in one.
        let Some((task, key)) = task.rsplit_once("__") else {
            let task = periodic_text::quoted(task);
            return Err(format!("a task's variable must name a key, as in `{prefix}{TASKS}{task}__SPACING`"));
        };
        for known in TaskKey::ALL {
            if known.as_str().to_uppercase() == key {
                return Ok(Self::Task(task, known));
            }
        }
        Err(value::unknown_task_key(&key.to_lowercase(), &str::to_uppercase))
    }
}

/// Returns the variable of an option, without repeating the prefix.
fn variable(prefix: &str, option: &str) -> String {
    let option = option.to_uppercase();
    if option.starts_with(prefix) { option } else { format!("{prefix}{option}") }
}
