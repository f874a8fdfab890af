//! Variables of the environment: `PERIODIC_REPORT_INTERVAL`, `PERIODIC_TASKS__POLL__SPACING`.

use std::ffi::OsString;

use tracing::debug;

use super::kubernetes;
use super::value::{self, Raw};
use super::{Origin, ProblemKind, ServiceOption, Settings, SettingsProblem, TaskKey, TaskSettings};

/// What stands between the prefix and the name of a task.
const TASKS: &str = "TASKS__";

/// Puts the variables that begin with `prefix` on top of `settings`.
pub(super) fn read(
    prefix: &str,
    variables: Vec<(OsString, OsString)>,
    mut settings: Settings,
    problems: &mut Vec<SettingsProblem>,
) -> Settings {
    // The environment has no order; the longer spelling of a task's name is the fuller one.
    let mut ours = Vec::new();
    for (name, value) in variables {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with(prefix) {
            let variable = (name.len(), name, value);
            // There are few of them.
            ours.insert(ours.partition_point(|other| *other < variable), variable);
        }
    }
    let mut injected = Vec::new();
    for (_, name, value) in ours {
        let origin = Origin::Variable(name.clone());
        let Some(value) = value.to_str() else {
            problems.push(SettingsProblem::new(origin, ProblemKind::Value, "the value is not Unicode"));
            continue;
        };
        let raw = Raw::Variable(value);
        let read = match Meaning::of(prefix, &name) {
            Ok(Meaning::Option(option)) => {
                let mut fault = None;
                settings = settings.service(|options| fault = value::set_option(option, raw, options).err());
                fault.map_or(Ok(()), Err)
            }
            Ok(Meaning::Task(task, key)) => value::task_setting(key, raw).map(|setting| {
                let task_settings = TaskSettings::new().set(setting, Some(origin.clone()));
                let before = std::mem::take(&mut settings);
                settings = before.task_from_variable(origin.clone(), task, task_settings);
            }),
            Err(_) if kubernetes::is_injected(prefix, &name, value) => {
                injected.push(name);
                continue;
            }
            Err(what) => Err((ProblemKind::UnknownKey, what)),
        };
        if let Err((kind, what)) = read {
            problems.push(SettingsProblem::new(origin, kind, what));
        }
    }
    if let Some(first) = injected.first() {
        debug!(
            first,
            count = injected.len(),
            "variables that Kubernetes injects for a Service are no settings"
        );
    }
    settings
}

enum Meaning<'a> {
    Option(&'static ServiceOption),
    Task(&'a str, TaskKey),
}

impl<'a> Meaning<'a> {
    fn of(prefix: &str, name: &'a str) -> Result<Self, String> {
        let rest = name.strip_prefix(prefix).unwrap_or(name);
        if let Some(task) = rest.strip_prefix(TASKS) {
            return Self::of_task(prefix, task);
        }
        let mut known = Vec::with_capacity(ServiceOption::ALL.len());
        for option in &ServiceOption::ALL {
            let variable = variable(prefix, option.name);
            if variable == name {
                return Ok(Self::Option(option));
            }
            known.push(variable);
        }
        // Whoever knows the option writes its whole name after the prefix.
        let near = if known.iter().any(|known| known == rest) {
            Some(rest)
        } else {
            periodic_text::nearest(name, &known, |known| [known]).map(String::as_str)
        };
        Err(match near {
            Some(near) => format!("no option has this variable; did you mean `{near}`?"),
            None => {
                format!("no option has this variable; those of tasks are called `{prefix}{TASKS}NAME__KEY`")
            }
        })
    }

    fn of_task(prefix: &str, task: &'a str) -> Result<Self, String> {
        // The last two underscores, because a name may end in one.
        let Some((task, key)) = task.rsplit_once("__") else {
            return Err(format!("a task's variable names a key too: `{prefix}{TASKS}{task}__SPACING`"));
        };
        for known in TaskKey::ALL {
            if known.as_str().to_uppercase() == key {
                return Ok(Self::Task(task, known));
            }
        }
        Err(value::unknown_task_key(&key.to_lowercase(), &str::to_uppercase))
    }
}

/// The variable of an option, in which the prefix does not stand twice.
fn variable(prefix: &str, option: &str) -> String {
    let option = option.to_uppercase();
    if option.starts_with(prefix) { option } else { format!("{prefix}{option}") }
}
