use std::mem;

use periodic_core::scheduler::{ClockSetBack, Retrying, SlotRecord};
use periodic_core::task::Cancellation;

use super::state::State;
use crate::runner::events::log;

/// What is told of a call when the lock is free. Mostly that is nothing.
#[derive(Default)]
pub(in crate::runner) struct Told {
    pub(super) records: Vec<SlotRecord>,
    pub(super) tokens: Vec<Cancellation>,
    pub(super) retrying: Option<Box<Retrying>>,
    pub(super) set_back: Option<ClockSetBack>,
    /// Whether there are events to send.
    pub(super) news: bool,
    /// Whether somebody waited for a run, and there is one.
    pub(super) busy: bool,
}

impl State {
    /// Takes all records that wait. Of those that nobody wanted to hear of at their time, the history alone is told.
    pub(super) fn take_records(&mut self, told: &mut Option<Box<Told>>) {
        let mut untold = mem::take(&mut self.untold);
        while let Some(record) = self.scheduler.take_record() {
            if untold > 0 {
                untold -= 1;
            } else {
                self.outbox.decided(&record);
                if log::may_be_said(&record) {
                    told.get_or_insert_default().records.push(record.clone());
                }
            }
            self.history.push(record);
        }
    }

    /// Notes what the call at hand brought about. No part of the generic [`Shared::locked`], of which there is a copy
    /// for each call.
    pub(in crate::runner) fn told(&mut self) -> Option<Box<Told>> {
        let mut told: Option<Box<Told>> = None;
        let is_asked = self.outbox.is_watched() || log::all_may_be_said();
        match (is_asked, self.scheduler.let_records_wait(self.history.capacity())) {
            (false, Some(waiting)) => self.untold = waiting,
            _ => self.take_records(&mut told),
        }
        while let Some(token) = self.scheduler.take_token() {
            told.get_or_insert_default().tokens.push(token);
        }
        if self.scheduler.has_clock_set_back() {
            told.get_or_insert_default().set_back = self.scheduler.take_clock_set_back();
        }
        let running = self.scheduler.running();
        if self.outbox.called(running) {
            told.get_or_insert_default().news = true;
        }
        if running > 0 && mem::take(&mut self.awaited) {
            told.get_or_insert_default().busy = true;
        }
        if self.retrying.is_some() {
            told.get_or_insert_default().retrying = self.retrying.take();
        }
        told
    }
}
