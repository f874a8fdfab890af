use core::fmt::{self, Write};

use periodic_text::look_alike;

/// An expression with a mark below a part of it. Of a long expression, only the part and its surroundings are shown.
pub(super) struct Caret<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Caret<'_> {
    /// The most characters that are shown. Expressions in use have up to 60.
    const WIDTH: usize = 120;
    /// The most characters before the mark if the expression is cut.
    const BEFORE: usize = 40;
}

impl fmt::Display for Caret<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = |from: usize, to: usize| {
            let starts = self.text.char_indices().map(|(at, _)| at);
            starts.filter(|at| (from..to).contains(at)).count()
        };
        let (before, marked) = (places(0, self.start), places(self.start, self.end).max(1));
        let is_long = self.text.chars().nth(Self::WIDTH).is_some();
        let cut = if is_long { before.saturating_sub(Self::BEFORE) } else { 0 };
        f.write_str(if cut > 0 { "…" } else { "" })?;
        for letter in self.text.chars().skip(cut).take(Self::WIDTH) {
            // Each character takes one place, even one without a width; otherwise the mark would stand under another.
            let is_hidden =
                letter.is_control() || look_alike(letter).is_some_and(|found| !found.is_visible());
            f.write_char(if is_hidden { ' ' } else { letter })?;
        }
        f.write_str(if self.text.chars().nth(cut + Self::WIDTH).is_some() { "…\n" } else { "\n" })?;
        let (indent, before) = (usize::from(cut > 0), before - cut);
        for _ in 0..indent + before {
            f.write_char(' ')?;
        }
        // The span may lie anywhere if `text` is not the text that was read.
        for _ in 0..marked.min(Self::WIDTH.saturating_sub(before).max(1)) {
            f.write_char('^')?;
        }
        Ok(())
    }
}
