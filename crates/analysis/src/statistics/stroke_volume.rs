//! `stroke_volume`: what moves to and fro in a beat.

use crate::integrate::{distance_from, mean, span};
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "stroke_volume",
    doc: "Volume that a flow moves to and fro about its mean in a beat; mean over whole beats.",
    unit: UnitRule::TimesSeconds,
    parameters: &[],
    needs: &[Need::Window, Need::Beats],
};

/// `(1/2) integral |q - mean q| dt` over each beat: the oscillatory flow volume per cycle of CSF flow studies (the
/// mean of what passes caudad and what passes craniad once the net flow is taken away; the quantity of Enzmann and
/// Pelc 1993, AJNR 14:1301, whose abstract was read, not its formula). For the output of a valve use `ejected_volume`.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let beats = subject.beats()?;
    let value = beats.mean_of(&subject.signal, |beat, nodes| {
        let covered = span(nodes);
        let level = mean(nodes).unwrap_or(f64::NAN);
        0.5 * distance_from(nodes, level) * beat.duration() / covered
    });
    Ok(Finding::over(&beats, value))
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};
    use std::f64::consts::PI;

    #[test]
    fn a_sine_of_flow_moves_its_amplitude_times_the_period_over_pi() {
        let mut recording = pulsatile(30.0, 200.0, 1.1, |_, phi| 0.01 + 0.12 * phi.sin());
        recording.channels[0].unit = "mL/s".into();
        let request = Request::new(Statistic::StrokeVolume, "p", Window { from: 0.0, to: 30.0 });
        let measured = measure(&recording, &request).unwrap();
        let truth = 0.12 / 1.1 / PI;
        assert!((measured.value / truth - 1.0).abs() < 5e-4, "{} {truth}", measured.value);
        assert_eq!((measured.unit.as_str(), measured.beats_used), ("mL", Some(33)));
    }
}
