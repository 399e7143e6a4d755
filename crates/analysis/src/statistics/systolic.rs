//! `systolic`: the highest value of a beat.

use crate::extremum::highest;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "systolic",
    doc: "Mean over the whole beats of the window of the highest value within each: systolic pressure.",
    unit: UnitRule::Same,
    parameters: &[],
    needs: &[Need::Window, Need::Beats],
};

/// `(1/n) sum_beats max y`, the extreme refined by a parabola.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let beats = subject.beats()?;
    let value = beats.mean_of(&subject.signal, |_, nodes| highest(nodes).map_or(f64::NAN, |node| node.1));
    Ok(Finding::over(&beats, value))
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn a_pulse_of_twenty_about_ninety() {
        let recording = pulsatile(60.0, 100.0, 1.0, |_, phi| 90.0 + 20.0 * phi.sin());
        let request = Request::new(Statistic::Systolic, "p", Window { from: 0.0, to: 60.0 });
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 110.0).abs() < 0.01, "{}", measured.value);
    }
}
