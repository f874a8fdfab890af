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
    let letters = word.chars().count();
    let limit = letters.div_ceil(3).min(4);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let may_be_meant = |spelling: &&&str| letters > 2 || (letters > 0 && spelling.starts_with(word));
            let spellings = spellings(candidate);
            let distances = spellings.iter().filter(may_be_meant).map(|spelling| distance(word, spelling));
            let distance = distances.min()?;
            (distance <= limit).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
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
