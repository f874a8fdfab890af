use core::fmt::Write;

use super::px::Frame;

/// Each mark's class, its meaning, and the width of both.
const ENTRIES: [(&str, &str, i64); 6] = [
    ("t", "a start", 76),
    ("d", "many starts, darker is more", 192),
    ("r", "a run", 72),
    ("s", "starts in a minute", 138),
    ("o", "runs at once", 110),
    ("w", "the worst minute", 0),
];

/// Draws the marks with their meanings; returns the lower end of the legend.
pub(super) fn draw(out: &mut String, frame: &Frame, top: i64) -> i64 {
    let bottom = top + 10;
    let mut left = frame.plot().0 / 10;
    for (class, what, length) in ENTRIES {
        let (x, y, width, height) = match class {
            "t" => (left + 5, bottom - 9, 2, 10),
            "o" => (left, bottom - 5, 12, 2),
            _ => (left, bottom - 9, 12, 10),
        };
        let _ = writeln!(
            out,
            "<rect class=\"{class} k\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>\
             <text class=\"m\" x=\"{}\" y=\"{bottom}\">{what}</text>",
            left + 17
        );
        left += length;
    }
    bottom
}
