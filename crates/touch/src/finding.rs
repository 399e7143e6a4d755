//! What a rater says.

/// What a rater says of the motion of one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Cycles a second, Hz; none where fewer than two cycles could be counted.
    pub rate: Option<f64>,
    /// Standard error of the rate by the cycles that were counted, Hz.
    pub rate_error: f64,
    /// Half of the motion from peak to peak, mm, own motion and noise included.
    pub amplitude: f64,
    /// Its standard error, mm.
    pub amplitude_error: f64,
    /// How regular the cycles seem: 1 for cycles of one length, 0 where their lengths vary by their mean or more.
    pub regularity: f64,
    /// How many full cycles were counted.
    pub cycles: usize,
    /// How far the motion of the body itself stands out from the noise of the hand.
    pub d_prime: f64,
    /// How likely a motion is claimed.
    pub probability: f64,
    /// Whether it was claimed.
    pub felt: bool,
}

/// Two sides against each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Symmetry {
    /// Amplitude of the right side over that of the left one.
    pub ratio: f64,
    /// Standard error of its logarithm.
    pub error: f64,
    /// Whether the difference is larger than chance makes it in 95 of 100 cases.
    pub differs: bool,
}

/// Compares the findings of two sides; none where a side does not move.
#[must_use]
pub fn symmetry(left: &Finding, right: &Finding) -> Option<Symmetry> {
    if left.amplitude <= 0.0 || right.amplitude <= 0.0 {
        return None;
    }
    let part = |finding: &Finding| (finding.amplitude_error / finding.amplitude).powi(2);
    let (ratio, error) = (right.amplitude / left.amplitude, (part(left) + part(right)).sqrt());
    Some(Symmetry { ratio, error, differs: ratio.ln().abs() > 1.96 * error })
}
