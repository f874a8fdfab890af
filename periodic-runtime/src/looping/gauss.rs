use std::f64::consts::TAU;

use crate::random::Random;

/// Returns one draw from a normal distribution, by the Box-Muller method.
pub(super) fn draw(random: &mut Random, mean: f64, deviation: f64) -> f64 {
    // `fraction` may return 0 but not 1, and the logarithm has no value at 0.
    let (radius, angle) = ((-2.0 * (1.0 - random.fraction()).ln()).sqrt(), TAU * random.fraction());
    (radius * angle.cos()).mul_add(deviation, mean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_have_the_mean_and_the_deviation_asked_for() {
        const DRAWS: u32 = 10_000;
        let mut random = Random::with_seed(7);
        let draws: Vec<f64> = (0..DRAWS).map(|_| draw(&mut random, 0.75, 0.1)).collect();
        let mean = draws.iter().sum::<f64>() / f64::from(DRAWS);
        let variance = draws.iter().map(|draw| (draw - mean).powi(2)).sum::<f64>() / f64::from(DRAWS);
        assert!((mean - 0.75).abs() < 0.005, "{mean}");
        assert!((variance.sqrt() - 0.1).abs() < 0.005, "{variance}");
    }
}
