use super::px::Frame;
use super::text::{Escaped, TITLE, clipped};
use super::{curve, legend, panel, style, text};
use crate::forecast::Forecast;
use crate::forecast::terminal::{Counted, Extent};

/// A picture of forecasts below each other on one scale, so that they can be compared.
///
/// It is drawn for light and dark viewers and needs no external resource. Names are escaped, so they may hold any text.
/// One forecast always gives the same text.
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
    /// Creates an empty picture with a title; an empty title is left out.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), panels: Vec::new() }
    }

    /// Adds a forecast below the earlier ones, under its own title.
    pub fn panel(mut self, forecast: &'a Forecast) -> Self {
        self.panels.push(forecast);
        self
    }

    /// Draws the picture.
    pub fn to_svg(&self) -> String {
        let frame = Frame::of(&self.panels);
        let most = self.panels.iter().map(|panel| curve::most(panel)).max().unwrap_or(0);
        let mut body = String::new();
        let mut top = frame.margin;
        if !self.title.is_empty() {
            top += 18;
            text::line(&mut body, "h", (frame.margin, top), &clipped(&self.title, TITLE));
            top += 12;
        }
        for panel in &self.panels {
            top = panel::draw(&mut body, panel, &frame, top, most) + 22;
        }
        let height = legend::draw(&mut body, &frame, top) + frame.margin;
        let (width, title) = (frame.width(), self.describe());
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" class=\"pf\">\n<title>{}</title>\n<style>{}</style>\n\
             <rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>\n{body}</svg>\n",
            Escaped(&title),
            style::CSS,
        )
    }

    /// Returns the description for screen readers.
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
    /// Draws this forecast alone: a timeline by task, and the load below it, with the worst minute marked. See
    /// [`Picture`].
    pub fn to_svg(&self) -> String {
        Picture::new("").panel(self).to_svg()
    }
}
