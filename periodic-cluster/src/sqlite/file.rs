use std::path::Path;

/// The identity of the file at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileId(Option<(u64, u64)>);

impl FileId {
    /// Returns the identity; `None` inside if there is no file.
    #[cfg(unix)]
    pub(super) fn at(path: &Path) -> Self {
        use std::os::unix::fs::MetadataExt;

        Self(std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino())))
    }

    /// Returns no identity: files have no number here, but an open file cannot be replaced either.
    #[cfg(not(unix))]
    pub(super) fn at(_: &Path) -> Self {
        Self(None)
    }
}
