//! The scheduler against a second one, written from its contract.
//!
//! The [model](task) knows no arithmetic: it steps from slot to slot and decides each. A [rehearsal](rehearsal) plays
//! one random [script](script) to both. At every step it compares the starts and their order, slots and windows, the
//! status, and the next poll; at the end, the outcome of every slot. [Coverage](coverage), [extra polls](extra_polls)
//! and [jitter](jitter) are held against the declaration alone.
//!
//! Where the contract leaves room, the model rules:
//!
//! - **Late, then dropped.** A pause, a disabling, a removal or a stop first settles the slots before it, as a
//!   poll would; the runs that became ready are then dropped. So older slots may be `Coalesced` into a slot that is
//!   itself `Skipped`.
//! - **Same instant.** An end or a control comes before the slot of its instant, even after a poll at that
//!   instant, if the poll could not have started it: nothing polls for a slot that would only be skipped.
//! - **Undecided until asked.** Slots that pass during a pause or a run are decided when that ends. If the wall
//!   clock is set back before, such a slot of an aligned task comes again, and was never recorded; after a correction
//!   it does not, so it is decided first, by the last reading of the clock.
//! - **A clock set back** is noticed when it is read: by a poll, the end of a run, a control. It may have been set at any
//!   moment since the reading before, but for 30 s at most. So all slots that it may have shown since count; those
//!   decided since the schedule began are left out. It is a correction if the clock is then more than three hours
//!   behind the latest time that it has shown, in one step or several; all is undecided after it.
//! - **Another spacing** of an aligned task begins now, whatever was decided before; but a slot that was decided at this
//!   very instant does not come twice.
//! - **`replace`** runs the newest; the slot that it held before, or that still waited for its start, is an
//!   overlap. One that waited leaves its position to the newer.
//! - **`all(n)`** judges `grace` when the slots are found, not when their turn comes. Zero counts as one.
//! - **`allow(n)`**: while there is room, slots that passed unpolled are late or missed, as if it were idle.
//! - **`from = finish`** counts from the end of any run; where no run comes about (its slot was later than
//!   `grace`, or it was paused away), from when that was decided. A pause lets its slots pass at its spacing.
//! - **`Next::After`** counts the first run and earlier wishes as the next slot: of several the earliest holds,
//!   also if a poll decided it, or a slot of the grid, at the very instant that is asked for. It counts as older than the grid's next slot, also if the wall clock is set past that.
//! - **Retries**: the next slot, before which attempts start, is the first that lies at or after the run's first
//!   attempt; those that passed while it waited for its place do not count. Pause, disabling, removal and stop end a
//!   run's retries; the schedule's own end, by `max_runs` or `Next::Never`, does not. A retry takes its turn from when
//!   it is due.
//! - **`max_runs`** ends the schedule when its last run starts; slots before that instant are still decided.
//!   Enabling counts afresh. A trigger that waits outlasts it, and `Next::Never`.
//! - **`Next::Never`** from a run that outlived its task's disabling, removal or stop changes nothing.
//! - **Windows** never go back: of runs that end out of order the newest run counts. They start at its slot, or as long
//!   before this one as it really was, whichever is earlier; so that of a slot which comes after a newer one, by a trigger
//!   or a backlog, is empty.

mod coverage;
mod declared;
mod extra_polls;
mod found;
mod jitter;
mod ledger;
mod moment;
mod properties;
mod rehearsal;
mod script;
mod service;
mod set_clocks;
mod status;
mod task;
