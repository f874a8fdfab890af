use core::fmt;
use core::time::Duration;

use periodic_text::escaped;

use super::{Forecast, TaskLoad};
use crate::time::{Timestamp, nanos};

/// The eighths of a line.
const BARS: [char; 9] = ['·', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The greatest width of lists.
const WIDTH: usize = 110;

/// The number of the worst minutes that are printed.
const WORST: usize = 3;

impl fmt::Display for Forecast {
    /// Writes the sums, a bar for each minute, the worst minutes with their names, and a line for each task. For longer
    /// horizons, a bar is for the worst minute of each 5 min, 30 min, or 12 h.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}, {}", escaped(self.title()), Extent(self))?;
        let instant = self.busiest_instant().map_or(0, |instant| instant.starts);
        let worst = self.worst(1).first().map_or(0, |minute| minute.starts);
        let (starts, mean) = (self.starts(), self.mean_per_minute());
        writeln!(
            f,
            "starts   {starts}; per minute {mean:.1}, in the worst {worst}; at one instant {instant}"
        )?;
        writeln!(f, "at once  {} at most, {:.1} on average", self.most_at_once(), self.mean_at_once())?;
        self.bars(f, worst)?;
        self.worst_minutes(f)?;
        self.lines(f)
    }
}

impl Forecast {
    fn bars(&self, f: &mut fmt::Formatter<'_>, worst: u64) -> fmt::Result {
        let minutes = self.starts_per_minute();
        let (cell, cells, length) = match minutes.len() {
            0..=361 => (1, 60, "minute"),
            362..=4_321 => (5, 72, "5m"),
            4_322..=44_641 => (30, 48, "30m"),
            _ => (720, 60, "12h"),
        };
        let heading = if cell == 1 { "" } else { "the worst minute of " };
        writeln!(f, "\nstarts per minute, {heading}each {length}")?;
        for (row, starts) in minutes.chunks(cell * cells).enumerate() {
            let most = |cell: &[u64]| cell.iter().max().copied().unwrap_or(0);
            let bar: String = starts.chunks(cell).map(|cell| BARS[eighths(most(cell), worst)]).collect();
            let from = Minute(self.minute(row * cell * cells));
            writeln!(f, "{from}  {bar:cells$}  {:>4}", most(starts))?;
        }
        Ok(())
    }

    fn worst_minutes(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let worst = self.worst(WORST);
        let Some(first) = worst.first() else { return Ok(()) };
        let others = self.as_full_as_the_worst() - 1;
        let more = if others > 0 { format!(" ({others} more have {})", first.starts) } else { String::new() };
        writeln!(f, "\nworst minutes{more}")?;
        for minute in worst {
            let name = |(name, starts): &(_, u64)| match starts {
                1 => self.short(name).to_owned(),
                _ => format!("{} ×{starts}", self.short(name)),
            };
            let names = minute.by_task.iter().map(name);
            write!(f, "{}  {:>4}", Minute(minute.from), minute.starts)?;
            wrapped(f, names, 24)?;
        }
        Ok(())
    }

    fn lines(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.by_task().iter().map(|task| self.short(task.name()).chars().count()).max();
        let width = width.unwrap_or(0).max(4);
        let schedules = self.by_task().iter().map(|task| task.task.spec().schedule.to_string().len()).max();
        let schedule = schedules.unwrap_or(0).max(8);
        writeln!(
            f,
            "\n{:width$}  {:schedule$} {:>8} {:>6}  {:>7}  first",
            "task", "schedule", "starts", "lost", "busy"
        )?;
        for task in self.by_task() {
            let name = self.short(task.name());
            write!(f, "{name:width$}  {:schedule$}", escaped(&task.task.spec().schedule.to_string()))?;
            match (task.task.left_out(), task.first) {
                (Some(why), _) => writeln!(f, "  left out: {why}")?,
                (None, None) => writeln!(f, " {:>8} {:>6}  {:>7}  never", 0, task.lost(), "-")?,
                (None, Some(first)) => {
                    let busy = self.share(task);
                    writeln!(
                        f,
                        " {:>8} {:>6}  {busy:>7}  {}",
                        task.starts(),
                        task.lost(),
                        first.to_millis()
                    )?;
                }
            }
        }
        Ok(())
    }

    /// Returns the share of the horizon that a task's runs take together; more than all of it if they overlap.
    fn share(&self, task: &TaskLoad) -> String {
        format!("{:.1} %", task.busy.as_secs_f64() * 100.0 / self.horizon().as_secs_f64())
    }
}

/// Writes a list after the text of a line, in lines as wide as the earlier ones.
fn wrapped(f: &mut fmt::Formatter<'_>, list: impl Iterator<Item = String>, indent: usize) -> fmt::Result {
    let mut at = indent;
    for (place, text) in list.enumerate() {
        let length = text.chars().count() + 2;
        if place == 0 {
            write!(f, "  {text}")?;
        } else if at + length > WIDTH {
            write!(f, ",\n{:indent$}{text}", "")?;
            at = indent;
        } else {
            write!(f, ", {text}")?;
        }
        at += length;
    }
    writeln!(f)
}

/// Returns the height of a bar, at least 1 unless the value is zero.
fn eighths(value: u64, most: u64) -> usize {
    usize::try_from((value * 8).div_ceil(most.max(1))).unwrap_or(8).min(8)
}

/// The extent of a forecast: the horizon, the tasks that have slots, the nodes.
pub(super) struct Extent<'a>(pub(super) &'a Forecast);

impl fmt::Display for Extent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tasks = self.0.by_task().iter().filter(|task| task.task.left_out().is_none()).count();
        let tasks = Counted(tasks as u64, "task");
        write!(f, "{} from {}: {tasks}", Length(self.0.horizon()), self.0.start())?;
        match self.0.nodes() {
            1 => Ok(()),
            nodes => write!(f, " on {nodes} nodes"),
        }
    }
}

/// A number with its noun.
pub(super) struct Counted(pub(super) u64, pub(super) &'static str);

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.0, self.1, if self.0 == 1 { "" } else { "s" })
    }
}

/// A horizon in its usual units: `24h`, `30d`.
struct Length(Duration);

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DAY: i64 = 86_400_000_000_000;
        match nanos(self.0) {
            DAY => f.write_str("24h"),
            length if length > DAY && length % DAY == 0 => write!(f, "{}d", length / DAY),
            length => periodic_text::duration::written(length).fmt(f),
        }
    }
}

/// A wall-clock time to the minute: `2026-11-01 00:30`.
pub(super) struct Minute(pub(super) Timestamp);

impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        let (date, clock) = text.split_once('T').unwrap_or((&text, ""));
        write!(f, "{date} {}", clock.get(..5).unwrap_or(clock))
    }
}
