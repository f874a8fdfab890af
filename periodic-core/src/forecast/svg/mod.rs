//! A forecast as an SVG picture: of each forecast a timeline by task, below it the load.
//!
//! All coordinates are whole tenths of a pixel, so one forecast gives one text. No script, no font, nothing from
//! elsewhere.

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
