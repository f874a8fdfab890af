use core::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::schedule::NEVER;

/// When each row wants to be looked at, on one timeline.
///
/// A hierarchical timing wheel: a row lies in the slot of its time, which is the finer the nearer that is, so that it is
/// put in and comes out in a few steps however many there are. A slot of the finest level is about a millisecond wide;
/// what is due in it, and when the next is, comes from looking at its entries, so nothing is rounded. A row that is
/// set anew leaves its old entry behind, to be passed over when its time comes. `DESIGN.md` has the comparison with
/// heaps.
#[derive(Debug)]
pub(super) struct WakeQueue {
    slots: Vec<Slot>,
    /// The entries of one slot, which had many when its first was found to be left behind, and so was put in order.
    front: BinaryHeap<Entry>,
    front_slot: Option<usize>,
    /// A bit for each slot of a level that has entries.
    occupied: [u64; LEVELS],
    /// All slots before this tick are empty.
    tick: u64,
    /// The tick for which a slot was looked for last, and that slot, until either may have changed: tasks of one spacing
    /// come one after the other.
    near: (u64, usize),
    /// The time that each row wants; [`NEVER`] for none.
    wants: Vec<i64>,
    /// The earliest of them, or [`UNKNOWN`]. It has a row, so that others that want the same time may
    /// change their minds without a search.
    first: Entry,
    /// How many entries were left behind.
    stale: usize,
    /// The room of a slot that had many entries, for the next that has: so nothing is allocated from turn to turn.
    spare: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Slot {
    entries: Vec<Entry>,
    /// The earliest of them.
    first: Entry,
}

const EMPTY: Slot = Slot { entries: Vec::new(), first: NO_ENTRY };

/// A time, and the row that wanted it when this was put in.
type Entry = Reverse<(i64, u32)>;

const NO_ENTRY: Entry = Reverse((NEVER, u32::MAX));

/// The first entry while it is to be looked for: before all others, so that each time seems due until it was.
const UNKNOWN: Entry = Reverse((i64::MIN, u32::MAX));

/// No tick is as great.
const NOWHERE: (u64, usize) = (u64::MAX, 0);

/// A tick is so many bits of nanoseconds long.
const TICK_BITS: u32 = 20;
/// A level has as many slots as a word has bits.
const LEVEL_BITS: u32 = 6;
const WIDTH: usize = 1 << LEVEL_BITS;
/// As many as 64 bits of nanoseconds need.
const LEVELS: usize = (u64::BITS - TICK_BITS).div_ceil(LEVEL_BITS) as usize;
/// An empty slot keeps the room for so many entries.
const KEPT: usize = 64;

impl Default for WakeQueue {
    fn default() -> Self {
        Self {
            slots: vec![EMPTY; LEVELS * WIDTH],
            front: BinaryHeap::new(),
            front_slot: None,
            occupied: [0; LEVELS],
            tick: 0,
            near: NOWHERE,
            wants: Vec::new(),
            first: NO_ENTRY,
            stale: 0,
            spare: Vec::new(),
        }
    }
}

impl WakeQueue {
    /// The earliest time at which a row wants to be looked at; [`NEVER`] if none does.
    #[inline]
    pub(super) fn first(&mut self) -> i64 {
        if self.first == UNKNOWN { self.find_first() } else { self.first }.0.0
    }

    /// Whether a row's time is at or before `now`.
    #[inline]
    pub(super) fn is_due(&mut self, now: i64) -> bool {
        self.first.0.0 <= now && self.first() <= now && self.first != NO_ENTRY
    }

    /// Takes out every row whose time is at or before `now`, in no certain order.
    pub(super) fn take_due(&mut self, now: i64, due: &mut Vec<u32>) {
        if self.is_due(now) {
            self.turn_to(now, due);
        }
    }

    /// Sets when a row wants to be looked at; [`NEVER`] for not at all.
    #[inline]
    pub(super) fn set(&mut self, row: u32, wants: i64) {
        let known = self.wants.get(row as usize).copied().unwrap_or(NEVER);
        if known != wants {
            self.change(row, known, wants);
        }
    }

    fn change(&mut self, row: u32, known: i64, wants: i64) {
        if known != NEVER {
            self.leave_behind(row);
        } else if row as usize >= self.wants.len() {
            self.wants.resize(row as usize + 1, NEVER);
        }
        if wants != NEVER {
            self.add(row, wants);
        }
    }

    /// As [`set`](Self::set), for a row that was taken out and wants to be looked at again.
    #[expect(clippy::inline_always, reason = "part of the loop of a pass")]
    #[inline(always)]
    pub(super) fn add(&mut self, row: u32, wants: i64) {
        self.wants[row as usize] = wants;
        let entry = Reverse((wants, row));
        if wants < self.first.0.0 {
            self.first = entry;
        }
        self.put(entry);
    }

    /// Takes back what a row wanted.
    #[inline(never)]
    fn leave_behind(&mut self, row: u32) {
        self.wants[row as usize] = NEVER;
        self.stale += 1;
        if self.first.0.1 == row {
            self.first = UNKNOWN;
        }
        if self.stale > KEPT + self.wants.len() / 2 {
            // Which looks at all rows.
            self.begin_anew(self.tick);
        }
    }

    #[inline(never)]
    fn find_first(&mut self) -> Entry {
        let mut first = NO_ENTRY;
        while let Some((slot, _)) = self.earliest_slot() {
            let entry = self.first_of(slot);
            let Reverse((time, row)) = entry;
            if self.wants.get(row as usize).is_none_or(|wants| *wants == time) {
                first = entry;
                break;
            }
            if self.front_slot != Some(slot) && self.slots[slot].entries.len() > KEPT {
                self.bring_to_front(slot);
                continue;
            }
            self.remove_first_of(slot);
            self.stale -= 1;
            self.mark(slot);
        }
        self.first = first;
        first
    }

    /// The earliest entry of a slot.
    fn first_of(&self, slot: usize) -> Entry {
        if self.front_slot == Some(slot) {
            self.front.peek().copied().unwrap_or(NO_ENTRY)
        } else {
            self.slots[slot].first
        }
    }

    fn remove_first_of(&mut self, slot: usize) {
        if self.front_slot == Some(slot) {
            self.front.pop();
            return;
        }
        let Slot { entries, first } = &mut self.slots[slot];
        if let Some(place) = entries.iter().position(|entry| entry == first) {
            entries.swap_remove(place);
        }
        *first = entries.iter().max().copied().unwrap_or(NO_ENTRY);
    }

    /// Puts the entries of a slot in order.
    fn bring_to_front(&mut self, slot: usize) {
        if let Some(before) = self.front_slot.replace(slot) {
            let first = self.front.peek().copied().unwrap_or(NO_ENTRY);
            self.slots[before] = Slot { entries: core::mem::take(&mut self.front).into_vec(), first };
        }
        self.front = core::mem::replace(&mut self.slots[slot], EMPTY).entries.into();
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

    fn turn_to(&mut self, now: i64, due: &mut Vec<u32>) {
        let to = tick(now);
        if to < self.tick {
            // The clock was set back.
            self.begin_anew(to);
        }
        while let Some((slot, start)) = self.earliest_slot().filter(|(_, start)| *start <= to) {
            (self.tick, self.near) = (self.tick.max(start), NOWHERE);
            let mut entries = self.take_slot(slot);
            for entry in entries.drain(..) {
                let Reverse((time, row)) = entry;
                let wants = &mut self.wants[row as usize];
                if *wants != time {
                    self.stale -= 1;
                } else if time <= now {
                    *wants = NEVER;
                    due.push(row);
                } else {
                    self.put(entry);
                }
            }
            if !self.slots[slot].entries.is_empty() {
                // What is left there comes after `now`, and so does all behind it.
                break;
            }
            if entries.capacity() <= KEPT {
                self.slots[slot].entries = entries;
            } else if entries.capacity() > self.spare.capacity() {
                self.spare = entries;
            }
        }
        (self.tick, self.near, self.first) = (to, NOWHERE, UNKNOWN);
    }

    /// Puts every row in its slot, as it is seen from `tick`.
    fn begin_anew(&mut self, tick: u64) {
        for slot in &mut self.slots {
            slot.entries.clear();
            slot.first = NO_ENTRY;
        }
        self.front.clear();
        self.front_slot = None;
        (self.occupied, self.tick, self.near) = ([0; LEVELS], tick, NOWHERE);
        self.stale = 0;
        for row in (0..).take(self.wants.len()) {
            let time = self.wants[row as usize];
            if time != NEVER {
                self.put(Reverse((time, row)));
            }
        }
    }

    /// The first slot that has entries, and the tick at which it starts.
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

    #[inline]
    fn put(&mut self, entry: Entry) {
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

    /// The slot of a tick, which is to have an entry.
    fn slot_of(&mut self, tick: u64) -> usize {
        // The highest bit in which it differs from the present says how far off it is.
        let level = ((tick ^ self.tick) | 1).ilog2() / LEVEL_BITS;
        // Less than the width, so it fits.
        let number = usize::try_from((tick >> (LEVEL_BITS * level)) % WIDTH as u64).unwrap_or(0);
        let slot = level as usize * WIDTH + number;
        self.occupied[level as usize] |= 1 << number;
        self.near = (tick, slot);
        slot
    }

    /// Notes whether a slot has entries.
    fn mark(&mut self, slot: usize) {
        if self.slots[slot].entries.is_empty() && (self.front_slot != Some(slot) || self.front.is_empty()) {
            self.occupied[slot / WIDTH] &= !(1 << (slot % WIDTH));
            self.near = NOWHERE;
        }
    }
}

/// The tick of a time, of which none is before the wheel's first.
fn tick(time: i64) -> u64 {
    (time.cast_unsigned() ^ (1 << 63)) >> TICK_BITS
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::schedule::mix;

    #[test]
    fn a_row_set_anew_comes_once_and_at_its_new_time() {
        let mut queue = WakeQueue::default();
        queue.set(0, 10);
        queue.set(1, 20);
        queue.set(0, 30);
        queue.set(0, 10);
        assert_eq!(queue.first(), 10);
        queue.set(0, 40);
        assert_eq!(queue.first(), 20);
        let mut rows = Vec::new();
        queue.take_due(100, &mut rows);
        rows.sort_unstable();
        assert_eq!(rows, [0, 1]);
        queue.set(0, NEVER);
        queue.set(1, NEVER);
        assert_eq!(queue.first(), NEVER);
    }

    #[test]
    fn a_row_that_leaves_others_at_its_time_costs_no_search() {
        let mut queue = WakeQueue::default();
        (0..3).for_each(|row| queue.set(row, 10));
        for _ in 0..2 {
            queue.set(1, NEVER);
            assert_eq!(queue.first, Reverse((10, 0)));
            queue.set(1, 10);
        }
        queue.set(0, NEVER);
        assert_eq!((queue.first, queue.first()), (UNKNOWN, 10));
    }

    #[test]
    fn is_a_map_by_time() {
        for round in 0..200 {
            let (mut queue, mut map) = (WakeQueue::default(), BTreeMap::new());
            // In every other round much gathers before it is taken.
            let kinds = if round % 2 == 0 { 8 } else { 128 };
            for step in 0..800 {
                let draw = mix(round << 32 | step);
                let row = u32::try_from(draw % (2 * round + 2)).unwrap();
                // From within a tick to all that 64 bits hold.
                let time = (((draw >> 8) % 100).cast_signed() - 50) << (round % 58);
                match (draw >> 32) % kinds {
                    0..2 => {
                        let mut due = Vec::new();
                        queue.take_due(time, &mut due);
                        due.sort_unstable();
                        let right = map.extract_if(.., |_, wants| *wants <= time).map(|(row, _)| row);
                        assert_eq!(due, right.collect::<Vec<u32>>());
                    }
                    2 => {
                        queue.set(row, NEVER);
                        map.remove(&row);
                    }
                    _ => {
                        queue.set(row, time);
                        map.insert(row, time);
                    }
                }
                if draw >> 40 & 1 == 0 {
                    assert_eq!(queue.first(), map.values().min().copied().unwrap_or(NEVER));
                }
            }
        }
    }
}
