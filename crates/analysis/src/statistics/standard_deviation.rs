//! `standard_deviation`: the spread of the samples.

use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "standard_deviation",
    doc: "Standard deviation of the valid samples of the window about their mean.",
    unit: UnitRule::Same,
    parameters: &[],
    needs: &[Need::Window],
};

/// `sqrt(sum (y_i - mean)^2 / (n - 1))` over the valid samples.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let values: Vec<f64> = subject.signal.valid(subject.window()).map(|(_, value)| value).collect();
    of(&values)
        .map(Finding::plain)
        .ok_or_else(|| subject.undetermined("standard deviation", "there are fewer than two valid samples"))
}

/// The standard deviation of some numbers; none of fewer than two.
pub(super) fn of(values: &[f64]) -> Option<f64> {
    let (first, count) = (values.first()?, values.len() as f64);
    let mean = values.iter().map(|value| value - first).sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - first - mean).powi(2)).sum();
    (count > 1.0).then(|| (squares / (count - 1.0)).sqrt())
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn a_sine_deviates_by_its_amplitude_over_root_two() {
        let recording = pulsatile(60.0, 100.0, 1.0, |_, phi| 1e6 + 3.0 * phi.sin());
        let request = Request::new(Statistic::StandardDeviation, "p", Window { from: 0.0, to: 60.0 });
        let value = measure(&recording, &request).unwrap().value;
        assert!((value - 3.0 / 2_f64.sqrt()).abs() < 1e-3, "{value}");
    }
}
