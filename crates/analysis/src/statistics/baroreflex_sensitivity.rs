//! `baroreflex_sensitivity`: by how much the heart slows for a higher pressure.

use super::band_power::BAND;
use crate::intervals::{intervals, sampled, systoles};
use crate::spectrum::welch;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "baroreflex_sensitivity",
    doc: "Amplitude of the intervals between two frequencies over that of the systolic values of the channel: the alpha index of the baroreflex.",
    unit: UnitRule::Always("ms/mmHg"),
    parameters: &BAND,
    needs: &[Need::Window, Need::Beats],
};

/// `alpha = sqrt(integral S_RR df / integral S_sys df)` over the band, both by Welch's method from beat series sampled at
/// 4 Hz (Pagani and others 1988, as named in Gerritsen and others 2000, Clin Sci 99:371); the channel is a pressure in
/// mmHg.
pub(super) fn measure(subject: &Subject, from_hz: f64, to_hz: f64) -> Result<Finding, MeasureError> {
    if subject.signal.unit != "mmHg" {
        return Err(subject.undetermined("baroreflex sensitivity", "it is not a pressure in mmHg"));
    }
    let (beats, systoles) = (intervals(subject)?, systoles(subject)?);
    let power = |unit: &str, series: &[crate::signal::Node]| {
        let signal = sampled(subject.signal.name, unit, series);
        welch(&signal, subject.window(), 0.5 * subject.window().duration())
            .map(|spectrum| spectrum.power(from_hz, to_hz))
    };
    let (of_beats, of_systoles) = (power("ms", &beats)?, power("mmHg", &systoles)?);
    if of_systoles <= 0.0 {
        return Err(subject.undetermined("baroreflex sensitivity", "the systolic values do not vary"));
    }
    Ok(Finding { value: (of_beats / of_systoles).sqrt(), beats_used: Some(beats.len()) })
}

#[cfg(test)]
mod tests {
    use crate::testing::beating;
    use crate::{Request, Statistic, Window, measure};
    use std::f64::consts::TAU;

    #[test]
    fn nine_milliseconds_a_millimetre_are_found() {
        let recording = beating(300.0, 100.0, |t| {
            let wave = (TAU * 0.1 * t).sin();
            (0.9 + 0.036 * wave, 120.0 + 4.0 * wave)
        });
        let statistic = Statistic::BaroreflexSensitivity { from_hz: 0.06, to_hz: 0.14 };
        let request = Request::new(statistic, "p", Window { from: 0.0, to: 300.0 });
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 9.0).abs() < 0.2, "{}", measured.value);
        assert_eq!(measured.unit, "ms/mmHg");
    }
}
