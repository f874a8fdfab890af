use periodic::task::{Cron, Dst, FirstRun, Gap, Repeated};

use super::*;

const QUARTERLY: &str = "0 0 1 */3 *";
const ZONE: &str = "Asia/Kathmandu";

struct Billing;

#[periodic_manager]
impl Billing {
    const NIGHTLY: &str = "H 3 * * *";

    #[periodic_task(cron = "0 9 * * MON-FRI", tz = "Europe/Berlin", dst = (gap = skip))]
    async fn in_quotes(&self) {}

    #[periodic_task(cron(hour = 9, weekday = MON..=FRI), tz = "Europe/Berlin", dst(gap = skip, overlap = once))]
    async fn in_fields(&self) {}

    #[periodic_task(cron = Self::NIGHTLY)]
    async fn constant(&self) {}

    #[periodic_task(cron = self::QUARTERLY, tz = ZONE, dst = (overlap = twice), run_immediately)]
    fn constants(&self) {}

    #[periodic_task(cron = "@daily", timeout = "2d", jitter = "3h")]
    async fn longer_than_the_default_spacing(&self) {}

    #[periodic_task(cron(second = 0, minute = [0, 15], hour = H(1..=5), day = [15W, L - 3], month = JAN-MAR))]
    async fn all_signs(&self) {}

    #[periodic_task(cron(minute = */15))]
    async fn steps(&self) {}

    #[periodic_task(cron(hour = 9, weekday = [FRI # 2, 1L]))]
    async fn weekdays(&self) {}
}

fn cron(text: &'static str) -> ScheduleSpec {
    ScheduleSpec::Cron(Cron::parse(text).unwrap())
}

#[test]
fn stand_in_the_table() {
    let table = TaskTable::of(&Billing, &Settings::default()).unwrap();
    let schedules: Vec<_> = table.tasks().iter().map(|task| task.spec().schedule).collect();
    let weekdays = Cron::parse("0 9 * * MON-FRI").unwrap();
    let weekdays = weekdays.tz("Europe/Berlin").dst(Dst::new().gap(Gap::Skip));
    let quarterly = Cron::parse(QUARTERLY).unwrap();
    let quarterly = quarterly.tz("Asia/Kathmandu").dst(Dst::new().overlap(Repeated::Twice));
    assert_eq!(
        schedules,
        [
            ScheduleSpec::Cron(weekdays),
            ScheduleSpec::Cron(weekdays),
            cron("H 3 * * *"),
            ScheduleSpec::Cron(quarterly),
            cron("@daily"),
            cron("0 0,15 H(1-5) 15W,L-3 JAN-MAR *"),
            cron("*/15 * * * *"),
            cron("0 9 * * FRI#2,1L"),
        ]
    );
    assert_eq!(table.tasks()[3].spec().first, FirstRun::Immediately);
    assert_eq!(table.tasks()[0].spec().schedule.to_string(), "cron `0 9 * * MON-FRI` Europe/Berlin");
}

/// A base's table stands outside any type, and a free task's outside its manager's `impl`.
mod elsewhere {
    use super::*;

    #[periodic_manager]
    trait Base {
        #[periodic_task(cron = super::QUARTERLY)]
        fn close(&self) {}
    }

    #[derive(Default)]
    struct Ledger;

    impl Base for Ledger {}

    #[periodic_manager(inherit(Base), open)]
    impl Ledger {}

    #[periodic_task(manager = Ledger, cron = super::QUARTERLY, tz = "UTC")]
    fn audit(_: &Ledger) {}

    #[test]
    fn they_stand_in_the_table_too() {
        let table = TaskTable::of(&Ledger, &Settings::default()).unwrap();
        assert!(table.tasks().iter().all(|task| task.spec().schedule == cron(QUARTERLY)));
        assert_eq!(super::super::names(&Ledger), ["Ledger.close", "Ledger.audit"]);
    }
}
