use core::fmt::Write;
use core::time::Duration;

use super::px::{Frame, PLOT, Px};
use super::rows::Rows;
use super::text::{Escaped, TITLE, clipped};
use super::{axis, curve, text};
use crate::forecast::Forecast;
use crate::forecast::terminal::{Counted, Extent, Minute};

/// Draws one forecast; returns its lower end.
pub(super) fn draw(out: &mut String, forecast: &Forecast, frame: &Frame, top: i64, most: u64) -> i64 {
    let mut at = top + 15;
    text::line(out, "b", (frame.margin, at), &clipped(forecast.title(), TITLE));
    at += 17;
    let sums = format!(
        "{}; {}, {:.1} per minute on average; at most {} at once, {:.1} on average",
        Extent(forecast),
        Counted(forecast.starts(), "start"),
        forecast.mean_per_minute(),
        forecast.most_at_once(),
        forecast.mean_at_once()
    );
    text::line(out, "m", (frame.margin, at), &sums);
    at += 26;
    let rows = Rows::of(forecast);
    let lanes = at;
    let load = lanes + rows.height() + 14;
    let bottom = load + curve::HEIGHT;
    axis::draw(out, forecast, frame, lanes, bottom);
    rows.draw(out, forecast, frame, lanes);
    curve::draw(out, forecast, frame, load, most);
    worst(out, forecast, frame, (lanes, bottom));
    bottom + axis::HEIGHT
}

/// Marks the worst minute over the timeline and the load.
fn worst(out: &mut String, forecast: &Forecast, frame: &Frame, (top, bottom): (i64, i64)) {
    let Some(minute) = forecast.worst(1).first() else { return };
    let from = frame.x(forecast, minute.from);
    let upto = frame.x(forecast, minute.from + Duration::from_secs(60));
    let width = Px((upto.0 - from.0).max(20));
    let names: Vec<String> =
        minute.by_task.iter().map(|(name, starts)| format!("{} {starts}", forecast.short(name))).collect();
    let others = forecast.as_full_as_the_worst() - 1;
    let more = if others > 0 { format!(", as in {others} more") } else { String::new() };
    let label = format!("worst minute {}: {}{more}", Minute(minute.from), Counted(minute.starts, "start"));
    let _ = writeln!(
        out,
        "<rect class=\"w\" x=\"{from}\" y=\"{}\" width=\"{width}\" height=\"{}\"><title>{}</title></rect>",
        top - 4,
        bottom - top + 4,
        Escaped(&names.join("\n"))
    );
    // Near the right end the text stands to the left of its mark.
    let left = from.0 < frame.plot().0 + PLOT * 6;
    let (class, x) = if left { ("wt", from) } else { ("wt e", Px(from.0 + width.0)) };
    let _ = writeln!(out, "<text class=\"{class}\" x=\"{x}\" y=\"{}\">{}</text>", top - 8, Escaped(&label));
}
