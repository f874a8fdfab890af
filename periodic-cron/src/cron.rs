use crate::days::Days;
use crate::pattern::{Pattern, Times};
use crate::values::Values;

/// A parsed cron expression, in which each `H` is still open.
///
/// Plain data for constants: the compiler can check an expression, and a `static` can hold it. The syntax is in the
/// [crate's documentation](crate).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cron {
    /// In the order of `Field::ALL`.
    pub(crate) values: [Values; 6],
    /// The parts of the day fields other than numbers, which are in `values`.
    pub(crate) special_days: Days,
}

impl Cron {
    /// Whether a field contains `H`.
    pub const fn has_hash(&self) -> bool {
        let mut index = 0;
        while index < 6 {
            if self.values[index].has_hash() {
                return true;
            }
            index += 1;
        }
        false
    }

    /// Returns the expression with a value in the place of each `H`.
    ///
    /// The values follow from `seed`, the field and the `H` alone: they are the same in every process and every
    /// release. Each `H` has a draw of its own. A pattern always fires: values with which it never would, such as
    /// February in `0 0 31 H *`, are drawn again.
    ///
    /// # Examples
    /// ```
    /// use periodic_cron::Cron;
    ///
    /// let cron = Cron::parse("H H(1-5) * * *")?;
    /// assert_eq!(cron.resolve(17), cron.resolve(17));
    /// assert_ne!(cron.resolve(17), cron.resolve(18));
    /// # Ok::<(), periodic_cron::CronError>(())
    /// ```
    pub const fn resolve(self, seed: u64) -> Pattern {
        let mut turn = 0;
        loop {
            let pattern = self.pattern(seed, turn);
            // Every day meets every month and every day of the week in one of the turns. `parse` refuses an expression
            // for which none of these fires.
            if turn == 31 * 12 * 7 || pattern.days.ever(pattern.months) {
                return pattern;
            }
            turn += 1;
        }
    }

    /// The casts lose nothing: the bit sets have these widths, and a turn's parts are less than 31.
    #[allow(clippy::cast_possible_truncation)]
    const fn pattern(&self, seed: u64, turn: u16) -> Pattern {
        let [second, minute, hour, day, month, weekday] = &self.values;
        let hours = hour.resolve(seed, 0);
        Pattern {
            times: Times { seconds: second.resolve(seed, 0), minutes: minute.resolve(seed, 0), hours },
            open_hours: hour.is_open(hours),
            months: month.resolve(seed, (turn / 31 % 12) as u8) as u16,
            days: Days {
                numbers: day.resolve(seed, (turn % 31) as u8) as u32,
                weekdays: weekday.resolve(seed, (turn / (31 * 12)) as u8) as u8,
                ..self.special_days
            },
        }
    }

    /// Returns the days and the months that match for some seed.
    #[allow(clippy::cast_possible_truncation)]
    pub(crate) const fn widest_days(&self) -> (Days, u16) {
        let [_, _, _, day, month, weekday] = &self.values;
        let days =
            Days { numbers: day.widest() as u32, weekdays: weekday.widest() as u8, ..self.special_days };
        (days, month.widest() as u16)
    }
}
