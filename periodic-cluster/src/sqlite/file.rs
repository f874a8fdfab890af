use std::path::Path;

/// Which file stands behind a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileId(Option<(u64, u64)>);

impl FileId {
    /// `None` inside where there is none.
    #[cfg(unix)]
    pub(super) fn at(path: &Path) -> Self {
        use std::os::unix::fs::MetadataExt;

        Self(std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino())))
    }

    /// Files have no number there; but one that is open cannot be replaced either.
    #[cfg(not(unix))]
    pub(super) fn at(_: &Path) -> Self {
        Self(None)
    }
}
