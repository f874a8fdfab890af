use super::{every, of};
use periodic::forecast::ForecastBuilder;

fn told(builder: ForecastBuilder) -> String {
    builder.make().unwrap_err().to_string()
}

#[test]
fn all_mistakes_are_told_at_once() {
    let forecast = of([every("poll", 60)])
        .start("yesterday")
        .horizon("400d")
        .takes("pol", "20s")
        .takes("poll", "20 parsecs")
        .nodes(["a", "b", "a"]);
    assert_eq!(
        told(forecast),
        "the start: `yesterday` is no time between the years 1677 and 2262: write it as in `2026-03-29T01:30:00Z` or \
         `2026-03-29T03:30:00.5+02:00`\n\
         the script names `pol`, but no task is called that; did you mean `Manager.poll`?\n\
         the `takes` of `poll`: `20 parsecs`: this unit is not known: the units are w, d, h, m, s, ms, us and ns\n\
         the horizon: it is longer than 366 days; use a shorter one\n\
         the nodes: two nodes have the same name, so their jitter would be the same; give each its own"
    );
}

#[test]
fn a_horizon_is_more_than_nothing() {
    let expected = "the horizon: it must be longer than zero; use a longer one";
    assert_eq!(told(of([]).horizon("0s")), expected);
    let unknown = "the script names `poll`, but no task is called that";
    assert_eq!(told(of([]).takes("poll", "1s").horizon("0s")), format!("{unknown}\n{expected}"));
    assert_eq!(
        told(of([]).horizon("-1s")),
        "the horizon: `-1s`: a duration cannot be negative: write 0 or more"
    );
    assert!(of([]).horizon("1ns").make().is_ok());
    assert!(of([]).horizon("366d").make().is_ok());
}

#[test]
fn there_are_nodes() {
    assert_eq!(told(of([]).nodes([""; 0])), "the nodes: the list is empty; name at least one");
}
