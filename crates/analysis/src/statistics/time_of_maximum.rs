//! `time_of_maximum`: when the highest sample is there.

use crate::extremum::highest;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "time_of_maximum",
    doc: "Time from the start of the window to its highest sample: the peak of a cough, of a bolus.",
    unit: UnitRule::Always("s"),
    parameters: &[],
    needs: &[Need::Window],
};

/// `argmax y` less the start of the window, refined by a parabola.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let window = subject.window();
    let nodes: Vec<_> = subject.signal.valid(window).collect();
    match highest(&nodes) {
        Some((time, _)) => Ok(Finding::plain(time - window.from)),
        None => Err(subject.undetermined("time of the maximum", "the window holds no valid sample")),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::steady;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn a_cough_peaks_between_two_samples() {
        let recording = steady(10.0, 100.0, |t| 10.0 + 40.0 * (-(t - 4.0041_f64).powi(2) / 0.02).exp());
        let request = Request::new(Statistic::TimeOfMaximum, "p", Window { from: 3.0, to: 6.0 });
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 1.0041).abs() < 1e-4, "{}", measured.value);
    }
}
