use std::sync::Arc;

use super::quote;
use super::value::Fault;
use super::{Origin, ProblemKind, SettingsProblem};

/// The distance, in bytes, at which the number of letters so far is noted.
const STEP: usize = 1 << 10;

/// The most bytes of a key that are shown, with the tables around it, each of at most 255.
const LONGEST_PATH: usize = 1_024;

/// The places of keys and values in a file.
///
/// Every key is looked up, and a file may have many, in one line or in many lines. So a look-up reads only a short part
/// of the text.
pub(super) struct Place<'a> {
    file: Arc<str>,
    pub(super) text: &'a str,
    /// The end of the text, without line breaks.
    end: usize,
    /// The begin of each line.
    lines: Vec<usize>,
    /// The number of letters that begin before each step.
    letters: Vec<usize>,
}

impl<'a> Place<'a> {
    pub(super) fn new(file: &str, text: &'a str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let mut letters = vec![0];
        for step in text.as_bytes().chunks(STEP) {
            letters.push(letters.last().unwrap_or(&0) + begun_in(step));
        }
        Self {
            file: file.into(),
            text,
            // An error at the end of a file that ends in a line break belongs to its last line.
            end: text.trim_end_matches(['\n', '\r']).len(),
            lines: std::iter::once(0).chain(breaks).collect(),
            letters,
        }
    }

    pub(super) fn origin(&self, path: &[&str], at: usize) -> Origin {
        let at = at.min(self.end);
        let line = self.lines.partition_point(|begin| *begin <= at).max(1);
        let column = self.letters_before(at).saturating_sub(self.letters_before(self.lines[line - 1])) + 1;
        Origin::File { file: Arc::clone(&self.file), line, column, key: written(path) }
    }

    pub(super) fn problem(&self, path: &[&str], at: usize, (kind, what): Fault) -> SettingsProblem {
        SettingsProblem::new(self.origin(path, at), kind, what)
    }

    pub(super) fn no_toml(&self, error: &toml::de::Error) -> SettingsProblem {
        let span = error.span().unwrap_or(self.text.len()..self.text.len());
        let found = self.text.get(span.clone()).filter(|found| (1..=40).contains(&found.trim().len()));
        let message = periodic_text::quoted(error.message());
        let what = match found.map(str::trim).filter(|found| !found.contains('\n')) {
            Some(found) => format!("{message}: `{}`", periodic_text::escaped(found)),
            None => message.to_string(),
        };
        self.problem(&[], span.start, (ProblemKind::Syntax, what))
    }

    fn letters_before(&self, at: usize) -> usize {
        let step = at / STEP;
        self.letters[step] + begun_in(&self.text.as_bytes()[step * STEP..at])
    }
}

/// Returns the number of letters that begin in these bytes.
fn begun_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// Returns a key with the tables around it, as TOML writes it, and cut if it is very long.
fn written(path: &[&str]) -> String {
    let mut written = String::new();
    for key in path {
        if written.len() > LONGEST_PATH {
            written.push('…');
            break;
        }
        if !written.is_empty() {
            written.push('.');
        }
        written.push_str(&quote::key(&periodic_text::cut(key)));
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place_of(text: &str, at: usize) -> (usize, usize) {
        match Place::new("f", text).origin(&[], at) {
            Origin::File { line, column, .. } => (line, column),
            other => panic!("{other}"),
        }
    }

    #[test]
    fn places_are_those_that_counting_gives() {
        let mut text = String::new();
        for length in [0, 1, STEP - 1, STEP, STEP + 1, 3 * STEP + 7] {
            text.extend(std::iter::repeat_n(['a', 'ö', '世'], length).flatten().take(length));
            text.push('\n');
        }
        text.push_str("last\r\n\n");
        let (mut line, mut column) = (1, 1);
        let end = text.trim_end().len();
        for (at, letter) in text.char_indices() {
            if at <= end {
                assert_eq!(place_of(&text, at), (line, column), "{at}");
            }
            (line, column) = if letter == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        assert_eq!(place_of(&text, usize::MAX), place_of(&text, end));
        assert_eq!(place_of("", 0), (1, 1));
        assert_eq!(place_of("\n\n", 1), (1, 1));
    }

    #[test]
    fn a_long_key_is_shown_in_part() {
        let long = "k".repeat(5_000_000);
        let key = written(&["tasks", &long, "spacing"]);
        assert!(key.starts_with("tasks.") && key.ends_with("… (5000000 bytes)\".spacing"), "{key}");
        let deep = vec!["table"; 1_000_000];
        assert!(written(&deep).len() < 1_100);
        assert_eq!(written(&["tasks", "M.poll", "spacing"]), "tasks.\"M.poll\".spacing");
    }
}
