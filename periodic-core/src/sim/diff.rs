//! The first difference between the expected timeline and the actual one.

use core::fmt::Write;

use super::{Mismatch, SimRecord};
use crate::task::TaskName;

/// The number of lines that are shown before the first difference. `AFTER` is that of each side after it.
const BEFORE: usize = 3;
pub(super) const AFTER: usize = 8;

/// A line of a timeline, in the form of an expectation.
#[derive(Clone, Debug)]
pub(super) struct Line {
    slots: String,
    /// The full name, for an actual line.
    name: Option<TaskName>,
    task: String,
    outcome: String,
}

impl Line {
    pub(super) fn expected((slots, task, outcome): (&str, &str, &str)) -> Self {
        Self { slots: slots.into(), name: None, task: task.into(), outcome: outcome.into() }
    }

    pub(super) fn got(record: &SimRecord) -> Self {
        let (slots, outcome, name) = (record.slots(), record.label(), record.name());
        Self { slots, name: Some(name.clone()), task: name.task().into(), outcome }
    }

    fn agrees(&self, got: &Self) -> bool {
        let name = got.name.as_ref().is_some_and(|name| name.matches(&self.task));
        name && self.slots == got.slots && self.outcome == got.outcome
    }
}

/// Compares the expected lines with the actual ones. `got` needs at least [`AFTER`] more lines, if there are that many.
pub(super) fn compare(expected: &[Line], got: &[Line]) -> Result<(), Mismatch> {
    let same = expected.iter().zip(got).take_while(|(expected, got)| expected.agrees(got)).count();
    if same == expected.len() && same == got.len() {
        return Ok(());
    }
    let mut lines: Vec<(char, &Line)> =
        got[same.saturating_sub(BEFORE)..same].iter().map(|line| (' ', line)).collect();
    let rest = |lines: usize| same..lines.min(same + AFTER);
    lines.extend(aligned(&expected[rest(expected.len())], &got[rest(got.len())]));
    let widest = |text: fn(&Line) -> &str| lines.iter().map(|(_, line)| text(line).len()).max().unwrap_or(0);
    let (slots, task) = (widest(|line| &line.slots), widest(|line| &line.task));
    let mut text = match same {
        0 => String::from("the timeline differs from the first line on (- expected, + got):"),
        _ => format!("the timeline differs after {same} lines that agree (- expected, + got):"),
    };
    if same > BEFORE {
        text.push_str("\n    …");
    }
    for (mark, line) in lines {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "\n  {mark} {:slots$}  {:task$}  {}", line.slots, line.task, line.outcome);
    }
    if expected.len().max(got.len()) > same + AFTER {
        text.push_str("\n    …");
    }
    Err(Mismatch::new(text))
}

/// Returns both sides in one list, with as many common lines as possible.
fn aligned<'a>(expected: &'a [Line], got: &'a [Line]) -> Vec<(char, &'a Line)> {
    // The length of the longest common part after each pair of places.
    let mut common = vec![vec![0_usize; got.len() + 1]; expected.len() + 1];
    for left in (0..expected.len()).rev() {
        for right in (0..got.len()).rev() {
            common[left][right] = if expected[left].agrees(&got[right]) {
                common[left + 1][right + 1] + 1
            } else {
                common[left + 1][right].max(common[left][right + 1])
            };
        }
    }
    let (mut left, mut right) = (0, 0);
    let mut lines = Vec::new();
    while left < expected.len() || right < got.len() {
        let both = left < expected.len() && right < got.len();
        if both && expected[left].agrees(&got[right]) {
            lines.push((' ', &got[right]));
            (left, right) = (left + 1, right + 1);
        } else if right == got.len() || (both && common[left + 1][right] >= common[left][right + 1]) {
            lines.push(('-', &expected[left]));
            left += 1;
        } else {
            lines.push(('+', &got[right]));
            right += 1;
        }
    }
    lines
}
