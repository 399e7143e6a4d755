//! `maximum`: the highest valid sample.

use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "maximum",
    doc: "Highest valid sample of the window.",
    unit: UnitRule::Same,
    parameters: &[],
    needs: &[Need::Window],
};

/// `max y_i` over the valid samples.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let samples = subject.signal.valid(subject.window());
    Ok(Finding::plain(samples.map(|(_, value)| value).fold(f64::NEG_INFINITY, f64::max)))
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn a_pulse_of_three_about_ten_has_its_extreme_at_13() {
        let mut recording = pulsatile(10.0, 100.0, 1.0, |_, phi| 10.0 + 3.0 * phi.sin());
        recording.channels[0].values[500] = f64::NAN;
        let request = Request::new(Statistic::Maximum, "p", Window { from: 0.0, to: 10.0 });
        assert!((measure(&recording, &request).unwrap().value - 13.0).abs() < 1e-9);
    }
}
