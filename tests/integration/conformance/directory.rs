use std::fs;
use std::path::Path;

use super::counts::Counts;
use super::document;

/// Replays every `.json` file of a directory.
///
/// A directory that holds none, or only vectors that cannot be replayed yet, is an error: a replay that compared
/// nothing has shown nothing.
pub(super) fn replay(directory: &Path) -> Result<Counts, String> {
    let place = directory.display();
    let mut files = fs::read_dir(directory)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>())
        .map_err(|error| format!("{place}: {error}"))?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    // The file system's order is not the same everywhere, and the first difference should be.
    files.sort();
    let mut counts = Counts::default();
    for file in files {
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let document = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?;
        counts += document::replay(&document).map_err(|what| format!("{}: {what}", file.display()))?;
        counts.files += 1;
    }
    if counts.rows + counts.calendars == 0 {
        return Err(format!("{place}: no vectors to replay"));
    }
    Ok(counts)
}
