//! `median`: the middle value.

use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "median",
    doc: "Middle value of the valid samples of the window.",
    unit: UnitRule::Same,
    parameters: &[],
    needs: &[Need::Window],
};

/// The value that half of the valid samples lie below; for an even number the mean of the middle two.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let values = subject.signal.valid(subject.window()).map(|(_, value)| value).collect();
    of(values).map(Finding::plain).ok_or_else(|| subject.undetermined("median", "there are no valid samples"))
}

/// The median of some numbers; none of none.
pub(super) fn of(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    let upper = *values.get(half)?;
    Some(if values.len() % 2 == 1 { upper } else { 0.5 * (values[half - 1] + upper) })
}

#[cfg(test)]
mod tests {
    use crate::testing::steady;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn a_short_cough_does_not_move_the_median() {
        let recording =
            steady(100.0, 10.0, |t| if (40.0..45.0).contains(&t) { 60.0 } else { 9.0 + 0.001 * t });
        let request = Request::new(Statistic::Median, "p", Window { from: 0.0, to: 100.0 });
        assert!((measure(&recording, &request).unwrap().value - 9.05).abs() < 0.005);
        assert_eq!(super::of(vec![4.0, 1.0, 2.0, 9.0]), Some(3.0));
    }
}
