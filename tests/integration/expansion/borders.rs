//! Arguments at the edge of the accepted range. The files of `tests/ui` are on the other side.

use super::*;

const OUTSIDE: u64 = 90;

struct Borders;

#[periodic_manager]
impl Borders {
    #[periodic_task(spacing = 60, retry(attempts = 3, backoff = "5s".."5s"))]
    async fn even_backoff(&self) {}

    #[periodic_task(spacing = 60, timeout = 60)]
    async fn times_out_at_its_next_slot(&self) {}

    #[periodic_task(inline, overlap = skip)]
    async fn inline_that_skips(&self) {}

    #[periodic_task(overlap = queue)]
    fn plain_that_queues(&self) {}

    /// Jitter draws from the upper half of a back-off, and half of 90 s is shorter than the spacing.
    #[periodic_task(spacing = 60, retry(attempts = 2, backoff = 90, jitter))]
    async fn may_retry_in_time(&self) {}

    #[periodic_task(spacing = 60, jitter = "59999999999ns")]
    async fn jitter_up_to_the_next_slot(&self) {}

    #[periodic_task(spacing = 60, retry(attempts = 2, backoff = "59999999999ns"))]
    async fn retries_just_before_its_next_slot(&self) {}
}

struct OfType<T>(T);

#[periodic_manager]
impl<T: Send + Sync + 'static> OfType<T> {
    #[periodic_task(spacing = OUTSIDE)]
    fn constant_of_no_parameter(&self) {}
}

struct OfNumber<const N: usize>;

#[periodic_manager]
impl<const N: usize> OfNumber<N> {
    #[periodic_task(spacing = super::borders::OUTSIDE)]
    fn path_of_no_parameter(&self) {}
}

#[test]
fn are_accepted_as_they_are_written() {
    let table = TaskTable::of(&Borders, &Settings::default()).unwrap();
    assert!(table.warnings().is_empty(), "{:?}", table.warnings());
    let [backoff, timeout, .., retried] = table.tasks() else { panic!("{table}") };
    assert_eq!(backoff.spec().retry.unwrap().to_string(), "3, 5s");
    assert_eq!(timeout.spec().timeout, Some(Duration::from_secs(60)));
    assert_eq!(retried.spec().retry.unwrap().to_string(), "2, 59.999999999s");
    for table in [
        TaskTable::of(&OfType(1), &Settings::default()).unwrap(),
        TaskTable::of(&OfNumber::<3>, &Settings::default()).unwrap(),
    ] {
        assert_eq!(interval(&table.tasks()[0]), 90_000_000_000);
    }
}
