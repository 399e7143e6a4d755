//! `band_power`: power in a band of frequencies.

use crate::spectrum::{Spectrum, welch};
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, ParameterInfo, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "band_power",
    doc: "Power between two frequencies by Welch's method; a sine of amplitude a within the band gives a^2/2.",
    unit: UnitRule::Squared,
    parameters: &BAND,
    needs: &[Need::Window],
};

/// The parameters of a band.
pub(super) const BAND: [ParameterInfo; 2] = [
    ParameterInfo { name: "from_frequency", doc: "Lower edge of the band.", unit: "Hz", allowed: (0.0, 1e3) },
    ParameterInfo { name: "to_frequency", doc: "Upper edge of the band.", unit: "Hz", allowed: (0.0, 1e3) },
];

/// `integral_from^to S(f) df`, S the Welch spectrum in half-overlapping Hann segments of a quarter of the window.
pub(super) fn measure(subject: &Subject, from_hz: f64, to_hz: f64) -> Result<Finding, MeasureError> {
    let spectrum = of_band(subject, from_hz, to_hz, 0.25)?;
    Ok(Finding::plain(spectrum.power(from_hz, to_hz)))
}

/// The spectrum in segments of `part` of the window, longer where the band asks for it: four lines of the spectrum
/// must fit into the band, and two periods of its lower edge into the segment.
pub(super) fn of_band(
    subject: &Subject,
    from_hz: f64,
    to_hz: f64,
    part: f64,
) -> Result<Spectrum, MeasureError> {
    let window = subject.window();
    if to_hz <= from_hz {
        return Err(subject.undetermined("power", format!("the band {from_hz} to {to_hz} Hz is empty")));
    }
    if to_hz > 0.5 * subject.signal.rate {
        let rate = subject.signal.rate;
        return Err(
            subject.undetermined("power", format!("{rate} samples a second show nothing at {to_hz} Hz"))
        );
    }
    let needed = (4.0 / (to_hz - from_hz)).max(if from_hz > 0.0 { 2.0 / from_hz } else { 0.0 });
    if needed > window.duration() {
        let reason = format!("the band {from_hz} to {to_hz} Hz needs a window of {needed:.1} s or longer");
        return Err(subject.undetermined("power", reason));
    }
    welch(&subject.signal, window, needed.max(part * window.duration()))
}

#[cfg(test)]
mod tests {
    use crate::testing::steady;
    use crate::{MeasureError, Measured, Request, Statistic, Window, measure};
    use cisterna_recording::Recording;
    use std::f64::consts::TAU;

    fn power(recording: &Recording, from_hz: f64, to_hz: f64, to: f64) -> Result<Measured, MeasureError> {
        let statistic = Statistic::BandPower { from_hz, to_hz };
        measure(recording, &Request::new(statistic, "p", Window { from: 0.0, to }))
    }

    #[test]
    fn slow_waves_and_breath_are_told_apart() {
        let mut recording = steady(600.0, 20.0, |t| {
            12.0 + 0.01 * t
                + 2.0 * (TAU * 0.02 * t).sin()
                + 0.6 * (TAU * 0.25 * t).sin()
                + (TAU * 1.1 * t).sin()
        });
        let slow = power(&recording, 0.005, 0.05, 600.0).unwrap();
        assert!((slow.value / 2.0 - 1.0).abs() < 0.05, "{}", slow.value);
        assert_eq!(slow.unit, "mmHg^2");
        let breath = power(&recording, 0.15, 0.4, 600.0).unwrap().value;
        assert!((breath / 0.18 - 1.0).abs() < 0.02, "{breath}");
        recording.channels[0].values[4000..4020].fill(f64::NAN);
        let gapped = power(&recording, 0.15, 0.4, 600.0).unwrap().value;
        assert!((gapped / 0.18 - 1.0).abs() < 0.05, "{gapped}");
    }

    #[test]
    fn a_minute_says_nothing_of_slow_waves() {
        let recording = steady(60.0, 20.0, |t| t.sin());
        let error = power(&recording, 0.005, 0.05, 60.0).unwrap_err().to_string();
        assert!(error.contains("needs a window of 400.0 s or longer"), "{error}");
        assert!(
            power(&recording, 5.0, 20.0, 60.0).unwrap_err().to_string().contains("show nothing at 20 Hz")
        );
    }
}
