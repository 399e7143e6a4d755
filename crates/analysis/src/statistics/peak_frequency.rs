//! `peak_frequency`: where a band has its greatest power.

use super::band_power::{BAND, of_band};
use crate::extremum::vertex;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "peak_frequency",
    doc: "Frequency of the greatest power density within a band, by Welch's method.",
    unit: UnitRule::Always("Hz"),
    parameters: &BAND,
    needs: &[Need::Window],
};

/// `argmax S(f)` between the edges, refined by the parabola through the logarithms of three lines; half of the
/// window makes a segment. A maximum at an edge of the band is no peak and refused.
pub(super) fn measure(subject: &Subject, from_hz: f64, to_hz: f64) -> Result<Finding, MeasureError> {
    let spectrum = of_band(subject, from_hz, to_hz, 0.5)?;
    let (first, last) = ((from_hz / spectrum.step).ceil() as usize, (to_hz / spectrum.step) as usize);
    let density = &spectrum.density;
    let highest =
        (first.max(1)..=last.min(density.len() - 1)).max_by(|&a, &b| density[a].total_cmp(&density[b]));
    let inner = highest.filter(|&line| {
        line + 1 < density.len()
            && density[line] > density[line - 1]
            && density[line] >= density[line + 1]
            && density[line] > 0.0
    });
    let Some(line) = inner else {
        let reason = format!("the power has no peak between {from_hz} and {to_hz} Hz");
        return Err(subject.undetermined("peak frequency", reason));
    };
    let log = |line: usize| density[line].max(f64::MIN_POSITIVE).ln();
    let (shift, _) = vertex(log(line - 1), log(line), log(line + 1));
    Ok(Finding::plain((line as f64 + shift) * spectrum.step))
}

#[cfg(test)]
mod tests {
    use crate::testing::{noise, steady};
    use crate::{Request, Statistic, Window, measure};
    use std::f64::consts::TAU;

    #[test]
    fn fifteen_breaths_a_minute_are_found_in_noise() {
        let recording = steady(120.0, 20.0, |t| 10.0 + 0.5 * (TAU * 0.2537 * t).sin() + 0.3 * noise(t));
        let window = Window { from: 0.0, to: 120.0 };
        let breath = Statistic::PeakFrequency { from_hz: 0.15, to_hz: 0.5 };
        let measured = measure(&recording, &Request::new(breath, "p", window)).unwrap();
        assert!((measured.value - 0.2537).abs() < 0.002, "{}", measured.value);
    }

    #[test]
    fn the_flank_of_a_peak_outside_is_no_peak() {
        let recording = steady(120.0, 20.0, |t| (TAU * 0.25 * t).sin());
        let beside = Statistic::PeakFrequency { from_hz: 0.26, to_hz: 0.4 };
        let request = Request::new(beside, "p", Window { from: 0.0, to: 120.0 });
        let error = measure(&recording, &request).unwrap_err().to_string();
        assert!(error.contains("no peak between"), "{error}");
    }
}
