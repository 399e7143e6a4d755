//! `rate_of_regulation`: how fast the vessels of the brain answer to a step of pressure.

use super::mean;
use crate::least_squares::line;
use crate::signal::Node;
use crate::slow::course;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "rate_of_regulation",
    doc: "Slope of relative conductance (channel over the other) on time in the window, over the relative fall of the other channel from the baseline.",
    unit: UnitRule::Always("1/s"),
    parameters: &[],
    needs: &[Need::Window, Need::Other, Need::Baseline],
};

/// `RoR = (dR/dt) / dP` (Aaslid and others 1989, Stroke 20:45; as read in later papers): `R = (P/V) / (P_0/V_0)` the
/// relative resistance from beat to beat, its least-squares slope over the window, and `dP = mean P / P_0 - 1` there;
/// V the channel, P the other one, both over the means of the baseline.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let (other, baseline, window) = (subject.other()?, subject.baseline()?, subject.window());
    let flow_at_rest = mean::of(subject, baseline)?;
    let rest = crate::integrate::mean(&other.nodes(baseline));
    let pressure = course(subject.recording, &other, window);
    let flow = course(subject.recording, &subject.signal, window);
    let (Some(rest), true) = (rest, pressure.len() == flow.len() && !flow.is_empty()) else {
        return Err(subject.undetermined("rate of regulation", "the two channels share no beats"));
    };
    let points: Vec<Node> = flow
        .iter()
        .zip(&pressure)
        .map(|(flow, pressure)| (flow.0, (pressure.1 / flow.1) / (rest / flow_at_rest)))
        .collect();
    let step = pressure.iter().map(|node| node.1).sum::<f64>() / pressure.len() as f64 / rest - 1.0;
    match line(&points) {
        Some(line) if step != 0.0 => Ok(Finding::plain(line.slope / step)),
        _ => {
            Err(subject
                .undetermined("rate of regulation", "the pressure does not change, or there is one beat"))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{and, steady};
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn a_fifth_a_second_is_found() {
        let pressure = |t: f64| if t < 30.0 { 90.0 } else { 72.0 };
        let relative = |t: f64| if t < 30.0 { 1.0 } else { 1.0 - 0.2 * 0.2 * (t - 30.0) };
        let recording = and(steady(40.0, 20.0, |t| pressure(t) / relative(t)), 20.0, pressure);
        let request = Request {
            other: Some("x"),
            baseline: Some(Window { from: 0.0, to: 29.0 }),
            ..Request::new(Statistic::RateOfRegulation, "p", Window { from: 31.0, to: 34.0 })
        };
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 0.2).abs() < 1e-3, "{}", measured.value);
    }
}
