use periodic::settings::Origin;
use proptest::prelude::*;

use super::place::Place;

/// Text that is nearly a settings file, and text that is anything.
fn text() -> impl Strategy<Value = Vec<u8>> {
    const PIECES: [&str; 26] = [
        "retry",
        "attempts",
        "[tasks.\"*\"]",
        "[tasks.M.poll]",
        "[[tasks]]",
        "tasks",
        "spacing",
        "spacin",
        "overlap",
        "report_interval",
        " = ",
        "=",
        "\"allow(3)\"",
        "\"1h30m\"",
        "'x'",
        "5",
        "-0.5",
        "true",
        "\n",
        "\r\n",
        "\n\n",
        "{",
        "}",
        "[",
        "\"",
        "# ä\n",
    ];
    let nearly = prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24)
        .prop_map(|pieces| pieces.concat().into_bytes());
    prop_oneof![3 => nearly, 1 => any::<String>().prop_map(String::into_bytes), 1 => any::<Vec<u8>>()]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused_at_a_line_of_its_own(text in text()) {
        let place = Place::new("");
        place.write(&text);
        let Err(error) = place.source(&[]).read() else { return Ok(()) };
        prop_assert!(!error.problems().is_empty(), "{}", error);
        prop_assert!(!error.problems().is_empty());
        let lines = String::from_utf8_lossy(&text).lines().count().max(1);
        for problem in error.problems() {
            let Origin::File { line, column, .. } = problem.origin() else { panic!("{problem}") };
            prop_assert!((1..=lines).contains(line), "{problem} of {lines}");
            prop_assert!(*column >= 1);
        }
    }
}
