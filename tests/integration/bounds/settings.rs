use std::fmt::Write as _;

use periodic::settings::{ProblemKind, SettingsError, SettingsSource, TaskKey};
use periodic::table::TaskTable;
use periodic::task::Interval;
use periodic::{Settings, periodic_manager, periodic_task};

use super::{bad_names, is_harmless};
use crate::settings::Place;

struct Manager;

#[periodic_manager]
impl Manager {
    #[periodic_task(spacing = 60)]
    async fn poll(&self) {}
}

fn read(content: &str) -> Result<Settings, SettingsError> {
    Place::new(content).source(&[]).read()
}

/// The message about a mistake: harmless for a terminal, and bounded.
fn refused(content: &str) -> (String, usize) {
    let error = read(content).unwrap_err();
    let text = error.to_string();
    assert!(is_harmless(&text) && text.len() < 200_000, "{} bytes", text.len());
    (text, error.problems().len())
}

// The sizes are such that each of these takes minutes where the work is not linear.

#[test]
fn a_key_of_megabytes() {
    let key = "k".repeat(5_000_000);
    let (text, told) = refused(&format!("{key} = 1\n"));
    assert!(told == 1 && text.contains("… (5000000 bytes)") && text.len() < 2_000);
    let (text, _) = refused(&format!("[tasks.{key}]\nspacing = 5\ncolour = 1\n"));
    assert!(
        text.contains("a name has at most 255 bytes, and this one has 5000000") && text.len() < 4_000,
        "{text}"
    );
    let (text, _) = refused(&format!("[tasks.poll]\nspacing = \"{key}\"\n"));
    assert!(text.contains("… (5000000 bytes)") && text.len() < 2_000);
    let (text, _) = refused(&format!("[tasks.poll]\ntz = \"{key}\"\n"));
    assert!(
        text.contains("a zone has at most 255 bytes, and this one has 5000000") && text.len() < 2_000,
        "{text}"
    );
}

#[test]
fn tens_of_thousands_of_tasks_on_one_line() {
    let mut line = String::from("tasks = { ");
    for number in 0..30_000 {
        write!(line, "task{number} = {{ spacing = 5 }}, ").unwrap();
    }
    line.push_str("poll = { spacing = 7, colour = 1 } }\n");
    let (text, told) = refused(&line);
    // Where the mistake stands is told by the line and the key.
    assert!(told == 1 && text.contains("compute.toml:1: tasks.poll.colour: unknown key"), "{text}");
    let settings = read(&line.replace(", colour = 1", "")).unwrap();
    let error = TaskTable::of(&Manager, &settings).unwrap_err();
    assert_eq!((error.problems().len(), error.more()), (100, 29_900));
    assert!(error.to_string().ends_with("\nand 29900 more problems"));
}

#[test]
fn settings_of_many_tasks_find_theirs() {
    let mut file = String::new();
    for number in 0..15_000 {
        write!(file, "[tasks.\"M.poll{number}\"]\n[tasks.poll{number}]\nspacing = 5\n").unwrap();
    }
    let settings = read(&file).unwrap();
    let settings =
        settings.task("poll", periodic::settings::TaskSettings::new().spacing(Interval::from_secs(7)));
    // None of the others is a task.
    assert_eq!(TaskTable::of(&Manager, &settings).unwrap_err().more(), 30_000 - 100);
}

#[test]
fn hundreds_of_thousands_of_mistakes() {
    let keys: Vec<_> = (0..200_000).map(|number| format!("key{number} = 1")).collect();
    let (text, told) = refused(&keys.join("\n"));
    assert_eq!(told, 100);
    assert!(text.ends_with("\nand 199900 more mistakes"), "{}", &text[text.len() - 200..]);
    let (text, told) = refused(&format!("tasks = {{ poll = {{ {} }} }}", keys.join(", ")));
    assert!(told == 100 && text.ends_with("\nand 199900 more mistakes"));
    let (text, told) = refused(&"= 1\n".repeat(100_000));
    assert!(told == 100 && text.contains("more mistakes"), "{told}");
    let (_, told) = refused(&format!("{}\n[x", "\n".repeat(1_000_000)));
    assert!(told < 5);
}

/// Without a bound these take gigabytes.
#[test]
fn tables_are_bounded_in_number() {
    let deep = format!("{} = 1\n", ["a"; 60].join("."));
    let keys =
        |count: usize| (0..count).map(|number| format!("k{number}.{deep}")).collect::<Vec<_>>().concat();
    for content in [keys(7_000), format!("x = [{}]", "{a=1},".repeat(400_000)), ".".repeat(500_000)] {
        let (text, told) = refused(&content);
        assert!(told == 1 && text.contains("more than 400000 of the signs `.`, `{` and `[`"), "{text}");
    }
    // All of these are keys that nothing has.
    assert_eq!(refused(&keys(20)).1, 20);
}

/// The parser would keep each of the others, in gigabytes.
#[test]
fn of_a_long_file_that_is_no_toml_the_first_mistake_is_told() {
    let (text, told) = refused(&"=\n".repeat(1_000_000));
    assert!(told == 1 && text.contains("compute.toml:1:1: "), "{text}");
}

#[test]
fn names_with_a_star_are_bounded_in_number() {
    let patterns = |count: usize| -> String {
        (0..count).map(|number| format!("[tasks.\"*{number}*\"]\nspacing = 5\n")).collect::<Vec<_>>().concat()
    };
    read(&patterns(1_000)).unwrap();
    let (text, told) = refused(&patterns(1_101));
    assert_eq!(told, 100);
    assert!(
        text.contains("compute.toml:2001: tasks.\"*1000*\": at most 1000 names with `*` are read"),
        "{text}"
    );
    assert!(text.ends_with("\nand 1 more mistakes"), "{text}");
}

#[test]
fn a_key_below_tasks_is_a_name_in_which_a_star_may_stand() {
    read("[tasks.\"*\"]\nspacing = 5\n[tasks.\"Manager.*l\"]\nspacing = 6\n").unwrap();
    for name in bad_names().into_iter().filter(|name| name != "poll*") {
        let mut quoted = String::new();
        for letter in name.chars() {
            write!(quoted, "\\U{:08X}", u32::from(letter)).unwrap();
        }
        let content = format!("[tasks.\"{quoted}\"]\nspacing = 5\n");
        let error = read(&content).and_then(|settings| {
            assert_eq!(name.len(), 256, "a manager's name and a task's together may be longer");
            let error = TaskTable::of(&Manager, &settings).unwrap_err();
            assert!(is_harmless(&error.to_string()) && error.to_string().len() < 2_000, "{error}");
            read("a")
        });
        let error = error.unwrap_err();
        assert!(is_harmless(&error.to_string()) && error.to_string().len() < 2_000, "{error}");
    }
}

#[test]
fn a_value_that_writes_to_a_terminal_is_shown_harmlessly() {
    let values = [
        "\u{1b}[2J",
        "a\rb",
        "\u{202e}x",
        "\u{1b} = skip",
        "gap = \u{1b}",
        "CRON_TZ=\u{1b} 0 3 * * *",
        "0 3 * * * \u{1b}",
        "Europe/\u{1b}",
        "3, 1s..\u{1b}",
        "allow(\u{1b})",
        "\u{1b}%",
    ];
    for (value, key) in values.iter().flat_map(|value| TaskKey::ALL.map(|key| (value, key))) {
        let name = format!("PERIODIC_TASKS__POLL__{}", key.as_str().to_uppercase());
        let error = match SettingsSource::environment().variables([(name, value)]).read() {
            Err(error) => error.to_string(),
            Ok(settings) => TaskTable::of(&Manager, &settings).unwrap_err().to_string(),
        };
        assert!(is_harmless(&error), "{key}: {error:?}");
    }
}

#[test]
fn variables_are_bounded_in_number_and_length() {
    let source = |variables: Vec<(String, String)>| SettingsSource::environment().variables(variables);
    let long = "x".repeat(200_000);
    let wrong = vec![
        ("PERIODIC_REPORT_INTERVAL".to_owned(), long.clone()),
        (format!("PERIODIC_{long}"), "5".to_owned()),
        ("PERIODIC_TASKS__\u{1b}__SPACIN".to_owned(), "5".to_owned()),
        ("PERIODIC_GRACEFUL_SHUTDOWN_TIMEOUT".to_owned(), "\u{1b}[2J".to_owned()),
    ];
    let error = source(wrong).read().unwrap_err();
    assert_eq!(error.problems().len(), 4);
    assert!(error.problems().iter().any(|problem| problem.kind() == ProblemKind::Value));
    assert!(is_harmless(&error.to_string()) && error.to_string().len() < 4_000, "{error}");
    let many = (0..300_000).map(|number| (format!("PERIODIC_KEY{number}"), "5".to_owned())).collect();
    let error = source(many).read().unwrap_err();
    assert!(error.problems().len() == 100 && error.to_string().ends_with("\nand 299900 more mistakes"));
}
