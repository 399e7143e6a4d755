//! `time_of_highest_beat`: when the highest beat is there.

use super::extreme_beat::{Extreme, extreme};
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "time_of_highest_beat",
    doc: "Time from the start of the window to the middle of the whole beat with the highest mean.",
    unit: UnitRule::Always("s"),
    parameters: &[],
    needs: &[Need::Window, Need::Beats],
};

/// `t(max_beats mean y)` less the start of the window, t the middle of the beat.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let (beat, beats_used) = extreme(subject, Extreme::Highest)?;
    Ok(Finding { value: beat.time, beats_used: Some(beats_used) })
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn an_overshoot_comes_ten_seconds_after() {
        let recording = pulsatile(60.0, 100.0, 1.0, |t, phi| {
            90.0 + if (20.0..21.0).contains(&t) { 25.0 } else { 0.0 } + 20.0 * phi.sin()
        });
        let request = Request::new(Statistic::TimeOfHighestBeat, "p", Window { from: 10.0, to: 60.0 });
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 10.5).abs() < 1e-6, "{}", measured.value);
    }
}
