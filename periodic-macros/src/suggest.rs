use periodic_text::OneOf;

/// Returns the advice for an unknown word. `synonyms` are other words for known ones.
pub(crate) fn advice(word: &str, known: &[&str], synonyms: &[(&str, &str)]) -> String {
    let synonym = synonyms.iter().find(|(synonym, _)| *synonym == word).map(|(_, name)| *name);
    match synonym.or_else(|| periodic_text::nearest(word, known.iter().copied(), |name| [name])) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("expected {}", OneOf(known)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_is_near_or_else_all() {
        let advice = |word| advice(word, &["spacing", "jitter"], &[("every", "spacing")]);
        assert_eq!(advice("spaceing"), "did you mean `spacing`?");
        assert_eq!(advice("every"), "did you mean `spacing`?");
        assert_eq!(advice("max_runs"), "expected `spacing` or `jitter`");
    }
}
