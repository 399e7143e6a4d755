//! `successive_difference`: how much the heart varies from one beat to the next.

use crate::intervals::intervals;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "successive_difference",
    doc: "Root of the mean square of the differences between the intervals of beats that follow each other (RMSSD).",
    unit: UnitRule::Always("ms"),
    parameters: &[],
    needs: &[Need::Window, Need::Beats],
};

/// `sqrt(mean (d_(i+1) - d_i)^2)` over the intervals `d` of whole beats (Task Force 1996, Circulation 93:1043: RMSSD); the
/// channel only says where beats have data.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let series: Vec<f64> = intervals(subject)?.into_iter().map(|node| node.1).collect();
    let squares = series.windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).sum::<f64>();
    let value = (squares / (series.len() - 1) as f64).sqrt();
    Ok(Finding { value, beats_used: Some(series.len()) })
}

#[cfg(test)]
mod tests {
    use crate::testing::beating;
    use crate::{Request, Statistic, Window, measure};
    use std::f64::consts::TAU;

    #[test]
    fn a_slow_sine_steps_by_its_slope() {
        let recording = beating(300.0, 50.0, |t| (0.9 + 0.05 * (TAU * 0.02 * t).sin(), 120.0));
        let request = Request::new(Statistic::SuccessiveDifference, "p", Window { from: 0.0, to: 300.0 });
        let measured = measure(&recording, &request).unwrap();
        let slope = 50.0 * TAU * 0.02 * 0.9 / 2_f64.sqrt();
        assert!((measured.value / slope - 1.0).abs() < 0.03, "{} beside {slope}", measured.value);
        assert_eq!(measured.unit, "ms");
    }
}
