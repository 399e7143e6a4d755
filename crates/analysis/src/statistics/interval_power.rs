//! `interval_power`: in which band the heart varies.

use super::band_power::BAND;
use crate::intervals::{intervals, sampled};
use crate::spectrum::welch;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "interval_power",
    doc: "Power of the intervals of the whole beats between two frequencies: heart rate variability in a band.",
    unit: UnitRule::Always("ms^2"),
    parameters: &BAND,
    needs: &[Need::Window, Need::Beats],
};

/// `integral_from^to S(f) df`, S the Welch spectrum of the intervals (ms) sampled at 4 Hz with straight lines between
/// beats, in half-overlapping Hann segments of half of the window (Task Force 1996, Circulation 93:1043: LF 0.04 to
/// 0.15 Hz, HF 0.15 to 0.4 Hz).
pub(super) fn measure(subject: &Subject, from_hz: f64, to_hz: f64) -> Result<Finding, MeasureError> {
    let series = intervals(subject)?;
    let signal = sampled(subject.signal.name, "ms", &series);
    let spectrum = welch(&signal, subject.window(), 0.5 * subject.window().duration())?;
    Ok(Finding { value: spectrum.power(from_hz, to_hz), beats_used: Some(series.len()) })
}

#[cfg(test)]
mod tests {
    use crate::testing::beating;
    use crate::{Request, Statistic, Window, measure};
    use std::f64::consts::TAU;

    #[test]
    fn breath_at_a_tenth_of_a_hertz_has_its_power_in_the_lower_band() {
        let recording = beating(300.0, 50.0, |t| (0.9 + 0.04 * (TAU * 0.1 * t).sin(), 120.0));
        let power = |from_hz: f64, to_hz: f64| {
            let statistic = Statistic::IntervalPower { from_hz, to_hz };
            measure(&recording, &Request::new(statistic, "p", Window { from: 0.0, to: 300.0 })).unwrap().value
        };
        let (low, high) = (power(0.04, 0.15), power(0.15, 0.4));
        assert!((low - 800.0).abs() < 60.0 && high < 40.0, "{low} {high}");
    }
}
