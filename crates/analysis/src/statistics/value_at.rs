//! `value_at`: the value at a moment.

use crate::subject::{Finding, Subject};
use crate::{MeasureError, ParameterInfo, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "value_at",
    doc: "Value at a moment, linear between the samples beside it; takes no window.",
    unit: UnitRule::Same,
    parameters: &[ParameterInfo { name: "at", doc: "The moment.", unit: "s", allowed: (-1e9, 1e9) }],
    needs: &[],
};

/// `y_i + (t - t_i) (y_{i+1} - y_i) / (t_{i+1} - t_i)`.
pub(super) fn measure(subject: &Subject, at: f64) -> Result<Finding, MeasureError> {
    subject
        .signal
        .at(at)
        .map(Finding::plain)
        .ok_or_else(|| subject.undetermined("value", format!("nothing was recorded at {at} s")))
}

#[cfg(test)]
mod tests {
    use crate::testing::steady;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn between_samples_and_beyond_the_end() {
        let recording = steady(10.0, 1.0, |t| 2.0 * t);
        let at = |at| {
            let window = Window { from: 0.0, to: 0.0 };
            measure(&recording, &Request::new(Statistic::ValueAt { at }, "p", window))
        };
        assert!((at(3.25).unwrap().value - 6.5).abs() < 1e-9);
        assert_eq!(at(10.0).unwrap().value, 20.0);
        let error = at(10.5).unwrap_err().to_string();
        assert_eq!(error, "the value of `p` cannot be determined: nothing was recorded at 10.5 s");
    }
}
