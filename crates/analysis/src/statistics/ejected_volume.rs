//! `ejected_volume`: what moves forward in a beat.

use crate::integrate::{positive_part, span};
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "ejected_volume",
    doc: "Volume that a flow moves forward in a beat, backward flow left out; mean over whole beats.",
    unit: UnitRule::TimesSeconds,
    parameters: &[],
    needs: &[Need::Window, Need::Beats],
};

/// `integral max(q, 0) dt` over each beat: the stroke volume of a heart valve.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let beats = subject.beats()?;
    let value =
        beats.mean_of(&subject.signal, |beat, nodes| positive_part(nodes) * beat.duration() / span(nodes));
    Ok(Finding::over(&beats, value))
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};
    use std::f64::consts::PI;

    #[test]
    fn a_valve_ejects_its_forward_flow_only() {
        let mut recording =
            pulsatile(30.0, 200.0, 1.0, |_, phi| if phi.sin() > 0.0 { 14.0 } else { 1.0 } * phi.sin());
        recording.channels[0].unit = "L/min".into();
        let request = Request::new(Statistic::EjectedVolume, "p", Window { from: 0.0, to: 30.0 });
        let measured = measure(&recording, &request).unwrap();
        let truth = 14.0 / PI / 60.0;
        assert!((measured.value / truth - 1.0).abs() < 1e-3, "{} {truth}", measured.value);
        assert_eq!(measured.unit, "L");
    }
}
