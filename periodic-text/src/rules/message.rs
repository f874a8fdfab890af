/// An argument of a task, from an attribute, settings or code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each is the argument of its name")]
pub enum Arg {
    Spacing,
    Cron,
    Tz,
    Dst,
    From,
    Align,
    RunImmediately,
    InitialDelay,
    Jitter,
    Timeout,
    Retry,
    Attempts,
    Backoff,
    Overlap,
    Missed,
    Grace,
    MaxRuns,
    Inline,
    Blocking,
}

/// The severity of a broken rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Level {
    /// A value that is invalid for every task: an error everywhere.
    Range,
    /// Arguments without a meaning together: an error everywhere.
    Meaningless,
    /// Arguments that are rarely intended together: an error in an attribute, a warning at the start elsewhere.
    Unlikely,
}

/// Makes the list. A row is a rule's name, its level, its arguments with the one to blame first, and its message.
macro_rules! rules {
    ($($rule:ident $level:ident [$($arg:ident),+] $message:literal)+) => {
        /// A rule for every declaration, named after the mistake.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Rule {
            $(#[doc = $message] $rule,)+
        }

        impl Rule {
            /// All rules, in the order in which broken ones are reported.
            pub const ALL: &'static [Self] = &[$(Self::$rule),+];

            /// Returns the severity of a broken rule.
            pub const fn level(self) -> Level {
                match self {
                    $(Self::$rule => Level::$level,)+
                }
            }

            /// Returns the arguments of the rule. A mistake is underlined at the first of them that was written.
            pub const fn blame(self) -> &'static [Arg] {
                match self {
                    $(Self::$rule => &[$(Arg::$arg),+],)+
                }
            }

            /// Returns the text of the rule: found, expected, do.
            pub const fn message(self) -> &'static str {
                match self {
                    $(Self::$rule => $message,)+
                }
            }
        }
    };
}

rules! {
    TimeoutNotPositive Range [Timeout]
        "`timeout` must be longer than zero; remove it for no timeout"
    InitialDelayNegative Range [InitialDelay]
        "`initial_delay` cannot be negative: write 0 or more"
    GraceNegative Range [Grace]
        "`grace` cannot be negative: write 0 or more"
    MaxRunsZero Range [MaxRuns]
        "`max_runs` must be at least 1; remove it for no bound"
    JitterNotPositive Range [Jitter]
        "`jitter` must be longer than zero; remove it for none"
    JitterOverWhole Range [Jitter]
        "`jitter` can be at most `\"100%\"` of the spacing"
    AttemptsMissing Range [Retry]
        "`retry` needs the number of attempts: add `attempts = 3`"
    AttemptsTooFew Range [Attempts, Retry]
        "`attempts` counts the first, so 1 is no retry: write 2 or more, or remove `retry`"
    BackoffNotPositive Range [Backoff, Retry]
        "`backoff` must be longer than zero"
    BackoffShrinks Range [Backoff, Retry]
        "`backoff` ends shorter than it begins: write the shorter time first"
    AllowZero Range [Overlap]
        "`allow(0)` would let no run start: write at least `allow(1)`"
    AllZero Range [Missed]
        "`all(0)` would run none of the missed slots: write at least `all(1)`, or `skip`"

    CronWithSpacing Meaningless [Spacing, Cron]
        "`spacing` contradicts `cron`: a task has one schedule; keep one of them"
    CronWithFrom Meaningless [From, Cron]
        "`from` has no meaning with `cron`: it measures a `spacing`, and the slots of a `cron` are the clock's; remove `from`"
    CronWithAlign Meaningless [Align, Cron]
        "`align` has no meaning with `cron`: its slots are the clock's already; remove `align`"
    CronWithInitialDelay Meaningless [InitialDelay, Cron]
        "`initial_delay` has no meaning with `cron`: the first slot is the next time on the clock; for one more at the start use `run_immediately`"
    TzWithoutCron Meaningless [Tz]
        "`tz` is the time zone of a `cron`, and there is none: add one, or remove `tz`"
    DstWithoutCron Meaningless [Dst]
        "`dst` is about the slots of a `cron`, and there is none: add one, or remove `dst`"
    RunImmediatelyWithInitialDelay Meaningless [InitialDelay, RunImmediately]
        "`initial_delay` contradicts `run_immediately`: keep one of them"
    AlignWithInitialDelay Meaningless [InitialDelay, Align]
        "`initial_delay` moves the grid, which `align` puts on the clock's multiples of the spacing: keep one of them"
    FinishWithOverlap Meaningless [Overlap, From]
        "`overlap` has no meaning with `from = finish`: the next slot is made when a run has ended, so none overlaps; remove `overlap`"
    FinishWithMissed Meaningless [Missed, From]
        "`missed` has no meaning with `from = finish`: the next slot is made when a run has ended, so at most one is missed; remove `missed`"
    FinishWithAlign Meaningless [Align, From]
        "`align` has no meaning with `from = finish`: the slots follow the runs, not the clock; keep one of them"
    InlineWithOverlap Meaningless [Overlap, Inline]
        "an `inline` run occupies the runner, so no slot can start beside it or wait for it: remove `overlap` or `inline`"
    BlockingWithReplace Meaningless [Overlap, Blocking]
        "the run of a plain `fn` cannot be cancelled, so it cannot be replaced: make it an `async fn`, or use `overlap = queue`"
    InlineWithBlocking Meaningless [Inline, Blocking]
        "`inline` contradicts `blocking`: keep one of them"
    AsyncWithBlocking Meaningless [Blocking]
        "an `async fn` is not run on the pool for blocking work: make it a plain `fn`, or remove `blocking`"

    TimeoutOverSpacing Unlikely [Timeout, Spacing]
        "this timeout is longer than the spacing, so runs can overlap: add a rule for that, as in `overlap = skip`"
    JitterOverSpacing Unlikely [Jitter, Spacing]
        "this jitter is not shorter than the spacing, so runs could pass their next slot: use a shorter one"
    BackoffOverSpacing Unlikely [Backoff, Retry, Spacing]
        "this back-off is not shorter than the spacing, and no attempt starts at or after the next slot: use a \
         shorter one"
}
