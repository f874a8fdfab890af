use std::collections::HashMap;

use super::Pattern;
use super::layer::Layer;
use super::pattern::spelled_as_variable;
use crate::task::TaskName;

/// An index of the layers by the tasks that they name.
///
/// A file may have a layer for each task of a fleet, and each task searches them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Places {
    /// The layers with a `*`, which have to be matched one by one.
    open: Vec<usize>,
    names: HashMap<Box<str>, Vec<usize>>,
    variables: HashMap<Box<str>, Vec<usize>>,
}

impl Places {
    /// How many there are with a `*`.
    pub(super) fn open(&self) -> usize {
        self.open.len()
    }

    pub(super) fn insert(&mut self, pattern: &Pattern, place: usize) {
        let (texts, text) = match pattern {
            // It fits no name, and is not tried.
            pattern if pattern.is_too_long() => return,
            pattern if pattern.is_open() => return self.open.push(place),
            Pattern::Name(name) => (&mut self.names, name),
            Pattern::Variable(name) => (&mut self.variables, name),
        };
        texts.entry(text.as_str().into()).or_default().push(place);
    }

    /// Returns the places of the layers that name this task, in their order.
    pub(super) fn of(&self, name: &TaskName, layers: &[Layer]) -> Vec<usize> {
        let mut places = Vec::new();
        if layers.is_empty() {
            return places;
        }
        places.extend(self.open.iter().copied().filter(|place| layers[*place].pattern.names(name)));
        places.extend(self.by_name(name));
        places.sort_unstable();
        places
    }

    /// Returns the places of those that name it without a `*`. The look-up does not depend on the number of patterns.
    pub(super) fn by_name(&self, name: &TaskName) -> Vec<usize> {
        let mut places = Vec::new();
        for text in [name.as_str(), name.task()] {
            places.extend(self.names.get(text).into_iter().flatten());
            if !self.variables.is_empty() {
                places.extend(self.variables.get(spelled_as_variable(text).as_str()).into_iter().flatten());
            }
        }
        places.sort_unstable();
        // A task without a manager has one name for both.
        places.dedup();
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Settings, TaskSettings};
    use crate::spec::{Interval, TaskSpec};

    #[test]
    fn the_layers_of_a_task_keep_their_order() {
        let spaced = |secs| TaskSettings::new().spacing(Interval::from_secs(secs));
        let layers: [(&str, bool); 6] = [
            ("M.poll", false),
            ("*", false),
            ("POLL", true),
            ("poll", false),
            ("M__POLL", true),
            ("M.*", false),
        ];
        let name = TaskName::new("M", "poll").unwrap();
        for from in 0..layers.len() {
            // The last one wins, in any order.
            let turned = layers.iter().cycle().skip(from).take(layers.len());
            let settings = turned.zip(1..).fold(Settings::new(), |settings, ((text, variable), secs)| {
                let origin = crate::settings::Origin::Variable("V".into());
                if *variable {
                    settings.task_from_variable(origin, *text, spaced(secs))
                } else {
                    settings.task(*text, spaced(secs))
                }
            });
            let spec = settings.applied_to(&name, &TaskSpec::new("poll"));
            assert_eq!(spec, TaskSpec::new("poll").every(Interval::from_secs(6)));
        }
    }
}
