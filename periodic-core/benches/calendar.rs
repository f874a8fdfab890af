//! The cost of a calendar: `cargo bench -p periodic-core --features cron`.
//!
//! The next slot of any expression is to be found in less than 10 µs, and one that never fires refused in less than
//! 1 ms. It prints how long they take, and fails nothing: that would depend on the machine.

// A program's own output, and expressions that are known to be good.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::hint::black_box;
use std::ops::Range;
use std::time::{Duration, Instant};

use periodic_core::schedule::Calendar;
use periodic_core::task::{Cron, Dst, DstGap, DstRepeat};
use periodic_core::time::Timestamp;

/// How long each is tried.
const LONG_ENOUGH: Duration = Duration::from_millis(200);

/// Common ones, and those whose slots lie furthest apart or in the gaps of their zones.
const VALID: [(&str, &str); 10] = [
    ("* * * * * *", "UTC"),
    ("*/5 * * * *", "UTC"),
    ("0 3 * * *", "Europe/Berlin"),
    ("H H * * *", "America/New_York"),
    ("30 2 * * SUN", "Europe/Berlin"),
    ("0 12 L * *", "Asia/Tokyo"),
    ("0 9 15W * *", "Australia/Lord_Howe"),
    ("0 0 29 2 *", "UTC"),
    ("0 0 29 2 *", "Africa/Casablanca"),
    ("59 59 23 29 2 *", "Pacific/Apia"),
];

const NEVER: [&str; 3] = ["0 0 30 2 *", "0 0 31 4,6,9,11 *", "59 59 23 30 2 *"];

/// From 2000 to 2050, in which most zones' clocks are set.
const YEARS: Range<Timestamp> = Timestamp::from_secs(946_684_800)..Timestamp::from_secs(2_524_608_000);

fn main() {
    for (text, zone) in VALID {
        let Ok(cron) = Cron::parse(text) else {
            println!("{:>9}  {text}", "refused");
            continue;
        };
        let changing = Dst::new().gap(DstGap::Skip).overlap(DstRepeat::Twice);
        for (dst, rules) in [(Dst::new(), ""), (changing, ", gap = skip, overlap = twice")] {
            let calendar = Calendar::new(&cron.tz(zone).dst(dst), 0).unwrap();
            let mut at = YEARS.start;
            let next = cost(|| at = within(calendar.next_after(black_box(at))).unwrap_or(YEARS.start));
            let before = cost(|| at = within(calendar.prev_before(black_box(at))).unwrap_or(YEARS.end));
            println!("{next:>6} ns next, {before:>6} ns before: {text} in {zone}{rules}");
        }
    }
    for text in NEVER {
        assert!(Cron::parse(text).is_err(), "{text}");
        let refused = cost(|| _ = black_box(Cron::parse(black_box(text))));
        println!("{refused:>6} ns refused: {text}");
    }
}

fn within(slot: Option<Timestamp>) -> Option<Timestamp> {
    slot.filter(|slot| YEARS.contains(slot))
}

/// How many nanoseconds a call takes on average.
fn cost(mut call: impl FnMut()) -> u128 {
    let (begun, mut calls) = (Instant::now(), 0_u128);
    while begun.elapsed() < LONG_ENOUGH {
        (0..64).for_each(|_| call());
        calls += 64;
    }
    begun.elapsed().as_nanos() / calls
}
