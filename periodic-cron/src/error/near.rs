/// Returns a candidate that begins `word`, or the nearest one at most `limit` letters away.
///
/// An edit inserts, removes or replaces a letter, or swaps it with its neighbour. The case of letters does not count.
pub(super) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    limit: usize,
) -> Option<&'c str> {
    let word = word.to_ascii_lowercase();
    let distance = |candidate: &'c str| {
        let small = candidate.to_ascii_lowercase();
        let distance =
            if word.starts_with(&small) { Some(0) } else { periodic_text::distance(&word, &small, limit) };
        Some((distance?, candidate))
    };
    candidates.into_iter().filter_map(distance).min_by_key(|(distance, _)| *distance).map(|(_, near)| near)
}
