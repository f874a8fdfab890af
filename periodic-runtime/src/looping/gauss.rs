use std::f64::consts::TAU;

/// One draw from a normal distribution, by the method of Box and Muller.
pub(super) fn draw(mean: f64, deviation: f64) -> f64 {
    // One minus, because the logarithm has no value at zero, which `f64` may return and one it may not.
    let (radius, angle) = ((-2.0 * (1.0 - fastrand::f64()).ln()).sqrt(), TAU * fastrand::f64());
    (radius * angle.cos()).mul_add(deviation, mean)
}

#[cfg(test)]
mod tests {
    #[test]
    fn draws_have_the_mean_and_the_deviation_asked_for() {
        const DRAWS: u32 = 10_000;
        fastrand::seed(7);
        let draws: Vec<f64> = (0..DRAWS).map(|_| super::draw(0.75, 0.1)).collect();
        let mean = draws.iter().sum::<f64>() / f64::from(DRAWS);
        let variance = draws.iter().map(|draw| (draw - mean).powi(2)).sum::<f64>() / f64::from(DRAWS);
        assert!((mean - 0.75).abs() < 0.005, "{mean}");
        assert!((variance.sqrt() - 0.1).abs() < 0.005, "{variance}");
    }
}
