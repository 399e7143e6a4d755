//! `pressure_volume_index`: how much volume raises the pressure tenfold.

use super::mean;
use crate::slow::course;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, ParameterInfo, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "pressure_volume_index",
    doc: "Volume that would raise the pressure tenfold, from a bolus: the volume over the logarithm of highest beat over baseline.",
    unit: UnitRule::Always("mL"),
    parameters: &[ParameterInfo {
        name: "bolus",
        doc: "The volume that was injected or, negative, withdrawn.",
        unit: "mL",
        allowed: (-100.0, 100.0),
    }],
    needs: &[Need::Window, Need::Baseline],
};

/// `PVI = dV / log10(P_p / P_0)` (Marmarou, Shulman and LaMorgese 1975, J Neurosurg 43:523), `P_0` the mean over the
/// baseline, `P_p` the highest mean of a beat in the window (of a short piece where no beats are marked); the lowest
/// where volume was withdrawn.
pub(super) fn measure(subject: &Subject, bolus: f64) -> Result<Finding, MeasureError> {
    let rest = mean::of(subject, subject.baseline()?)?;
    let means = course(subject.recording, &subject.signal, subject.window());
    let peak = means.iter().map(|node| bolus.signum() * node.1).fold(f64::NEG_INFINITY, f64::max);
    let ratio = bolus.signum() * peak / rest;
    if ratio <= 0.0 || ratio == 1.0 || !ratio.is_finite() {
        let reason =
            format!("pressures of which one is {ratio:.3} of the other have no logarithm to divide by");
        return Err(subject.undetermined("pressure-volume index", reason));
    }
    Ok(Finding::plain(bolus / ratio.log10()))
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn four_millilitres_and_an_exponential_give_their_index() {
        let recording = pulsatile(60.0, 100.0, 1.0, |t, phi| {
            10.0 * if t < 30.0 { 1.0 } else { 10_f64.powf(4.0 / 25.0) } + phi.sin()
        });
        let statistic = Statistic::PressureVolumeIndex { bolus: 4.0 };
        let baseline = Some(Window { from: 0.0, to: 29.0 });
        let window = Window { from: 30.0, to: 35.0 };
        let measured =
            measure(&recording, &Request { baseline, ..Request::new(statistic, "p", window) }).unwrap();
        assert!((measured.value - 25.0).abs() < 0.1, "{}", measured.value);
        assert_eq!(measured.unit, "mL");
    }
}
