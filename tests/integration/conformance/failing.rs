//! A replay that cannot fail shows nothing: one wrong value anywhere is found, and a vector without a judgement fails.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::{directory, document, recorded};

fn vectors(file: &str) -> Value {
    let text = fs::read_to_string(recorded().join(file)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The difference that the replay finds once `alter` has changed the value at `place`.
fn difference(file: &str, place: &str, alter: impl FnOnce(&mut Value)) -> String {
    let mut altered = vectors(file);
    assert!(document::replay(&altered).is_ok());
    alter(altered.pointer_mut(place).unwrap());
    document::replay(&altered).expect_err(place)
}

fn becomes(value: Value) -> impl FnOnce(&mut Value) {
    move |place| *place = value
}

fn fails_with(found: &str, expected: &str) {
    assert!(found.contains(expected), "{found}");
}

#[test]
fn altered_trace_is_found() {
    let traces = "oslo-traces.json";
    let pass = |field: &str| format!("/traces/3/passes/7/{field}");
    fails_with(
        &difference(traces, &pass("ran"), |ran| ran.as_array_mut().unwrap().reverse()),
        "seed 1 trace 3: pass 7: ran is",
    );
    fails_with(&difference(traces, &pass("exact_idle"), becomes(json!(0.062_5))), "pass 7: idle is");
    fails_with(&difference(traces, &pass("idle_for"), becomes(json!(0))), "longer than the original's");
    fails_with(
        &difference(traces, &pass("last_run"), |rows| {
            *rows.as_object_mut().unwrap().values_mut().next().unwrap() = json!(1);
        }),
        "pass 7: last_run is",
    );
    fails_with(
        &difference(traces, &pass("last_run"), |rows| {
            rows.as_object_mut().unwrap().insert("nobody".into(), json!(1));
        }),
        "pass 7: last_run is",
    );
    fails_with(&difference(traces, "/traces/0/collected/0", becomes(json!("nobody"))), "collected is");
    fails_with(
        &difference(traces, "/traces/0/tasks/7/run_immediately", becomes(json!(false))),
        "pass 0: ran is",
    );
}

#[test]
fn altered_table_is_found() {
    let tables = "vectors.json";
    fails_with(
        &difference(tables, "/nearest_boundary/2/expect", becomes(json!(1838))),
        "the boundary here is",
    );
    let place = |table: &str, rest: &str| format!("/{table}/{rest}");
    let fixed = |field: &str, value| {
        let rows = vectors(tables);
        let warned = rows["fixed_interval_idle"].as_array().unwrap().iter().position(|row| row["sleep"] == 0);
        difference(
            tables,
            &place("fixed_interval_idle", &format!("{}/{field}", warned.unwrap())),
            becomes(value),
        )
    };
    fails_with(&fixed("sleep", json!(0.02)), "the sleep here is 0");
    fails_with(&fixed("warn", json!("run outlasted interval by 0.42 sec")), "the excess here is Some(0.4)");
    fails_with(&fixed("warn", json!(null)), "the excess here is Some(0.4)");
    let dynamic = |rest, value| difference(tables, &place("dynamic_idle", rest), becomes(value));
    fails_with(&dynamic("2/sleep", json!(5.001)), "here Ok(Value(())) after [5.0]");
    fails_with(&dynamic("0/periodic_interval_max", json!(5)), "here Ok(Value(())) after [5.0]");
    let backoff = |rest, value| difference(tables, &place("backoff", rest), becomes(value));
    fails_with(&backoff("0/sleeps/1", json!(2.400_000_005)), "the sleeps here are [1.6, 2.4, 3.6");
    fails_with(&backoff("0/gauss/3", json!(0.800_001)), "the sleeps here are");
    fails_with(
        &backoff("0/timeout", json!("timed out after 411.97 seconds")),
        "here it ends in Err(TimedOut",
    );
    fails_with(&backoff("3/result", json!(null)), "here it ends in Ok(");
    let retry = |rest, value| difference(tables, &place("retry", rest), becomes(value));
    fails_with(&retry("1/sleeps/1", json!(3)), "the first call ends in Ok(\"ok\") after [1.0, 2.0]");
    fails_with(&retry("1/result", json!("other")), "the first call ends in Ok(\"ok\")");
    fails_with(&retry("2/raises", json!("U")), "the first call ends in Err(\"E\")");
    fails_with(&retry("2/retry_count", json!(3)), "the first call ends in Err(\"E\")");
    let futurist = |rest, value| difference(tables, &place("futurist_next_run", rest), becomes(value));
    fails_with(&futurist("5/next_run", json!(3.700_000_01)), "the next slot here is 3.7");
    fails_with(&futurist("1/next_run", json!(2.15)), "the next slot here is 5");
    fails_with(&futurist("5/initial", json!(3.5)), "the first slot here is 3.7");
    fails_with(&futurist("5/strategy", json!("aligned_last_finished")), "the next slot here is 3.5");
    fails_with(&difference(tables, "/nova_compute_passes/5/ran/0", becomes(json!("nobody"))), "ran");
    fails_with(&difference(tables, "/nova_compute_passes/5/idle_for", becomes(json!(1))), "sleeps");
    fails_with(&difference(tables, "/nova_compute_table/0/name", becomes(json!("nobody"))), "ran");
}

#[test]
fn altered_calendar_is_found() {
    let file = "field.json";
    let rows = vectors(file);
    let named = |name: &str, field: &str| {
        let place = rows["calendar"].as_array().unwrap().iter().position(|row| row["name"] == name);
        format!("/calendar/{}/{field}", place.unwrap())
    };
    let altered = |name, field, value| difference(file, &named(name, field), becomes(value));
    fails_with(&altered("cp25", "expected/1", json!("2014-12-10T02:00:01Z")), "cp25: the slots here are");
    fails_with(&altered("cp25", "start", json!("2014-11-10T02:00:00Z")), "cp25: the slots here are");
    fails_with(&altered("cp25", "tz", json!("America/Santiago")), "cp25: the slots here are");
    fails_with(&altered("cp25", "tz", json!("America/Santiaga")), "no time zone");
    fails_with(&altered("cp25", "expr", json!("0 0 0 31 4 *")), "never fires");
    fails_with(&altered("cp378", "direction", json!("next")), "cp378: the slots here are");
    fails_with(&altered("cp404c", "gap", json!("skip")), "cp404c: the slots here are");
    fails_with(&altered("cronos71b", "overlap", json!("once")), "cronos71b: the slots here are");
    fails_with(&altered("cp115", "expr", json!("* * * 30 4 *")), "is not refused");
    // A vector without a comparison is no row.
    fails_with(&altered("cp25", "expected", json!([])), "no slot to compare");
    let without =
        difference(file, "/calendar/0", |row| drop(row.as_object_mut().unwrap().remove("expected")));
    fails_with(&without, "missing field `expected`");
    fails_with(&altered("cp25", "gap", json!("last")), "unknown variant `last`");
}

#[test]
fn story_without_a_test_is_found() {
    let untold = |place, value| difference("field-stories.json", place, becomes(json!(value)));
    fails_with(&untold("/0/name", "story-untold"), "`story-untold` has no test");
    fails_with(&untold("/1/kind", "song"), "is a song");
    fails_with(&untold("/1", "song"), "stories: ");
}

#[test]
fn what_is_not_known_fails() {
    for (document, expected) in [
        (json!({ "format": 2, "traces": [] }), "`format` is 2"),
        (json!({ "traces": [] }), "`format` is null"),
        (json!([]), "`format` is null"),
        (json!({ "format": 1 }), "neither traces nor tables"),
        (json!({ "format": 1, "traces": [] }), "no trace"),
        (json!({ "format": 1, "nearest_boundry": [] }), "`nearest_boundry` is not known"),
        (json!({ "format": 1, "nova_compute_passes": [] }), "`nova_compute_passes` is not known"),
        (json!({ "format": 1, "nova_compute_table": [] }), "nova_compute_passes"),
        (
            json!({ "format": 1, "nearest_boundary": [{ "now": 0.000_000_000_1 }] }),
            "whole number of nanoseconds",
        ),
        (json!({ "format": 1, "traces": [{ "speed": 3 }] }), "unknown field `speed`"),
    ] {
        fails_with(&document::replay(&document).expect_err(expected), expected);
    }
}

/// A directory of this name that holds one file, or none.
fn holding(name: &str, file: Option<(&str, &str)>) -> PathBuf {
    let place = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("conformance").join(name);
    let _ = fs::remove_dir_all(&place);
    fs::create_dir_all(&place).unwrap();
    if let Some((name, text)) = file {
        fs::write(place.join(name), text).unwrap();
    }
    place
}

#[test]
fn directory_without_vectors_fails() {
    fails_with(&directory::replay(&holding("empty", None)).unwrap_err(), "no vectors");
    fails_with(&directory::replay(&holding("other", Some(("FORMAT.md", "{}")))).unwrap_err(), "no vectors");
    let without_rows = Some(("vectors.json", r#"{ "format": 1, "is_up": [] }"#));
    fails_with(&directory::replay(&holding("without_rows", without_rows)).unwrap_err(), "no vectors");
    let without_calendars = Some(("field.json", r#"{ "format": 1, "calendar": [] }"#));
    fails_with(
        &directory::replay(&holding("without_calendars", without_calendars)).unwrap_err(),
        "no vectors",
    );
    let stories = fs::read_to_string(recorded().join("field-stories.json")).unwrap();
    let only_stories = Some(("stories.json", stories.as_str()));
    fails_with(&directory::replay(&holding("only_stories", only_stories)).unwrap_err(), "no vectors");
    assert!(directory::replay(&holding("empty", None).join("absent")).is_err());
}

#[test]
fn unreadable_file_fails() {
    fails_with(&directory::replay(&holding("cut", Some(("cut.json", "{")))).unwrap_err(), "cut.json: EOF");
    let place = holding("folder", None);
    fs::create_dir(place.join("folder.json")).unwrap();
    fails_with(&directory::replay(&place).unwrap_err(), "folder.json");
    let place = holding("text", None);
    fs::write(place.join("text.json"), [0xFF]).unwrap();
    fails_with(&directory::replay(&place).unwrap_err(), "text.json");
}

#[test]
fn format_is_judged_in_files_too() {
    let unknown = Some(("new.json", r#"{ "format": 2 }"#));
    fails_with(&directory::replay(&holding("format", unknown)).unwrap_err(), "new.json: `format` is 2");
}
