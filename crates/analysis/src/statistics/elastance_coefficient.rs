//! `elastance_coefficient`: how steep the pressure-volume curve is, from an infusion or its decay.

use super::mean;
use crate::least_squares::line;
use crate::signal::Node;
use crate::slow::course;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, ParameterInfo, StatisticInfo, UnitRule, Window};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "elastance_coefficient",
    doc: "Coefficient of the exponential pressure-volume curve, from the rise to a plateau of a constant infusion or the fall after it.",
    unit: UnitRule::Always("1/mL"),
    parameters: &[ParameterInfo {
        name: "infusion",
        doc: "The rate of the infusion.",
        unit: "mL/min",
        allowed: (0.01, 100.0),
    }],
    needs: &[Need::Window, Need::Baseline],
};

/// Least-squares slope of `ln P` on the volume stored, `V(t) = integral I - (P - P_b)/R dt`, as `P = P_1 exp(E V)` has it
/// (Marmarou, Shulman and LaMorgese 1975, J Neurosurg 43:523, with no reference pressure). The baseline is the steady
/// stretch before, the last tenth of the window the steady one that the change leads to; `P_b` is the lower of their two
/// means and `R` their distance over I. The infusion I runs where the pressure rises, and is off where it falls. `P` are
/// the means of whole beats.
pub(super) fn measure(subject: &Subject, infusion: f64) -> Result<Finding, MeasureError> {
    let (window, baseline) = (subject.window(), subject.baseline()?);
    let refuse = |reason: &str| subject.undetermined("elastance coefficient", reason);
    let before_it = mean::of(subject, baseline)?;
    let tenth = 0.1 * window.duration();
    let after_it = mean::of(subject, Window { from: window.to - tenth, ..window })?;
    let (rest, inflow) = if after_it > before_it { (before_it, infusion) } else { (after_it, 0.0) };
    let resistance = (after_it - before_it).abs() / infusion;
    if resistance == 0.0 {
        return Err(refuse("its end is no other than its baseline"));
    }
    let stored = |pressure: f64| (inflow - (pressure - rest) / resistance) / 60.0;
    let mut volume = 0.0;
    let mut before: Option<Node> = None;
    let mut points = Vec::new();
    for (time, pressure) in course(subject.recording, &subject.signal, window) {
        if pressure <= 0.0 {
            return Err(refuse("a pressure below zero has no logarithm"));
        }
        if let Some((earlier, lower)) = before {
            volume += 0.5 * (stored(pressure) + stored(lower)) * (time - earlier);
        }
        before = Some((time, pressure));
        points.push((volume, pressure.ln()));
    }
    match line(&points) {
        Some(line) => Ok(Finding::plain(line.slope)),
        None => Err(refuse("no volume is stored or given back")),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::steady;
    use crate::{Request, Statistic, Window, measure};

    /// Marmarou's solution for a constant infusion of I from P_0 with no reference pressure, and its decay.
    #[test]
    fn an_exponential_space_gives_its_coefficient_in_rise_and_decay() {
        let (elastance, resistance, rest, infusion) = (0.2_f64, 8.0_f64, 10.0_f64, 1.5_f64);
        let plateau = rest + infusion * resistance;
        let turn = 1800.0;
        let logistic = |end: f64, start: f64, t: f64| {
            let e = (-elastance * end * t / (60.0 * resistance)).exp();
            end * start / (start + (end - start) * e)
        };
        let recording = steady(3700.0, 1.0, |t| {
            if t < 100.0 {
                rest
            } else if t < 100.0 + turn {
                logistic(plateau, rest, t - 100.0)
            } else {
                logistic(rest, plateau, t - 100.0 - turn)
            }
        });
        let statistic = Statistic::ElastanceCoefficient { infusion };
        for (from, to) in [(100.0, 1900.0), (1900.0, 3700.0)] {
            let baseline = Some(Window { from: from - 90.0, to: from });
            let request = Request { baseline, ..Request::new(statistic, "p", Window { from, to }) };
            let measured = measure(&recording, &request).unwrap();
            assert!((measured.value - elastance).abs() < 0.03 * elastance, "{}", measured.value);
            assert_eq!(measured.unit, "1/mL");
        }
    }
}
