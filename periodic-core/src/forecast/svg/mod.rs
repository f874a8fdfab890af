//! A forecast as an SVG picture: of each forecast a timeline by task, below it the load.
//!
//! All coordinates are whole tenths of a pixel, so one forecast gives one text. No script, no font, nothing from
//! elsewhere.

mod axis;
mod curve;
mod px;
mod rows;
mod style;
mod text;

use core::fmt::Write;

use super::Forecast;
use super::terminal::{Counted, Extent, Minute};
use curve::Curve;
use px::{Frame, Px};
use rows::Rows;
use text::{Escaped, clipped};

/// How many letters of a title are drawn.
const TITLE: usize = 90;

/// A picture of forecasts below each other, which have one scale, so that they can be compared.
///
/// It is drawn for light and dark viewers and needs nothing from elsewhere. Names are escaped, so they may hold
/// anything. One forecast always gives the same text.
///
/// # Examples
/// ```
/// use periodic_core::TaskTable;
/// use periodic_core::forecast::{Forecast, Picture};
///
/// let of = |title| Forecast::of_table(TaskTable::default()).title(title).make();
/// let (before, after) = (of("as declared")?, of("spread")?);
/// let svg = Picture::new("The load of <nothing>").panel(&before).panel(&after).to_svg();
/// assert!(svg.contains("The load of &lt;nothing&gt;"));
/// # Ok::<(), periodic_core::sim::ScriptError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a picture is drawn by `to_svg`"]
pub struct Picture<'a> {
    title: String,
    panels: Vec<&'a Forecast>,
}

impl<'a> Picture<'a> {
    /// A picture of nothing yet, with a title; an empty one is left away.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), panels: Vec::new() }
    }

    /// Adds a forecast below those that there are, under its own title.
    pub fn panel(mut self, forecast: &'a Forecast) -> Self {
        self.panels.push(forecast);
        self
    }

    /// Draws it.
    pub fn to_svg(&self) -> String {
        let frame = Frame::of(&self.panels);
        let most = self.panels.iter().map(|panel| Curve::most(panel)).max().unwrap_or(0);
        let mut body = String::new();
        let mut top = frame.margin;
        if !self.title.is_empty() {
            top += 18;
            text(&mut body, "h", (frame.margin, top), &clipped(&self.title, TITLE));
            top += 12;
        }
        for panel in &self.panels {
            top = draw(&mut body, panel, &frame, top, most) + 22;
        }
        let height = legend(&mut body, &frame, top) + frame.margin;
        let (width, title) = (frame.width(), self.describe());
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\">\n<title>{}</title>\n<style>{}</style>\n\
             <rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>\n{body}</svg>\n",
            Escaped(&title),
            style::CSS,
        )
    }

    /// What is read aloud.
    fn describe(&self) -> String {
        let panels = self.panels.iter().map(|panel| {
            let worst = panel.worst(1).first().map_or(0, |minute| minute.starts);
            format!("{}, {}, {} in the worst minute", panel.title(), Extent(panel), Counted(worst, "start"))
        });
        let title = Some(self.title.clone()).filter(|title| !title.is_empty());
        title.into_iter().chain(panels).collect::<Vec<_>>().join(". ")
    }
}

impl Forecast {
    /// Draws it alone: a timeline by task, below it the load, with the worst minute marked. See [`Picture`].
    pub fn to_svg(&self) -> String {
        Picture::new("").panel(self).to_svg()
    }
}

/// Draws one forecast and answers where it ends.
fn draw(out: &mut String, forecast: &Forecast, frame: &Frame, top: i64, most: u64) -> i64 {
    let mut at = top + 15;
    text(out, "b", (frame.margin, at), &clipped(forecast.title(), TITLE));
    at += 17;
    let sums = format!(
        "{}; {}, {:.1} per minute on average; at most {} at once, {:.1} on average",
        Extent(forecast),
        Counted(forecast.starts(), "start"),
        forecast.mean_per_minute(),
        forecast.most_at_once(),
        forecast.mean_at_once()
    );
    text(out, "m", (frame.margin, at), &sums);
    at += 26;
    let rows = Rows::of(forecast);
    let lanes = at;
    let curve = lanes + rows.height() + 14;
    let bottom = curve + Curve::HEIGHT;
    axis::draw(out, forecast, frame, lanes, bottom);
    rows.draw(out, forecast, frame, lanes);
    Curve::draw(out, forecast, frame, curve, most);
    worst(out, forecast, frame, (lanes, bottom));
    bottom + axis::HEIGHT
}

/// Marks the worst minute over the timeline and the load.
fn worst(out: &mut String, forecast: &Forecast, frame: &Frame, (top, bottom): (i64, i64)) {
    let Some(minute) = forecast.worst(1).first() else { return };
    let from = frame.x(forecast, minute.from);
    let upto = frame.x(forecast, minute.from + core::time::Duration::from_secs(60));
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
    let left = from.0 < frame.plot().0 + px::PLOT * 6;
    let (class, x) = if left { ("wt", from) } else { ("wt e", Px(from.0 + width.0)) };
    let _ = writeln!(out, "<text class=\"{class}\" x=\"{x}\" y=\"{}\">{}</text>", top - 8, Escaped(&label));
}

/// Says what the marks mean.
fn legend(out: &mut String, frame: &Frame, top: i64) -> i64 {
    let at = top + 10;
    let mut x = frame.plot().0 / 10;
    let entries = [
        ("t", "a start", 70),
        ("d", "many starts, darker is more", 186),
        ("r", "a run", 66),
        ("s", "starts in a minute", 132),
        ("o", "runs at once", 104),
        ("w", "the worst minute", 0),
    ];
    for (class, what, width) in entries {
        let (thick, from, height) = match class {
            "t" => (2, 5, 10),
            "o" => (12, -4, 2),
            _ => (12, 0, 10),
        };
        let y = at - 9 - if class == "o" { from } else { 0 };
        let left = if class == "t" { x + from } else { x };
        let _ = writeln!(
            out,
            "<rect class=\"{class} k\" x=\"{left}\" y=\"{y}\" width=\"{thick}\" height=\"{height}\"/>\
             <text class=\"m\" x=\"{}\" y=\"{at}\">{what}</text>",
            x + 17
        );
        x += width + 6;
    }
    at
}

fn text(out: &mut String, class: &str, (x, y): (i64, i64), what: &str) {
    let _ = writeln!(out, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", Escaped(what));
}
