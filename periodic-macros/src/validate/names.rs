use std::collections::HashSet;

use crate::errors::Errors;
use crate::model::Task;

/// Refuses the second of two tasks with one name, unless a `#[cfg]` parts them; then the compiler checks those
/// that are left.
pub(super) fn check<'t>(tasks: impl Iterator<Item = &'t Task>, errors: &mut Errors) -> Vec<&'t Task> {
    let mut seen = HashSet::new();
    let mut is_first = |task: &&Task| {
        let conditions: String = task.conditions.iter().map(ToString::to_string).collect();
        let name = task.name();
        let is_first = seen.insert((name.clone(), conditions));
        if !is_first {
            let advice = format_args!("two tasks are named `{name}`; give one another name: `name = \"..\"`")
                .to_string();
            errors.at(task.name_tokens(), advice);
        }
        is_first
    };
    tasks.filter(|task| is_first(task)).collect()
}
