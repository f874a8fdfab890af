/// The longest word with a nearest candidate, in bytes. Longer words are not mistyped names.
const LONGEST: usize = 64;

/// The greatest distance between two near words, in letters.
const MOST: usize = 4;

/// The length of the longest candidate that may be near a word, in letters.
const WIDTH: usize = LONGEST + MOST;

/// The work of one search, a millisecond at most: a step is one cell of a table of distances.
const STEPS: usize = 100_000;

/// The steps of a candidate that is ruled out by its length alone.
const STEPS_OF_A_LOOK: usize = 2;

/// Returns the candidate with a spelling near enough to `word` to be meant by it; the nearest one if several are.
///
/// An edit inserts, removes or replaces a letter, or swaps it with its neighbour. One edit is allowed for each three
/// letters of `word`, and at most four. A word of one or two letters is near only those that begin with it. A word of
/// more than 64 bytes is near none.
///
/// The work is bounded for any candidates. Returns `None` if the candidates are too many to find the nearest one: about
/// 10 000 names. Allocates nothing.
///
/// # Examples
/// ```
/// let known = ["spacing", "jitter"];
/// assert_eq!(periodic_text::nearest("spaceing", known, |name| [name]), Some("spacing"));
/// assert_eq!(periodic_text::nearest("cron", known, |name| [name]), None);
/// ```
pub fn nearest<'c, T: ?Sized, const N: usize>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c T>,
    spellings: impl Fn(&T) -> [&str; N],
) -> Option<&'c T> {
    let mut search = Search::new(word)?;
    let mut nearest = None;
    for candidate in candidates {
        if search.is_nearer(&spellings(candidate)) {
            nearest = Some(candidate);
        }
        if search.steps == 0 {
            return None;
        }
    }
    nearest
}

/// Returns the number of letters to insert, remove, replace or swap with their neighbour that turns `left` into
/// `right`.
///
/// Returns `None` if the number is more than `most` or more than four, or if either word has more than 68 letters.
///
/// # Examples
/// ```
/// assert_eq!(periodic_text::distance("dialy", "daily", 2), Some(1));
/// assert_eq!(periodic_text::distance("dialy", "weekly", 2), None);
/// ```
pub fn distance(left: &str, right: &str, most: usize) -> Option<usize> {
    let (mut one, mut other) = (Letters::default(), Letters::default());
    let (left, right) = (one.of(left, WIDTH)?, other.of(right, WIDTH)?);
    let mut unlimited = usize::MAX;
    within(left, right, most.min(MOST), &mut unlimited)
}

/// Room for the letters of a word, without an allocation.
struct Letters {
    room: [char; WIDTH],
    /// The kinds of letters in the word, a bit for each; some letters share a bit.
    kinds: u64,
}

impl Default for Letters {
    fn default() -> Self {
        Self { room: ['\0'; WIDTH], kinds: 0 }
    }
}

impl Letters {
    /// Returns the letters of `word`; `None` if they are more than `most`.
    fn of(&mut self, word: &str, most: usize) -> Option<&[char]> {
        let mut count = 0;
        self.kinds = 0;
        let room = &mut self.room[..most.min(WIDTH)];
        for letter in word.chars() {
            *room.get_mut(count)? = letter;
            self.kinds |= 1 << (u32::from(letter) % 64);
            count += 1;
        }
        Some(&room[..count])
    }

    /// Returns a lower bound of the distance: the letters in only one of the words. Each needs an insertion, removal or
    /// replacement.
    fn differ_by(&self, other: &Self) -> u32 {
        let without = |one: u64, other: u64| (one & !other).count_ones();
        without(self.kinds, other.kinds).max(without(other.kinds, self.kinds))
    }
}

/// A search for the nearest candidate. Not generic, because a generic function is compiled again for each kind of
/// candidate.
struct Search<'w> {
    word: &'w str,
    letters: Letters,
    count: usize,
    /// The greatest distance that the next match may have.
    limit: Option<usize>,
    /// The letters of the current candidate.
    candidate: Letters,
    /// The work left, in steps.
    steps: usize,
}

impl<'w> Search<'w> {
    /// Creates a search; `None` if nothing can be near the word.
    fn new(word: &'w str) -> Option<Self> {
        if word.is_empty() || word.len() > LONGEST {
            return None;
        }
        let mut letters = Letters::default();
        let count = letters.of(word, WIDTH)?.len();
        let (limit, candidate) = (Some(count.div_ceil(3).min(MOST)), Letters::default());
        Some(Self { word, letters, count, limit, candidate, steps: STEPS })
    }

    /// Whether a candidate of these spellings is near, and nearer than those before.
    fn is_nearer(&mut self, spellings: &[&str]) -> bool {
        let mut is_nearer = false;
        for spelling in spellings {
            self.steps = self.steps.saturating_sub(STEPS_OF_A_LOOK);
            let Some(limit) = self.limit else { continue };
            if let Some(distance) = self.distance(spelling, limit) {
                self.limit = distance.checked_sub(1);
                is_nearer = true;
            }
        }
        is_nearer
    }

    fn distance(&mut self, spelling: &str, limit: usize) -> Option<usize> {
        // A letter has at most four bytes.
        if spelling.len().abs_diff(self.word.len()) > 4 * limit {
            return None;
        }
        if self.count <= 2 && !spelling.starts_with(self.word) {
            return None;
        }
        self.steps = self.steps.saturating_sub(spelling.len() / 4);
        let count = self.candidate.of(spelling, self.count + limit)?.len();
        if self.letters.differ_by(&self.candidate) as usize > limit {
            return None;
        }
        within(&self.letters.room[..self.count], &self.candidate.room[..count], limit, &mut self.steps)
    }
}

/// A row of the table of distances: its band, with an unreachable place on both sides.
type Band = [usize; 2 * MOST + 3];

/// Returns the distance of two words, if it is at most `limit`.
///
/// Looks only at the band of the table in which such a distance lies. The row of the letter `i` holds the columns from
/// `i - limit` to `i + limit`.
fn within(left: &[char], right: &[char], limit: usize, steps: &mut usize) -> Option<usize> {
    if left.len().abs_diff(right.len()) > limit {
        return None;
    }
    let (left, right) = without_ends(left, right);
    let over = limit + 1;
    let mut before: Band = [over; _];
    let mut last: Band = [over; _];
    for distance in 0..=limit.min(right.len()) {
        last[distance + limit + 1] = distance;
    }
    for (i, a) in left.iter().enumerate() {
        let mut row: Band = [over; _];
        let mut fewest = over;
        if i < limit {
            fewest = i + 1;
            row[limit - i] = fewest;
        }
        let (begin, end) = (i.saturating_sub(limit), (i + limit + 1).min(right.len()));
        for j in begin..end {
            // The place of the column `j + 1` in the row `i + 1`; above it stands the next column.
            let place = j + limit + 1 - i;
            let b = right[j];
            let mut cost =
                (last[place] + usize::from(*a != b)).min(last[place + 1] + 1).min(row[place - 1] + 1);
            if i > 0 && j > 0 && *a == right[j - 1] && left[i - 1] == b {
                cost = cost.min(before[place] + 1);
            }
            row[place] = cost.min(over);
            fewest = fewest.min(cost);
        }
        *steps = steps.saturating_sub(end.saturating_sub(begin));
        // A row is at most one more than the row above, so a swap, which looks two rows back, is too far as well.
        if fewest >= over {
            return None;
        }
        before = core::mem::replace(&mut last, row);
    }
    // The distance stands in the last row, which is that of all letters of `left`.
    let distance = last[right.len() + limit + 1 - left.len()];
    (distance <= limit).then_some(distance)
}

/// Returns both words without their common beginning and end.
fn without_ends<'l>(left: &'l [char], right: &'l [char]) -> (&'l [char], &'l [char]) {
    let begin = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (left, right) = (&left[begin..], &right[begin..]);
    let end = left.iter().rev().zip(right.iter().rev()).take_while(|(a, b)| a == b).count();
    (&left[..left.len() - end], &right[..right.len() - end])
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::String;
    use alloc::vec;
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn finds_what_may_have_been_meant() {
        let known = ["update_available_resource", "sync_power_states", "poll"];
        let near = |word| nearest(word, known, |name: &str| [name]);
        assert_eq!(near("update_avialable_resource"), Some("update_available_resource"));
        assert_eq!(near("pol"), Some("poll"));
        assert_eq!(near("something_else"), None);
        assert_eq!(near(""), None);
        let short = |word| nearest(word, ["tz"], |name: &str| [name]);
        assert_eq!((short("t"), short("z"), short("tx")), (Some("tz"), None, None));
    }

    #[test]
    fn a_long_word_is_near_nothing() {
        let known = "a".repeat(64);
        assert!(nearest(&"a".repeat(64), [known.as_str()], |name: &str| [name]).is_some());
        assert!(nearest(&"a".repeat(65), [known.as_str()], |name: &str| [name]).is_none());
        // The candidates are never read.
        let endless = core::iter::from_fn(|| -> Option<&str> { panic!("asked") });
        assert!(nearest(&"a".repeat(5_000_000), endless, |name: &str| [name]).is_none());
    }

    #[test]
    fn a_long_candidate_is_near_nothing() {
        assert!(nearest("poll", [&*"poll".repeat(1_000_000)], |name: &str| [name]).is_none());
        assert_eq!(distance(&"a".repeat(70), "a", 4), None);
    }

    /// Without a bound this never ends.
    #[test]
    fn the_work_is_bounded_whatever_the_candidates_are() {
        let hostile = format!("{}x{}", "ab".repeat(15), "ba".repeat(16));
        let word = "ba".repeat(31);
        let mut looked = 0_usize;
        let endless = core::iter::repeat_with(|| hostile.as_str()).inspect(|_| looked += 1);
        assert!(nearest(&word, endless, |name: &str| [name]).is_none());
        assert!(looked <= STEPS / STEPS_OF_A_LOOK, "{looked}");
        let mut looked = 0_usize;
        let short = core::iter::repeat("x").inspect(|_| looked += 1);
        assert!(nearest("a_longer_name", short, |name: &str| [name]).is_none());
        assert!(looked <= STEPS / STEPS_OF_A_LOOK, "{looked}");
    }

    /// The definition: it fills the whole table.
    fn whole(left: &[char], right: &[char]) -> usize {
        let mut table = vec![vec![0; right.len() + 1]; left.len() + 1];
        for i in 0..=left.len() {
            for j in 0..=right.len() {
                if i == 0 || j == 0 {
                    table[i][j] = i + j;
                    continue;
                }
                let differs = usize::from(left[i - 1] != right[j - 1]);
                let mut cost =
                    (table[i - 1][j - 1] + differs).min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                    cost = cost.min(table[i - 2][j - 2] + 1);
                }
                table[i][j] = cost;
            }
        }
        table[left.len()][right.len()]
    }

    #[test]
    fn a_band_of_the_table_is_enough() {
        let mut chance: u64 = 1;
        let mut draw = |below: u64| {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (chance >> 33) % below
        };
        for _ in 0..20_000 {
            let mut word = || -> String {
                let length = draw(9);
                (0..length).map(|_| ['a', 'b', 'ö'][usize::try_from(draw(3)).unwrap()]).collect()
            };
            let (left, right) = (word(), word());
            let letters = |word: &str| word.chars().collect::<Vec<_>>();
            let meant = whole(&letters(&left), &letters(&right));
            for most in 0..=4 {
                assert_eq!(distance(&left, &right, most), (meant <= most).then_some(meant), "{left} {right}");
            }
        }
    }
}
