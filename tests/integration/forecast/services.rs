//! The tables of real services.

use periodic::forecast::Forecast;
use periodic::task::LeftOut;

use crate::examples::tables::{ComputeManager, ConductorManager};

#[test]
fn nova_compute_starts_eight_each_minute_and_more_each_second_and_fifth() {
    let forecast = Forecast::of(&ComputeManager).horizon("30m").make().unwrap();
    for (minute, starts) in forecast.starts_per_minute().iter().enumerate().skip(1) {
        let second = u64::from(minute % 2 == 0);
        let fifth = if minute % 5 == 0 { 3 } else { 0 };
        let tenth = u64::from(minute % 10 == 0);
        assert_eq!(*starts, 8 + second + fifth + tenth, "minute {minute}");
    }
    assert_eq!(forecast.starts_per_minute()[0], 2, "two run at the start");
    assert_eq!(forecast.by_task().len(), 17);
    let left_out: Vec<_> = forecast.by_task().iter().filter_map(|task| task.task.left_out()).collect();
    assert_eq!(left_out, [LeftOut::Negative]);
}

#[test]
fn all_of_nova_compute_but_one_collide_every_two_hours() {
    let forecast = Forecast::of(&ComputeManager).make().unwrap();
    let worst = &forecast.worst(1)[0];
    assert_eq!((worst.from.to_string().as_str(), worst.starts), ("2026-01-01T02:00:00Z", 16));
    assert_eq!(forecast.busiest_instant(), Some(worst));
    let full = forecast.starts_per_minute().iter().filter(|starts| **starts == 16).count();
    assert_eq!(full, 11, "at midnight the day is over");
}

#[test]
fn ironic_conductor_starts_fourteen_each_minute() {
    let forecast = Forecast::of(&ConductorManager::new()).horizon("2d").make().unwrap();
    let minutes = forecast.starts_per_minute();
    // Seven timeouts and orphans, seven of redfish; with the two minutes' three, and the three minutes' one.
    assert_eq!(minutes[1..6], [14, 17, 15, 17, 15]);
    assert_eq!((minutes[60], minutes[24 * 60]), (14 + 3 + 1 + 1 + 1, 14 + 3 + 1 + 1 + 1 + 2));
    assert_eq!(forecast.of_task("cleanup_stale_conductors").unwrap().starts(), 1);
}
