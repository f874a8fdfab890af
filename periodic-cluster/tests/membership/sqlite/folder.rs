use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder for one test's file, deleted when it is dropped.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("periodic-members-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(super) fn file(&self) -> PathBuf {
        self.0.join("nodes.db")
    }

    /// Removes the file, and the other files of `SQLite` beside it.
    pub(super) fn remove(&self) {
        for name in ["nodes.db", "nodes.db-wal", "nodes.db-shm"] {
            // There may be none beside the file itself.
            let _ = fs::remove_file(self.0.join(name));
        }
    }

    pub(super) fn move_away(&self) {
        fs::rename(&self.0, away(&self.0)).unwrap();
    }

    pub(super) fn move_back(&self) {
        fs::rename(away(&self.0), &self.0).unwrap();
    }
}

fn away(folder: &Path) -> PathBuf {
    folder.with_extension("away")
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A failure only leaves files in the folder for temporary files.
        let _ = fs::remove_dir_all(&self.0);
    }
}
