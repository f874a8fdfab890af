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
    slots: Vec<Vec<Entry>>,
    /// A bit for each slot of a level that has entries.
    occupied: [u64; LEVELS],
    /// All slots before this tick are empty.
    tick: u64,
    /// The time that each row wants; [`NEVER`] for none.
    wants: Vec<i64>,
    /// The earliest of them, unless it is to be looked for. It has a row, so that others that want the same time may
    /// change their minds without a search.
    first: Option<Entry>,
    entries: usize,
    /// How many entries were left behind.
    stale: usize,
    /// The room of a slot that had many entries, for the next that has: so nothing is allocated from turn to turn.
    spare: Vec<Entry>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    time: i64,
    row: u32,
}

const NO_ENTRY: Entry = Entry { time: NEVER, row: u32::MAX };

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
            slots: vec![Vec::new(); LEVELS * WIDTH],
            occupied: [0; LEVELS],
            tick: 0,
            wants: Vec::new(),
            first: Some(NO_ENTRY),
            entries: 0,
            stale: 0,
            spare: Vec::new(),
        }
    }
}

impl WakeQueue {
    /// The earliest time at which a row wants to be looked at.
    #[inline]
    pub(super) fn first(&mut self) -> Option<i64> {
        let Entry { time, .. } = match self.first {
            Some(first) => first,
            None => self.find_first(),
        };
        (time != NEVER).then_some(time)
    }

    /// Whether a row's time is at or before `now`.
    #[inline]
    pub(super) fn is_due(&mut self, now: i64) -> bool {
        self.first().is_some_and(|first| first <= now)
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
        if row as usize >= self.wants.len() {
            self.wants.resize(row as usize + 1, NEVER);
        }
        self.wants[row as usize] = wants;
        if known != NEVER {
            self.stale += 1;
            self.first = self.first.filter(|first| first.row != row);
        }
        if wants != NEVER {
            let entry = Entry { time: wants, row };
            self.first = self.first.map(|first| if wants < first.time { entry } else { first });
            self.put(entry);
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
            let entries = self.slots[slot].iter().zip(0..);
            let Some((&entry, place)) = entries.min_by_key(|(entry, _)| entry.time) else { break };
            if self.wants[entry.row as usize] == entry.time {
                first = entry;
                break;
            }
            self.slots[slot].swap_remove(place);
            (self.entries, self.stale) = (self.entries - 1, self.stale - 1);
            self.mark(slot);
        }
        self.first = Some(first);
        first
    }

    fn turn_to(&mut self, now: i64, due: &mut Vec<u32>) {
        let to = tick(now);
        if to < self.tick {
            // The clock was set back.
            self.begin_anew(to);
        }
        while let Some((slot, start)) = self.earliest_slot().filter(|(_, start)| *start <= to) {
            self.tick = self.tick.max(start);
            let mut entries = core::mem::take(&mut self.slots[slot]);
            self.mark(slot);
            self.entries -= entries.len();
            for entry in entries.drain(..) {
                let wants = &mut self.wants[entry.row as usize];
                if *wants != entry.time {
                    self.stale -= 1;
                } else if entry.time <= now {
                    *wants = NEVER;
                    due.push(entry.row);
                } else {
                    self.put(entry);
                }
            }
            if !self.slots[slot].is_empty() {
                // What is left there comes after `now`, and so does all behind it.
                break;
            }
            if entries.capacity() <= KEPT {
                self.slots[slot] = entries;
            } else if entries.capacity() > self.spare.capacity() {
                self.spare = entries;
            }
        }
        (self.tick, self.first) = (to, None);
    }

    /// Puts every row in its slot, as it is seen from `tick`.
    fn begin_anew(&mut self, tick: u64) {
        self.slots.iter_mut().for_each(Vec::clear);
        (self.occupied, self.tick) = ([0; LEVELS], tick);
        (self.entries, self.stale) = (0, 0);
        for row in (0..).take(self.wants.len()) {
            let time = self.wants[row as usize];
            if time != NEVER {
                self.put(Entry { time, row });
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

    fn put(&mut self, entry: Entry) {
        let tick = tick(entry.time).max(self.tick);
        // The highest bit in which it differs from the present says how far off it is.
        let level = (u64::BITS - 1).saturating_sub((tick ^ self.tick).leading_zeros()) / LEVEL_BITS;
        // Less than the width, so it fits.
        let number = usize::try_from((tick >> (LEVEL_BITS * level)) % WIDTH as u64).unwrap_or(0);
        let entries = &mut self.slots[level as usize * WIDTH + number];
        if entries.capacity() == 0 && self.spare.capacity() > 0 {
            *entries = core::mem::take(&mut self.spare);
        }
        entries.push(entry);
        self.entries += 1;
        self.occupied[level as usize] |= 1 << number;
    }

    /// Notes whether a slot has entries.
    fn mark(&mut self, slot: usize) {
        if self.slots[slot].is_empty() {
            self.occupied[slot / WIDTH] &= !(1 << (slot % WIDTH));
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
        assert_eq!(queue.first(), Some(10));
        queue.set(0, 40);
        assert_eq!(queue.first(), Some(20));
        let mut rows = Vec::new();
        queue.take_due(100, &mut rows);
        rows.sort_unstable();
        assert_eq!(rows, [0, 1]);
        queue.set(0, NEVER);
        queue.set(1, NEVER);
        assert_eq!(queue.first(), None);
    }

    #[test]
    fn a_row_that_leaves_others_at_its_time_costs_no_search() {
        let mut queue = WakeQueue::default();
        (0..3).for_each(|row| queue.set(row, 10));
        for _ in 0..2 {
            queue.set(1, NEVER);
            assert_eq!(queue.first.map(|first| first.time), Some(10));
            queue.set(1, 10);
        }
        queue.set(0, NEVER);
        assert_eq!((queue.first.is_some(), queue.first()), (false, Some(10)));
    }

    #[test]
    fn is_a_map_by_time() {
        for round in 0..200 {
            let (mut queue, mut map) = (WakeQueue::default(), BTreeMap::new());
            for step in 0..400 {
                let draw = mix(round << 32 | step);
                let row = u32::try_from(draw % (2 * round + 2)).unwrap();
                // From within a tick to all that 64 bits hold.
                let time = (((draw >> 8) % 100).cast_signed() - 50) << (round % 58);
                match draw >> 32 & 7 {
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
                    assert_eq!(queue.first(), map.values().min().copied());
                }
            }
        }
    }
}
