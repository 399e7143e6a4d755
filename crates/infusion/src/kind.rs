//! What kind of test it is, by what was infused and how the pressure went.

use cisterna_recording::Recording;

use crate::Problem;
use crate::inflow::{doses, together};
use crate::phases::held_share;
use crate::protocol::{Dose, Inflow, Kind, Options};
use crate::series;

/// Volume that is infused within this time comes at once, s: short beside the minutes in which it leaves again. Assumed.
const AT_ONCE: f64 = 30.0;
/// Rates that differ by less than this share of the highest are one rate: a pump's own unevenness is less, steps of a protocol
/// are more. Assumed.
const ALIKE: f64 = 0.1;
/// A step of a protocol lasts so long, s; what changes its rate sooner answers to the pressure. Assumed.
const STEP: f64 = 120.0;
/// Doses of less than this share of all volume are how a pump starts and stops. Assumed.
const AN_ASIDE: f64 = 0.02;
/// Few rates make a protocol where they bring this share of all volume. Assumed.
const MOST: f64 = 0.8;
/// A pressure counts as held where it is so for this share of the time that something is infused. Assumed.
const HELD: f64 = 0.5;

/// What kind of test it is.
///
/// All that comes is withdrawn: drainage. All comes at once: bolus. One rate: constant rate. Few rates, each for two minutes or
/// longer: steps. A rate that answers to a pressure which is held at one or more levels: constant pressure.
///
/// # Errors
/// When channels cannot be read, nothing was infused, or it is none of these: the kind must then be stated.
pub fn recognise(
    recording: &Recording,
    pressure: &str,
    inflow: &Inflow,
    options: &Options,
) -> Result<Kind, Problem> {
    let all = doses(recording, inflow)?;
    let volume = |dose: &Dose| dose.rate.abs() * (dose.until - dose.from);
    let whole: f64 = all.iter().map(volume).sum();
    let mut few = together(all.clone(), ALIKE);
    let changes = few.len();
    few.retain(|dose| volume(dose) > AN_ASIDE * whole);
    // What answers to every wave of the pressure falls into pieces that are nothing each.
    let whole_in_few = few.iter().map(volume).sum::<f64>() > MOST * whole;
    let [infused, withdrawn] = [few.iter().any(|d| d.rate > 0.0), few.iter().any(|d| d.rate < 0.0)];
    if whole_in_few && withdrawn && !infused {
        return Ok(Kind::Drainage);
    }
    if whole_in_few && !withdrawn {
        let lasts = |least: f64| few.iter().all(|dose| dose.until - dose.from >= least);
        if few.iter().all(|dose| dose.until - dose.from <= AT_ONCE) {
            return Ok(Kind::Bolus);
        }
        if few.len() == 1 {
            return Ok(Kind::ConstantRate);
        }
        if lasts(STEP) {
            return Ok(Kind::PressureSteps);
        }
    }
    let windows = series::pressure(recording, pressure, options)?;
    if held_share(&windows, &all, options) >= HELD {
        return Ok(Kind::ConstantPressure);
    }
    Err(Problem::UnknownKind(if withdrawn {
        "fluid is infused and withdrawn, and the pressure is not held at any level".to_owned()
    } else {
        format!(
            "the rate changes {} times, sooner than in {STEP:.0} s, and the pressure is not held at any level",
            changes
        )
    }))
}
