//! The outflow resistance: of steady pressures, of the whole course, and with tissue that yields slowly.

use super::mixed::Mixed;
use super::{Answer, Found, WIDEST, around, bolus, held, of_logarithm, reach, unknown};
use crate::fit::Yielding;
use crate::levels::{self, Level};
use crate::protocol::Kind;

/// Further than this share of the rise from its end by the model a pressure is not steady. Assumed.
const UNSTEADY: f64 = 0.1;

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
            "inverse slope of the flows on the pressures held, flow nought at the resting pressure among them; its interval reaches as far as that beside slow tissue"
        }
        _ => {
            "slope of the steady pressures on the rates infused, the resting pressure at rate nought among them; its interval reaches as far as that beside slow tissue"
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
    let answer = levels::resistance(levels, &found.fit.noise, &found.fit.course);
    let (value, error) = answer.ok_or("the levels do not differ in what was infused")?;
    Ok(around(value, error))
}

/// An answer whose interval reaches as far as that of another one to the same question: what the first leaves out, the second
/// does not. Where the second is not told, what the first leaves out is not known, and it only ever hides resistance.
fn reaching(answer: Answer, other: &Answer) -> Answer {
    let (value, [low, high]) = answer?;
    let Ok((_, [lower, higher])) = other else { return Ok((value, [low, None])) };
    let least = low.zip(*lower).map(|(one, other)| one.min(other));
    let most = high.zip(*higher).map(|(one, other)| one.max(other));
    Ok((value, [least, most]))
}

pub(super) fn with_rest(found: &Found) -> Answer {
    let levels = steady_levels(found);
    if levels.is_empty() {
        return Err(no_plateau(found));
    }
    let own = match found.kind {
        Kind::ConstantPressure => held::plain(found.held),
        _ => static_of(&std::iter::once(found.rest).chain(levels).collect::<Vec<_>>(), found),
    };
    reaching(own, &steady(found))
}

pub(super) fn without_rest(found: &Found) -> Answer {
    let steady = steady_levels(found);
    if steady.len() < 2 {
        return Err(format!("it takes two steady levels under infusion; there are {}", steady.len()));
    }
    match found.kind {
        Kind::ConstantPressure => held::plain(found.held.get(1..).unwrap_or_default()),
        _ => static_of(&steady, found),
    }
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
    reaching(with_return(found, plain(found)), &steady(found))
}

pub(super) fn steady(found: &Found) -> Answer {
    match found.kind {
        Kind::ConstantPressure => held::beside_tissues(found),
        _ => with_return(found, beside_tissues(found)),
    }
}

/// Volume that comes at once is shared out and answered by vessels before it leaves, of which no model here knows: a resistance
/// of the whole course reaches as far as that of the returns alone, and is not told where there is none.
fn with_return(found: &Found, answer: Answer) -> Answer {
    match (found.kind, answer) {
        (Kind::Bolus, Ok(answer)) => reaching(Ok(answer), &Ok(bolus::resistance(found)?)),
        (_, answer) => answer,
    }
}

/// Why the course is none of the model's: below the pressure of the veins nothing flows out, whatever the pressure.
fn beyond_veins(found: &Found) -> Option<String> {
    let lowest = found.windows.means.iter().copied().fold(f64::INFINITY, f64::min);
    match found.options.venous_pressure {
        _ if found.kind != Kind::Drainage => None,
        Some(venous) if lowest > venous => None,
        Some(venous) => Some(format!(
            "not identifiable: the pressure fell to {lowest:.1} mmHg, and below the venous pressure of {venous:.1} mmHg nothing flows out"
        )),
        None => Some("not identifiable: below the pressure of the sagittal sinus, which was not given, nothing flows out".to_owned()),
    }
}

/// By the fit without slow tissue.
fn plain(found: &Found) -> Answer {
    if let Some(reason) = beyond_veins(found) {
        return Err(reason);
    }
    let (value, error) = unknown(found, 1);
    let factor = (2.0 * reach() * error).exp();
    if factor.is_nan() || factor > WIDEST {
        let how_far = way(found).map_or(String::new(), |way| {
            format!("; by the model the pressure had gone {:.0} % of its way", 100.0 * way)
        });
        let low = (value - reach() * error).exp();
        return Err(format!(
            "the course does not determine it: its interval spans {}, from {low:.1} mmHg/(mL/min) on{how_far}",
            told(factor)
        ));
    }
    Ok(of_logarithm((value, error)))
}

/// By the fits beside all tissues together, by their weights.
fn beside_tissues(found: &Found) -> Answer {
    // What the model without slow tissue leaves open, one with more that is unknown cannot tell.
    let (_, [least, _]) = plain(found)?;
    if found.yielding.is_empty() {
        return Err("the model does not fit this course beside any tissue".to_owned());
    }
    let normal = |one: &Yielding| (one.weight, one.fit.unknowns[1], one.fit.covariance[(1, 1)].sqrt());
    let mixed = Mixed(found.yielding.iter().map(normal).collect());
    let [low, high] = [0.025, 0.975].map(|share| mixed.quantile(share).exp());
    let value = mixed.mean().exp();
    // Tissue that takes fluid up hides resistance and never adds to it.
    if !value.is_finite() || least.is_some_and(|least| value < least) {
        return Err("the course bends the other way than slowly yielding tissue makes it".to_owned());
    }
    if high > WIDEST * low {
        return Err(format!(
            "the course does not tell slow tissue from outflow: the interval spans {}, from {low:.1} mmHg/(mL/min) on",
            told(high / low)
        ));
    }
    Ok((value, [Some(low), Some(high)]))
}

/// A factor in words, however far it is.
fn told(factor: f64) -> String {
    if factor < 1000.0 { format!("a factor of {factor:.0}") } else { "more than a factor of 1000".to_owned() }
}
