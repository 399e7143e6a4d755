//! `coherence`: how far a channel goes with another.

use super::band_power::BAND;
use crate::cross::band;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "coherence",
    doc: "Mean over a band of frequencies of the coherence with the other channel: 1 where one follows from the other, near 0 between strangers.",
    unit: UnitRule::Always("1"),
    parameters: &BAND,
    needs: &[Need::Window, Need::Other],
};

/// The mean over the lines of the band of `|S_yx|^2 / (S_xx S_yy)`, x the other channel.
pub(super) fn measure(subject: &Subject, from_hz: f64, to_hz: f64) -> Result<Finding, MeasureError> {
    let lines = band(subject, &subject.other()?, from_hz, to_hz)?;
    Ok(Finding::plain(lines.iter().map(|line| line.coherence()).sum::<f64>() / lines.len() as f64))
}

#[cfg(test)]
mod tests {
    use crate::testing::{and, noise, steady};
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn noise_of_equal_size_leaves_a_half() {
        let recording = and(steady(3000.0, 10.0, |t| noise(t) + noise(1.71 * t + 0.3)), 10.0, noise);
        let request = Request {
            other: Some("x"),
            ..Request::new(
                Statistic::Coherence { from_hz: 0.07, to_hz: 0.3 },
                "p",
                Window { from: 0.0, to: 3000.0 },
            )
        };
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 0.5).abs() < 0.1, "{}", measured.value);
    }
}
