use super::facts::{DEFAULT_BACKOFF, DEFAULT_SPACING, Execution, Facts, From, Missed, Overlap, Val};
use super::{Level, Rule};

/// The answer to the question of whether a declaration keeps a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The declaration keeps it.
    Kept,
    /// The declaration breaks it.
    Broken,
    /// The answer depends on a value that is not known yet.
    Open,
}

impl Rule {
    /// Whether the declaration is known to break this rule.
    pub const fn broken(self, facts: &Facts) -> bool {
        matches!(self.verdict(facts), Verdict::Broken)
    }

    /// Returns the rules that the declaration is known to break, in the order of the list.
    pub fn broken_by(facts: Facts) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |rule| rule.broken(&facts))
    }

    /// Returns the first rule about a single value that the declaration is known to break.
    pub fn out_of_range(facts: &Facts) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.level() == Level::Range && rule.broken(facts))
    }

    /// Returns whether the declaration keeps this rule, as far as its values are known.
    pub const fn verdict(self, f: &Facts) -> Verdict {
        match self {
            Self::TimeoutNotPositive => f.timeout.less_than(1),
            Self::InitialDelayNegative => f.initial_delay.less_than(0),
            Self::GraceNegative => f.grace.less_than(0),
            Self::MaxRunsZero => f.max_runs.less_than(1),
            Self::JitterNotPositive => f.jitter.less_than(1).or(f.jitter_share.less_than(1)),
            Self::JitterOverWhole => Val::Is(1_000_000).less(f.jitter_share),
            Self::AttemptsMissing => when(f.retry && matches!(f.attempts, Val::Absent)),
            Self::AttemptsTooFew => f.attempts.less_than(2),
            Self::BackoffNotPositive => f.backoff.less_than(1).or(f.longest_backoff.less_than(1)),
            Self::BackoffShrinks => f.longest_backoff.less(f.backoff).unless(Self::BackoffNotPositive, f),
            Self::AllowZero => when(matches!(f.overlap, Some(Overlap::Allow(0)))),
            Self::AllZero => when(matches!(f.missed, Some(Missed::All(0)))),

            Self::CronWithSpacing => when(f.cron && !matches!(f.spacing, Val::Absent)),
            Self::CronWithFrom => when(f.cron && f.from.is_some()),
            Self::CronWithAlign => when(f.cron && f.align),
            Self::CronWithInitialDelay => when(f.cron && f.is_delayed()),
            Self::TzWithoutCron => when(f.tz && !f.cron),
            Self::DstWithoutCron => when(f.dst && !f.cron),
            Self::RunImmediatelyWithInitialDelay => when(f.run_immediately && f.is_delayed()),
            Self::AlignWithInitialDelay => when(f.align && f.is_delayed() && !f.cron),
            Self::FinishWithOverlap => when(f.follows_its_end() && f.overlap.is_some()),
            Self::FinishWithMissed => when(f.follows_its_end() && f.missed.is_some()),
            Self::FinishWithAlign => when(f.follows_its_end() && f.align),
            Self::InlineWithOverlap => when(f.runs_in(Execution::Inline) && f.may_overlap()),
            Self::BlockingWithReplace => when(
                f.runs_in(Execution::Blocking)
                    && matches!(f.overlap, Some(Overlap::Replace))
                    && !f.follows_its_end(),
            ),
            Self::InlineWithBlocking => when(f.inline && f.blocking),
            Self::AsyncWithBlocking => when(f.is_async && f.blocking),

            Self::TimeoutOverSpacing if f.overlap.is_some() || f.follows_its_end() => Verdict::Kept,
            Self::TimeoutOverSpacing => f.distance().less(f.timeout),
            Self::JitterOverSpacing => f.distance().at_most(f.jitter),
            Self::BackoffOverSpacing if f.follows_its_end() => Verdict::Kept,
            Self::BackoffOverSpacing => f.distance().at_most(f.shortest_backoff()),
        }
    }
}

impl Facts {
    const fn is_delayed(&self) -> bool {
        !matches!(self.initial_delay, Val::Absent)
    }

    /// Whether slots follow the ends of runs. False with `cron`; another rule refuses both together.
    const fn follows_its_end(&self) -> bool {
        matches!(self.from, Some(From::Finish)) && !self.cron
    }

    const fn runs_in(&self, place: Execution) -> bool {
        matches!(
            (self.execution, place),
            (Execution::Inline, Execution::Inline) | (Execution::Blocking, Execution::Blocking)
        )
    }

    /// Whether the stated rule for overlaps differs from `Skip`. False if slots follow the ends of runs, because
    /// another rule refuses that.
    const fn may_overlap(&self) -> bool {
        !matches!(self.overlap, None | Some(Overlap::Skip)) && !self.follows_its_end()
    }

    /// Returns the distance of the slots; absent if it varies, or if it disables the task.
    const fn distance(&self) -> Val {
        match self.spacing {
            _ if self.cron => Val::Absent,
            Val::Absent | Val::Is(0) => Val::Is(DEFAULT_SPACING),
            Val::Is(..0) => Val::Absent,
            known_or_not => known_or_not,
        }
    }

    /// Returns the least time between two attempts; absent if there is no second one.
    const fn shortest_backoff(&self) -> Val {
        if !self.retry || matches!(self.attempts, Val::Is(..2)) {
            return Val::Absent;
        }
        let first = match (self.backoff, self.longest_backoff) {
            (Val::Unknown, _) | (_, Val::Unknown) => return Val::Unknown,
            (Val::Is(first), Val::Is(longest)) if longest < first => longest,
            (Val::Is(first), _) => first,
            (Val::Absent, _) => DEFAULT_BACKOFF,
        };
        // Jitter draws from the upper half.
        Val::Is(if self.backoff_jitter { first - first / 2 } else { first })
    }
}

impl Val {
    const fn less_than(self, bound: i64) -> Verdict {
        self.less(Self::Is(bound))
    }

    /// Returns `Broken` if this is less than `other`. An absent value breaks nothing.
    const fn less(self, other: Self) -> Verdict {
        match (self, other) {
            (Self::Absent, _) | (_, Self::Absent) => Verdict::Kept,
            (Self::Is(this), Self::Is(other)) => when(this < other),
            (Self::Unknown, _) | (_, Self::Unknown) => Verdict::Open,
        }
    }

    /// Returns `Broken` if this is at most `other`. An absent value breaks nothing.
    const fn at_most(self, other: Self) -> Verdict {
        match (self, other) {
            (Self::Is(this), Self::Is(other)) => when(this <= other),
            _ => self.less(other),
        }
    }
}

impl Verdict {
    const fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Broken, _) | (_, Self::Broken) => Self::Broken,
            (Self::Open, _) | (_, Self::Open) => Self::Open,
            (Self::Kept, Self::Kept) => Self::Kept,
        }
    }

    /// Returns `Kept` if the declaration breaks `other`, whose message says more.
    const fn unless(self, other: Rule, facts: &Facts) -> Self {
        if other.broken(facts) { Self::Kept } else { self }
    }
}

const fn when(is_broken: bool) -> Verdict {
    if is_broken { Verdict::Broken } else { Verdict::Kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000_000;

    #[test]
    fn what_states_nothing_keeps_every_rule() {
        assert_eq!(Rule::broken_by(Facts::NONE).count(), 0);
        assert!(Rule::ALL.iter().all(|rule| rule.verdict(&Facts::NONE) == Verdict::Kept));
    }

    #[test]
    fn a_spacing_of_zero_is_the_default_and_a_negative_one_bounds_nothing() {
        let verdict = |spacing, timeout| {
            Rule::TimeoutOverSpacing.verdict(&Facts { spacing, timeout: Val::Is(timeout), ..Facts::NONE })
        };
        for spacing in [Val::Absent, Val::Is(0), Val::Is(60 * SECOND)] {
            assert_eq!(verdict(spacing, 60 * SECOND), Verdict::Kept);
            assert_eq!(verdict(spacing, 60 * SECOND + 1), Verdict::Broken);
        }
        assert_eq!(verdict(Val::Is(-1), i64::MAX), Verdict::Kept);
        assert_eq!(verdict(Val::Unknown, i64::MAX), Verdict::Open);
    }

    #[test]
    fn a_jitter_is_shorter_than_the_spacing() {
        let verdict = |jitter| {
            Rule::JitterOverSpacing.verdict(&Facts {
                spacing: Val::Is(5),
                jitter: Val::Is(jitter),
                ..Facts::NONE
            })
        };
        assert_eq!((verdict(4), verdict(5)), (Verdict::Kept, Verdict::Broken));
    }

    #[test]
    fn what_is_not_known_breaks_nothing_until_it_is() {
        let unknown = Facts {
            retry: true,
            attempts: Val::Is(3),
            backoff: Val::Unknown,
            longest_backoff: Val::Is(5),
            ..Facts::NONE
        };
        for rule in [Rule::BackoffNotPositive, Rule::BackoffShrinks, Rule::BackoffOverSpacing] {
            assert_eq!(rule.verdict(&unknown), Verdict::Open, "{rule:?}");
        }
        let longer = Facts { backoff: Val::Is(6), ..unknown };
        assert!(Rule::broken_by(longer).eq([Rule::BackoffShrinks]));
        assert!(Rule::broken_by(Facts { backoff: Val::Is(0), ..unknown }).eq([Rule::BackoffNotPositive]));
    }

    #[test]
    fn the_rules_of_the_list_are_one_each() {
        for (place, rule) in Rule::ALL.iter().enumerate() {
            assert!(!rule.blame().is_empty(), "{rule:?} blames no argument");
            for other in &Rule::ALL[place + 1..] {
                assert!(!other.message().contains(rule.message()), "{rule:?} and {other:?} say the same");
            }
        }
    }
}
