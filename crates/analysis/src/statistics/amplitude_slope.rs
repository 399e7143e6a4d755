//! `amplitude_slope`: how the pulse grows with pressure.

use crate::beat_series::peak_to_peak;
use crate::least_squares::{Line, line};
use crate::signal::Node;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule, integrate};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "amplitude_slope",
    doc: "Slope of the peak-to-peak amplitude on the mean of the other channel (it may be the same), beat by beat.",
    unit: UnitRule::PerOther,
    parameters: &[],
    needs: &[Need::Window, Need::Other, Need::Beats],
};

/// Least-squares slope of `max y - min y` on `mean x` over the beats, x the other channel: with intracranial
/// pressure as both, the slope of the amplitude-pressure line (Avezaat, van Eijndhoven and Wyper 1979, J Neurol
/// Neurosurg Psychiatry 42:687; not re-read).
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let (line, beats_used) = fit(subject)?;
    Ok(Finding { value: line.slope, beats_used: Some(beats_used) })
}

/// The line of amplitudes on means, and from how many beats.
pub(super) fn fit(subject: &Subject) -> Result<(Line, usize), MeasureError> {
    let other = subject.other()?;
    let beats = subject.beats_with(&[&other])?.at_least(3, &subject.signal, subject.window())?;
    let points: Vec<Node> = beats
        .iter()
        .filter_map(|beat| {
            Some((integrate::mean(&other.nodes(beat))?, peak_to_peak(&subject.signal.nodes(beat))))
        })
        .collect();
    line(&points).map(|line| (line, beats.len())).ok_or_else(|| {
        subject.undetermined(
            "amplitude slope",
            format!("the mean of `{}` is the same in every beat", other.name),
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn an_infusion_widens_the_pulse_with_the_pressure() {
        let recording = pulsatile(300.0, 100.0, 1.0, |t, phi| {
            let pressure = 10.0 + 0.1 * t;
            pressure + 0.5 * (0.3 + 0.15 * pressure) * phi.sin()
        });
        let mut request = Request::new(Statistic::AmplitudeSlope, "p", Window { from: 0.0, to: 300.0 });
        request.other = Some("p");
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 0.15).abs() < 2e-3, "{}", measured.value);
        assert_eq!((measured.unit.as_str(), measured.beats_used), ("1", Some(300)));
    }
}
