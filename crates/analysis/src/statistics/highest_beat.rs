//! `highest_beat`: the highest of all beats, each by its mean.

use super::extreme_beat::{Extreme, extreme};
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "highest_beat",
    doc: "Highest of the means of whole beats: the overshoot of a mean pressure, free of its pulse.",
    unit: UnitRule::Same,
    parameters: &[],
    needs: &[Need::Window, Need::Beats],
};

/// `max_beats mean y`.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let (beat, beats_used) = extreme(subject, Extreme::Highest)?;
    Ok(Finding { value: beat.value, beats_used: Some(beats_used) })
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn an_overshoot_is_told_from_the_pulse() {
        let recording = pulsatile(60.0, 100.0, 1.0, |t, phi| {
            90.0 + if (20.0..21.0).contains(&t) { 25.0 } else { 0.0 } + 20.0 * phi.sin()
        });
        let request = Request::new(Statistic::HighestBeat, "p", Window { from: 0.0, to: 60.0 });
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 115.0).abs() < 0.5, "{}", measured.value);
    }
}
