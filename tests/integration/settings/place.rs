use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use periodic::Settings;
use periodic::settings::{SettingsError, SettingsSource};

/// A directory of one test's own, with the file `compute.toml` in it.
pub(crate) struct Place {
    directory: PathBuf,
}

impl Place {
    pub(crate) fn new(content: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let directory =
            std::env::temp_dir().join(format!("periodic-settings-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        let place = Self { directory };
        place.write(content);
        place
    }

    pub(super) fn file(&self) -> PathBuf {
        self.directory.join("compute.toml")
    }

    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }

    pub(super) fn write(&self, content: impl AsRef<[u8]>) {
        std::fs::write(self.file(), content).unwrap();
    }

    /// The file, with an environment that holds these variables alone.
    pub(crate) fn source(&self, variables: &[(&str, &str)]) -> SettingsSource {
        SettingsSource::file(self.file()).variables(variables.iter().copied())
    }

    /// The text of an error, without this directory's path.
    pub(super) fn said(&self, error: &impl ToString) -> String {
        error.to_string().replace(&format!("{}/", self.directory.display()), "")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

/// Settings of a file with this content, in an empty environment.
pub(crate) fn read(content: &str) -> Result<Settings, String> {
    read_with(content, &[])
}

pub(super) fn read_with(content: &str, variables: &[(&str, &str)]) -> Result<Settings, String> {
    let place = Place::new(content);
    place.source(variables).read().map_err(|error: SettingsError| place.said(&error))
}

/// The message about a file with this content.
pub(super) fn mistakes(content: &str) -> String {
    read(content).expect_err("the file should be refused")
}
