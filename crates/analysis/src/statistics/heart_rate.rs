//! `heart_rate`: beats a minute.

use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "heart_rate",
    doc: "Beats a minute: the number of whole beats over the time that they take.",
    unit: UnitRule::Always("1/min"),
    parameters: &[],
    needs: &[Need::Window, Need::Beats],
};

/// `60 n / sum_beats T`, so that a beat lost in a gap lowers nothing.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let beats = subject.beats()?;
    Ok(Finding::over(&beats, 60.0 / beats.mean_duration()))
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn sixty_six_beats_a_minute_also_with_a_gap() {
        let mut recording = pulsatile(60.0, 100.0, 1.1, |_, phi| phi.sin());
        recording.channels[0].values[1000..1500].fill(f64::NAN);
        let request = Request::new(Statistic::HeartRate, "p", Window { from: 0.0, to: 60.0 });
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 66.0).abs() < 1e-9);
        assert!(measured.beats_used.is_some_and(|beats| (58..=61).contains(&beats)));
    }
}
