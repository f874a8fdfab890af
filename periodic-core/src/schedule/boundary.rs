use crate::spec::Spacing;
use crate::time::Instant;

/// Returns the latest boundary at or before `now` of the grid through `last_run`; `now` itself without a last run.
///
/// A task keeps its phase over late and missed passes. `oslo.service` adds a random share of the spacing here, which
/// makes the mean period longer than declared. Here jitter delays a run and leaves the grid alone.
///
/// # Examples
/// ```
/// use periodic_core::schedule::nearest_boundary;
/// use periodic_core::task::Spacing;
/// use periodic_core::time::Instant;
///
/// let spacing = Spacing::from_nanos(7_000_000_000).unwrap();
/// let boundary = nearest_boundary(Some(Instant::from_secs(10)), spacing, Instant::from_secs(19));
/// assert_eq!(boundary, Instant::from_secs(17));
/// ```
pub fn nearest_boundary(last_run: Option<Instant>, spacing: Spacing, now: Instant) -> Instant {
    match last_run {
        Some(last_run) => {
            Instant::from_nanos(boundary(last_run.as_nanos(), spacing.as_nanos(), now.as_nanos()))
        }
        None => now,
    }
}

/// Returns the largest point of the grid through `origin` that is not after `at`.
pub(super) fn boundary(origin: i64, spacing: i64, at: i64) -> i64 {
    // In 128 bits, because their distance may exceed 64 bits.
    let past = (i128::from(at) - i128::from(origin)).rem_euclid(i128::from(spacing));
    i64::try_from(i128::from(at) - past).unwrap_or(i64::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_at_or_before_and_on_the_grid() {
        for (origin, spacing, at, expected) in [
            (10, 7, 19, 17),
            (13, 7, 28, 27),
            (0, 5, 10, 10),
            (10, 7, 3, 3),
            (10, 7, 2, -4),
            (i64::MAX, 3, 0, -2),
        ] {
            assert_eq!(boundary(origin, spacing, at), expected, "{origin} {spacing} {at}");
        }
        assert_eq!(boundary(1, i64::MAX, i64::MIN), i64::MIN);
    }
}
