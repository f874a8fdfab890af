use super::{Origin, ProblemKind, SettingsError, SettingsProblem};

/// How many mistakes of one reading are told. Whoever mends these mends the others.
const MOST: usize = 100;

/// The mistakes in a file and the environment: the first in full, the rest counted.
#[derive(Default)]
pub(super) struct Problems {
    told: Vec<SettingsProblem>,
    more: usize,
}

impl Problems {
    /// Takes in one more, which is only made if it is told.
    pub(super) fn push(&mut self, problem: impl FnOnce() -> SettingsProblem) {
        if self.told.len() < MOST {
            self.told.push(problem());
        } else {
            self.more += 1;
        }
    }

    /// Takes in that there is something wrong with a variable.
    pub(super) fn push_variable(&mut self, name: &str, (kind, what): (ProblemKind, String)) {
        self.push(|| {
            SettingsProblem::new(Origin::Variable(periodic_text::quoted(name).to_string()), kind, what)
        });
    }

    /// Whether another problem would only be counted, so that no text need be made for it.
    pub(super) fn is_full(&self) -> bool {
        self.told.len() == MOST
    }

    /// The error, if there is one.
    pub(super) fn into_error(self) -> Option<SettingsError> {
        let Self { told: problems, more } = self;
        (!problems.is_empty()).then_some(SettingsError::Invalid { problems, more })
    }
}
