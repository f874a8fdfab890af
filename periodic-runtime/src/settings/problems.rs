use super::{Origin, ProblemKind, SettingsError, SettingsProblem};

/// The most mistakes of one reading that are shown. Correcting them shows the next ones.
const MOST: usize = 100;

/// The mistakes in a file and the environment: the first in full, the rest counted.
#[derive(Default)]
pub(super) struct Problems {
    told: Vec<SettingsProblem>,
    more: usize,
}

impl Problems {
    /// Adds a mistake, which is made only if it will be shown.
    pub(super) fn push(&mut self, problem: impl FnOnce() -> SettingsProblem) {
        if self.told.len() < MOST {
            self.told.push(problem());
        } else {
            self.more += 1;
        }
    }

    /// Adds a mistake in a variable.
    pub(super) fn push_variable(&mut self, name: &str, (kind, what): (ProblemKind, String)) {
        self.push(|| {
            SettingsProblem::new(Origin::Variable(periodic_text::quoted(name).to_string()), kind, what)
        });
    }

    /// Whether another mistake would only be counted, so that no text is needed for it.
    pub(super) fn is_full(&self) -> bool {
        self.told.len() == MOST
    }

    /// Returns the error, if there are mistakes.
    pub(super) fn into_error(self) -> Option<SettingsError> {
        let Self { told: problems, more } = self;
        (!problems.is_empty()).then_some(SettingsError::Invalid { problems, more })
    }
}
