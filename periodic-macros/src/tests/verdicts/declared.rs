use std::fmt::{Display, Write};
use std::num::{NonZeroU32, NonZeroU64};
use std::time::Duration;

use periodic_core::task::{
    Anchor, Cron, Dst, DstGap, Execution, Interval, Jitter, Missed, Overlap, RetrySpec, ScheduleSpec,
    TaskSpec,
};

/// A declaration, with lengths in seconds.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is an argument of its own")]
pub(super) struct Declared {
    pub(super) spacing: Option<i64>,
    pub(super) cron: bool,
    pub(super) tz: bool,
    pub(super) dst: bool,
    pub(super) from: Option<Anchor>,
    pub(super) align: bool,
    pub(super) run_immediately: bool,
    pub(super) initial_delay: Option<i64>,
    pub(super) jitter: Option<DeclaredJitter>,
    pub(super) timeout: Option<i64>,
    pub(super) retry: Option<Retry>,
    pub(super) overlap: Option<Overlap>,
    pub(super) missed: Option<Missed>,
    pub(super) grace: Option<i64>,
    pub(super) max_runs: Option<u64>,
    pub(super) place: Place,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum DeclaredJitter {
    Percent(u32),
    UpTo(i64),
}

#[derive(Clone, Debug)]
pub(super) struct Retry {
    pub(super) attempts: Option<u32>,
    pub(super) backoff: Option<(i64, Option<i64>)>,
    pub(super) jitter: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Spawned,
    Blocking,
    Inline,
    /// Only an attribute can express these.
    InlineAndBlocking,
    AsyncAndBlocking,
}

impl Declared {
    pub(super) fn attribute(&self) -> String {
        let mut args: Vec<String> = Vec::new();
        let mut arg = |is_given: bool, text: &str| args.extend(is_given.then(|| text.to_owned()));
        arg(self.cron, "cron = \"0 9 * * *\"");
        arg(self.tz, "tz = \"UTC\"");
        arg(self.dst, "dst = (gap = skip)");
        arg(self.from == Some(Anchor::Start), "from = start");
        arg(self.from == Some(Anchor::Finish), "from = finish");
        arg(self.align, "align");
        arg(self.run_immediately, "run_immediately");
        arg(matches!(self.place, Place::Inline | Place::InlineAndBlocking), "inline");
        arg(matches!(self.place, Place::InlineAndBlocking | Place::AsyncAndBlocking), "blocking");
        args.extend(value("spacing", self.spacing));
        args.extend(value("initial_delay", self.initial_delay));
        args.extend(value("timeout", self.timeout));
        args.extend(value("grace", self.grace));
        args.extend(value("max_runs", self.max_runs));
        args.extend(value("overlap", self.overlap));
        args.extend(value("missed", self.missed));
        args.extend(self.jitter.map(|jitter| match jitter {
            DeclaredJitter::Percent(percent) => format!("jitter = \"{percent}%\""),
            DeclaredJitter::UpTo(secs) => format!("jitter = {secs}"),
        }));
        args.extend(self.retry.as_ref().map(|retry| {
            let mut parts: Vec<_> = value("attempts", retry.attempts).into_iter().collect();
            parts.extend(retry.backoff.map(|(first, longest)| match longest {
                Some(longest) => format!("backoff = {first}..{longest}"),
                None => format!("backoff = {first}"),
            }));
            parts.extend(retry.jitter.then(|| "jitter".to_owned()));
            format!("retry({})", parts.join(", "))
        }));
        args.join(", ")
    }

    /// Returns the variables for the settings, and the rest as code; `None` if these cannot express the declaration.
    pub(super) fn settings(&self) -> Option<(Vec<(String, String)>, TaskSpec)> {
        let mut variables = Vec::new();
        let mut set = |key: &str, value: Option<String>| {
            variables.extend(value.map(|value| (format!("PERIODIC_TASKS__WORK__{key}"), value)));
        };
        set("SPACING", text(self.spacing));
        set("CRON", self.cron.then(|| "0 9 * * *".to_owned()));
        set("TZ", self.tz.then(|| "UTC".to_owned()));
        set("DST", self.dst.then(|| "gap = skip".to_owned()));
        set("TIMEOUT", text(self.timeout));
        set("GRACE", text(self.grace));
        set("MAX_RUNS", text(self.max_runs));
        set("OVERLAP", text(self.overlap));
        set("MISSED", text(self.missed));
        set(
            "JITTER",
            self.jitter.map(|jitter| match jitter {
                DeclaredJitter::Percent(percent) => format!("{percent}%"),
                DeclaredJitter::UpTo(secs) => secs.to_string(),
            }),
        );
        if let Some(retry) = &self.retry {
            let mut value = retry.attempts?.to_string();
            if let Some((first, longest)) = retry.backoff {
                write!(value, ", {first}s..{}s", longest.unwrap_or(first)).ok()?;
            }
            value.push_str(if retry.jitter { ", jitter" } else { "" });
            set("RETRY", Some(value));
        }
        Some((variables, self.origin(None)?))
    }

    /// Returns the declaration as code; `None` if the types of code cannot express it.
    pub(super) fn code(&self) -> Option<TaskSpec> {
        let contradicts_by_type = self.cron && (self.spacing.is_some() || self.from.is_some() || self.align)
            || !self.cron && (self.tz || self.dst)
            || matches!(self.place, Place::InlineAndBlocking | Place::AsyncAndBlocking);
        if contradicts_by_type {
            return None;
        }
        let mut spec = self.origin(self.spacing)?;
        if self.cron {
            let cron = Cron::parse("0 9 * * *").unwrap();
            spec = spec.cron(if self.dst { cron.dst(Dst::new().gap(DstGap::Skip)) } else { cron });
        }
        spec.jitter = match self.jitter {
            None => Jitter::None,
            Some(DeclaredJitter::Percent(percent)) => Jitter::Share(percent * 10_000),
            Some(DeclaredJitter::UpTo(secs)) => Jitter::UpTo(length(secs)?),
        };
        if let Some(retry) = &self.retry {
            let mut rule = RetrySpec::new(NonZeroU32::new(retry.attempts?)?);
            if let Some((first, longest)) = retry.backoff {
                rule = rule.doubling(length(first)?).ceiling(length(longest.unwrap_or(first))?);
            }
            spec = spec.retry(if retry.jitter { rule.jitter() } else { rule });
        }
        if let Some(timeout) = self.timeout {
            spec = spec.timeout(length(timeout)?);
        }
        if let Some(grace) = self.grace {
            spec = spec.grace(length(grace)?);
        }
        if let Some(runs) = self.max_runs {
            spec = spec.max_runs(NonZeroU64::new(runs)?);
        }
        (spec.overlap, spec.missed) = (self.overlap, self.missed);
        Some(spec)
    }

    /// Returns the part that settings cannot express.
    fn origin(&self, spacing: Option<i64>) -> Option<TaskSpec> {
        let mut spec = TaskSpec::new("work");
        spec.schedule = ScheduleSpec::Every {
            interval: Interval::from_secs(spacing.unwrap_or(0)),
            from: self.from.unwrap_or_default(),
            align: self.align,
        };
        spec = match (self.run_immediately, self.initial_delay) {
            (false, None) => spec,
            (true, None) => spec.run_immediately(),
            (false, Some(delay)) => spec.initial_delay(length(delay)?),
            (true, Some(_)) => return None,
        };
        Some(spec.execution(match self.place {
            Place::Spawned | Place::AsyncAndBlocking => Execution::Spawned,
            Place::Blocking => Execution::Blocking,
            Place::Inline | Place::InlineAndBlocking => Execution::Inline,
        }))
    }
}

fn text(value: Option<impl Display>) -> Option<String> {
    value.map(|value| value.to_string())
}

fn value(name: &str, value: Option<impl Display>) -> Option<String> {
    value.map(|value| format!("{name} = {value}"))
}

fn length(secs: i64) -> Option<Duration> {
    u64::try_from(secs).ok().map(Duration::from_secs)
}
