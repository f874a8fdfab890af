use core::fmt;
use std::sync::Arc;

use periodic_text::escaped;

/// The place of a setting in its source. Its `Display` is the beginning of an error.
///
/// # Examples
/// ```
/// use periodic_core::settings::Origin;
///
/// let key = "tasks.\"ComputeManager.poll\".spacing".to_owned();
/// let origin = Origin::File { file: "compute.toml".into(), line: 12, column: 1, key };
/// assert_eq!(origin.to_string(), "compute.toml:12: tasks.\"ComputeManager.poll\".spacing");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// A place in a file.
    File {
        /// The file's name, as it was given.
        file: Arc<str>,
        /// The line, counted from 1.
        line: usize,
        /// The character of that line, counted from 1.
        column: usize,
        /// The key, with the tables around it.
        key: String,
    },
    /// A variable of the environment.
    Variable(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // Without a key the column says more than the line.
            Self::File { file, line, column, key } if key.is_empty() => {
                write!(f, "{}:{line}:{column}", escaped(file))
            }
            Self::File { file, line, key, .. } => write!(f, "{}:{line}: {key}", escaped(file)),
            Self::Variable(name) => f.write_str(name),
        }
    }
}

/// Returns the beginning of an error: the origin and a colon, or nothing.
pub(crate) fn origin_prefix(origin: Option<&Origin>) -> impl fmt::Display {
    fmt::from_fn(move |f| origin.map_or(Ok(()), |origin| write!(f, "{origin}: ")))
}
