//! Noise of a band, the same for the same seed.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// How many sines make the noise: one in each of so many equal parts of the band.
const LINES: usize = 12;

/// A sum of sines (Rice 1944): `level size sqrt(2/N) sum cos(2 pi (f_k t + phi_k))`, of which the standard deviation is
/// `level size`. The band is cut in `N` equal parts with one frequency in each, `f_k = low + (high - low)(k + u_k)/N`. The
/// places `u_k` and the phases `phi_k` are the fractional parts of the seed times irrational numbers, evenly spread over
/// the seeds (Weyl 1916). It is smooth, has an exact slope and no state; time is the phase of a clock over its rate.
pub static LAW: Law = Law {
    name: "noise",
    summary: "smooth noise of a band of frequencies, repeatable by its seed, times a level (Rice 1944)",
    equation: "s = level size sqrt(2/N) sum cos(2 pi (f_k t + phi_k)), f_k = low + (high - low)(k + u_k)/N; u_k, phi_k from the seed",
    ports: &[Port::First, Port::Second, Port::ClockRate],
    parameters: &[
        Parameter::free("size", Bounds::NotNegative, None, "standard deviation at a level of one"),
        Parameter::required("low", Dimension::FREQUENCY, Bounds::NotNegative, "lower end of the band"),
        Parameter::required("high", Dimension::FREQUENCY, Bounds::Positive, "upper end of the band"),
        Parameter::optional("seed", Dimension::NUMBER, Bounds::Positive, 1.0, "which noise of its kind"),
    ],
    formula: Formula::Noise,
    rate: None,
};

/// The signal, in the unit of its size.
#[inline(always)]
pub(crate) fn value<S: Real>(x: &[S]) -> S {
    let [phase, level, rate, size, low, high, seed] = [x[0], x[1], x[2], x[3], x[4], x[5], x[6]];
    let time = phase / rate;
    let step = (high - low) / S::constant(LINES as f64);
    let fraction = |factor: f64| {
        let product = seed * S::constant(factor);
        product - product.floor()
    };
    let mut sum = S::constant(0.0);
    for line in 0..LINES {
        let number = line as f64;
        // Square roots of numbers without a square divisor in common are independent over the whole numbers.
        let place = fraction(IRRATIONAL[2 * line]);
        let turn = fraction(IRRATIONAL[2 * line + 1]);
        let frequency = low + step * (S::constant(number) + place);
        sum += (frequency * time + turn).cos_turns();
    }
    level * size * S::constant((2.0 / LINES as f64).sqrt()) * sum
}

/// The square roots of the first 24 primes.
const IRRATIONAL: [f64; 2 * LINES] = [
    std::f64::consts::SQRT_2,
    1.732_050_807_568_877_2,
    2.236_067_977_499_79,
    2.645_751_311_064_590_7,
    3.316_624_790_355_4,
    3.605_551_275_463_989,
    4.123_105_625_617_661,
    4.358_898_943_540_674,
    4.795_831_523_312_719,
    5.385_164_807_134_504,
    5.567_764_362_830_022,
    6.082_762_530_298_219,
    6.403_124_237_432_849,
    6.557_438_524_302,
    6.855_654_600_401_044,
    7.280_109_889_280_518,
    7.681_145_747_868_608,
    7.810_249_675_906_654,
    8.185_352_771_872_45,
    8.426_149_773_176_359,
    8.544_003_745_317_53,
    8.888_194_417_315_589,
    9.110_433_579_144_3,
    9.433_981_132_056_603,
];

#[cfg(test)]
mod tests {
    /// Noise of 0.05 .. 0.15 Hz at a second of a clock that turns once in 100 s.
    fn at(seconds: f64, seed: f64) -> f64 {
        super::value(&[seconds / 100.0, 1.0, 0.01, 2.0, 0.05, 0.15, seed])
    }

    #[test]
    fn an_hour_of_noise_has_no_mean_and_the_deviation_that_was_asked_for() {
        let samples: Vec<f64> = (0..7200).map(|i| at(f64::from(i) * 0.5, 3.0)).collect();
        let mean = samples.iter().sum::<f64>() / 7200.0;
        let deviation = (samples.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 7200.0).sqrt();
        assert!(mean.abs() < 0.05, "{mean}");
        assert!((deviation - 2.0).abs() < 0.1, "{deviation}");
    }

    #[test]
    fn another_seed_is_another_noise_and_the_same_seed_the_same() {
        let correlation = |a: f64, b: f64| {
            let products = (0..7200).map(|i| at(f64::from(i) * 0.5, a) * at(f64::from(i) * 0.5, b));
            products.sum::<f64>() / 7200.0 / 4.0
        };
        assert!((correlation(1.0, 1.0) - 1.0).abs() < 0.1);
        assert!(correlation(1.0, 2.0).abs() < 0.3);
        assert!(correlation(5.0, 6.0).abs() < 0.3);
    }

    #[test]
    fn it_has_nothing_outside_its_band() {
        let power = |frequency: f64| {
            let (mut cosine, mut sine) = (0.0, 0.0);
            for i in 0..7200 {
                let seconds = f64::from(i) * 0.5;
                let angle = std::f64::consts::TAU * frequency * seconds;
                cosine += at(seconds, 4.0) * angle.cos();
                sine += at(seconds, 4.0) * angle.sin();
            }
            cosine.hypot(sine) / 3600.0
        };
        assert!(power(0.03) < 0.02 && power(0.2) < 0.02);
    }
}
