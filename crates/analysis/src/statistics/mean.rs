//! `mean`: the mean over time.

use crate::integrate::mean_outside_gaps;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "mean",
    doc: "Mean over time of the window; missing stretches count for nothing.",
    unit: UnitRule::Same,
    parameters: &[],
    needs: &[Need::Window],
};

/// `(1/T) integral y dt` over the valid pieces of the window, y linear between samples.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    of(subject, subject.window()).map(Finding::plain)
}

/// The mean of the channel over any window.
pub(super) fn of(subject: &Subject, window: crate::Window) -> Result<f64, MeasureError> {
    mean_outside_gaps(&subject.signal.nodes(window), 1.5 / subject.signal.rate)
        .ok_or_else(|| subject.undetermined("mean", format!("{window} holds no two neighbouring samples")))
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn whole_beats_about_ten_have_a_mean_of_ten() {
        let mut recording = pulsatile(60.0, 100.0, 1.0, |_, phi| 10.0 + 3.0 * phi.sin());
        let request = Request::new(Statistic::Mean, "p", Window { from: 0.0, to: 60.0 });
        assert!((measure(&recording, &request).unwrap().value - 10.0).abs() < 1e-12);
        recording.channels[0].values[1000..2000].fill(f64::NAN);
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 10.0).abs() < 1e-3);
        assert!((measured.valid_fraction - 5.0 / 6.0).abs() < 1e-12);
        recording.channels[0].values[2000..4100].fill(f64::NAN);
        let error = measure(&recording, &request).unwrap_err().to_string();
        assert_eq!(error, "`p` has valid samples in only 48 % of 0 s to 60 s; at least half is needed");
    }
}
