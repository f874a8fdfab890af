//! One round of a contender in real time.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::contender::Contender;
use super::load::{Load, Slots};
use super::probe::Probe;
use crate::rounds::{Spread, cpu_of_process};
use crate::switches::voluntary_switches;

/// The figures of one round.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// Nanoseconds of processor time of the whole process, for a run.
    pub cpu: f64,
    /// The lateness of the starts, in nanoseconds: the median, the 99th hundredth and the greatest.
    pub late: [f64; 3],
    /// How often a thread of the process gave up its processor, for a thousand runs.
    pub switches: f64,
    /// The share of the due runs that started.
    pub done: f64,
}

/// The part of a round that is measured.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    before: Duration,
    length: Duration,
}

impl Window {
    /// Returns the part of a round of `load` that lasts about `length`.
    pub fn of(load: &Load, length: Duration) -> Self {
        match load.slots {
            // A million grids do not begin at once.
            Slots::Mixed => Self { before: Duration::from_millis(150) + load.micros_each(2), length },
            // From before the second herd to before one of the next: the first finds cold memory.
            Slots::Herd => {
                let herd = load.period(0);
                let herds = length.div_duration_f64(herd).round().max(2.0);
                Self { before: herd.mul_f64(1.8), length: herd.mul_f64(herds) }
            }
        }
    }

    /// Returns how long contenders work.
    pub fn end(self) -> Duration {
        self.before + self.length + Duration::from_millis(20)
    }
}

/// Tells that a contender's tasks are ready and its round has begun.
pub type Begun = Sender<Instant>;

/// Creates a contender on a runtime of its own, and measures it.
pub fn round(load: &Load, contender: Contender, window: Window) -> Sample {
    let (begun, begins) = channel();
    let measured = thread::spawn(move || measure(&begins, window));
    let runtime = load.runtime();
    runtime.block_on(contender.serve(*load, window.end(), begun));
    let (cpu, starts, switches) = measured.join().expect("the measuring thread ends");
    runtime.shutdown_timeout(Duration::from_secs(30));
    let runs = starts.len().max(1) as f64;
    let due: f64 = match load.slots {
        Slots::Herd => load.tasks as f64 * window.length.div_duration_f64(load.period(0)),
        Slots::Mixed => (0..load.tasks).map(|task| window.length.div_duration_f64(load.period(task))).sum(),
    };
    let late = Probe::lateness(starts);
    Sample {
        cpu: cpu / runs,
        late: [500, 990, 1_000].map(|share| Spread::below(&late, share)),
        switches: switches as f64 / runs * 1_000.0,
        done: late.len() as f64 / due,
    }
}

fn measure(begins: &Receiver<Instant>, window: Window) -> (f64, std::ops::Range<usize>, u64) {
    let Ok(began) = begins.recv() else { return (f64::NAN, 0..0, 0) };
    let until = |length| thread::sleep((began + length).saturating_duration_since(Instant::now()));
    until(window.before);
    let (cpu, starts, switches) = (cpu_of_process(), Probe::starts(), voluntary_switches());
    until(window.before + window.length);
    let cpu = cpu_of_process() - cpu;
    let switches = voluntary_switches().unwrap_or(0).saturating_sub(switches.unwrap_or(0));
    (cpu, starts..Probe::starts(), switches)
}
