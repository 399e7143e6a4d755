//! The formulas of Marmarou (1978) for volume that is given, or withdrawn, at once: from the pressures before, at the peak and
//! four minutes later.
//!
//! With pressures counted from the reference pressure (nought, as in the original, unless it is held at another):
//! `PVI = dV / log10(P_p/P_0)` and `R = t P_r / (PVI log10(P_t (P_p - P_r) / (P_p (P_t - P_r))))`, P_0 before the bolus, P_p the
//! peak, P_t the pressure t later and P_r that at rest.

use super::{Answer, Found, around, figure, reach};
use crate::inflow::joined;
use crate::protocol::{Dose, Kind};
use crate::report::Figure;

/// How long after the peak the return is read, min. Assumed: early enough for boluses five minutes apart, late enough that the
/// pressure has moved by more than slow waves do.
const LATER: f64 = 4.0;
/// Over how long pressures before and after are averaged, s, so that pulse and breath go. Assumed.
const AVERAGED: f64 = 60.0;
/// The longest time in which a volume comes at once, s: within it little leaves again. Assumed.
const AT_ONCE: f64 = 60.0;

/// A pressure as a weighted sum of windows.
type Weights = Vec<(usize, f64)>;

/// A bolus with the pressures around it: at rest, before, at the peak, later.
struct Bolus {
    /// mL; negative where it was withdrawn.
    volume: f64,
    weights: [Weights; 4],
}

/// The figures, where the kind of test has them.
pub(super) fn figures(found: &Found) -> Vec<Figure> {
    if !matches!(found.kind, Kind::Bolus | Kind::Drainage) {
        return Vec::new();
    }
    let boluses = boluses(found);
    let source = "Marmarou, Shulman and Rosende 1978, J Neurosurg 48:332; Shapiro, Marmarou and Shulman 1980, Ann Neurol 7:508";
    vec![
        figure(
            "bolus_pressure_volume_index",
            "Pressure-volume index, of the peaks",
            "mL",
            "dV / log10(P_p/P_0) with P_0 and P_p by the lines through the minutes before and after, carried on to its beginning and back to its end; pressures from the reference pressure where it is held, else from nought; mean of all boluses",
            source,
            mean_of(found, &boluses, index).map(|(index, error)| around(index, error)),
        ),
        figure(
            "bolus_resistance",
            "Outflow resistance, of the return after a bolus",
            "mmHg/(mL/min)",
            "t P_r / (PVI log10(P_t (P_p - P_r) / (P_p (P_t - P_r)))) with P_t the minute around t = 4 min and P_r the resting pressure; mean of all boluses",
            source,
            back(found, &boluses),
        ),
    ]
}

/// The resistance of the returns.
pub(super) fn resistance(found: &Found) -> Answer {
    back(found, &boluses(found))
}

fn boluses(found: &Found) -> Vec<Bolus> {
    let doses = joined(found.doses, found.options.window);
    doses.iter().filter_map(|dose| bolus(found, dose, &doses)).collect()
}

fn bolus(found: &Found, dose: &Dose, all: &[Dose]) -> Option<Bolus> {
    if dose.until - dose.from > AT_ONCE {
        return None;
    }
    let within = |from: f64, until: f64| found.windows.within(from, until);
    let mean = |windows: &[usize]| -> Weights {
        windows.iter().map(|&window| (window, 1.0 / windows.len() as f64)).collect()
    };
    let before = within(dose.from - AVERAGED, dose.from);
    let peak = within(dose.until, dose.until + AVERAGED);
    let middle = dose.until + 60.0 * LATER;
    let later = within(middle - 0.5 * AVERAGED, middle + 0.5 * AVERAGED);
    let next = all.iter().any(|other| other.from > dose.from && other.from < middle + 0.5 * AVERAGED);
    if before.len() < 3 || peak.len() < 3 || later.len() < 3 || next {
        return None;
    }
    let weights = [
        mean(&found.rest.windows),
        carried(found, &before, dose.from),
        carried(found, &peak, dose.until),
        mean(&later),
    ];
    Some(Bolus { volume: dose.rate * (dose.until - dose.from) / 60.0, weights })
}

/// The straight line through windows at a time, as weights.
fn carried(found: &Found, windows: &[usize], time: f64) -> Weights {
    let middle = |&window: &usize| 0.5 * (found.windows.spans[window].0 + found.windows.spans[window].1);
    let count = windows.len() as f64;
    let centre = windows.iter().map(middle).sum::<f64>() / count;
    let squares: f64 = windows.iter().map(|window| (middle(window) - centre).powi(2)).sum();
    let weight = |window: &usize| 1.0 / count + (time - centre) * (middle(window) - centre) / squares;
    windows.iter().map(|window| (*window, weight(window))).collect()
}

/// The mean over boluses with its interval: by the noise of the pressures, or by how the boluses differ where that is more.
fn mean_of(
    found: &Found,
    boluses: &[Bolus],
    formula: impl Fn(f64, [f64; 4]) -> Option<f64>,
) -> Result<(f64, f64), String> {
    if boluses.is_empty() {
        return Err(
            "nothing came at once, within a minute, with a minute before and four and a half after it"
                .to_owned(),
        );
    }
    let reference = found.options.reference_pressure.unwrap_or(0.0);
    let (mut values, mut weights): (Vec<f64>, Weights) = (Vec::new(), Vec::new());
    let share = 1.0 / boluses.len() as f64;
    for bolus in boluses {
        let pressure = |weights: &Weights| {
            weights.iter().map(|(window, weight)| weight * found.windows.means[*window]).sum::<f64>()
                - reference
        };
        let pressures = [0, 1, 2, 3].map(|place| pressure(&bolus.weights[place]));
        let none = || {
            format!(
                "pressures of {:.1}, {:.1}, {:.1} and {:.1} mmHg at rest, before, at the peak and four minutes later are none of a bolus that returns",
                pressures[0] + reference,
                pressures[1] + reference,
                pressures[2] + reference,
                pressures[3] + reference
            )
        };
        values.push(formula(bolus.volume, pressures).ok_or_else(none)?);
        for place in 0..4 {
            let moved = |by: f64| {
                let mut moved = pressures;
                moved[place] += by;
                formula(bolus.volume, moved)
            };
            let (low, high) = (moved(-STEP).ok_or_else(none)?, moved(STEP).ok_or_else(none)?);
            let slope = share * (high - low) / (2.0 * STEP);
            weights.extend(bolus.weights[place].iter().map(|(window, weight)| (*window, slope * weight)));
        }
    }
    let mean = share * values.iter().sum::<f64>();
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let spread = if values.len() > 1 { squares / (values.len() as f64 - 1.0) * share } else { 0.0 };
    let noise = found.fit.noise.variance_of(&found.fit.course, &weights);
    Ok((mean, noise.max(spread).sqrt()))
}

/// By how much a pressure is moved for a slope, mmHg: below all noise.
const STEP: f64 = 1e-3;

fn index(volume: f64, [_, before, peak, _]: [f64; 4]) -> Option<f64> {
    let index = volume / (peak / before).log10();
    (before > 0.0 && peak > 0.0 && index.is_finite() && index > 0.0).then_some(index)
}

/// The resistance by the mean conductance, `1/R`, which noise moves evenly to either side.
fn back(found: &Found, boluses: &[Bolus]) -> Answer {
    let (conductance, error) = mean_of(found, boluses, conductance)?;
    let [low, high] = [conductance - reach() * error, conductance + reach() * error];
    if conductance <= 0.0 || high <= 0.0 {
        return Err("the pressure did not return within four minutes by more than it varies".to_owned());
    }
    Ok((1.0 / conductance, [Some(1.0 / high), (low > 0.0).then(|| 1.0 / low)]))
}

fn conductance(volume: f64, pressures: [f64; 4]) -> Option<f64> {
    let [rest, _, peak, later] = pressures;
    let turns = (later * (peak - rest) / (peak * (later - rest))).log10();
    let conductance = index(volume, pressures)? * turns / (LATER * rest);
    conductance.is_finite().then_some(conductance)
}
