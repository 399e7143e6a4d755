//! `diastolic`: the lowest value of a beat.

use crate::extremum::lowest;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "diastolic",
    doc: "Mean over the whole beats of the window of the lowest value within each: diastolic pressure.",
    unit: UnitRule::Same,
    parameters: &[],
    needs: &[Need::Window, Need::Beats],
};

/// `(1/n) sum_beats min y`, the extreme refined by a parabola.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let beats = subject.beats()?;
    let value = beats.mean_of(&subject.signal, |_, nodes| lowest(nodes).map_or(f64::NAN, |node| node.1));
    Ok(Finding::over(&beats, value))
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn a_pulse_of_twenty_about_ninety() {
        let recording = pulsatile(60.0, 100.0, 1.0, |_, phi| 90.0 + 20.0 * phi.sin());
        let request = Request::new(Statistic::Diastolic, "p", Window { from: 0.0, to: 60.0 });
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 70.0).abs() < 0.01, "{}", measured.value);
    }
}
