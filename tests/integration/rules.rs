//! The one list of rules: each is reached by an attribute, by settings and by code, and says the same there. That all
//! three refuse the same is a property beside the macros (`periodic-macros/src/tests/verdicts`).

use std::num::NonZeroU32;
use std::path::Path;
use std::time::Duration;

use periodic::__private::Rule;
use periodic::__private::rules::Level;
use periodic::Runner;
use periodic::prelude::*;
use periodic::scheduler::{ControlError, Scheduler, SchedulerOptions};
use periodic::settings::Settings;
use periodic::table::{TableProblem, TaskTable};
use periodic::task::{
    Anchor, Cron, Execution, Interval, Jitter, Missed, Overlap, RetrySpec, ScheduleSpec, Task, TaskName,
    TaskSpec,
};
use periodic::time::Now;

use super::cron::Rows;
use super::settings::read;

/// How a rule is broken in settings of `Declared`, and in code; or why it cannot be.
struct Case {
    rule: Rule,
    settings: Result<&'static str, &'static str>,
    code: Result<fn(TaskSpec) -> TaskSpec, &'static str>,
}

struct Declared;

#[periodic_manager]
impl Declared {
    #[periodic_task(spacing = 60)]
    fn plain(&self) {}

    #[periodic_task(spacing = 60, inline)]
    fn inline(&self) {}

    #[periodic_task(spacing = 60, initial_delay = 5)]
    fn delayed(&self) {}

    #[periodic_task(spacing = 60, from = finish)]
    fn following(&self) {}

    #[periodic_task(cron = "0 3 * * *")]
    fn nightly(&self) {}
}

const NO_KEY: &str = "settings have no key for it";
const NEVER_NEGATIVE: &str = "a `Duration` cannot be negative";
const ONE_SCHEDULE: &str = "a `ScheduleSpec` is one or the other, with all that belongs to it";
const GIVES_WAY: &str = "a `cron` of settings takes the place of the whole schedule";

const fn attempts(attempts: u32) -> RetrySpec {
    RetrySpec::new(NonZeroU32::new(attempts).unwrap())
}

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

fn finish(mut spec: TaskSpec, align: bool) -> TaskSpec {
    spec.schedule = ScheduleSpec::Every { interval: Interval::from_secs(60), from: Anchor::Finish, align };
    spec
}

fn ranges() -> Vec<Case> {
    let case = |rule, settings, code| Case { rule, settings, code };
    vec![
        case(
            Rule::TimeoutNotPositive,
            Ok("tasks.plain.timeout = 0"),
            Ok(|spec| spec.timeout(Duration::ZERO)),
        ),
        case(Rule::InitialDelayNegative, Err(NO_KEY), Err(NEVER_NEGATIVE)),
        case(Rule::GraceNegative, Ok("tasks.plain.grace = -1"), Err(NEVER_NEGATIVE)),
        case(Rule::MaxRunsZero, Ok("tasks.plain.max_runs = 0"), Err("a `NonZeroU64` is not zero")),
        case(
            Rule::JitterNotPositive,
            Ok("tasks.plain.jitter = \"0%\""),
            Ok(|spec| spec.jitter(Jitter::UpTo(Duration::ZERO))),
        ),
        case(
            Rule::JitterOverWhole,
            Ok("tasks.plain.jitter = \"101%\""),
            Ok(|spec| spec.jitter(Jitter::Share(1_000_001))),
        ),
        case(
            Rule::AttemptsMissing,
            Ok("tasks.plain.retry = { jitter = true }"),
            Err("`RetrySpec::new` takes them"),
        ),
        case(Rule::AttemptsTooFew, Ok("tasks.plain.retry = 1"), Ok(|spec| spec.retry(attempts(1)))),
        case(
            Rule::BackoffNotPositive,
            Ok("tasks.plain.retry = { attempts = 3, backoff = 0 }"),
            Ok(|spec| spec.retry(attempts(3).doubling(SECOND).ceiling(Duration::ZERO))),
        ),
        case(
            Rule::BackoffShrinks,
            Ok("tasks.plain.retry = \"3, 5s..1s\""),
            Ok(|spec| spec.retry(attempts(3).doubling(MINUTE))),
        ),
        case(
            Rule::AllowZero,
            Ok("tasks.plain.overlap = \"allow(0)\""),
            Ok(|spec| spec.overlap(Overlap::Allow(0))),
        ),
        case(Rule::AllZero, Ok("tasks.plain.missed = \"all(0)\""), Ok(|spec| spec.missed(Missed::All(0)))),
    ]
}

fn pairs() -> Vec<Case> {
    let case = |rule, settings, code| Case { rule, settings, code };
    vec![
        case(Rule::CronWithSpacing, Ok("tasks.nightly.spacing = 5"), Err(ONE_SCHEDULE)),
        case(Rule::CronWithFrom, Err(GIVES_WAY), Err(ONE_SCHEDULE)),
        case(Rule::CronWithAlign, Err(GIVES_WAY), Err(ONE_SCHEDULE)),
        case(
            Rule::CronWithInitialDelay,
            Ok("tasks.delayed.cron = \"0 3 * * *\""),
            Ok(|spec| spec.cron(Cron::parse("0 3 * * *").unwrap()).initial_delay(SECOND)),
        ),
        case(Rule::TzWithoutCron, Ok("tasks.plain.tz = \"UTC\""), Err(ONE_SCHEDULE)),
        case(Rule::DstWithoutCron, Ok("tasks.plain.dst.gap = \"skip\""), Err(ONE_SCHEDULE)),
        case(Rule::RunImmediatelyWithInitialDelay, Err(NO_KEY), Err("a `FirstRun` is one of them")),
        case(Rule::AlignWithInitialDelay, Err(NO_KEY), Ok(|spec| spec.align().initial_delay(SECOND))),
        case(
            Rule::FinishWithOverlap,
            Ok("tasks.following.overlap = \"skip\""),
            Ok(|spec| finish(spec, false).overlap(Overlap::Skip)),
        ),
        case(
            Rule::FinishWithMissed,
            Ok("tasks.following.missed = \"skip\""),
            Ok(|spec| finish(spec, false).missed(Missed::Skip)),
        ),
        case(Rule::FinishWithAlign, Err(NO_KEY), Ok(|spec| finish(spec, true))),
        case(
            Rule::InlineWithOverlap,
            Ok("tasks.inline.overlap = \"queue\""),
            Ok(|spec| spec.execution(Execution::Inline).overlap(Overlap::Queue)),
        ),
        case(
            Rule::BlockingWithReplace,
            Ok("tasks.plain.overlap = \"replace\""),
            Ok(|spec| spec.execution(Execution::Blocking).overlap(Overlap::Replace)),
        ),
        case(Rule::InlineWithBlocking, Err(NO_KEY), Err("an `Execution` is one of them")),
        case(Rule::AsyncWithBlocking, Err(NO_KEY), Err("`Handle::add` says where async code runs")),
        case(
            Rule::TimeoutOverSpacing,
            Ok("tasks.plain.timeout = 61"),
            Ok(|spec| spec.timeout(MINUTE + SECOND)),
        ),
        case(
            Rule::JitterOverSpacing,
            Ok("tasks.plain.jitter = 60"),
            Ok(|spec| spec.jitter(Jitter::UpTo(MINUTE))),
        ),
        case(
            Rule::BackoffOverSpacing,
            Ok("tasks.plain.retry = \"3, 60s\""),
            Ok(|spec| spec.retry(attempts(3).doubling(MINUTE).ceiling(MINUTE))),
        ),
    ]
}

/// The case of a rule: a rule without one fails here.
fn case_of(rule: Rule) -> Case {
    let mut of_rule = ranges().into_iter().chain(pairs()).filter(|case| case.rule == rule);
    let case = of_rule.next().unwrap_or_else(|| panic!("{rule:?} has no case"));
    assert!(of_rule.next().is_none(), "{rule:?} has two cases");
    case
}

#[test]
fn each_rule_has_a_snapshot_of_what_the_attribute_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui");
    let mut said = String::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "stderr") {
            said.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
    for rule in Rule::ALL {
        assert!(said.contains(rule.message()), "no file of tests/ui breaks {rule:?}");
    }
}

/// The message about a table, and whether it is a refusal.
fn of_table(table: Result<TaskTable, periodic::table::TableError>) -> (bool, String) {
    match table {
        Ok(table) => (false, table.warnings().iter().map(ToString::to_string).collect()),
        Err(error) => (true, error.to_string()),
    }
}

#[test]
fn each_rule_says_the_same_of_settings_and_names_their_line() {
    for rule in Rule::ALL {
        let Ok(line) = case_of(*rule).settings else { continue };
        let (is_refused, said) = match read(line) {
            Ok(settings) => of_table(TaskTable::of(&Declared, &settings)),
            Err(said) => {
                assert_eq!(rule.level(), Level::Range, "{rule:?} is no rule about one value");
                (true, said)
            }
        };
        assert_eq!(is_refused, rule.level() != Level::Unlikely, "{rule:?}: {said}");
        assert!(said.contains(rule.message()), "{rule:?}: {said}");
        assert!(said.contains("compute.toml:1: tasks."), "{rule:?}: {said}");
        for other in Rule::ALL.iter().filter(|other| *other != rule) {
            assert!(!said.contains(other.message()), "{rule:?}: {said}");
        }
    }
}

#[test]
fn each_rule_says_the_same_of_code_and_names_the_task() {
    for rule in Rule::ALL {
        let Ok(breaks) = case_of(*rule).code else { continue };
        let spec = breaks(TaskSpec::new("work"));
        let expected = format!("`Manager.work`: {}", rule.message());
        let is_refused = rule.level() != Level::Unlikely;
        let of_manager = of_table(TaskTable::of(&Rows(vec![spec]), &Settings::new()));
        assert_eq!(of_manager, (is_refused, expected.clone()), "{rule:?}");

        let task = Task::new(TaskName::new("Manager", "work").unwrap(), spec);
        let warnings: String = task.warnings().iter().map(ToString::to_string).collect();
        let added = Scheduler::empty(SchedulerOptions::default(), Now::default()).add(task, Now::default());
        match added.map_err(|error| error.to_string()) {
            Err(said) => assert_eq!((is_refused, said), (true, expected)),
            Ok(_) => assert_eq!((is_refused, warnings), (false, expected)),
        }
    }
}

/// Breaks each of [`FOUR`].
fn breaks_four() -> TaskSpec {
    TaskSpec::new("work")
        .timeout(Duration::ZERO)
        .retry(attempts(1).doubling(Duration::ZERO).ceiling(Duration::ZERO))
        .overlap(Overlap::Allow(0))
}

const FOUR: [Rule; 4] =
    [Rule::TimeoutNotPositive, Rule::AttemptsTooFew, Rule::BackoffNotPositive, Rule::AllowZero];

#[test]
fn a_table_tells_every_broken_rule_of_every_task() {
    let other = TaskSpec::new("other").missed(Missed::All(0));
    let error = TaskTable::of(&Rows(vec![breaks_four(), other]), &Settings::new()).unwrap_err();
    let told: Vec<_> = error.problems().iter().map(ToString::to_string).collect();
    let mut expected = FOUR.map(|rule| format!("`Manager.work`: {}", rule.message())).to_vec();
    expected.push(format!("`Manager.other`: {}", Rule::AllZero.message()));
    assert_eq!(told, expected);
    assert!(matches!(error.problems()[0], TableProblem::BrokenRule { origin: None, .. }));
}

#[test]
fn a_table_refuses_an_option_of_the_service_as_a_file_does() {
    let zero = Settings::new().service(|options| options.periodic_interval_max = Duration::ZERO);
    let said = TaskTable::of(&Declared, &zero).unwrap_err().to_string();
    assert_eq!(said, "`periodic_interval_max` must be longer than zero");
    assert!(read("periodic_interval_max = 0").unwrap_err().ends_with(&said));
    let none = Settings::new().service(|options| options.report_interval = Duration::ZERO);
    assert!(TaskTable::of(&Declared, &none).is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_handle_refuses_what_a_table_refuses() {
    let runner = Runner::builder(Rows(Vec::new())).build().unwrap();
    let handle = runner.handle();
    let name = || TaskName::new("Manager", "work").unwrap();
    let expected: Vec<_> = FOUR.iter().map(|rule| rule.message()).collect();
    let error = handle.add(name(), breaks_four(), |_| async {}).unwrap_err();
    assert_eq!(error, ControlError::BrokenRules(name(), expected.clone()));
    assert_eq!(handle.add_blocking(name(), breaks_four(), |_| ()).unwrap_err(), error);
    let lines: Vec<_> = expected.iter().map(|rule| format!("`Manager.work`: {rule}")).collect();
    assert_eq!(error.to_string(), lines.join("\n"));
    // Nothing of it was kept.
    handle.add(name(), TaskSpec::new("work"), |_| async {}).unwrap();
}
