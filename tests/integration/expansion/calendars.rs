use periodic::task::{Cron, Dst, DstGap, DstRepeat, FirstRun};

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
    let weekdays = weekdays.tz("Europe/Berlin").dst(Dst::new().gap(DstGap::Skip));
    let quarterly = Cron::parse(QUARTERLY).unwrap();
    let quarterly = quarterly.tz("Asia/Kathmandu").dst(Dst::new().overlap(DstRepeat::Twice));
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

/// The statements of the attribute's docs about days on which clocks are set.
mod clock_changes {
    use periodic::schedule::Calendar;
    use periodic::time::Timestamp;

    use super::*;

    /// Nights in Berlin from 0:00 to 5:00, as seconds since the Unix epoch.
    const SPRING: (i64, i64) = (1_774_738_800, 1_774_753_200);
    const AUTUMN: (i64, i64) = (1_792_879_200, 1_792_900_800);

    /// The slots of a night, as hours and minutes in UTC.
    fn slots(text: &'static str, gap: DstGap, overlap: DstRepeat, (from, until): (i64, i64)) -> String {
        let cron = Cron::parse(text).unwrap().tz("Europe/Berlin").dst(Dst { gap, overlap });
        let calendar = Calendar::new(&cron, 0).unwrap();
        let slots = calendar.slots_after(Timestamp::from_secs(from - 1));
        let slots = slots.take_while(|slot| *slot < Timestamp::from_secs(until));
        slots.map(|slot| slot.to_string()[11..16].to_owned()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn in_spring() {
        let night = |text, gap| slots(text, gap, DstRepeat::Once, SPRING);
        assert_eq!(night("30 2 * * *", DstGap::First), "01:00");
        assert_eq!(night("30 2 * * *", DstGap::Skip), "");
        assert_eq!(night("*/15 2 * * *", DstGap::First), "01:00");
        assert_eq!(night("*/15 2 * * *", DstGap::Skip), "");
        for gap in [DstGap::First, DstGap::Skip] {
            assert_eq!(night("45 * * * *", gap), "23:45 00:45 01:45 02:45");
            assert_eq!(night("45 0-23 * * *", gap), night("45 * * * *", gap));
            assert_eq!(night("0 */2 * * *", gap), "23:00 02:00");
        }
    }

    #[test]
    fn in_autumn() {
        let night = |text, overlap| slots(text, DstGap::First, overlap, AUTUMN);
        assert_eq!(night("30 2 * * *", DstRepeat::Once), "00:30");
        assert_eq!(night("30 2 * * *", DstRepeat::Twice), "00:30 01:30");
        assert_eq!(night("*/15 2 * * *", DstRepeat::Once), "00:00 00:15 00:30 00:45");
        assert_eq!(
            night("*/15 2 * * *", DstRepeat::Twice),
            "00:00 00:15 00:30 00:45 01:00 01:15 01:30 01:45"
        );
        let open = "22:00 22:30 23:00 23:30 00:00 00:30 01:00 01:30 02:00 02:30 03:00 03:30";
        assert_eq!(night("*/30 * * * *", DstRepeat::Once), open);
        assert_eq!(night("*/30 0/1 * * *", DstRepeat::Once), open);
        assert_eq!(night("0 */2 * * *", DstRepeat::Once), "22:00 00:00 01:00 03:00");
    }
}

/// A field's value may come from another macro.
macro_rules! daily {
    ($name:ident, $hour:literal, $days:expr) => {
        struct $name;

        #[periodic_manager]
        impl $name {
            #[periodic_task(cron(hour = $hour, weekday = $days))]
            fn run(&self) {}
        }
    };
}

daily!(Daily, 9, [1, 3]);

#[test]
fn can_come_from_macros() {
    let table = TaskTable::of(&Daily, &Settings::default()).unwrap();
    assert_eq!(table.tasks()[0].spec().schedule, cron("0 9 * * 1,3"));
}
