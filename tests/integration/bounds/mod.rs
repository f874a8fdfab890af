//! Bounds of names, texts, lines of a log and mistakes in settings.

mod lines;
mod looking_up;
mod names;
mod patterns;
mod settings;
mod texts;

/// Names that no task, manager or member may have.
fn bad_names() -> Vec<String> {
    let mut names = vec!["x".repeat(256), "x".repeat(1 << 20)];
    names.extend(
        ["", "a b", "a\nb", "a\u{a0}b", "\u{1b}[2J", "a\0", "poll*", "a\u{202e}b", "a\u{200b}b"]
            .map(String::from),
    );
    names
}

/// Whether a text may be printed as it is.
fn is_harmless(text: &str) -> bool {
    text.chars().all(|letter| letter == '\n' || !letter.is_control() && letter != '\u{202e}')
}
