//! Faults that random scripts once found, in the smallest form.

use periodic::task::{Missed, Overlap};

use super::declared::{Declared, First, Grid};
use super::rehearsal::Rehearsal;
use super::script::{Control, Course, End, Script, Step};

const fn every(spacing: i64) -> Declared {
    Declared::every(spacing)
}

fn play(tasks: &[Declared], limit: Option<usize>, run: Course, steps: &[Step]) {
    let (tasks, steps) = (tasks.to_vec(), steps.to_vec());
    let _ = Rehearsal::play(&Script { tasks, limit, attentive: true, runs: vec![run], steps });
}

#[test]
fn slots_before_the_last_start_are_decided() {
    let last = Declared { max_runs: Some(1), ..every(2) };
    let run = Course { lasts: 9, end: End::Ok };
    play(&[every(2), last], Some(1), run, &[Step::OnTime, Step::OnTime]);
}

#[test]
fn a_trigger_outlasts_the_last_start() {
    let last = Declared { max_runs: Some(1), overlap: Overlap::Allow(2), ..every(2) };
    let run = Course { lasts: 9, end: End::Ok };
    let trigger = Step::Control(1, Control::Trigger);
    play(&[every(2), last], Some(1), run, &[Step::OnTime, trigger, Step::Unpolled(20)]);
}

#[test]
fn a_removed_task_stays_removed_although_its_run_wants_no_other() {
    let run = Course { lasts: 5, end: End::Never };
    let [remove, add] = [Control::Remove, Control::Add(every(3))].map(|control| Step::Control(0, control));
    play(&[every(2)], None, run, &[Step::OnTime, remove, add, Step::OnTime, Step::OnTime]);
}

#[test]
fn a_disabled_task_may_be_enabled_although_its_run_wants_no_other() {
    let run = Course { lasts: 5, end: End::Never };
    let [disable, enable] = [Control::Disable, Control::Enable].map(|control| Step::Control(0, control));
    play(&[every(2)], None, run, &[Step::OnTime, disable, Step::Unpolled(9), enable, Step::OnTime]);
}

#[test]
fn a_wish_does_not_replace_the_first_run() {
    let immediate = Declared { first: First::Immediately, ..every(10) };
    let run = Course { lasts: 0, end: End::After(1) };
    let [add, trigger] = [Control::Add(immediate), Control::Trigger].map(|control| Step::Control(1, control));
    play(&[every(50)], None, run, &[add, trigger, Step::After(0), Step::After(0)]);
}

#[test]
fn a_run_that_outlived_its_disabling_says_when_the_next_slot_is() {
    let follows = Declared { grid: Grid::FromFinish, ..every(2) };
    let run = Course { lasts: 9, end: End::Ok };
    let [disable, enable] = [Control::Disable, Control::Enable].map(|control| Step::Control(0, control));
    play(
        &[follows],
        None,
        run,
        &[Step::OnTime, disable, enable, Step::Unpolled(4), Step::OnTime, Step::OnTime],
    );
}

#[test]
fn a_first_run_within_its_grace_outlasts_a_jump_of_the_clock() {
    let declared = Declared { grid: Grid::Aligned, first: First::Immediately, ..every(37) };
    let declared = Declared { missed: Missed::All(2), grace: Some(16), ..declared };
    let run = Course { lasts: 0, end: End::Ok };
    let [remove, add] = [Control::Remove, Control::Add(declared)].map(|control| Step::Control(0, control));
    for (jump, wait) in (0..40).flat_map(|jump| (1..20).map(move |wait| (jump, wait))) {
        play(
            &[declared],
            None,
            run,
            &[remove, Step::After(wait), add, Step::WallJump(jump), Step::After(wait)],
        );
    }
}

#[test]
fn a_slot_inside_a_range_has_its_own_record() {
    let replaced = Declared { grid: Grid::Aligned, overlap: Overlap::Replace, ..every(3) };
    let run = Course { lasts: 4, end: End::Ok };
    let steps = vec![Step::OnTime, Step::OnTime, Step::WallJump(-10), Step::OnTime];
    let _ = Rehearsal::play(&Script {
        tasks: vec![replaced],
        limit: None,
        attentive: false,
        runs: vec![run],
        steps,
    });
}

#[test]
fn a_wish_for_the_instant_of_a_decided_slot_adds_none() {
    let replaced = Declared { overlap: Overlap::Replace, ..every(17) };
    let run = Course { lasts: 1, end: End::After(0) };
    play(&[every(1), replaced], None, run, &[Step::After(17), Step::After(17)]);
}

#[test]
fn a_task_that_is_enabled_at_the_instant_of_its_first_run_runs_again() {
    let immediate = Declared { first: First::Immediately, ..every(10) };
    let run = Course { lasts: 0, end: End::Ok };
    let [disable, enable] = [Control::Disable, Control::Enable].map(|control| Step::Control(0, control));
    play(&[immediate], None, run, &[disable, enable, Step::After(0), Step::OnTime]);
}
