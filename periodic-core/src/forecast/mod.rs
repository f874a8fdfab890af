//! The load of a table, before it is deployed.
//!
//! A [`Forecast`] plays a manager's table through the [simulator](crate::sim) and keeps the figures for capacity
//! planning. They are the starts of each minute, the worst minutes with their tasks, and the number of runs that are
//! active at once. The durations of runs are assumptions of the caller. Its values are for tests; its `Display` is a
//! summary for a terminal; a [`Picture`] shows one forecast, or several below each other on one scale.
//!
//! # Examples
//! Three tasks that each run every five minutes start together, until they are moved apart:
//! ```
//! use std::time::Duration;
//! use periodic_core::TaskTable;
//! use periodic_core::forecast::Forecast;
//! use periodic_core::task::{Interval, Task, TaskName, TaskSpec};
//!
//! let forecast = |apart: u64| -> Result<_, Box<dyn std::error::Error>> {
//!     let mut forecast = Forecast::of_table(TaskTable::default());
//!     for (name, place) in ["deletes", "migrations", "tokens"].into_iter().zip(1..) {
//!         let first = Duration::from_secs(300 + place * apart);
//!         let spec = TaskSpec::new(name).every(Interval::from_secs(300)).initial_delay(first);
//!         forecast = forecast.with(Task::new(TaskName::new("Cleaner", name)?, spec));
//!     }
//!     Ok(forecast.takes("*", "20s").start("2026-11-01T00:00:00Z").horizon("24h").make()?)
//! };
//!
//! let together = forecast(0)?;
//! assert_eq!((together.worst(1)[0].starts, together.most_at_once()), (3, 3));
//! let apart = forecast(100)?;
//! assert_eq!((apart.worst(1)[0].starts, apart.most_at_once()), (1, 1));
//! assert!(apart.to_svg().starts_with("<svg"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Many nodes at once that share a database:
//! ```
//! use periodic_core::TaskTable;
//! use periodic_core::forecast::Forecast;
//! use periodic_core::task::{Jitter, Task, TaskName, TaskSpec};
//!
//! let fleet = |jitter| -> Result<_, Box<dyn std::error::Error>> {
//!     let report = Task::new(TaskName::new("Node", "report")?, TaskSpec::new("report").jitter(jitter));
//!     let nodes = (1..=100).map(|node| format!("compute-{node}"));
//!     let forecast = Forecast::of_table(TaskTable::default()).with(report).nodes(nodes);
//!     Ok(forecast.takes("report", "500ms").make()?)
//! };
//! assert_eq!(fleet(Jitter::None)?.most_at_once(), 100);
//! assert!(fleet(Jitter::Share(1_000_000))?.most_at_once() < 10);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod at_once;
mod builder;
mod lane;
mod load;
mod minutes;
mod played;
mod svg;
mod terminal;
mod values;

pub use at_once::Peak;
pub use builder::ForecastBuilder;
pub use load::TaskLoad;
pub use svg::Picture;
pub use values::Forecast;

pub use crate::sim::fold::Bucket;
