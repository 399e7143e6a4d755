//! `autoregulation_index`: which of ten model responses the flow of the brain resembles.

use super::mean;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "autoregulation_index",
    doc: "Index from 0 (none) to 9 (best) of the model response to the other channel, a pressure, that the channel resembles most.",
    unit: UnitRule::Always("1"),
    parameters: &[],
    needs: &[Need::Window, Need::Other, Need::Baseline],
};

/// Time constant (s), damping and gain of the ten models.
const MODELS: [(f64, f64, f64); 10] = [
    (2.00, 0.00, 0.00),
    (2.00, 1.60, 0.20),
    (2.00, 1.50, 0.40),
    (2.00, 1.15, 0.60),
    (2.00, 0.90, 0.80),
    (1.90, 0.75, 0.90),
    (1.60, 0.65, 0.94),
    (1.20, 0.55, 0.96),
    (0.87, 0.52, 0.97),
    (0.65, 0.50, 0.98),
];
/// The pressure at which the vessels close, mmHg.
const CLOSING: f64 = 12.0;
/// Steps a second of the model.
const RATE: f64 = 50.0;
/// Over how long pressure and flow are averaged, so that their pulses do not count, s.
const SMOOTHED: f64 = 1.0;

/// Tiecks, Lam, Aaslid and Newell 1995 (Stroke 26:1014; equations and table as in later papers): with
/// `dP = (P - P_0)/(P_0 - 12 mmHg)`,
/// `x1' = (dP - x2)/T`, `x2' = (x1 - 2 D x2)/T`, `V = V_0 (1 + dP - K x2)`, the model with the least sum of squares over
/// the window; between two models by the parabola through the best three. `P_0`, `V_0` are the means over the baseline.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let (other, baseline, window) = (subject.other()?, subject.baseline()?, subject.window());
    let refuse = |reason: &str| subject.undetermined("autoregulation index", reason);
    let flow_at_rest = mean::of(subject, baseline)?;
    let rest = crate::integrate::mean(&other.nodes(baseline)).filter(|rest| *rest > CLOSING);
    let Some(rest) = rest else {
        return Err(refuse("the pressure of the baseline is below that of closing"));
    };
    let count = (window.duration() * RATE) as usize;
    let smooth = |signal: &crate::signal::Signal, step: usize| {
        let middle = window.from + step as f64 / RATE;
        let around = crate::Window { from: middle - 0.5 * SMOOTHED, to: middle + 0.5 * SMOOTHED };
        crate::integrate::mean(&signal.nodes(around))
    };
    let pressure: Option<Vec<f64>> = (0..count).map(|step| smooth(&other, step)).collect();
    let flow: Option<Vec<f64>> = (0..count).map(|step| smooth(&subject.signal, step)).collect();
    let (Some(pressure), Some(flow)) = (pressure, flow) else {
        return Err(refuse("the window has gaps"));
    };
    let error = |(time, damping, gain): (f64, f64, f64)| {
        let (mut first, mut second, mut sum) = (0.0, 0.0, 0.0);
        for (pressure, flow) in pressure.iter().zip(&flow) {
            let change = (pressure - rest) / (rest - CLOSING);
            second += (first - 2.0 * damping * second) / (RATE * time);
            first += (change - second) / (RATE * time);
            sum += (flow / flow_at_rest - (1.0 + change - gain * second)).powi(2);
        }
        sum
    };
    let errors: Vec<f64> = MODELS.into_iter().map(error).collect();
    let best = (0..errors.len()).min_by(|&a, &b| errors[a].total_cmp(&errors[b])).unwrap_or(0);
    let shift = match (best.checked_sub(1), errors.get(best + 1)) {
        (Some(before), Some(after)) => crate::extremum::vertex(-errors[before], -errors[best], -*after).0,
        _ => 0.0,
    };
    Ok(Finding::plain(best as f64 + shift))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{and, steady};
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn each_model_finds_itself() {
        let pressure = |t: f64| if t < 30.0 { 90.0 } else { 72.0 };
        for (index, (time, damping, gain)) in MODELS.into_iter().enumerate() {
            let (mut first, mut second) = (0.0_f64, 0.0_f64);
            let mut values = vec![60.0; 1500];
            for _ in 1500..3000 {
                let change = -18.0 / 78.0;
                second += (first - 2.0 * damping * second) / (50.0 * time);
                first += (change - second) / (50.0 * time);
                values.push(60.0 * (1.0 + change - gain * second));
            }
            let mut recording = and(steady(59.98, 50.0, |_| 0.0), 50.0, pressure);
            recording.channels[0].values = values;
            let request = Request {
                other: Some("x"),
                baseline: Some(Window { from: 0.0, to: 29.0 }),
                ..Request::new(Statistic::AutoregulationIndex, "p", Window { from: 30.0, to: 50.0 })
            };
            let found = measure(&recording, &request).unwrap().value;
            assert!((found - index as f64).abs() < 0.6, "{index}: {found}");
        }
    }
}
