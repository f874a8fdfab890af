use core::fmt::Write;
use core::time::Duration;

use super::px::{Frame, Px};
use crate::forecast::Forecast;
use crate::forecast::lane::COLUMNS;

/// The most bars: each is two pixels wide, or more.
const MOST_BARS: usize = COLUMNS / 4;

/// The possible numbers of minutes in one bar.
const BARS: [usize; 14] = [1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 720, 1_440];

/// The height of the plot in pixels.
pub(super) const HEIGHT: i64 = 96;

/// Returns the highest value of a forecast.
pub(super) fn most(forecast: &Forecast) -> u64 {
    let starts = forecast.worst(1).first().map_or(0, |minute| minute.starts);
    starts.max(forecast.most_at_once())
}

/// Draws bars for the starts in a minute, and a line for the runs at once. Both count runs, so they have one scale.
pub(super) fn draw(out: &mut String, forecast: &Forecast, frame: &Frame, top: i64, most: u64) {
    let (step, upto) = steps(most);
    let y = |value: u64| {
        let height = u128::from(value.min(upto)) * u128::from((HEIGHT * 10).unsigned_abs());
        let height = i64::try_from(height / u128::from(upto.max(1))).unwrap_or(0);
        Px((top + HEIGHT) * 10 - height)
    };
    for value in (0..=upto).step_by(usize::try_from(step).unwrap_or(1)) {
        let (at, label) = (y(value), Px(y(value).0 + 35));
        let _ = writeln!(
            out,
            "<path class=\"g\" d=\"M{} {at}H{}\"/><text class=\"a e\" x=\"{}\" y=\"{label}\">{value}</text>",
            frame.plot(),
            frame.right(),
            Px(frame.plot().0 - 80)
        );
    }
    let minutes = forecast.starts_per_minute();
    let bar = BARS.into_iter().find(|bar| minutes.len().div_ceil(*bar) <= MOST_BARS);
    let bar = bar.unwrap_or(1_440);
    let edges = |place: usize| {
        let from = forecast.minute(place);
        let upto = from + Duration::from_secs(60) * u32::try_from(bar).unwrap_or(1);
        (frame.x(forecast, from), frame.x(forecast, upto))
    };
    let mut starts = format!("M{} {}", frame.plot(), y(0));
    let mut at_once = String::new();
    let pairs = minutes.chunks(bar).zip(forecast.at_once_per_minute().chunks(bar));
    for ((minutes, runs), place) in pairs.zip((0..).step_by(bar)) {
        let (from, upto) = edges(place);
        if place > 0 && upto.0 - from.0 < 5 {
            // The beginning of a last minute, too narrow to be seen.
            continue;
        }
        let most = |values: &[u64]| y(values.iter().max().copied().unwrap_or(0));
        let _ = write!(starts, "V{}H{upto}", most(minutes));
        let first = if at_once.is_empty() { format!("M{from} ") } else { "V".into() };
        let _ = write!(at_once, "{first}{}H{upto}", most(runs));
    }
    let _ = writeln!(out, "<path class=\"s\" d=\"{starts}V{}z\"/>", y(0));
    let _ = writeln!(out, "<path class=\"o\" d=\"{at_once}\"/>");
    let (x, middle) = (Px(frame.plot().0 - 300), top + HEIGHT / 2);
    for (class, what, at) in [("m", "starts in a minute", middle), ("ot", "runs at once", middle + 16)] {
        let _ = writeln!(out, "<text class=\"{class} e\" x=\"{x}\" y=\"{at}\">{what}</text>");
    }
}

/// Returns the step of the scale, and its upper end: few steps of 1, 2 or 5.
fn steps(most: u64) -> (u64, u64) {
    let most = most.max(1);
    let mut ten = 1_u64;
    loop {
        for step in [ten, ten * 2, ten * 5] {
            if most.div_ceil(step) <= 5 {
                return (step, most.div_ceil(step) * step);
            }
        }
        ten = ten.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn scales_are_round_and_reach_what_is_drawn() {
        assert_eq!(
            [0, 1, 5, 6, 12, 21, 26, 4_001].map(steps),
            [(1, 1), (1, 1), (1, 5), (2, 6), (5, 15), (5, 25), (10, 30), (1_000, 5_000),]
        );
    }
}
