//! One declaration, written as an attribute, in settings and in code: all refuse the same, in the same words.

use std::collections::BTreeSet;
use std::fmt::{Display, Write};
use std::num::{NonZeroU32, NonZeroU64};
use std::time::Duration;

use periodic_core::manager::{Call, Given, PeriodicManager};
use periodic_core::table::{Collector, TableError, TaskTable};
use periodic_core::task::{
    Anchor, Cron, Dst, Execution, Gap, Interval, Jitter, RetrySpec, ScheduleSpec, TaskSpec,
};
use periodic_core::{Settings, task};
use periodic_runtime::settings::SettingsSource;
use periodic_text::rules::{Level, Rule};
use proptest::prelude::*;
use quote::quote;

use crate::expand;

/// Rules by what is said of them.
type Verdict = BTreeSet<&'static str>;

/// A declaration, lengths in seconds.
#[derive(Clone, Debug)]
struct Declared {
    spacing: Option<i64>,
    cron: bool,
    tz: bool,
    dst: bool,
    from: Option<Anchor>,
    align: bool,
    run_immediately: bool,
    initial_delay: Option<i64>,
    jitter: Option<DeclaredJitter>,
    timeout: Option<i64>,
    retry: Option<Retry>,
    overlap: Option<task::Overlap>,
    missed: Option<task::Missed>,
    grace: Option<i64>,
    max_runs: Option<u64>,
    place: Place,
}

#[derive(Clone, Copy, Debug)]
enum DeclaredJitter {
    Percent(u32),
    UpTo(i64),
}

#[derive(Clone, Debug)]
struct Retry {
    attempts: Option<u32>,
    backoff: Option<(i64, Option<i64>)>,
    jitter: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Spawned,
    Blocking,
    Inline,
    /// What only an attribute can say.
    InlineAndBlocking,
    AsyncAndBlocking,
}

impl Declared {
    fn attribute(&self) -> String {
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

    /// The variables that set what settings can, and the rest in code; `None` where that says less.
    fn settings(&self) -> Option<(Vec<(String, String)>, TaskSpec)> {
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

    /// The whole in code; `None` where its types cannot say it.
    fn code(&self) -> Option<TaskSpec> {
        let contradicts_by_type = self.cron && (self.spacing.is_some() || self.from.is_some() || self.align)
            || !self.cron && (self.tz || self.dst)
            || matches!(self.place, Place::InlineAndBlocking | Place::AsyncAndBlocking);
        if contradicts_by_type {
            return None;
        }
        let mut spec = self.origin(self.spacing)?;
        if self.cron {
            let cron = Cron::parse("0 9 * * *").unwrap();
            spec = spec.cron(if self.dst { cron.dst(Dst::new().gap(Gap::Skip)) } else { cron });
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

    /// What settings cannot say.
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

/// What the attribute refuses; every mistake that it tells is a rule.
fn verdict_of_attribute(declared: &Declared) -> Verdict {
    let args: proc_macro2::TokenStream = declared.attribute().parse().unwrap();
    let is_async = matches!(declared.place, Place::Spawned | Place::Inline | Place::AsyncAndBlocking);
    let asyncness = is_async.then(|| quote!(async));
    let item = quote!(impl Manager { #[periodic_task(#args)] #asyncness fn work(&self) {} });
    let file: syn::File = syn::parse2(expand::manager(quote!(), item)).unwrap();
    let mut verdict = Verdict::new();
    for item in file.items {
        let syn::Item::Macro(item) = item else { continue };
        let Ok(said) = item.mac.parse_body::<syn::LitStr>() else { continue };
        let said = said.value();
        let rule = Rule::ALL.iter().find(|rule| said.starts_with(rule.message()));
        assert!(verdict.insert(rule.unwrap_or_else(|| panic!("{said}")).message()), "said twice: {said}");
    }
    verdict
}

struct Rows(TaskSpec);

impl PeriodicManager for Rows {
    type Context = ();
    type Owner = ();

    fn collect(&self, collector: &mut Collector) {
        collector.manager("Manager");
        collector.tasks(&[self.0]);
    }

    fn call<'a>(&'a self, row: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
        Call::unknown_row("Manager", row)
    }
}

/// The rules of these levels.
fn of(verdict: &Verdict, levels: &[Level]) -> Verdict {
    let has_level = |said: &&&str| {
        Rule::ALL.iter().any(|rule| rule.message() == **said && levels.contains(&rule.level()))
    };
    verdict.iter().filter(has_level).copied().collect()
}

/// The rules that a text tells.
fn told(text: &impl Display) -> Verdict {
    let text = text.to_string();
    Rule::ALL.iter().map(|rule| rule.message()).filter(|said| text.contains(said)).collect()
}

/// Whether a table refuses and warns of what it should; it warns of nothing where it refuses.
fn check_table(table: &Result<TaskTable, TableError>, expected: &Verdict) -> Result<(), TestCaseError> {
    let refused = of(expected, &[Level::Range, Level::Meaningless]);
    match table {
        Err(error) => prop_assert_eq!(told(error), refused),
        Ok(table) => {
            prop_assert_eq!(refused, Verdict::new());
            let warned: Verdict = table.warnings().iter().map(|warning| warning.what).collect();
            prop_assert_eq!(warned, of(expected, &[Level::Unlikely]));
        }
    }
    Ok(())
}

fn check(declared: &Declared) -> Result<(), TestCaseError> {
    let by_attribute = verdict_of_attribute(declared);
    if let Some(spec) = declared.code() {
        check_table(&TaskTable::of(&Rows(spec), &Settings::new()), &by_attribute)?;
    }
    let Some((variables, spec)) = declared.settings() else { return Ok(()) };
    let mut expected = by_attribute;
    for rule in [Rule::InlineWithBlocking, Rule::AsyncWithBlocking] {
        expected.remove(rule.message());
    }
    if declared.cron {
        // A `cron` of settings takes the place of the whole schedule.
        for rule in [Rule::CronWithFrom, Rule::CronWithAlign] {
            expected.remove(rule.message());
        }
    }
    match SettingsSource::environment().variables(variables).read() {
        Err(error) => prop_assert_eq!(told(&error), of(&expected, &[Level::Range])),
        Ok(settings) => check_table(&TaskTable::of(&Rows(spec), &settings), &expected)?,
    }
    Ok(())
}

fn seconds() -> impl Strategy<Value = i64> {
    prop::sample::select(&[-1, 0, 1, 5, 59, 60, 61, 120][..])
}

fn sometimes<T: Clone + std::fmt::Debug>(
    value: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Option<T>> {
    prop_oneof![3 => Just(None), 1 => value.prop_map(Some)]
}

fn declared() -> impl Strategy<Value = Declared> {
    let flag = || prop::bool::weighted(0.2);
    let jitter = prop_oneof![
        prop::sample::select(&[0, 5, 100, 120][..]).prop_map(DeclaredJitter::Percent),
        seconds().prop_map(DeclaredJitter::UpTo),
    ];
    let retry = (
        prop::option::weighted(0.9, 0..4_u32),
        prop::option::of((seconds(), prop::option::of(seconds()))),
        any::<bool>(),
    )
        .prop_map(|(attempts, backoff, jitter)| Retry { attempts, backoff, jitter });
    let overlap = prop_oneof![
        Just(task::Overlap::Skip),
        Just(task::Overlap::Queue),
        Just(task::Overlap::Replace),
        (0..3_u32).prop_map(task::Overlap::Allow),
    ];
    let missed = prop_oneof![
        Just(task::Missed::Coalesce),
        Just(task::Missed::Skip),
        (0..3_u16).prop_map(task::Missed::All),
    ];
    let place = prop::sample::select(
        &[Place::Spawned, Place::Blocking, Place::Inline, Place::InlineAndBlocking, Place::AsyncAndBlocking]
            [..],
    );
    let schedule = (
        sometimes(seconds()),
        (flag(), flag(), flag()),
        sometimes(prop_oneof![Just(Anchor::Start), Just(Anchor::Finish)]),
        (flag(), flag()),
        sometimes(seconds()),
        sometimes(jitter),
    );
    let bounds = (
        sometimes(seconds()),
        sometimes(retry),
        sometimes(overlap),
        sometimes(missed),
        sometimes(seconds()),
        sometimes(0..3_u64),
        place,
    );
    (schedule, bounds).prop_map(|(schedule, bounds)| {
        let (spacing, (cron, tz, dst), from, (align, run_immediately), initial_delay, jitter) = schedule;
        let (timeout, retry, overlap, missed, grace, max_runs, place) = bounds;
        Declared {
            spacing,
            cron,
            tz,
            dst,
            from,
            align,
            run_immediately,
            initial_delay,
            jitter,
            timeout,
            retry,
            overlap,
            missed,
            grace,
            max_runs,
            place,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn attributes_settings_and_code_accept_the_same(declared in declared()) {
        check(&declared)?;
    }
}
