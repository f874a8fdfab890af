//! Jitter: each run is due at its slot or behind it, before the next slot, and no slot moves.

use core::time::Duration;

use periodic::scheduler::{Scheduler, SchedulerOptions};
use periodic::task::{Ended, Interval, Jitter, Next, Task, TaskName, TaskSpec};
use periodic::time::Now;

/// All times are milliseconds; a gap of zero stands for a poll exactly when it is due.
pub(super) fn check(spacing: i64, most: i64, gaps: &[i64]) {
    let millis = |time: i64| Duration::from_millis(time.unsigned_abs());
    let (step, most) = (millis(spacing), millis(most));
    let start = Now::default();
    let mut scheduler = Scheduler::empty(SchedulerOptions::default(), start);
    let spec = TaskSpec::new("poll").every(Interval::from_duration(step)).jitter(Jitter::UpTo(most));
    scheduler.add(Task::new(TaskName::new("Manager", "poll").unwrap(), spec), start).unwrap();

    let (mut now, mut decided) = (start, start.boot);
    for gap in gaps {
        let _ = scheduler.poll(now);
        while let Some(run) = scheduler.start_next(now) {
            assert_eq!(run.lateness, now.boot - run.slot.at);
            scheduler.finished(run.id, Ended::Ok(Next::OnSchedule), now);
        }
        // Records come in slot order, since no run takes time: each begins one spacing behind the last.
        for record in core::iter::from_fn(|| scheduler.take_record()) {
            assert_eq!(record.first.at, decided + step);
            assert_eq!(record.last.at - record.first.at, step * u32::try_from(record.count - 1).unwrap());
            decided = record.last.at;
        }
        let status = scheduler.status(now).remove(0);
        let next = status.next.unwrap().at;
        assert_eq!(next, decided + step);
        let due = now.boot + status.due_in.unwrap();
        assert!(due >= next && due <= next + most && due < next + step, "{next:?} is due at {due:?}");
        // A slot that is due later than now was not run, one that is due now was.
        assert!(due > now.boot);
        assert_eq!(scheduler.driver().wake_at(now), due.min(now.boot + Duration::from_secs(60)));
        now = if *gap == 0 { now.after(due - now.boot) } else { now.after(millis(*gap)) };
    }
}
