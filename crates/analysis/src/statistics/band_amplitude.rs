//! `band_amplitude`: how far a channel swings within a band.

use super::band_power::{BAND, of_band};
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "band_amplitude",
    doc: "Amplitude of the sine that has the power of the channel between two frequencies: of breath, of the pulse.",
    unit: UnitRule::Same,
    parameters: &BAND,
    needs: &[Need::Window],
};

/// `sqrt(2 integral_from^to S(f) df)`, S the Welch spectrum as in `band_power`.
pub(super) fn measure(subject: &Subject, from_hz: f64, to_hz: f64) -> Result<Finding, MeasureError> {
    let spectrum = of_band(subject, from_hz, to_hz, 0.25)?;
    Ok(Finding::plain((2.0 * spectrum.power(from_hz, to_hz)).sqrt()))
}

#[cfg(test)]
mod tests {
    use crate::testing::steady;
    use crate::{Request, Statistic, Window, measure};
    use std::f64::consts::TAU;

    #[test]
    fn a_sine_has_its_amplitude() {
        let recording = steady(120.0, 20.0, |t| 3.0 * (TAU * 0.1 * t).sin() + (TAU * 1.1 * t).sin());
        let statistic = Statistic::BandAmplitude { from_hz: 0.05, to_hz: 0.3 };
        let request = Request::new(statistic, "p", Window { from: 0.0, to: 120.0 });
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 3.0).abs() < 0.05, "{}", measured.value);
    }
}
