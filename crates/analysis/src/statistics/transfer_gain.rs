//! `transfer_gain`: how much of another channel is passed on.

use super::band_power::BAND;
use crate::cross::band;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "transfer_gain",
    doc: "Mean over a band of frequencies of the gain from the other channel to the channel, by their cross-spectrum.",
    unit: UnitRule::PerOther,
    parameters: &BAND,
    needs: &[Need::Window, Need::Other],
};

/// The mean over the lines of the band of `|S_yx| / S_xx`, x the other channel (as Zhang and others 1998, Am J Physiol
/// 274:H233, has the transfer function).
pub(super) fn measure(subject: &Subject, from_hz: f64, to_hz: f64) -> Result<Finding, MeasureError> {
    let lines = band(subject, &subject.other()?, from_hz, to_hz)?;
    Ok(Finding::plain(lines.iter().map(|line| line.gain()).sum::<f64>() / lines.len() as f64))
}

#[cfg(test)]
mod tests {
    use crate::testing::{and, noise, steady};
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn half_of_the_pressure_is_passed_on() {
        let recording = and(steady(600.0, 10.0, |t| 5.0 + 0.5 * noise(t)), 10.0, noise);
        let request = Request {
            other: Some("x"),
            ..Request::new(
                Statistic::TransferGain { from_hz: 0.07, to_hz: 0.15 },
                "p",
                Window { from: 0.0, to: 600.0 },
            )
        };
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 0.5).abs() < 1e-6, "{}", measured.value);
        assert_eq!(measured.unit, "mmHg/mL");
    }
}
