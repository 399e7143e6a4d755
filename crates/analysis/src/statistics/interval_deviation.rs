//! `interval_deviation`: how much the heart varies.

use super::standard_deviation;
use crate::intervals::intervals;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "interval_deviation",
    doc: "Standard deviation of the intervals of the whole beats of the window (SDNN).",
    unit: UnitRule::Always("ms"),
    parameters: &[],
    needs: &[Need::Window, Need::Beats],
};

/// The standard deviation of the intervals from beat to beat (Task Force 1996, Circulation 93:1043: SDNN); the channel
/// only says where beats have data.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let series: Vec<f64> = intervals(subject)?.into_iter().map(|node| node.1).collect();
    match standard_deviation::of(&series) {
        Some(value) => Ok(Finding { value, beats_used: Some(series.len()) }),
        None => Err(subject.undetermined("deviation of intervals", "there are too few beats")),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::beating;
    use crate::{Request, Statistic, Window, measure};
    use std::f64::consts::TAU;

    #[test]
    fn a_sine_of_fifty_milliseconds_deviates_by_its_root() {
        let recording = beating(300.0, 50.0, |t| (0.9 + 0.05 * (TAU * 0.05 * t).sin(), 120.0));
        let request = Request::new(Statistic::IntervalDeviation, "p", Window { from: 0.0, to: 300.0 });
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 50.0 / 2_f64.sqrt()).abs() < 1.0, "{}", measured.value);
        assert_eq!(measured.unit, "ms");
    }
}
