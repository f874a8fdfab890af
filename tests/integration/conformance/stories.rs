use serde::Deserialize;

use super::counts::Counts;

/// The stories that are told again by a test; its name is the story's, with `_` for `-`.
const TOLD: [&str; 4] = [
    "story-clock-before-first-slot",
    "story-clock-2h-ahead-corrected",
    "story-window-after-set-back",
    "story-panic-payload",
];

/// A timeline in words.
#[derive(Debug, Deserialize)]
pub(super) struct Story {
    name: String,
    kind: String,
}

/// Whether every story has a test: a timeline in words is for people and cannot be replayed.
pub(super) fn replay(stories: &[Story]) -> Result<Counts, String> {
    for Story { name, kind } in stories {
        if kind != "story" {
            return Err(format!("`{name}` is a {kind}, and only a story is known"));
        }
        if !TOLD.contains(&name.as_str()) {
            return Err(format!("`{name}` has no test: write one, and name it in `stories.rs`"));
        }
    }
    Ok(Counts { stories: stories.len(), ..Counts::default() })
}
