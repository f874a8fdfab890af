use crate::error::{CronError, Found, Reason};
use crate::shorthands::SHORTHANDS;

/// Returns the fields for which the word in `text[start..end]` stands.
pub(super) const fn shorthand(text: &[u8], start: usize, end: usize) -> Result<&'static [u8], CronError> {
    let word = text.split_at(end).0.split_at(start).1;
    let mut index = 0;
    while index < SHORTHANDS.len() {
        if word.eq_ignore_ascii_case(SHORTHANDS[index].0.as_bytes()) {
            return Ok(SHORTHANDS[index].1.as_bytes());
        }
        index += 1;
    }
    let reason =
        if word.eq_ignore_ascii_case(b"@reboot") { Reason::Reboot } else { Reason::UnknownShorthand };
    Err(CronError::new(reason, None, Found::new(text, start, end), start, end))
}
