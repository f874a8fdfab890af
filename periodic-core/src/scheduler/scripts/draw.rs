use core::num::{NonZeroU32, NonZeroU64};
use core::time::Duration;

use crate::spec::{
    Anchor, Cron, Dst, DstGap, DstRepeat, Interval, Jitter, Missed, Overlap, RetrySpec, ScheduleSpec,
    TaskSpec,
};
use crate::task::{Ended, Next, TaskError};

/// The draws of one script: the same for the same seed.
pub(super) struct Draw(pub(super) u64);

const EXPRESSIONS: [&str; 6] =
    ["* * * * *", "*/10 * * * * *", "30 2 * * *", "*/15 1-3 * * *", "0 0 1 1 *", "*/7 * * * * *"];
const ZONES: [&str; 3] = ["Europe/Berlin", "Australia/Lord_Howe", "America/New_York"];

impl Draw {
    /// Returns a number below `end`, by `SplitMix64`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end
    }

    /// Whether the case comes about that is one of `several`.
    pub(super) fn one_of(&mut self, several: u64) -> bool {
        self.below(several) == 0
    }

    pub(super) fn place(&mut self, length: usize) -> usize {
        usize::try_from(self.below(u64::try_from(length).unwrap())).unwrap()
    }

    pub(super) fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.place(values.len())]
    }

    fn seconds(&mut self, below: u64) -> Duration {
        Duration::from_secs(self.below(below))
    }

    pub(super) fn end(&mut self) -> Ended {
        match self.below(8) {
            0 => Ended::Failed(TaskError::new("failed")),
            1 => Ended::Panicked(TaskError::new("panicked")),
            2 => Ended::TimedOut,
            3 => Ended::Cancelled,
            4 => Ended::Ok(Next::After(Duration::from_millis(self.pick(&[0, 1, 700, 5_000, 90_000])))),
            5 if self.one_of(4) => Ended::Ok(Next::Never),
            _ => Ended::Ok(Next::OnSchedule),
        }
    }

    pub(super) fn spec(&mut self, name: &'static str) -> TaskSpec {
        let mut spec = self.scheduled(TaskSpec::new(name));
        if !matches!(spec.schedule, ScheduleSpec::Every { from: Anchor::Finish, .. }) {
            spec = self.ruled(spec);
        }
        if self.one_of(4) {
            spec = spec.grace(self.seconds(30));
        }
        if self.one_of(5) {
            spec = spec.max_runs(NonZeroU64::new(1 + self.below(4)).unwrap());
        }
        if self.one_of(4) {
            let share = Jitter::Share(self.pick(&[50_000, 500_000, 1_000_000]));
            spec = spec.jitter(self.pick(&[share, Jitter::UpTo(Duration::from_millis(900))]));
        }
        if self.one_of(3) {
            let attempts = NonZeroU32::new(self.pick(&[2, 3, 4])).unwrap();
            let retry = RetrySpec::new(attempts).doubling(Duration::from_millis(self.pick(&[1, 300, 2_000])));
            let retry = retry.ceiling(Duration::from_secs(3));
            spec = spec.retry(if self.one_of(2) { retry.jitter() } else { retry });
        }
        if self.one_of(4) {
            spec = spec.timeout(Duration::from_secs(1) + self.seconds(5));
        }
        spec
    }

    fn scheduled(&mut self, spec: TaskSpec) -> TaskSpec {
        let spacing = Interval::from_secs(self.pick(&[1, 2, 7, 60, 3_600]));
        let kind = self.below(5);
        let spec = match kind {
            0 => spec.cron(self.cron()),
            1 => spec.every(spacing).align(),
            2 => spec.every(spacing).from_finish(),
            _ => spec.every(spacing),
        };
        match self.below(8) {
            0 | 1 => spec.run_immediately(),
            2 if kind > 2 => spec.initial_delay(self.seconds(20)),
            _ => spec,
        }
    }

    fn cron(&mut self) -> Cron {
        let mut cron = Cron::parse(self.pick(&EXPRESSIONS)).unwrap();
        if self.one_of(2) {
            cron = cron.tz(self.pick(&ZONES));
        }
        if self.one_of(3) {
            cron = cron.dst(Dst::new().gap(DstGap::Skip).overlap(DstRepeat::Twice));
        }
        cron
    }

    fn ruled(&mut self, spec: TaskSpec) -> TaskSpec {
        let overlap =
            [Overlap::Skip, Overlap::Queue, Overlap::Replace, Overlap::Allow(self.pick(&[1, 2, 3]))];
        let missed = [Missed::Coalesce, Missed::Skip, Missed::All(self.pick(&[1, 2, 3, 4]))];
        let spec = if self.one_of(2) { spec.overlap(self.pick(&overlap)) } else { spec };
        if self.one_of(2) { spec.missed(self.pick(&missed)) } else { spec }
    }
}
