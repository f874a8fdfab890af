use super::*;

const PERIOD: Duration = Duration::from_millis(2500);
const TIMEOUT: &str = "1s";

struct Compute;

#[periodic_manager]
impl Compute {
    const FRACTION: f64 = 0.25;
    const DISABLED: i64 = -1;

    #[periodic_task(spacing = PERIOD, timeout = TIMEOUT)]
    fn duration(&self) {}

    #[periodic_task(spacing = Self::FRACTION)]
    fn fraction(&self) {}

    #[periodic_task(spacing = super::constants::Compute::DISABLED)]
    fn disabled(&self) {}

    #[periodic_task(spacing = 0.1)]
    fn literal(&self) {}

    #[periodic_task(retry(attempts = 3, backoff = Self::FRACTION..PERIOD, jitter))]
    fn retried(&self) {}
}

#[test]
fn are_read_exactly() {
    let table = TaskTable::of(&Compute, &Settings::default()).unwrap();
    let intervals: Vec<_> = table.tasks().iter().map(interval).collect();
    assert_eq!(intervals, [2_500_000_000, 250_000_000, -1_000_000_000, 100_000_000, 0]);
    assert_eq!(table.tasks()[0].spec().timeout, Some(Duration::from_secs(1)));
    let retry = table.tasks()[4].spec().retry.unwrap();
    assert_eq!(retry.to_string(), "3, 250ms..2.5s, jitter");
}
