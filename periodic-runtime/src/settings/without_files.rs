//! Replaces settings files where the feature `settings` is off, so that the compiler's error can name the feature.

use super::SettingsSource;

/// The path of a settings file. Without the feature, no type implements it.
#[diagnostic::on_unimplemented(
    message = "settings files need the feature `settings` of `periodic-tasks`: cargo add periodic-tasks --features settings",
    label = "a settings file"
)]
pub trait SettingsFile {
    /// Never called.
    fn source(self) -> SettingsSource;
}

impl SettingsSource {
    /// Needs the feature `settings`.
    #[doc(hidden)]
    pub fn file(file: impl SettingsFile) -> Self {
        file.source()
    }
}
