//! Limits of agreement of two ratings.

/// How far two ratings of one subject lie apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// The mean difference, second less first.
    pub bias: f64,
    /// Half the width of the limits: 1.96 standard deviations of the differences.
    pub half_width: f64,
    /// The standard error of each limit, `sqrt(3/n)` standard deviations.
    pub error_of_limits: f64,
}

impl Limits {
    /// The lower limit.
    #[must_use]
    pub fn low(&self) -> f64 {
        self.bias - self.half_width
    }

    /// The upper limit.
    #[must_use]
    pub fn high(&self) -> f64 {
        self.bias + self.half_width
    }
}

/// The 95 % limits of agreement of pairs of ratings (Bland & Altman 1986, Lancet 327:307-310).
///
/// None with fewer than two pairs or a rating that is not finite.
#[must_use]
pub fn limits_of_agreement(pairs: &[(f64, f64)]) -> Option<Limits> {
    let differences: Vec<f64> = pairs.iter().map(|(first, second)| second - first).collect();
    if differences.len() < 2 || !differences.iter().all(|difference| difference.is_finite()) {
        return None;
    }
    let n = differences.len() as f64;
    let bias = differences.iter().sum::<f64>() / n;
    let variance = differences.iter().map(|difference| (difference - bias).powi(2)).sum::<f64>() / (n - 1.0);
    let deviation = variance.sqrt();
    Some(Limits { bias, half_width: 1.96 * deviation, error_of_limits: (3.0 / n).sqrt() * deviation })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rater_who_always_says_one_more_is_biased_and_nothing_else() {
        let found = limits_of_agreement(&[(1.0, 2.0), (5.0, 6.0), (3.0, 4.0)]).unwrap();
        assert_eq!((found.bias, found.half_width, found.low(), found.high()), (1.0, 0.0, 1.0, 1.0));
    }

    #[test]
    fn limits_are_1_96_standard_deviations_of_the_differences() {
        let found = limits_of_agreement(&[(0.0, 1.0), (0.0, -1.0), (0.0, 1.0), (0.0, -1.0)]).unwrap();
        assert!((found.half_width - 1.96 * (4.0_f64 / 3.0).sqrt()).abs() < 1e-12);
        assert_eq!(limits_of_agreement(&[(0.0, 1.0)]), None);
    }
}
