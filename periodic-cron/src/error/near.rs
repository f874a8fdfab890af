use super::Found;

/// The candidate that `word` begins with, or from which it is at most `limit` letters away.
///
/// Letters may be put in, taken out, exchanged or swapped with their neighbour. The candidates are short and ASCII.
pub(super) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    limit: usize,
) -> Option<&'c str> {
    let distance = |candidate: &'c str| {
        let begins = word.get(..candidate.len()).is_some_and(|start| start.eq_ignore_ascii_case(candidate));
        (if begins { 0 } else { distance(word, candidate) }, candidate)
    };
    let (distance, candidate) = candidates.into_iter().map(distance).min_by_key(|(distance, _)| *distance)?;
    (distance <= limit).then_some(candidate)
}

fn distance(word: &str, candidate: &str) -> usize {
    const WIDTH: usize = Found::LONGEST + 1;
    let (left, right) = (word.as_bytes(), candidate.as_bytes());
    if left.len() >= WIDTH || right.len() >= WIDTH {
        return usize::MAX;
    }
    let mut before = [0; WIDTH];
    let mut last = [0; WIDTH];
    for (place, cost) in last.iter_mut().enumerate() {
        *cost = place;
    }
    for (i, a) in left.iter().enumerate() {
        let mut row = [i + 1; WIDTH];
        for (j, b) in right.iter().enumerate() {
            let differs = !a.eq_ignore_ascii_case(b);
            let mut cost = (last[j] + usize::from(differs)).min(last[j + 1] + 1).min(row[j] + 1);
            let swapped = i > 0
                && j > 0
                && a.eq_ignore_ascii_case(&right[j - 1])
                && left[i - 1].eq_ignore_ascii_case(b);
            if swapped {
                cost = cost.min(before[j - 1] + 1);
            }
            row[j + 1] = cost;
        }
        (before, last) = (last, row);
    }
    last[right.len()]
}
