//! `number_of_lowest_beat`: which beat is the lowest.

use super::extreme_beat::{Extreme, extreme};
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "number_of_lowest_beat",
    doc: "Number, from one, of the whole beat of the window with the lowest mean.",
    unit: UnitRule::Always("1"),
    parameters: &[],
    needs: &[Need::Window, Need::Beats],
};

/// The number of the beat with `min_beats mean y`, one being the first whole beat of the window.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let (beat, beats_used) = extreme(subject, Extreme::Lowest)?;
    Ok(Finding { value: beat.number, beats_used: Some(beats_used) })
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn the_eleventh_beat_is_the_lowest() {
        let recording = pulsatile(60.0, 100.0, 1.0, |t, phi| {
            90.0 - if (20.0..21.0).contains(&t) { 25.0 } else { 0.0 } + 20.0 * phi.sin()
        });
        let request = Request::new(Statistic::NumberOfLowestBeat, "p", Window { from: 10.0, to: 60.0 });
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 11.0).abs() < 1e-9, "{}", measured.value);
    }
}
