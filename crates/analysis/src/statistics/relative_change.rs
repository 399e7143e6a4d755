//! `relative_change`: from a baseline to the window, as a part of the baseline.

use super::mean;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "relative_change",
    doc: "Mean over the window over mean over the baseline, less one; in percent where that is the unit asked for.",
    unit: UnitRule::Always("1"),
    parameters: &[],
    needs: &[Need::Window, Need::Baseline],
};

/// `mean(window) / mean(baseline) - 1`: above zero where the channel grew.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let before = mean::of(subject, subject.baseline()?)?;
    if before == 0.0 {
        return Err(subject.undetermined("relative change", "the mean of the baseline is zero"));
    }
    Ok(Finding::plain(mean::of(subject, subject.window())? / before - 1.0))
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn a_pressure_that_falls_from_ten_to_eight_changes_by_a_fifth() {
        let recording = pulsatile(60.0, 100.0, 1.0, |t, phi| if t < 30.0 { 10.0 } else { 8.0 } + phi.sin());
        let mut request = Request::new(Statistic::RelativeChange, "p", Window { from: 40.0, to: 60.0 });
        request.baseline = Some(Window { from: 0.0, to: 20.0 });
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value + 0.2).abs() < 1e-9 && measured.unit == "1");
    }
}
