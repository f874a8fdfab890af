use super::fields::Fields;
use crate::error::{CronError, Found, Reason};

/// Returns the error of a zone among the fields: `CRON_TZ=Europe/Berlin` before them, as in some crontabs, or
/// `Europe/Berlin` after them, as in `cronexpr` and systemd.
pub(super) const fn zone(text: &[u8], fields: &Fields) -> Option<CronError> {
    let (start, end) = fields.ends[0];
    let mut prefix = 0;
    while prefix < PREFIXES.len() {
        if begins_with(text, start, end, PREFIXES[prefix]) {
            return Some(error(text, (start, end), start + PREFIXES[prefix].len()));
        }
        prefix += 1;
    }
    if fields.count == 6 || fields.count == 7 {
        let (start, end) = fields.ends[fields.count - 1];
        if looks_like_a_zone(text, start, end) {
            return Some(error(text, (start, end), start));
        }
    }
    None
}

const PREFIXES: [&[u8]; 2] = [b"CRON_TZ=", b"TZ="];

const fn error(text: &[u8], (start, end): (usize, usize), name: usize) -> CronError {
    CronError::new(Reason::Zone, None, Found::new(text, name, end), start, end)
}

/// Whether a field looks like `Europe/Berlin`, a form that no valid field has, or is `UTC`.
const fn looks_like_a_zone(text: &[u8], start: usize, end: usize) -> bool {
    if end - start == 3 && begins_with(text, start, end, b"UTC") {
        return true;
    }
    let mut at = start;
    while at < end && text[at].is_ascii_alphabetic() {
        at += 1;
    }
    at > start + 1 && at + 1 < end && text[at] == b'/' && text[at + 1].is_ascii_alphabetic()
}

const fn begins_with(text: &[u8], start: usize, end: usize, prefix: &[u8]) -> bool {
    if end - start < prefix.len() {
        return false;
    }
    text.split_at(start + prefix.len()).0.split_at(start).1.eq_ignore_ascii_case(prefix)
}
