//! `amplitude_breakpoint`: the pressure from which the pulse grows.

use crate::beat_series::peak_to_peak;
use crate::hinge;
use crate::signal::Node;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule, integrate};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "amplitude_breakpoint",
    doc: "Mean of the channel at which its peak-to-peak amplitude, level below, begins to grow in a straight line, beat by beat.",
    unit: UnitRule::Same,
    parameters: &[],
    needs: &[Need::Window, Need::Beats],
};

/// How many breakpoints are tried between the lowest and the highest mean.
const TRIED: usize = 200;

/// The `b` with the least `sum_beats (A - a - s max(0, P - b))^2` over all a and s, A the amplitude and P the mean of a
/// beat: the lower end of the linear zone of the amplitude-pressure line (Qvarlander and others 2010, J Neurosurg
/// 113:1; their way of finding it was not read). Refused where no amplitude grows.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let beats = subject.beats()?.at_least(20, &subject.signal, subject.window())?;
    let points: Vec<Node> = beats
        .iter()
        .filter_map(|beat| {
            let nodes = subject.signal.nodes(beat);
            Some((integrate::mean(&nodes)?, peak_to_peak(&nodes)))
        })
        .collect();
    let low = points.iter().map(|point| point.0).fold(f64::INFINITY, f64::min);
    let high = points.iter().map(|point| point.0).fold(f64::NEG_INFINITY, f64::max);
    let best = (0..TRIED)
        .map(|step| low + (high - low) * step as f64 / TRIED as f64)
        .filter_map(|break_at| Some((break_at, hinge::fit(&points, break_at, f64::INFINITY)?.misfit)))
        .min_by(|a, b| a.1.total_cmp(&b.1));
    match best {
        Some((break_at, _)) => Ok(Finding::over(&beats, break_at)),
        None => Err(subject.undetermined("breakpoint", "the pulse does not grow with the pressure")),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn a_pulse_that_grows_from_fourteen_breaks_there() {
        let recording = pulsatile(300.0, 100.0, 1.0, |t, phi| {
            let pressure = 5.0 + 0.1 * t;
            pressure + 0.5 * (1.0 + 0.2 * (pressure - 14.0).max(0.0)) * phi.sin()
        });
        let request = Request::new(Statistic::AmplitudeBreakpoint, "p", Window { from: 0.0, to: 300.0 });
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 14.0).abs() < 0.3, "{}", measured.value);
    }
}
