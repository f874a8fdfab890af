use core::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::schedule::NEVER;

/// A hierarchical timing wheel.
///
/// An entry lies in the slot of its time. The nearer the time, the finer the slot, so entries are put and taken in a
/// few steps, independent of their number. A slot of the finest level is about a millisecond wide. Due entries and the
/// next time come from reading its entries, so nothing is rounded. `DESIGN.md` has the comparison with heaps.
#[derive(Debug)]
pub(crate) struct Wheel {
    slots: Vec<Slot>,
    /// The heap of the entries of one slot, which had many when its first entry was found stale.
    front: BinaryHeap<Entry>,
    front_slot: Option<usize>,
    /// A bit for each slot of a level, set if the slot has entries.
    occupied: [u64; LEVELS],
    /// All slots before this tick are empty.
    tick: u64,
    /// The tick whose slot was calculated last, and that slot, until either may have changed: tasks of one spacing
    /// come one after the other.
    near: (u64, usize),
    /// The memory of a slot that had many entries, for the next such slot: so nothing is allocated from turn to turn.
    spare: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Slot {
    entries: Vec<Entry>,
    /// The earliest entry.
    first: Entry,
}

const EMPTY: Slot = Slot { entries: Vec::new(), first: NO_ENTRY };

/// A time, and the row that had it when this was put in.
pub(crate) type Entry = Reverse<(i64, u32)>;

pub(crate) const NO_ENTRY: Entry = Reverse((NEVER, u32::MAX));

/// A pair that matches no tick, because all ticks are smaller.
const NOWHERE: (u64, usize) = (u64::MAX, 0);

/// The length of a tick, in bits of nanoseconds.
const TICK_BITS: u32 = 20;
/// A level has as many slots as a word has bits.
const LEVEL_BITS: u32 = 6;
const WIDTH: usize = 1 << LEVEL_BITS;
/// The levels that 64 bits of nanoseconds need.
const LEVELS: usize = (u64::BITS - TICK_BITS).div_ceil(LEVEL_BITS) as usize;
/// The entries whose memory an empty slot keeps; a slot with more can move to the heap.
const KEPT: usize = 64;

impl Default for Wheel {
    fn default() -> Self {
        Self {
            slots: vec![EMPTY; LEVELS * WIDTH],
            front: BinaryHeap::new(),
            front_slot: None,
            occupied: [0; LEVELS],
            tick: 0,
            near: NOWHERE,
            spare: Vec::new(),
        }
    }
}

impl Wheel {
    #[inline]
    pub(crate) fn put(&mut self, entry: Entry) {
        let tick = tick(entry.0.0).max(self.tick);
        let slot = if tick == self.near.0 { self.near.1 } else { self.slot_of(tick) };
        if self.front_slot == Some(slot) {
            self.front.push(entry);
            return;
        }
        let slot = &mut self.slots[slot];
        if slot.entries.capacity() == 0 {
            slot.entries = core::mem::take(&mut self.spare);
        }
        slot.entries.push(entry);
        if entry.0.0 < slot.first.0.0 {
            slot.first = entry;
        }
    }

    /// Returns the slot of a tick, and marks it as occupied.
    fn slot_of(&mut self, tick: u64) -> usize {
        // The highest bit in which it differs from the current tick gives its level.
        let level = ((tick ^ self.tick) | 1).ilog2() / LEVEL_BITS;
        // Less than the width, so it fits.
        let number = usize::try_from((tick >> (LEVEL_BITS * level)) % WIDTH as u64).unwrap_or(0);
        let slot = level as usize * WIDTH + number;
        self.occupied[level as usize] |= 1 << number;
        self.near = (tick, slot);
        slot
    }

    /// Returns the earliest entry, [`NO_ENTRY`] if there is none, and the number of stale entries before it that were
    /// dropped.
    pub(crate) fn first(&mut self, is_stale: impl Fn(Entry) -> bool) -> (Entry, usize) {
        let mut gone = 0;
        while let Some((slot, _)) = self.earliest_slot() {
            let is_front = self.front_slot == Some(slot);
            let first = if is_front { self.front.peek().copied() } else { Some(self.slots[slot].first) };
            let first = first.unwrap_or(NO_ENTRY);
            if !is_stale(first) {
                return (first, gone);
            }
            if is_front {
                self.front.pop();
            } else if self.slots[slot].entries.len() > KEPT {
                // In the heap it may not be the first of several with one time.
                self.bring_to_front(slot);
                continue;
            } else {
                self.slots[slot].remove_first();
            }
            gone += 1;
            self.mark(slot);
        }
        (NO_ENTRY, gone)
    }

    /// Moves the entries of a slot to the heap.
    fn bring_to_front(&mut self, slot: usize) {
        if let Some(before) = self.front_slot.replace(slot) {
            let first = self.front.peek().copied().unwrap_or(NO_ENTRY);
            self.slots[before] = Slot { entries: core::mem::take(&mut self.front).into_vec(), first };
        }
        self.front = core::mem::replace(&mut self.slots[slot], EMPTY).entries.into();
    }

    /// Advances to `now`, and passes every entry that may be due by then to `stays`; one that stays is put in again.
    pub(crate) fn turn_to(&mut self, now: i64, mut stays: impl FnMut(Entry) -> bool) {
        let to = tick(now);
        while let Some((slot, start)) = self.earliest_slot().filter(|(_, start)| *start <= to) {
            (self.tick, self.near) = (self.tick.max(start), NOWHERE);
            let mut entries = self.take_slot(slot);
            for entry in entries.drain(..) {
                if stays(entry) {
                    self.put(entry);
                }
            }
            if !self.slots[slot].entries.is_empty() {
                // The remaining entries come after `now`, and so do all behind them.
                break;
            }
            if entries.capacity() <= KEPT {
                self.slots[slot].entries = entries;
            } else if entries.capacity() > self.spare.capacity() {
                self.spare = entries;
            }
        }
        (self.tick, self.near) = (to, NOWHERE);
    }

    /// Takes all entries of a slot.
    fn take_slot(&mut self, slot: usize) -> Vec<Entry> {
        let entries = if self.front_slot.take_if(|front| *front == slot).is_some() {
            core::mem::take(&mut self.front).into_vec()
        } else {
            core::mem::replace(&mut self.slots[slot], EMPTY).entries
        };
        self.mark(slot);
        entries
    }

    /// Whether a time is before the wheel's current tick.
    pub(crate) fn has_passed(&self, time: i64) -> bool {
        tick(time) < self.tick
    }

    /// Drops all entries, and sets the current tick to that of `time`, if any.
    pub(crate) fn clear(&mut self, time: Option<i64>) {
        for slot in &mut self.slots {
            slot.entries.clear();
            slot.first = NO_ENTRY;
        }
        self.front.clear();
        (self.front_slot, self.occupied, self.near) = (None, [0; LEVELS], NOWHERE);
        self.tick = time.map_or(self.tick, tick);
    }

    /// Returns the first slot with entries, and the tick at which it starts.
    fn earliest_slot(&self) -> Option<(usize, u64)> {
        for (occupied, level) in self.occupied.iter().zip(0_u32..) {
            let shift = LEVEL_BITS * level;
            let present = (self.tick >> shift) % WIDTH as u64;
            let ahead = occupied >> present << present;
            if ahead != 0 {
                let number = ahead.trailing_zeros();
                let start = (self.tick >> shift) - present + u64::from(number);
                return Some(((level << LEVEL_BITS | number) as usize, start << shift));
            }
        }
        None
    }

    /// Notes whether a slot has entries.
    fn mark(&mut self, slot: usize) {
        if self.slots[slot].entries.is_empty() && (self.front_slot != Some(slot) || self.front.is_empty()) {
            self.occupied[slot / WIDTH] &= !(1 << (slot % WIDTH));
            self.near = NOWHERE;
        }
    }
}

impl Slot {
    fn remove_first(&mut self) {
        let Self { entries, first } = self;
        if let Some(place) = entries.iter().position(|entry| entry == first) {
            entries.swap_remove(place);
        }
        *first = entries.iter().max().copied().unwrap_or(NO_ENTRY);
    }
}

/// Returns the tick of a time; the earliest time has tick 0.
fn tick(time: i64) -> u64 {
    (time.cast_unsigned() ^ (1 << 63)) >> TICK_BITS
}
