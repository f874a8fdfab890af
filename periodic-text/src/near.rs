use alloc::vec;
use alloc::vec::Vec;

/// The candidate of which one spelling is so near to `word` that it may have been meant.
///
/// Letters may be put in, taken out, exchanged or swapped with their neighbour: one for each three of `word`, at most
/// four. A word of one or two letters is near nothing but what it begins.
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
    let mut search = Search::new(word);
    let mut nearest = None;
    for candidate in candidates {
        if search.is_nearer(&spellings(candidate)) {
            nearest = Some(candidate);
        }
    }
    nearest
}

/// Not generic, because a generic function is compiled once more for each kind of candidate.
struct Search<'w> {
    word: &'w str,
    letters: usize,
    /// As far away as the next one may be.
    limit: Option<usize>,
}

impl<'w> Search<'w> {
    fn new(word: &'w str) -> Self {
        let letters = word.chars().count();
        Self { word, letters, limit: Some(letters.div_ceil(3).min(4)) }
    }

    /// Whether a candidate of these spellings is near, and nearer than those before.
    fn is_nearer(&mut self, spellings: &[&str]) -> bool {
        let mut is_nearer = false;
        for spelling in spellings {
            let may_be_meant = self.letters > 2 || (self.letters > 0 && spelling.starts_with(self.word));
            let Some(limit) = self.limit.filter(|_| may_be_meant) else { continue };
            let distance = distance(self.word, spelling);
            if distance <= limit {
                self.limit = distance.checked_sub(1);
                is_nearer = true;
            }
        }
        is_nearer
    }
}

/// How many letters must be put in, taken out, exchanged or swapped with their neighbour.
fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in right.iter().enumerate() {
            let mut cost = (last[j] + usize::from(a != b)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == right[j - 1] && left[i - 1] == *b {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        before = core::mem::replace(&mut last, row);
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_may_have_been_meant() {
        let known = ["update_available_resource", "sync_power_states", "poll"];
        let near = |word| nearest(word, known, |name: &str| [name]);
        assert_eq!(near("update_avialable_resource"), Some("update_available_resource"));
        assert_eq!(near("pol"), Some("poll"));
        assert_eq!(near("something_else"), None);
        assert_eq!(near(""), None);
    }
}
