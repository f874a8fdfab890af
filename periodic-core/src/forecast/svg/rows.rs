use core::fmt::Write;

use super::px::{Frame, Px};
use super::text::{Escaped, GUTTER, clipped};
use crate::forecast::lane::Lane;
use crate::forecast::{Forecast, TaskLoad};

/// The timeline: a row for each task; rows are lower if they are many.
#[derive(Debug)]
pub(super) struct Rows {
    count: i64,
    height: i64,
    /// The size of the letters.
    font: i64,
    /// The most starts in any part with one shade.
    most: u64,
}

/// The most starts that are drawn as single ticks. A task with more is drawn in shades: its ticks would be less than
/// three pixels apart.
const TICKS: u64 = 240;

/// The number of columns in one shade; it divides the number of all columns.
const SHADE: usize = 24;

/// The number of shades.
const SHADES: u64 = 4;

impl Rows {
    pub(super) fn of(forecast: &Forecast) -> Self {
        let count = forecast.by_task().len();
        let (height, font) = match count {
            0..=30 => (16, 11),
            31..=60 => (13, 10),
            _ => (11, 9),
        };
        let most = forecast.lanes().flat_map(|(_, lane)| sums(lane)).max().unwrap_or(0).max(1);
        Self { count: i64::try_from(count).unwrap_or(0), height, font, most }
    }

    pub(super) fn height(&self) -> i64 {
        self.count * self.height
    }

    pub(super) fn draw(&self, out: &mut String, forecast: &Forecast, frame: &Frame, top: i64) {
        let _ = writeln!(
            out,
            "<text class=\"a e\" x=\"{}\" y=\"{}\">starts</text>",
            frame.width() - frame.margin,
            top - 8
        );
        for ((task, lane), row) in forecast.lanes().zip(0..) {
            let top = top + row * self.height;
            self.name(out, forecast, task, frame, top);
            match task.task.left_out() {
                Some(why) => {
                    let (x, y) = (Px(frame.plot().0 + 60), top + self.baseline());
                    let _ = writeln!(
                        out,
                        "<text class=\"a\" x=\"{x}\" y=\"{y}\" font-size=\"{}\">left out: {why}</text>",
                        self.font
                    );
                }
                None => self.lane(out, lane, task.starts(), frame, top),
            }
        }
    }

    fn baseline(&self) -> i64 {
        self.height - (self.height - self.font) / 2 - 2
    }

    fn name(&self, out: &mut String, forecast: &Forecast, task: &TaskLoad, frame: &Frame, top: i64) {
        let (y, font) = (top + self.baseline(), self.font);
        let (right, end) = (Px(frame.plot().0 - 80), frame.width() - frame.margin);
        let class = if task.task.left_out().is_some() { "n e q" } else { "n e" };
        let name = forecast.short(task.name());
        let hint = format!("{}, {}, lost {}", task.name(), task.task.spec().schedule, task.lost());
        let _ = writeln!(
            out,
            "<text class=\"{class}\" x=\"{right}\" y=\"{y}\" font-size=\"{font}\">{}<title>{}</title></text>\
             <text class=\"n e q\" x=\"{end}\" y=\"{y}\" font-size=\"{font}\">{}</text>",
            Escaped(&clipped(name, GUTTER)),
            Escaped(&hint),
            task.starts()
        );
    }

    fn lane(&self, out: &mut String, lane: &Lane, starts: u64, frame: &Frame, top: i64) {
        let (left, height) = (frame.plot().0, self.height - 4);
        let x = |column: usize| Px(left + i64::try_from(column).unwrap_or(0) * 5);
        let _ = writeln!(out, "<path class=\"l\" d=\"M{} {top}.5H{}\"/>", frame.plot(), frame.right());
        if starts <= TICKS {
            let mut bars = String::new();
            for (first, length) in lane.stretches() {
                bar(&mut bars, (x(first), x(first + length)), (top + 2, height));
            }
            path(out, "r", &bars);
            let mut ticks = String::new();
            for (column, _) in lane.starts.iter().enumerate().filter(|(_, starts)| **starts > 0) {
                let _ = write!(ticks, "M{} {}v{height}", x(column), top + 2);
            }
            return path(out, "t", &ticks);
        }
        let sums = sums(lane);
        let shade = |sum: &u64| (sum * SHADES).div_ceil(self.most);
        for wanted in 1..=SHADES {
            let (mut bars, mut first) = (String::new(), 0);
            for same in sums.chunk_by(|one, other| shade(one) == shade(other)) {
                let upto = first + same.len() * SHADE;
                if shade(&same[0]) == wanted {
                    bar(&mut bars, (x(first), x(upto)), (top + 2, height));
                }
                first = upto;
            }
            path(out, &format!("d d{wanted}"), &bars);
        }
    }
}

/// Returns the starts in each part of the row with one shade.
fn sums(lane: &Lane) -> Vec<u64> {
    lane.starts.chunks(SHADE).map(|columns| columns.iter().copied().map(u64::from).sum()).collect()
}

/// Adds a bar to a path.
fn bar(path: &mut String, (from, upto): (Px, Px), (top, height): (i64, i64)) {
    let _ = write!(path, "M{from} {top}H{upto}v{height}H{from}z");
}

fn path(out: &mut String, class: &str, what: &str) {
    if !what.is_empty() {
        let _ = writeln!(out, "<path class=\"{class}\" d=\"{what}\"/>");
    }
}
