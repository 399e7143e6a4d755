//! `change`: from a baseline to the window.

use super::mean;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "change",
    doc: "Mean over the window less mean over the baseline.",
    unit: UnitRule::Same,
    parameters: &[],
    needs: &[Need::Window, Need::Baseline],
};

/// `mean(window) - mean(baseline)`: above zero where the channel rose.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let baseline = subject.baseline()?;
    Ok(Finding::plain(mean::of(subject, subject.window())? - mean::of(subject, baseline)?))
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{MeasureError, Request, Statistic, Window, measure};

    #[test]
    fn sitting_up_lowers_the_pressure() {
        let recording = pulsatile(60.0, 100.0, 1.0, |t, phi| if t < 30.0 { 10.0 } else { -2.0 } + phi.sin());
        let mut request = Request::new(Statistic::Change, "p", Window { from: 40.0, to: 60.0 });
        assert_eq!(measure(&recording, &request), Err(MeasureError::NeedsBaseline("change")));
        request.baseline = Some(Window { from: 0.0, to: 20.0 });
        assert!((measure(&recording, &request).unwrap().value + 12.0).abs() < 1e-9);
    }
}
