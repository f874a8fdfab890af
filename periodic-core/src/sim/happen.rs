//! The events of the script: changes of the machine and of the service.

use core::time::Duration;

use super::player::Engine;
use super::process::Process;
use super::script_event::What;
use super::{Refused, ScriptEvent};
use crate::time::{Instant, Timestamp};

impl Engine {
    /// Plays an event of the script; returns whether the runner notices.
    pub(super) fn happens(&mut self, event: &ScriptEvent) -> bool {
        let now = self.now;
        match &event.0 {
            What::Suspend(length) => {
                self.suspend(length.length());
                return false;
            }
            What::ClockForward(by) => return self.set_clock(now.wall + by.length()),
            What::ClockBack(by) => {
                let nanos = now.wall.as_nanos().saturating_sub(crate::time::nanos(by.length()));
                return self.set_clock(Timestamp::from_nanos(nanos));
            }
            What::Clock(time) => return self.set_clock(time.0.as_ref().copied().unwrap_or(now.wall)),
            _ => {}
        }
        if matches!(self.process, Process::Down { .. }) {
            self.refused.push(Refused { at: now.boot - Instant::ZERO, event: event.to_string(), why: None });
            return false;
        }
        let answer = match &event.0 {
            What::Stop => self.stop(None),
            What::Restart(downtime) => self.stop(Some(downtime.length())),
            What::Pause(task) => self.scheduler.pause(task, now),
            What::Resume(task) => self.scheduler.resume(task, now),
            What::Trigger(task) => self.scheduler.trigger(task, now).map(drop),
            What::SetSpacing(task, span) => self.scheduler.set_spacing(task, What::interval(span), now),
            What::Disable(task) => self.scheduler.disable(task, now),
            What::Enable(task) => self.scheduler.enable(task, now),
            What::Add(task) => self.add((**task).clone()),
            What::Remove(task) => self.scheduler.remove(task.as_str(), now).map(drop),
            What::Suspend(_) | What::ClockForward(_) | What::ClockBack(_) | What::Clock(_) => Ok(()),
        };
        if let Err(why) = answer {
            self.refused.push(Refused {
                at: now.boot - Instant::ZERO,
                event: event.to_string(),
                why: Some(why),
            });
        }
        true
    }

    fn suspend(&mut self, length: Duration) {
        self.runs.delay(length);
        self.wake_at = self.wake_at + length;
        match &mut self.process {
            Process::Up => {}
            Process::Stopping { cut_at: at, .. } | Process::Down { up_at: at } => *at = *at + length,
        }
        let rest = self.end - self.now.boot;
        self.now = self.now.after(length.min(rest));
    }

    fn set_clock(&mut self, wall: Timestamp) -> bool {
        self.now.wall = wall;
        self.walls.set(self.now);
        false
    }
}
