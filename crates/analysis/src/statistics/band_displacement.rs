//! `band_displacement`: how far what flows is displaced within a band.

use super::band_power::{BAND, of_band};
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};
use std::f64::consts::TAU;

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "band_displacement",
    doc: "Amplitude of the displacement that a flow or a velocity makes between two frequencies (half of the way to and fro).",
    unit: UnitRule::TimesSeconds,
    parameters: &BAND,
    needs: &[Need::Window],
};

/// `sqrt(2 integral_from^to S(f)/(2 pi f)^2 df)`, S the Welch spectrum of the flow as in `band_power`.
pub(super) fn measure(subject: &Subject, from_hz: f64, to_hz: f64) -> Result<Finding, MeasureError> {
    if from_hz <= 0.0 {
        return Err(subject.undetermined("displacement", "a band that begins at zero has no end of it"));
    }
    let mut spectrum = of_band(subject, from_hz, to_hz, 0.25)?;
    let step = spectrum.step;
    for (line, density) in spectrum.density.iter_mut().enumerate().skip(1) {
        *density /= (TAU * line as f64 * step).powi(2);
    }
    Ok(Finding::plain((2.0 * spectrum.power(from_hz, to_hz)).sqrt()))
}

#[cfg(test)]
mod tests {
    use crate::testing::steady;
    use crate::{Request, Statistic, Window, measure};
    use std::f64::consts::TAU;

    #[test]
    fn a_sine_of_flow_displaces_its_amplitude_over_its_frequency() {
        let recording = steady(120.0, 20.0, |t| 3.0 * (TAU * 0.2 * t).sin() + (TAU * 1.1 * t).sin());
        let statistic = Statistic::BandDisplacement { from_hz: 0.1, to_hz: 0.4 };
        let request = Request::new(statistic, "p", Window { from: 0.0, to: 120.0 });
        let measured = measure(&recording, &request).unwrap();
        let truth = 3.0 / (TAU * 0.2);
        assert!((measured.value - truth).abs() < 0.05 * truth, "{}", measured.value);
    }
}
