//! Cron expressions for [`periodic`](https://docs.rs/periodic-tasks): read by the compiler, matched at run time.
//!
//! The only dependency is `periodic-text`, because one set of rules must hold in two places. The macros refuse a wrong
//! expression when an attribute is expanded, and core finds the slots while a service runs.
//!
//! # Syntax
//!
//! An expression has five fields with space between them, or six with the second first. Without it the second is 0.
//!
//! | field | values | names |
//! | --- | --- | --- |
//! | second | 0 to 59 | |
//! | minute | 0 to 59 | |
//! | hour | 0 to 23 | |
//! | day of month | 1 to 31 | |
//! | month | 1 to 12 | JAN to DEC |
//! | day of week | 0 to 7, where 0 and 7 are Sunday | SUN to SAT |
//!
//! Names and letters may be in lower or upper case. A field is a list of these, with commas between them:
//!
//! | item | where | meaning |
//! | --- | --- | --- |
//! | `*` | | every value |
//! | `?` | day fields | the same as `*` |
//! | `5`, `FRI` | | this value |
//! | `1-5`, `MON-FRI` | | these values; a range of days of the week may go over its end, as `FRI-MON` |
//! | `*/15`, `10-30/5` | | every 15th value from the first on, every 5th from 10 to 30 |
//! | `5/15` | | every 15th value from 5 on; of the days of the week, up to Saturday |
//! | `L`, `L-3` | day of month | the last day of the month, the third before it |
//! | `15W`, `LW`, `L-3W` | day of month | the day from Monday to Friday that is nearest to this one, in the same month |
//! | `FRIL`, `5L` | day of week | the last Friday of the month |
//! | `FRI#2`, `5#2` | day of week | the second Friday of the month |
//! | `H`, `H(0-29)` | | one value, of all or of these, drawn by [`Cron::resolve`] |
//! | `H/15`, `H(0-29)/10` | | every 15th value, from one that is drawn from the first 15 |
//!
//! In place of the fields one of these may stand: `@hourly`, `@daily` or `@midnight`, `@weekly` (Sunday), `@monthly`,
//! `@yearly` or `@annually`. Each fires at the beginning of its period: minute 0, midnight, the 1st.
//!
//! **Two day fields.** If neither begins with `*` or `?`, one of them is enough: `0 0 13 * FRI` is every 13th and every
//! Friday. If one does, both must match: `0 0 */2 * FRI` is every Friday with an odd date. These are the rules of
//! Vixie's cron, which most systems run.
//!
//! **Days that a month does not have** are left out: `31` and `31W` do nothing in April. An expression without a
//! matching day in any year is refused.
//!
//! **`H` for a day of month** without a range is drawn from 1 to 28, which every month has. A field may have up to four
//! `H`, each with a draw of its own.
//!
//! **Steps begin anew** with the next hour, day, month or week: `*/40` in the minutes is 0 and 40. A step that reaches
//! no second value, such as `*/90`, is refused: it would not repeat as written.
//!
//! # Examples
//! ```
//! use periodic_cron::{Civil, Cron};
//!
//! let weekday_mornings = Cron::parse("30 9 * * MON-FRI")?.resolve(0);
//! let friday = Civil { year: 2026, month: 11, day: 20, hour: 9, minute: 30, second: 0 };
//! let monday = Civil { day: 23, ..friday };
//! assert!(weekday_mornings.matches(friday));
//! assert_eq!(weekday_mornings.next_after(friday), Some(monday));
//!
//! let error = Cron::parse("30 9 * * MOM").unwrap_err();
//! assert_eq!(error.to_string(), "day of week: `MOM` is not a name: did you mean `MON`?");
//! # Ok::<(), periodic_cron::CronError>(())
//! ```
#![no_std]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

extern crate alloc;

mod bits;
mod calendar;
mod civil;
mod cron;
mod days;
mod error;
mod field;
mod hash;
mod parse;
mod pattern;
mod shorthands;
mod values;
pub mod zones;

pub use civil::Civil;
pub use cron::Cron;
pub use error::{CronError, CronErrorKind};
pub use pattern::Pattern;
