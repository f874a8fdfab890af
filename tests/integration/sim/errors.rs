use std::time::Duration;

use periodic::PeriodicManager;
use periodic::manager::{Call, Collector, Given};
use periodic::sim::{ScriptEvent, Simulation, Takes};
use periodic::task::{Ended, Next, TaskSpec};

use super::{every, with};

fn told(simulation: Simulation, length: &str) -> String {
    simulation.run_for(length).unwrap_err().to_string()
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let simulation = with([every("poll", 60), every("poll", 30)])
        .start("tomorrow")
        .limit(0)
        .task("pol", Takes::fixed("-1s"))
        .task("poll", Takes::between("5s", "1s").failing(1.5))
        .at("1 moon", ScriptEvent::pause("pole"))
        .at("1h", ScriptEvent::stop())
        .at("2h", ScriptEvent::set_spacing("poll", "5x"))
        .at("30m", ScriptEvent::suspend("10m"))
        .at("35m", ScriptEvent::set_clock("noon"));
    let expected = "\
the start: `tomorrow` is no time between the years 1677 and 2262: write it as in `2026-03-29T01:30:00Z` or \
`2026-03-29T03:30:00.5+02:00`
the limit: it must be at least 1, as no run could start
`with(Manager.poll)`: a task is called `Manager.poll` already; remove it first, or choose another name
the script names `pol`, but no task is called that; did you mean `Manager.poll`?
the `takes` of `pol`: `-1s`: a duration cannot be negative: write 0 or more
the `takes` of `poll`: `between` ends shorter than it begins; write the shorter length first
the time of `pause(pole)`: `1 moon`: this unit is not known: the units are w, d, h, m, s, ms, us and ns
`pause(pole)` at 0s: no task is called `pole`; did you mean `Manager.poll`?
`set_clock` at 35m: `noon` is no time between the years 1677 and 2262: write it as in `2026-03-29T01:30:00Z` or \
`2026-03-29T03:30:00.5+02:00`
`set_clock` at 35m: the machine is suspended at that time; move the event before or after
`set_spacing(poll)` at 2h: `5x`: this unit is not known: the units are w, d, h, m, s, ms, us and ns
`set_spacing(poll)` at 2h: the service was stopped before and stays stopped; `restart_after` starts it anew";
    let error = simulation.run_for("1d").unwrap_err();
    assert_eq!(error.to_string(), expected);
    assert_eq!(format!("{error:?}"), expected, "`unwrap` shows the same");
}

#[test]
fn an_event_must_come_before_the_end() {
    let simulation = with([every("poll", 60)]).at("1h", ScriptEvent::trigger("poll"));
    assert_eq!(
        told(simulation.clone(), "1h"),
        "`trigger(poll)` at 1h: the simulation has ended by then; run it for longer"
    );
    assert!(simulation.run_for("61m").is_ok());
}

#[test]
fn a_run_that_never_lets_time_go_on_is_refused() {
    let again = [Ended::Ok(Next::After(Duration::ZERO))];
    let takes = Takes::default().ending(again.clone());
    assert_eq!(
        told(with([every("poll", 60)]).task("poll", takes), "1h"),
        "the `takes` of `poll`: runs of zero length ask for the next one at once, so the simulation would never end; \
         write a longer length"
    );
    let takes = Takes::fixed("1s").ending(again);
    assert_eq!(with([every("poll", 60)]).task("poll", takes).run_for("2m").unwrap().count(), 59);
}

/// A manager that has one task twice.
struct Twice;

impl PeriodicManager for Twice {
    type Context = ();
    type Owner = ();

    fn collect(&self, collector: &mut Collector) {
        const ROWS: [TaskSpec; 2] = [every("poll", 1), every("poll", 2)];
        collector.manager("Twice");
        collector.tasks(&ROWS);
    }

    fn call<'a>(&'a self, row: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
        Call::unknown_row("Twice", row)
    }
}

#[test]
fn of_a_table_that_cannot_be_made_no_name_is_wrong() {
    let told = told(Simulation::of(&Twice).task("pol", Takes::default()), "1m");
    assert!(told.starts_with("two tasks are called `Twice.poll`"), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
}
