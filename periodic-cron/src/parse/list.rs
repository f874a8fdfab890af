use super::item::item;
use super::part::Part;
use crate::cron::Cron;
use crate::error::{CronError, Reason};
use crate::field::Field;

/// Reads a field: items with commas between them.
pub(super) const fn list(
    text: &[u8],
    (start, end): (usize, usize),
    field: Field,
    cron: &mut Cron,
) -> Result<(), CronError> {
    let mut at = start;
    loop {
        let mut item_end = at;
        while item_end < end && text[item_end] != b',' {
            item_end += 1;
        }
        if item_end == at {
            // A field is not empty, so there is a comma on one side.
            let comma = if at == end { at - 1 } else { at };
            return Err(Part::new(text, comma, comma + 1, field).error(Reason::EmptyItem));
        }
        ok!(item(Part::new(text, at, item_end, field), at == start, cron));
        if item_end == end {
            return Ok(());
        }
        at = item_end + 1;
    }
}
