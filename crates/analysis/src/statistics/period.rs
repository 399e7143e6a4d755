//! `period`: how long one turn of a slow wave takes.

use crate::signal::Node;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "period",
    doc: "Mean time from one rise through the middle between lowest and highest to the next: the period of \
          self-sustained waves. Swings of less than half of the whole one do not count.",
    unit: UnitRule::Always("s"),
    parameters: &[],
    needs: &[Need::Window],
};

/// How much of the window must be valid, 1: a wave that is lost in a gap would double a period.
const LEAST_VALID: f64 = 0.9;

/// `(t_n - t_1)/(n - 1)` of the `n` rises of the signal through `(min + max)/2`. A rise counts where the signal comes
/// from the lowest quarter of its range and reaches the highest, so that ripples on the wave do not.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let window = subject.window();
    let valid = subject.signal.valid_fraction(window);
    if valid < LEAST_VALID {
        let reason = format!("only {:.0} % of {window} is valid, and waves may hide in gaps", 100.0 * valid);
        return Err(subject.undetermined("period", reason));
    }
    let rises = rises(&subject.signal.nodes(window));
    match rises.as_slice() {
        [first, .., last] => Ok(Finding::plain((last - first) / (rises.len() - 1) as f64)),
        found => {
            let reason = format!("it rises {} times in {window}, and two rises make a period", found.len());
            Err(subject.undetermined("period", reason))
        }
    }
}

/// The moments at which a line rises through the middle of its range for good, s.
fn rises(nodes: &[Node]) -> Vec<f64> {
    let low = nodes.iter().map(|node| node.1).fold(f64::INFINITY, f64::min);
    let high = nodes.iter().map(|node| node.1).fold(f64::NEG_INFINITY, f64::max);
    let level = |part: f64| low + part * (high - low);
    if high.partial_cmp(&low) != Some(std::cmp::Ordering::Greater) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let (mut was_low, mut crossed) = (false, None);
    for pair in nodes.windows(2) {
        let [(before, left), (after, right)] = [pair[0], pair[1]];
        if left <= level(0.25) {
            (was_low, crossed) = (true, None);
        }
        if left <= level(0.5) && right > level(0.5) {
            crossed = Some(before + (after - before) * (level(0.5) - left) / (right - left));
        }
        if right >= level(0.75) && was_low {
            found.extend(crossed);
            was_low = false;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::testing::{noise, steady};
    use crate::{Request, Statistic, Window, measure};
    use std::f64::consts::TAU;

    const WINDOW: Window = Window { from: 0.0, to: 1800.0 };

    #[test]
    fn a_plateau_wave_every_ninety_seconds_is_told_from_pulse_and_breath() {
        let plateau = |t: f64| (3.0 * (TAU * t / 90.0).sin()).tanh();
        let recording =
            steady(1800.0, 5.0, |t| 25.0 + 8.0 * plateau(t) + 2.0 * (TAU * t / 4.0).sin() + noise(t));
        let measured = measure(&recording, &Request::new(Statistic::Period, "p", WINDOW)).unwrap();
        assert!((measured.value - 90.0).abs() < 0.2, "{}", measured.value);
        assert_eq!(measured.unit, "s");
    }

    #[test]
    fn a_pressure_that_only_rises_has_no_period() {
        let recording = steady(1800.0, 1.0, |t| 10.0 + t / 100.0);
        let error =
            measure(&recording, &Request::new(Statistic::Period, "p", WINDOW)).unwrap_err().to_string();
        assert!(error.contains("two rises make a period"), "{error}");
        let flat = steady(1800.0, 1.0, |_| 10.0);
        assert!(measure(&flat, &Request::new(Statistic::Period, "p", WINDOW)).is_err());
    }

    #[test]
    fn a_wave_that_may_hide_in_a_gap_is_no_answer() {
        let mut recording = steady(1800.0, 1.0, |t| (TAU * t / 90.0).sin());
        recording.channels[0].values[500..800].fill(f64::NAN);
        let error =
            measure(&recording, &Request::new(Statistic::Period, "p", WINDOW)).unwrap_err().to_string();
        assert!(error.contains("only 83 %"), "{error}");
    }
}
