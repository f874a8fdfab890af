#[cfg(feature = "settings")]
use std::path::PathBuf;

#[cfg(not(feature = "settings"))]
use super::SettingsFile;
use super::{Settings, SettingsError, SettingsSource};

/// Reads [`Settings`] in one call; use [`SettingsSource`] for settings that are read again later.
///
/// It reads the environment of the process, with the prefix `PERIODIC_`. Sealed: [`Settings`] alone implements it.
pub trait LoadSettings: Sized + sealed::Sealed {
    /// Reads a file, with the environment on top.
    ///
    /// # Errors
    /// When the file is missing or cannot be read, or when it or the environment has mistakes; all of them are reported
    /// at once.
    ///
    /// # Examples
    /// ```no_run
    /// use periodic_runtime::settings::{LoadSettings, Settings};
    ///
    /// let settings = Settings::load("compute.toml")?;
    /// println!("heartbeats each {:?}", settings.options().report_interval);
    /// # Ok::<(), periodic_runtime::settings::SettingsError>(())
    /// ```
    #[cfg(feature = "settings")]
    fn load(file: impl Into<PathBuf>) -> Result<Self, SettingsError>;

    /// Reads a file like [`load`](Self::load), but a missing file sets nothing.
    ///
    /// # Errors
    /// See [`load`](Self::load).
    #[cfg(feature = "settings")]
    fn load_if_exists(file: impl Into<PathBuf>) -> Result<Self, SettingsError>;

    /// Needs the feature `settings`.
    ///
    /// # Errors
    /// None: the compiler refuses the call.
    #[cfg(not(feature = "settings"))]
    #[doc(hidden)]
    fn load(file: impl SettingsFile) -> Result<Self, SettingsError>;

    /// Needs the feature `settings`.
    ///
    /// # Errors
    /// None: the compiler refuses the call.
    #[cfg(not(feature = "settings"))]
    #[doc(hidden)]
    fn load_if_exists(file: impl SettingsFile) -> Result<Self, SettingsError>;

    /// Reads the environment only.
    ///
    /// # Errors
    /// When variables with the prefix are unknown or have invalid values; all of them are reported at once.
    fn from_env() -> Result<Self, SettingsError>;
}

impl LoadSettings for Settings {
    #[cfg(feature = "settings")]
    fn load(file: impl Into<PathBuf>) -> Result<Self, SettingsError> {
        SettingsSource::file(file).read()
    }

    #[cfg(feature = "settings")]
    fn load_if_exists(file: impl Into<PathBuf>) -> Result<Self, SettingsError> {
        SettingsSource::file(file).if_exists().read()
    }

    #[cfg(not(feature = "settings"))]
    fn load(file: impl SettingsFile) -> Result<Self, SettingsError> {
        SettingsSource::file(file).read()
    }

    #[cfg(not(feature = "settings"))]
    fn load_if_exists(file: impl SettingsFile) -> Result<Self, SettingsError> {
        SettingsSource::file(file).read()
    }

    fn from_env() -> Result<Self, SettingsError> {
        SettingsSource::environment().read()
    }
}

mod sealed {
    pub trait Sealed {}

    impl Sealed for super::Settings {}
}
