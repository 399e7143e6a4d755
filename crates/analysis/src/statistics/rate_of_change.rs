//! `rate_of_change`: the slope on time.

use crate::least_squares::line;
use crate::slow::course;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "rate_of_change",
    doc: "Least-squares slope on time, of the beat means where beats are marked.",
    unit: UnitRule::PerSecond,
    parameters: &[],
    needs: &[Need::Window],
};

/// `sum (t_i - t)(y_i - y) / sum (t_i - t)^2`, over the means of whole beats where at least three are marked in the
/// window (so that a cut beat does not pass for a trend), over the means of equal pieces otherwise.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    line(&course(subject.recording, &subject.signal, subject.window()))
        .map(|line| Finding::plain(line.slope))
        .ok_or_else(|| subject.undetermined("rate of change", "the window holds fewer than two values"))
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn a_cut_beat_does_not_pass_for_a_trend() {
        let recording = pulsatile(60.0, 100.0, 1.0, |t, phi| 10.0 + 0.02 * t + 3.0 * phi.sin());
        let request = Request::new(Statistic::RateOfChange, "p", Window { from: 0.3, to: 9.8 });
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 0.02).abs() < 1e-6, "{}", measured.value);
        assert_eq!(measured.unit, "mmHg/s");
    }
}
