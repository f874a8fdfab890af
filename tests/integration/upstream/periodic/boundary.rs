//! `PeriodicTasksTestCase`: where a late run leaves its grid.

use periodic::schedule::nearest_boundary;
use periodic::task::Spacing;
use periodic::time::Instant;

/// The original's rows with `random` 1.0 and 0.5 expect 1210 and 1205: it adds a share of the spacing. Here
/// jitter delays a run and moves no boundary, so they are 1200, as with `random` 0.
#[test]
fn test_nearest_boundary() {
    for (last_run, spacing, now, expected) in [
        (Some(10), 7, 19, 17),
        (Some(13), 7, 28, 27),
        (Some(781), 88, 1_841, 1_837),
        (None, 88, 1_835, 1_835),
        (Some(1_000), 200, 1_300, 1_200),
    ] {
        let spacing = Spacing::from_nanos(spacing * 1_000_000_000).unwrap();
        let boundary = nearest_boundary(last_run.map(Instant::from_secs), spacing, Instant::from_secs(now));
        assert_eq!(boundary, Instant::from_secs(expected));
    }
}
