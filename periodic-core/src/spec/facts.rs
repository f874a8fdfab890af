use core::time::Duration;

use periodic_text::rules::{self, Facts, Val};

use super::{Anchor, Execution, FirstRun, Jitter, Missed, Overlap, ScheduleSpec, TaskSpec};
use crate::time::nanos;

impl TaskSpec {
    /// Returns the facts of the declaration, for the rules.
    pub(crate) fn facts(&self) -> Facts {
        let mut facts = Facts {
            timeout: length(self.timeout),
            grace: length(self.grace),
            overlap: self.overlap.map(overlap),
            missed: self.missed.map(missed),
            max_runs: self
                .max_runs
                .map_or(Val::Absent, |runs| Val::Is(i64::try_from(runs.get()).unwrap_or(i64::MAX))),
            execution: execution(self.execution),
            ..Facts::NONE
        };
        match self.schedule {
            ScheduleSpec::Every { interval, from, align } => {
                facts.spacing = Val::Is(interval.as_nanos());
                facts.from = (from == Anchor::Finish).then_some(rules::From::Finish);
                facts.align = align;
            }
            #[cfg(feature = "cron")]
            ScheduleSpec::Cron(_) => (facts.cron, facts.tz, facts.dst) = (true, true, true),
        }
        match self.first {
            FirstRun::AfterSpacing => {}
            FirstRun::Immediately => facts.run_immediately = true,
            FirstRun::After(delay) => facts.initial_delay = Val::Is(nanos(delay)),
        }
        match self.jitter {
            Jitter::None => {}
            Jitter::Share(share) => facts.jitter_share = Val::Is(share.into()),
            Jitter::UpTo(most) => facts.jitter = Val::Is(nanos(most)),
        }
        if let Some(retry) = self.retry {
            facts.retry = true;
            facts.attempts = Val::Is(retry.attempts.get().into());
            facts.backoff = Val::Is(nanos(retry.first));
            facts.longest_backoff = Val::Is(nanos(retry.ceiling));
            facts.backoff_jitter = retry.jitter;
        }
        facts
    }
}

fn length(stated: Option<Duration>) -> Val {
    stated.map_or(Val::Absent, |length| Val::Is(nanos(length)))
}

fn overlap(rule: Overlap) -> rules::Overlap {
    match rule {
        Overlap::Skip => rules::Overlap::Skip,
        Overlap::Queue => rules::Overlap::Queue,
        Overlap::Replace => rules::Overlap::Replace,
        Overlap::Allow(most) => rules::Overlap::Allow(most),
    }
}

fn missed(rule: Missed) -> rules::Missed {
    match rule {
        Missed::Coalesce => rules::Missed::Coalesce,
        Missed::Skip => rules::Missed::Skip,
        Missed::All(most) => rules::Missed::All(most),
    }
}

fn execution(place: Execution) -> rules::Execution {
    match place {
        Execution::Spawned => rules::Execution::Spawned,
        Execution::Blocking => rules::Execution::Blocking,
        Execution::Inline => rules::Execution::Inline,
    }
}
