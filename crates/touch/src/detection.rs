//! Signal detection: telling a motion from the noise of one's own hand.

use cisterna_analysis::normal_cdf;

/// How somebody tells a motion from none (Green & Swets 1966): what is felt is noise of one standard deviation, with
/// `d_prime` more where there is a motion; a motion is claimed beyond `criterion`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detection {
    /// How far a motion stands out, in standard deviations of the noise.
    pub d_prime: f64,
    /// Beyond which feeling a motion is claimed, in the same measure.
    pub criterion: f64,
}

impl Detection {
    /// The share of motions that are claimed: `Phi(d' - criterion)`.
    #[must_use]
    pub fn hits(&self) -> f64 {
        normal_cdf(self.d_prime - self.criterion)
    }

    /// The share of still moments in which a motion is claimed: `Phi(-criterion)`.
    #[must_use]
    pub fn false_claims(&self) -> f64 {
        normal_cdf(-self.criterion)
    }

    /// The criterion with which false claims are `ratio` times as frequent as misses, at a motion of `d_prime`, where both
    /// are as likely.
    #[must_use]
    pub fn criterion(d_prime: f64, ratio: f64) -> f64 {
        let (mut low, mut high) = (-20.0, 20.0);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            let tried = Self { d_prime, criterion: middle };
            // A higher criterion makes fewer false claims and more misses.
            if tried.false_claims() > ratio * (1.0 - tried.hits()) {
                low = middle;
            } else {
                high = middle;
            }
        }
        0.5 * (low + high)
    }
}
