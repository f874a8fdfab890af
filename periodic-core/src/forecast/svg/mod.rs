//! Forecasts as an SVG picture: for each forecast a timeline by task, and the load below it.
//!
//! All coordinates are whole tenths of a pixel, so one forecast always gives the same text. The picture has no script,
//! no font, and no external resource.

mod axis;
mod curve;
mod legend;
mod panel;
mod picture;
mod px;
mod rows;
mod style;
mod text;

pub use picture::Picture;
