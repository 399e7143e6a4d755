//! The outflow resistance: of steady pressures, of the whole course, and with tissue that yields slowly.

use cisterna_analysis::normal_cdf;

use super::{Answer, Found, WIDEST, around, of_logarithm, reach, unknown};
use crate::levels::{self, Level};
use crate::protocol::Kind;

/// Further than this share of the rise from its end by the model a pressure is not steady. Assumed.
const UNSTEADY: f64 = 0.1;
/// Into how many slices what tissue may take is cut.
const SLICES: usize = 100;

/// The share of the way from rest to its steady end that the pressure has gone under the last dose, by the model.
pub(super) fn way(found: &Found) -> Option<f64> {
    let dose = found.doses.iter().rev().find(|dose| dose.from < found.until)?;
    let end = dose.rate * found.fit.model.resistance;
    let over = found.fit.fitted.last()? - found.fit.model.rest;
    (found.kind == Kind::ConstantRate && dose.until > found.until - 2.0 * found.options.window)
        .then_some(over / end)
}

pub(super) fn no_plateau(found: &Found) -> String {
    if let Some(level) = found.plateaus.last() {
        return format!(
            "no steady plateau was reached: by the model the pressure had gone {:.0} % of its way in what looks like one",
            100.0 * gone(found, level)
        );
    }
    match way(found) {
        Some(way) if way < 1.0 => format!(
            "no steady plateau was reached: by the model the pressure had gone {:.0} % of its way when the infusion ended",
            100.0 * way
        ),
        _ => "no steady plateau was found".to_owned(),
    }
}

/// How the static resistance is defined, with the resting pressure.
pub(super) fn slope_with_rest(kind: Kind) -> &'static str {
    match kind {
        Kind::ConstantPressure => {
            "inverse slope of the flows on the pressures held, flow nought at the resting pressure among them"
        }
        _ => {
            "slope of the steady pressures on the rates infused, the resting pressure at rate nought among them"
        }
    }
}

/// How it is defined without.
pub(super) fn slope_without_rest(kind: Kind) -> &'static str {
    match kind {
        Kind::ConstantPressure => "inverse slope of the flows on the pressures held, under infusion only",
        _ => "slope of the steady pressures on the rates infused, under infusion only",
    }
}

/// Where it is published.
pub(super) fn slope_source(kind: Kind) -> &'static str {
    match kind {
        Kind::ConstantPressure => "Ekstedt 1977, J Neurol Neurosurg Psychiatry 40:105, and 1978, 41:345",
        _ => "Andersson et al. 2011, Fluids Barriers CNS 8:15",
    }
}

fn static_of(levels: &[&Level], found: &Found) -> Answer {
    let (noise, course) = (&found.fit.noise, &found.fit.course);
    let answer = match found.kind {
        Kind::ConstantPressure => levels::of_held(levels, noise, course)
            .ok_or("the pressures held do not differ, or flow does not grow with them"),
        _ => levels::resistance(levels, noise, course).ok_or("the levels do not differ in what was infused"),
    };
    let (value, error) = answer?;
    Ok(around(value, error))
}

pub(super) fn with_rest(found: &Found) -> Answer {
    let steady = steady_levels(found);
    if steady.is_empty() {
        return Err(no_plateau(found));
    }
    let levels: Vec<&Level> = std::iter::once(found.rest).chain(steady).collect();
    static_of(&levels, found)
}

pub(super) fn without_rest(found: &Found) -> Answer {
    let steady = steady_levels(found);
    if steady.len() < 2 {
        return Err(format!("it takes two steady levels under infusion; there are {}", steady.len()));
    }
    static_of(&steady, found)
}

/// The share of its way that the pressure has gone in a plateau, by the model.
fn gone(found: &Found, level: &Level) -> f64 {
    1.0 - level.unsteady / (found.fit.model.resistance * level.flow.abs())
}

/// The plateaus. One that looks steady for all that waves let one see, but is not by the model, is none; where a person gave
/// the phases, it is taken for one.
pub(super) fn steady_levels<'a>(found: &'a Found) -> Vec<&'a Level> {
    let trusted = found.given || found.kind == Kind::ConstantPressure;
    let steady = |level: &&Level| trusted || gone(found, level) > 1.0 - UNSTEADY;
    found.plateaus.iter().filter(steady).collect()
}

pub(super) fn dynamic(found: &Found) -> Answer {
    let (value, error) = unknown(found, 1);
    let factor = (2.0 * reach() * error).exp();
    if factor.is_nan() || factor > WIDEST {
        let how_far = way(found).map_or(String::new(), |way| {
            format!("; by the model the pressure had gone {:.0} % of its way", 100.0 * way)
        });
        let low = (value - reach() * error).exp();
        return Err(format!(
            "the course does not determine it: its interval spans a factor of {factor:.0}, from {low:.1} mmHg/(mL/min) on{how_far}"
        ));
    }
    Ok(of_logarithm((value, error)))
}

/// Values of all time constants together, by their weights, where tissue takes fluid up, less easily than the ways out do, and
/// in the end no more than what yields at once: `0 <= g <= min(1/R, 1/(e_b tau))`. That it takes up is physics; the two ends
/// are assumed, the last of them from elastance coefficients of 0.24 1/mL in the rise and 0.14 in the fall of 27 tests, by which
/// what yields slowly is 0.7 of what yields at once. Whether tissue yields at all is left open, even beforehand.
pub(super) fn steady(found: &Found) -> Answer {
    // What the model without slow tissue leaves open, one with more that is unknown cannot tell.
    dynamic(found)?;
    let mut normals: Vec<(f64, f64, f64)> = Vec::new();
    for (fit, constant, weight) in found.yielding {
        let stored = 60.0 / (found.fit.model.elastance * constant);
        let easiest = stored.min(1.0 / found.fit.model.resistance);
        let last = fit.unknowns.len() - 1;
        let (ease, spread) = (fit.unknowns[last], fit.covariance[(last, last)].sqrt());
        let slope = fit.covariance[(1, last)] / (spread * spread);
        let left = (fit.covariance[(1, 1)] - slope * slope * spread * spread).max(0.0).sqrt();
        // As likely beforehand as all that yields: tissue that does not.
        let rigid = (-0.5 * (ease / spread).powi(2)).exp() / spread;
        normals.push((weight * rigid, fit.unknowns[1] - slope * ease, left));
        // The normal distribution of both, cut where g ends and in slices of g.
        for slice in 0..SLICES {
            let at = easiest * (slice as f64 + 0.5) / SLICES as f64;
            let share = (-0.5 * ((at - ease) / spread).powi(2)).exp() / spread / SLICES as f64;
            normals.push((weight * share, fit.unknowns[1] + slope * (at - ease), left));
        }
    }
    let total: f64 = normals.iter().map(|normal| normal.0).sum();
    if total.is_nan() || total <= 0.0 {
        return Err("the course bends the other way than slowly yielding tissue makes it".to_owned());
    }
    let below = |place: f64| {
        normals
            .iter()
            .map(|(weight, mean, error)| weight / total * normal_cdf((place - mean) / error.max(1e-12)))
            .sum::<f64>()
    };
    let quantile = |share: f64| {
        let (mut low, mut high) = (-10.0, 15.0);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if below(middle) < share { low = middle } else { high = middle }
        }
        (0.5 * (low + high)).exp()
    };
    let [low, high] = [0.025, 0.975].map(quantile);
    // The mean and not the median, which would jump from tissue that yields to tissue that does not.
    let value = normals.iter().map(|(weight, mean, _)| weight / total * mean).sum::<f64>().exp();
    if high > WIDEST * low {
        return Err(format!(
            "the course does not tell slow tissue from outflow: the interval spans a factor of {:.0}, from {low:.1} mmHg/(mL/min) on",
            high / low
        ));
    }
    Ok((value, [Some(low), Some(high)]))
}
