use core::fmt::{self, Write};

use periodic_text::look_alike;

/// An expression, and below it a mark under a part of it.
pub(super) struct Caret<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl fmt::Display for Caret<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.text.chars() {
            // One place for each character, also for one that takes none, or the mark would stand under another.
            let is_hidden =
                letter.is_control() || look_alike(letter).is_some_and(|found| !found.is_visible());
            f.write_char(if is_hidden { ' ' } else { letter })?;
        }
        f.write_char('\n')?;
        let places = |from: usize, to: usize| {
            let starts = self.text.char_indices().map(|(at, _)| at);
            starts.filter(|at| (from..to).contains(at)).count()
        };
        for _ in 0..places(0, self.start) {
            f.write_char(' ')?;
        }
        for _ in 0..places(self.start, self.end).max(1) {
            f.write_char('^')?;
        }
        Ok(())
    }
}
