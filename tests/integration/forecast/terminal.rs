use periodic::task::Jitter;

use super::{every, of};

#[test]
fn ten_minutes() {
    let specs =
        [every("poll", 60), every("audit_of_all_instances", 120), every("off", -1), every("later", 3_600)];
    let forecast = of(specs).takes("poll", "70s").takes("audit*", "15s").start("2026-11-01T12:00:00Z");
    let expected = "\
Manager, 10m from 2026-11-01T12:00:00Z: 3 tasks
starts   9; per minute 0.9, in the worst 1; at one instant 1
at once  2 at most, 0.7 on average

starts per minute, each minute
2026-11-01 12:00  ·█████████                                                       1

worst minutes (8 more have 1)
2026-11-01 12:01     1  poll
2026-11-01 12:02     1  audit_of_all_instances
2026-11-01 12:03     1  poll

task                    schedule      starts   lost     busy  first
poll                    every 1m           5      4   56.7 %  2026-11-01T12:01:00Z
audit_of_all_instances  every 2m           4      0   10.0 %  2026-11-01T12:02:00Z
off                     spacing -1s  left out: its interval is negative
later                   every 1h           0      0        -  never
";
    assert_eq!(forecast.make().unwrap().to_string(), expected);
}

#[test]
fn longer_horizons_are_cut_coarser() {
    let forecast = of([every("poll", 3_600).jitter(Jitter::Share(10_000))]);
    for (horizon, heading, rows) in [
        ("6h", "each minute", 6),
        ("24h", "the worst minute of each 5m", 4),
        ("30d", "the worst minute of each 30m", 30),
        ("366d", "the worst minute of each 12h", 13),
    ] {
        let text = forecast.clone().horizon(horizon).make().unwrap().to_string();
        let mut lines = text.lines().skip_while(|line| !line.starts_with("starts per minute"));
        assert_eq!(lines.next(), Some(format!("starts per minute, {heading}").as_str()));
        assert_eq!(lines.take_while(|line| !line.is_empty()).count(), rows, "{text}");
    }
}

#[test]
fn names_that_collide_are_wrapped() {
    let specs = (0..40).map(|task| every(Box::leak(format!("task_number_{task}").into_boxed_str()), 60));
    let text = of(specs).make().unwrap().to_string();
    assert!(text.lines().all(|line| line.chars().count() <= 110), "{text}");
    assert!(text.contains("2026-01-01 00:01    40  task_number_0, task_number_1, "), "{text}");
}
