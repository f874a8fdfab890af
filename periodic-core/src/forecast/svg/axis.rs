use core::fmt::Write;
use core::time::Duration;

use super::px::Frame;
use crate::forecast::Forecast;
use crate::time::{Timestamp, nanos};

/// The space below the load for two lines of labels.
pub(super) const HEIGHT: i64 = 30;

/// The distances of labels in minutes. All divide a day or are whole days.
const STEPS: [u32; 19] = [
    1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 5_760, 10_080, 20_160, 40_320, 80_640, 161_280,
];

const DAY: i64 = 86_400_000_000_000;

/// Draws lines at round times over the timeline and the load, with the time of day below them, and the date when it
/// changes.
pub(super) fn draw(out: &mut String, forecast: &Forecast, frame: &Frame, top: i64, bottom: i64) {
    let minutes = nanos(forecast.horizon()) / 60_000_000_000;
    let step = STEPS.into_iter().find(|step| minutes / i64::from(*step) <= 12).unwrap_or(161_280);
    let length = Duration::from_secs(60) * step;
    let start = forecast.start();
    let past = start.as_nanos().rem_euclid(nanos(length));
    let to_next = (nanos(length) - past) % nanos(length);
    let mut at = start + Duration::from_nanos(to_next.unsigned_abs());
    let end = start + forecast.horizon();
    let mut day = None;
    while at <= end {
        let x = frame.x(forecast, at);
        let _ = writeln!(out, "<path class=\"g\" d=\"M{x} {top}V{bottom}\"/>");
        let (date, clock) = parts(at);
        if nanos(length) < DAY {
            let _ = writeln!(out, "<text class=\"a c\" x=\"{x}\" y=\"{}\">{clock}</text>", bottom + 14);
        }
        let today = at.as_nanos().div_euclid(DAY);
        if day.replace(today) != Some(today) {
            let below = if nanos(length) < DAY { 27 } else { 14 };
            let _ = writeln!(out, "<text class=\"a c\" x=\"{x}\" y=\"{}\">{date}</text>", bottom + below);
        }
        let next = at + length;
        if next == at {
            return;
        }
        at = next;
    }
}

/// Returns the date, and the time of day to the minute.
fn parts(at: Timestamp) -> (String, String) {
    let text = at.to_string();
    let (date, clock) = text.split_once('T').unwrap_or((&text, ""));
    (date.into(), clock.get(..5).unwrap_or(clock).into())
}
