use std::fmt::Write as _;

use periodic_core::PeriodicManager;
use periodic_core::settings::{OptionKind, ServiceOption, ServiceOptions, Settings, TaskKey, TaskSetting};
use periodic_core::table::{TableError, TaskTable};
use periodic_core::task::{Anchor, ScheduleSpec, Task};

use super::quote;

/// The head of the sample.
const HEAD: &str = "\
# Each line that begins with # and a key shows an option with its default: remove the mark and change the
# value. Durations are numbers of seconds, or texts as \"90s\", \"1h30m\", \"2.5ms\".
";

const TASKS: &str = "\
# A table sets keys of one task. The name may be without the manager's; with * for any text it sets them for all
# tasks that it names: [tasks.\"*\"]. Patterns are applied in the order of this file, exact names after them.
#
#   spacing   the time from slot to slot; 0 is the default of 60 s, less than 0 disables the task
#   cron      the times on the clock, as minute, hour, day, month and day of the week; replaces a spacing
#   tz        the zone whose clocks cron means, as \"Europe/Berlin\"
#   dst       the rules for readings that those clocks leave out, \"first\" or \"skip\", or show twice,
#             \"once\" or \"twice\"
#   enabled   whether the task runs at all
#   jitter    the longest delay of a run behind its slot: \"5%\" of the spacing, a duration, or \"none\"
#   timeout   the bound of one attempt, or \"none\"
#   retry     the attempts at a slot, and the back-off between them, doubling up to the longest:
#             { attempts = 3, backoff = \"1s..30s\", jitter = false }, with the defaults of the last two; or
#             \"none\"
#   overlap   the rule for a slot that is due during a run: \"skip\", \"queue\", \"replace\", \"allow(3)\"
#   missed    the rule for missed slots: \"coalesce\", \"skip\", \"all(10)\"
#   grace     the greatest lateness at which a slot is still run; \"none\": 60 s for missed = \"skip\", else any
#   max_runs  the number of scheduled starts after which the task is done, or \"none\"
";

/// Returns a commented settings file for a manager: every option of the service and every key of each task, each with
/// its default or declared value and its meaning.
///
/// All values are commented out, so the unchanged file sets nothing; remove the `#` before a key to set it. Keys
/// without a meaning for a task are left out.
///
/// # Errors
/// When the manager's table cannot be built: see [`TaskTable::of`].
///
/// # Examples
/// ```
/// # use periodic_core::manager::{Call, Collector, Given, PeriodicManager};
/// # use periodic_core::task::TaskSpec;
/// # struct Manager;
/// # impl PeriodicManager for Manager {
/// #     type Context = ();
/// #     type Owner = ();
/// #     fn collect(&self, collector: &mut Collector) {
/// #         collector.manager("Manager");
/// #         collector.tasks(&[TaskSpec::new("poll").description("Asks the device.")]);
/// #     }
/// #     fn call<'a>(&'a self, row: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
/// #         Call::unknown_row("Manager", row)
/// #     }
/// # }
/// let sample = periodic_runtime::settings::sample(&Manager)?;
/// assert!(sample.contains("# Asks the device.\n[tasks.\"Manager.poll\"]\n#spacing = \"1m\"\n"));
/// # Ok::<(), periodic_core::table::TableError>(())
/// ```
pub fn sample<M: PeriodicManager + ?Sized>(manager: &M) -> Result<String, TableError> {
    let table = TaskTable::of(manager, &Settings::new())?;
    let mut sample = String::from(HEAD);
    let options = ServiceOptions::default();
    for option in ServiceOption::ALL {
        let value = option.value(&options);
        let value = if matches!(option.kind, OptionKind::Switch(_)) { value } else { quote::text(&value) };
        line(&mut sample, format_args!("\n# {}", option.about));
        line(&mut sample, format_args!("#{} = {value}", option.name));
    }
    sample.push('\n');
    sample.push_str(TASKS);
    for task in table.tasks() {
        sample.push('\n');
        put_task(&mut sample, task);
    }
    Ok(sample)
}

fn put_task(sample: &mut String, task: &Task) {
    for text in task.spec().description.lines() {
        // A comment of TOML may not contain control characters other than the tab.
        let mut comment = String::from("# ");
        for letter in text.chars() {
            comment.push(if letter.is_control() && letter != '\t' { ' ' } else { letter });
        }
        line(sample, format_args!("{}", comment.trim_end()));
    }
    line(sample, format_args!("[tasks.{}]", quote::key(task.name().as_str())));
    for key in TaskKey::ALL {
        if has_meaning(key, task)
            && let Some(setting) = TaskSetting::of(task.spec(), key)
        {
            line(sample, format_args!("#{key} = {}", value(&setting)));
        }
    }
}

/// Whether the key has a meaning for the task's schedule: with `from = finish` nothing overlaps and nothing is missed.
fn has_meaning(key: TaskKey, task: &Task) -> bool {
    let follows_its_end = matches!(task.spec().schedule, ScheduleSpec::Every { from: Anchor::Finish, .. });
    !(follows_its_end && matches!(key, TaskKey::Overlap | TaskKey::Missed))
}

fn value(setting: &TaskSetting) -> String {
    match setting {
        TaskSetting::Retry(Some(retry)) => format!(
            "{{ attempts = {}, backoff = {}, jitter = {} }}",
            retry.attempts,
            quote::text(&retry.back_offs()),
            retry.jitter
        ),
        TaskSetting::Enabled(_) | TaskSetting::MaxRuns(Some(_)) => setting.to_string(),
        _ if setting.key() == TaskKey::Dst => rules(&setting.to_string()),
        _ => quote::text(&setting.to_string()),
    }
}

/// Returns `gap = first, overlap = once` as a table.
fn rules(parts: &str) -> String {
    let mut quoted = Vec::new();
    for part in parts.split(", ") {
        if let Some((key, value)) = part.split_once(" = ") {
            quoted.push(format!("{key} = {}", quote::text(value)));
        }
    }
    format!("{{ {} }}", quoted.join(", "))
}

fn line(sample: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a `String` cannot fail.
    let _ = writeln!(sample, "{line}");
}
