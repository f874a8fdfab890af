use std::ffi::OsString;
use std::fmt;
#[cfg(feature = "settings")]
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::environment;
use super::problems::Problems;
use super::{Settings, SettingsError};
use crate::catch_panic::Silent;

/// The default prefix of variables.
const PREFIX: &str = "PERIODIC_";

/// The most bytes of a file: a thousand times the needs of a fleet.
#[cfg(feature = "settings")]
const MOST_BYTES: u64 = 16 << 20;

/// The source of settings, so that they can be read again: a file, overridden by the environment, overridden by code.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use periodic_runtime::settings::SettingsSource;
///
/// let source = SettingsSource::environment()
///     .variables([("NOVA_REPORT_INTERVAL", "5"), ("HOME", "/root")])
///     .prefix("NOVA_")
///     .with(|settings| settings.service(|options| options.log_options = false));
/// let settings = source.read()?;
/// assert_eq!(settings.options().report_interval, Duration::from_secs(5));
/// assert!(!settings.options().log_options);
/// # Ok::<(), periodic_runtime::settings::SettingsError>(())
/// ```
#[derive(Clone)]
#[must_use = "a source does nothing until it is read"]
pub struct SettingsSource {
    #[cfg(feature = "settings")]
    file: Option<PathBuf>,
    /// Whether the file may be missing.
    #[cfg(feature = "settings")]
    optional: bool,
    prefix: String,
    variables: Variables,
    code: Option<Arc<Silent<Code>>>,
}

/// The user's code. The last to have it may be a task that reads the settings again.
type Code = Box<dyn Fn(Settings) -> Settings + Send + Sync>;

#[derive(Clone)]
enum Variables {
    /// The variables of the process, taken at each reading.
    Process,
    These(Vec<(OsString, OsString)>),
}

impl SettingsSource {
    /// Creates a source of a file, with the environment of the process on top.
    #[cfg(feature = "settings")]
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self { file: Some(path.into()), ..Self::environment() }
    }

    /// Creates a source of the environment of the process only.
    pub fn environment() -> Self {
        Self {
            #[cfg(feature = "settings")]
            file: None,
            #[cfg(feature = "settings")]
            optional: false,
            prefix: PREFIX.into(),
            variables: Variables::Process,
            code: None,
        }
    }

    /// Allows the file to be missing; then it sets nothing.
    #[cfg(feature = "settings")]
    pub fn if_exists(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Sets the prefix of the variables' names: `PERIODIC_` by default.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Sets variables that are read instead of the environment of the process.
    pub fn variables<N, V>(mut self, variables: impl IntoIterator<Item = (N, V)>) -> Self
    where
        N: Into<OsString>,
        V: Into<OsString>,
    {
        let variables = variables.into_iter().map(|(name, value)| (name.into(), value.into()));
        self.variables = Variables::These(variables.collect());
        self
    }

    /// Turns off the reading of the environment.
    pub fn without_environment(self) -> Self {
        self.variables([] as [(OsString, OsString); 0])
    }

    /// Adds code that changes the settings each time after they are read.
    pub fn with(mut self, code: impl Fn(Settings) -> Settings + Send + Sync + 'static) -> Self {
        let first = self.code.take();
        let code: Code = Box::new(move |settings| code(by_code(first.as_deref(), settings)));
        self.code = Some(Arc::new(Silent::new(code)));
        self
    }

    /// Returns the path of the file, if there is one.
    #[cfg(feature = "settings")]
    pub fn path(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Reads the current settings. May be called any number of times.
    ///
    /// It reads the file on the caller's thread; in async code with a slow file system, call it on a thread for
    /// blocking work.
    ///
    /// # Errors
    /// When the file is missing, unreadable, not a regular file or larger than 16 MiB, or when it or the environment
    /// has mistakes; all of them are reported at once.
    pub fn read(&self) -> Result<Settings, SettingsError> {
        #[cfg(feature = "settings")]
        let content = self.content()?;
        #[cfg(not(feature = "settings"))]
        let content: Option<Vec<u8>> = None;
        self.parse(content.as_deref())
    }

    /// Returns the settings for this content of the file.
    pub(super) fn parse(&self, content: Option<&[u8]>) -> Result<Settings, SettingsError> {
        let mut settings = Settings::new();
        let mut problems = Problems::default();
        #[cfg(feature = "settings")]
        if let (Some(file), Some(content)) = (&self.file, content) {
            settings = super::file::read(&file.to_string_lossy(), content, settings, &mut problems);
        }
        #[cfg(not(feature = "settings"))]
        let _: Option<&[u8]> = content;
        let variables = match &self.variables {
            Variables::Process => std::env::vars_os().collect(),
            Variables::These(these) => these.clone(),
        };
        settings = environment::read(&self.prefix, variables, settings, &mut problems);
        if let Some(error) = problems.into_error() {
            return Err(error);
        }
        Ok(by_code(self.code.as_deref(), settings))
    }

    /// Returns the content of the file; `None` if there is none.
    #[cfg(feature = "settings")]
    pub(super) fn content(&self) -> Result<Option<Vec<u8>>, SettingsError> {
        let Some(file) = &self.file else { return Ok(None) };
        match crate::file::read(file, MOST_BYTES) {
            Ok(content) => Ok(Some(content)),
            Err(error) if self.optional && error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(SettingsError::Unreadable { file: file.clone(), source }),
        }
    }
}

fn by_code(code: Option<&Silent<Code>>, settings: Settings) -> Settings {
    match code.and_then(Silent::get) {
        Some(code) => code(settings),
        None => settings,
    }
}

impl fmt::Debug for SettingsSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("SettingsSource");
        #[cfg(feature = "settings")]
        debug.field("file", &self.file).field("optional", &self.optional);
        debug.field("prefix", &self.prefix).finish_non_exhaustive()
    }
}
