//! Refused expressions, and their messages.
//!
//! `mistakes.txt` holds an expression, the mark below it, and the kind and text of its error, as a user sees them.
//! `UPDATE_EXPECT=1 cargo test -p periodic-cron` writes it anew.

use periodic_cron::{Cron, CronErrorKind};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules/mistakes.txt");

fn kind_of(text: &str) -> CronErrorKind {
    Cron::parse(text).expect_err(text).kind()
}

#[test]
fn every_mistake_is_told() {
    let expected = std::fs::read_to_string(FILE).unwrap();
    let told = |block: &str| {
        let text = block.lines().next().unwrap();
        let error = Cron::parse(text).expect_err(text);
        format!("{}\n{:?}: {error}\n", error.caret(text), error.kind())
    };
    let told = expected.trim_end().split("\n\n").map(told).collect::<Vec<_>>().join("\n");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(FILE, told).unwrap();
    } else {
        assert_eq!(told, expected);
    }
}

#[test]
fn nothing_but_space_is_empty() {
    for (text, end) in [("", 0), ("  \t\n", 4)] {
        let error = Cron::parse(text).unwrap_err();
        assert_eq!((error.kind(), error.span()), (CronErrorKind::Empty, 0..end));
    }
    let text = Cron::parse("").unwrap_err().to_string();
    assert!(text.starts_with("the expression is empty: write five fields"), "{text}");
}

#[test]
fn the_mark_stands_under_characters() {
    let marked = |text| Cron::parse(text).unwrap_err().caret(text).to_string();
    assert_eq!(marked("é\t99 * * *"), "é 99 * * *\n^");
    assert_eq!(marked("5 \n 99 * * *"), "5   99 * * *\n    ^^");
    assert_eq!(marked("5 äöü * * *"), "5 äöü * * *\n  ^^^");
    assert_eq!(marked("0\u{a0}3 * * *"), "0 3 * * *\n ^");
    assert_eq!(marked("0 3\u{200b} * * *"), "0 3  * * *\n   ^");
    assert_eq!(marked("\u{202e}0 3 * * *"), " 0 3 * * *\n^");
    assert_eq!(marked(""), "\n^");
    // Of another text than the one that was read there may be nothing to mark.
    let error = Cron::parse("0 3 * * * H/x").unwrap_err().to_string();
    assert!(!error.contains("zone"), "one letter before a slash is a field with a step: {error}");
    let error = Cron::parse("0 0 * * MOM").unwrap_err();
    assert_eq!(error.caret("0 0").to_string(), "0 0\n   ^");
}

#[test]
fn of_a_long_text_the_surroundings_of_the_mark_are_shown() {
    let marked = |text: &str| Cron::parse(text).unwrap_err().caret(text).to_string();
    let late = format!("{}99 * * * *", "1,".repeat(2_000));
    let (shown, mark) = (format!("…{}99 * * * *", "1,".repeat(20)), format!("{}^^", " ".repeat(41)));
    assert_eq!(marked(&late), format!("{shown}\n{mark}"));
    let early = format!("99{} * * * *", ",1".repeat(2_000));
    assert_eq!(marked(&early), format!("99{}…\n^^", ",1".repeat(59)));
    let between = format!("{}99{} * * * *", "1,".repeat(500), ",1".repeat(500));
    let shown = format!("…{}99{}…", "1,".repeat(20), ",1".repeat(39));
    assert_eq!(marked(&between), format!("{shown}\n{mark}"));
    let whole = "x".repeat(1_000_000);
    assert_eq!(marked(&whole), format!("{}…\n{}", "x".repeat(120), "^".repeat(120)));
}

#[test]
fn an_expression_has_a_bound() {
    let bytes = |count: usize| format!("{}1 * * * *", "1,".repeat((count - 9) / 2));
    assert!(Cron::parse(&bytes(4_095)).is_ok());
    let long = bytes(4_097);
    let error = Cron::parse(&long).unwrap_err();
    assert_eq!((error.kind(), error.span()), (CronErrorKind::TooLong, 0..4_097));
    assert_eq!(error.to_string(), "an expression has at most 4096 bytes, and this one has 4097");
    // The text is cut between characters.
    for text in ["ü".repeat(1_000_000), format!("x{}", "ü".repeat(1_000_000))] {
        let error = Cron::parse(&text).unwrap_err();
        assert!(error.kind() == CronErrorKind::TooLong && error.caret(&text).to_string().len() < 1_000);
    }
}

/// They are no part of `mistakes.txt`, which shows a space in their place.
#[test]
fn characters_that_cannot_be_seen_are_named() {
    for (text, at, named) in [
        ("0\u{a0}3 * * *", 1, "U+00A0, a no-break space, is no part of an expression: write a space"),
        ("0 3\u{3000}* * *", 3, "U+3000, an ideographic space, is no part of an expression: write a space"),
        ("\u{feff}@daily", 0, "U+FEFF, a byte order mark, is no part of an expression: leave it out"),
        ("0 3 *\u{200b} * *", 5, "U+200B, an invisible character, is no part of an expression: leave it out"),
        (
            "*\u{fe0f}/5 * * * *",
            1,
            "U+FE0F, an invisible character, is no part of an expression: leave it out",
        ),
        ("0 3 * *\u{b}*", 7, "U+000B, a vertical tab, is no part of an expression: write a space"),
    ] {
        let error = Cron::parse(text).unwrap_err();
        assert_eq!((error.kind(), error.span().start), (CronErrorKind::LookAlike, at));
        assert_eq!(error.to_string(), named);
    }
}

#[test]
fn long_and_unprintable_parts_are_shown_in_short() {
    let shown = |text| Cron::parse(text).unwrap_err().to_string();
    assert!(shown("0 \u{7}5 * * *").contains("`\\u{7}5`"));
    let long = format!("0 0 * * {}", "ü".repeat(30));
    assert!(shown(&long).contains(&format!("`{}…`", "ü".repeat(10))));
    let long = format!("0 0 * * x{}", "ü".repeat(30));
    assert!(shown(&long).contains(&format!("`x{}…`", "ü".repeat(9))));
}

#[test]
fn never_is_only_said_of_what_never_fires() {
    for text in [
        "0 0 29 2 *",
        "0 0 31 2,3 *",
        "0 0 30 2 MON",
        "0 0 30 2 FRI#5",
        "0 0 L-28 2 *",
        "0 0 L-30 * *",
        "0 0 15W * */5",
        "0 0 */30 * MON#5",
        "0 0 */30 * MON#1",
        "0 0 */15 2 MON#3",
        "0 0 * 2 SAT#5",
        // The 22nd is among the last seven days of a February that has 28.
        "0 0 */21 2 SATL",
        "0 0 31 H *",
        "0 0 H(29-31) 2 *",
        "0 0 15W * */6,H",
    ] {
        assert!(Cron::parse(text).is_ok(), "{text}");
    }
    for text in [
        "0 0 30,31,30W,L-30 2 *",
        "0 0 31W FEB,APR,JUN,SEP,NOV ?",
        "0 0 30 2 */2",
        "0 0 LW * */6",
        "0 0 */30 2 MON#2,TUE#3,WEDL",
        "0 0 */28 2 MON#4",
        "0 0 H(30-31) H(2-2) *",
    ] {
        assert_eq!(kind_of(text), CronErrorKind::NeverFires, "{text}");
    }
}
