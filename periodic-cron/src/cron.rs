use crate::days::Days;
use crate::pattern::{Pattern, Times};
use crate::values::Values;

/// A cron expression that has been read. Each `H` in it is still open.
///
/// Plain data that constants can hold, so an expression can be checked by the compiler and stand in a `static`.
/// The syntax is in the [crate's documentation](crate).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cron {
    /// In the order of [`Field::ALL`].
    pub(crate) values: [Values; 6],
    /// What the day fields ask for beside numbers, which are in `values`.
    pub(crate) special_days: Days,
}

impl Cron {
    /// Whether some field contains `H`.
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

    /// The expression with a value in the place of each `H`.
    ///
    /// The values follow from `seed`, the field and the `H` alone: they are the same in every process and every
    /// release. Each `H` has a draw of its own. A pattern always fires: values with which it never would, as
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
            // Every day meets every month and every day of the week in one of the turns, and an expression for
            // which none of these fires is not parsed.
            if turn == 31 * 12 * 7 || pattern.days.ever(pattern.months) {
                return pattern;
            }
            turn += 1;
        }
    }

    /// Parts of the width of their bit sets, and a turn's parts are less than 31.
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

    /// The days that match for some seed, and the months.
    #[allow(clippy::cast_possible_truncation)]
    pub(crate) const fn widest_days(&self) -> (Days, u16) {
        let [_, _, _, day, month, weekday] = &self.values;
        let days =
            Days { numbers: day.widest() as u32, weekdays: weekday.widest() as u8, ..self.special_days };
        (days, month.widest() as u16)
    }
}
