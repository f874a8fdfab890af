use periodic::sim::Takes;

use super::{every, with};

fn three(seconds: &[&str]) -> periodic::sim::Timeline {
    with([every("poll", 60)]).task("poll", Takes::listed(seconds.iter().copied())).run_for("8m").unwrap()
}

const SEVEN: [(&str, &str, &str); 7] = [
    ("00:01:00", "poll", "ok"),
    ("00:02:00", "poll", "ok"),
    ("00:03:00", "Manager.poll", "ok"),
    ("00:04:00", "poll", "ok"),
    ("00:05:00", "poll", "ok"),
    ("00:06:00", "poll", "ok"),
    ("00:07:00", "poll", "ok"),
];

#[test]
fn the_same_timeline_is_no_mismatch() {
    three(&["0s"]).expect(SEVEN).unwrap();
}

#[test]
fn the_first_difference_is_shown_with_what_stands_around_it() {
    let told = three(&["0s", "0s", "0s", "0s", "70s", "0s"]).expect(SEVEN).unwrap_err();
    let expected = "\
the timeline differs after 5 lines that agree (- expected, + got):
    …
    00:03:00  poll  ok
    00:04:00  poll  ok
    00:05:00  poll  ok
  - 00:06:00  poll  ok
  + 00:06:00  poll  skipped: overlap
    00:07:00  poll  ok";
    assert_eq!(told.to_string(), expected);
    assert_eq!(format!("{told:?}"), expected, "`unwrap` shows the same");
}

#[test]
fn a_missing_and_an_added_line_leave_the_others_aligned() {
    let told = three(&["0s"]).expect(SEVEN.into_iter().skip(1)).unwrap_err();
    assert!(
        told.to_string().starts_with(
            "the timeline differs from the first line on (- expected, + got):\n  + 00:01:00  poll  ok\n    \
             00:02:00  poll  ok"
        ),
        "{told}"
    );
    let longer = SEVEN.into_iter().chain([("00:08:00", "poll", "ok")]);
    let told = three(&["0s"]).expect(longer).unwrap_err();
    assert!(told.to_string().ends_with("\n    00:07:00  poll  ok\n  - 00:08:00  poll  ok"), "{told}");
}

#[test]
fn a_long_timeline_is_read_no_further_than_it_is_shown() {
    let years = with([every("poll", 1)]).run_for("5200w").unwrap();
    let told = years.expect([("00:00:01", "poll", "failed")]).unwrap_err().to_string();
    assert!(told.ends_with("\n    …"), "{told}");
}
