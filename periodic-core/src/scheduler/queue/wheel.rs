use core::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::schedule::NEVER;

/// A hierarchical timing wheel.
///
/// An entry lies in the bucket of its time. The nearer the time, the finer the bucket, so entries are put and taken in a
/// few steps, independent of their number. A bucket of the finest level is about a millisecond wide. Due entries and the
/// next time come from reading its entries, so nothing is rounded. `DESIGN.md` has the comparison with heaps.
#[derive(Debug)]
pub(crate) struct Wheel {
    buckets: Vec<Bucket>,
    /// The heap of the entries of one bucket, which had many when its first entry was found stale.
    front: BinaryHeap<Wake>,
    front_slot: Option<usize>,
    /// A bit for each bucket of a level, set if the bucket has entries.
    occupied: [u64; LEVELS],
    /// All buckets before this tick are empty.
    tick: u64,
    /// The tick whose bucket was calculated last, and that bucket, until either may have changed: tasks of one spacing
    /// come one after the other.
    near: (u64, usize),
    /// The memory of a bucket that had many entries, for the next such bucket: so nothing is allocated from turn to turn.
    spare: Vec<Wake>,
}

#[derive(Clone, Debug)]
struct Bucket {
    entries: Vec<Wake>,
    /// The earliest entry.
    first: Wake,
}

const EMPTY: Bucket = Bucket { entries: Vec::new(), first: NO_WAKE };

/// A time, and the row that had it when this was put in.
pub(crate) type Wake = Reverse<(i64, u32)>;

pub(crate) const NO_WAKE: Wake = Reverse((NEVER, u32::MAX));

/// A pair that matches no tick, because all ticks are smaller.
const NOWHERE: (u64, usize) = (u64::MAX, 0);

/// The length of a tick, in bits of nanoseconds.
const TICK_BITS: u32 = 20;
/// A level has as many buckets as a word has bits.
const LEVEL_BITS: u32 = 6;
const WIDTH: usize = 1 << LEVEL_BITS;
/// The levels that 64 bits of nanoseconds need.
const LEVELS: usize = (u64::BITS - TICK_BITS).div_ceil(LEVEL_BITS) as usize;
/// The entries whose memory an empty bucket keeps; a bucket with more can move to the heap.
const KEPT: usize = 64;

impl Default for Wheel {
    fn default() -> Self {
        Self {
            buckets: vec![EMPTY; LEVELS * WIDTH],
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
    pub(crate) fn put(&mut self, entry: Wake) {
        let tick = tick(entry.0.0).max(self.tick);
        let bucket = if tick == self.near.0 { self.near.1 } else { self.slot_of(tick) };
        if self.front_slot == Some(bucket) {
            self.front.push(entry);
            return;
        }
        let bucket = &mut self.buckets[bucket];
        if bucket.entries.capacity() == 0 {
            bucket.entries = core::mem::take(&mut self.spare);
        }
        bucket.entries.push(entry);
        if entry.0.0 < bucket.first.0.0 {
            bucket.first = entry;
        }
    }

    /// Returns the bucket of a tick, and marks it as occupied.
    fn slot_of(&mut self, tick: u64) -> usize {
        // The highest bit in which it differs from the current tick gives its level.
        let level = ((tick ^ self.tick) | 1).ilog2() / LEVEL_BITS;
        // Less than the width, so it fits.
        let number = usize::try_from((tick >> (LEVEL_BITS * level)) % WIDTH as u64).unwrap_or(0);
        let bucket = level as usize * WIDTH + number;
        self.occupied[level as usize] |= 1 << number;
        self.near = (tick, bucket);
        bucket
    }

    /// Returns the earliest entry, [`NO_WAKE`] if there is none, and the number of stale entries before it that were
    /// dropped.
    pub(crate) fn first(&mut self, is_stale: impl Fn(Wake) -> bool) -> (Wake, usize) {
        let mut gone = 0;
        while let Some((bucket, _)) = self.earliest_slot() {
            let is_front = self.front_slot == Some(bucket);
            let first = if is_front { self.front.peek().copied() } else { Some(self.buckets[bucket].first) };
            let first = first.unwrap_or(NO_WAKE);
            if !is_stale(first) {
                return (first, gone);
            }
            if is_front {
                self.front.pop();
            } else if self.buckets[bucket].entries.len() > KEPT {
                // In the heap it may not be the first of several with one time.
                self.bring_to_front(bucket);
                continue;
            } else {
                self.buckets[bucket].remove_first();
            }
            gone += 1;
            self.mark(bucket);
        }
        (NO_WAKE, gone)
    }

    /// Moves the entries of a bucket to the heap.
    fn bring_to_front(&mut self, bucket: usize) {
        if let Some(before) = self.front_slot.replace(bucket) {
            let first = self.front.peek().copied().unwrap_or(NO_WAKE);
            self.buckets[before] = Bucket { entries: core::mem::take(&mut self.front).into_vec(), first };
        }
        self.front = core::mem::replace(&mut self.buckets[bucket], EMPTY).entries.into();
    }

    /// Advances to `now`, and passes every entry that may be due by then to `stays`; one that stays is put in again.
    pub(crate) fn advance_to(&mut self, now: i64, mut stays: impl FnMut(Wake) -> bool) {
        let to = tick(now);
        while let Some((bucket, start)) = self.earliest_slot().filter(|(_, start)| *start <= to) {
            (self.tick, self.near) = (self.tick.max(start), NOWHERE);
            let mut entries = self.take_bucket(bucket);
            for entry in entries.drain(..) {
                if stays(entry) {
                    self.put(entry);
                }
            }
            if !self.buckets[bucket].entries.is_empty() {
                // The remaining entries come after `now`, and so do all behind them.
                break;
            }
            if entries.capacity() <= KEPT {
                self.buckets[bucket].entries = entries;
            } else if entries.capacity() > self.spare.capacity() {
                self.spare = entries;
            }
        }
        (self.tick, self.near) = (to, NOWHERE);
    }

    /// Takes all entries of a bucket.
    fn take_bucket(&mut self, bucket: usize) -> Vec<Wake> {
        let entries = if self.front_slot.take_if(|front| *front == bucket).is_some() {
            core::mem::take(&mut self.front).into_vec()
        } else {
            core::mem::replace(&mut self.buckets[bucket], EMPTY).entries
        };
        self.mark(bucket);
        entries
    }

    /// Returns all entries, in no particular order.
    pub(crate) fn entries(&self) -> impl Iterator<Item = Wake> {
        self.buckets.iter().flat_map(|bucket| &bucket.entries).chain(&self.front).copied()
    }

    /// Whether a time is before the wheel's current tick.
    pub(crate) fn has_passed(&self, time: i64) -> bool {
        tick(time) < self.tick
    }

    /// Drops all entries, and sets the current tick to that of `time`, if any.
    pub(crate) fn clear(&mut self, time: Option<i64>) {
        for bucket in &mut self.buckets {
            bucket.entries.clear();
            bucket.first = NO_WAKE;
        }
        self.front.clear();
        (self.front_slot, self.occupied, self.near) = (None, [0; LEVELS], NOWHERE);
        self.tick = time.map_or(self.tick, tick);
    }

    /// Returns the first bucket with entries, and the tick at which it starts.
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

    /// Notes whether a bucket has entries.
    fn mark(&mut self, bucket: usize) {
        if self.buckets[bucket].entries.is_empty()
            && (self.front_slot != Some(bucket) || self.front.is_empty())
        {
            self.occupied[bucket / WIDTH] &= !(1 << (bucket % WIDTH));
            self.near = NOWHERE;
        }
    }
}

impl Bucket {
    fn remove_first(&mut self) {
        let Self { entries, first } = self;
        if let Some(place) = entries.iter().position(|entry| entry == first) {
            entries.swap_remove(place);
        }
        *first = entries.iter().max().copied().unwrap_or(NO_WAKE);
    }
}

/// Returns the tick of a time; the earliest time has tick 0.
fn tick(time: i64) -> u64 {
    (time.cast_unsigned() ^ (1 << 63)) >> TICK_BITS
}
