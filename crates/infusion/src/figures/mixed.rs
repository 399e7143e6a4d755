//! A value of which several things that could be give several answers.

use cisterna_analysis::normal_cdf;

/// So many standard deviations from each mean all shares that are asked for are found.
const FAR: f64 = 10.0;

/// Normal distributions, each with its weight, its mean and its standard deviation; weights sum to one.
pub(super) struct Mixed(pub Vec<(f64, f64, f64)>);

impl Mixed {
    /// The mean. Not the median, which would jump from one answer to another.
    pub fn mean(&self) -> f64 {
        self.0.iter().map(|(weight, mean, _)| weight * mean).sum()
    }

    /// Where so large a share of all lies below.
    pub fn quantile(&self, share: f64) -> f64 {
        let ends = |far: f64| self.0.iter().map(move |(_, mean, error)| mean + far * error);
        let (mut low, mut high) =
            (ends(-FAR).fold(f64::INFINITY, f64::min), ends(FAR).fold(f64::NEG_INFINITY, f64::max));
        let below = |place: f64| {
            let part = |(weight, mean, error): &(f64, f64, f64)| {
                weight * normal_cdf((place - mean) / error.max(1e-12))
            };
            self.0.iter().map(part).sum::<f64>()
        };
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if below(middle) < share { low = middle } else { high = middle }
        }
        0.5 * (low + high)
    }
}
