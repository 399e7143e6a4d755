//! From what was infused to doses of one rate each.

use cisterna_quantity::Dimension;
use cisterna_recording::{Channel, Recording};

use crate::Problem;
use crate::protocol::{Dose, Inflow};
use crate::series::{channel, scale};

/// Rates below this share of the largest are nothing: the noise of a pump's signal. Assumed.
const NOTHING: f64 = 0.02;
/// Rates that differ by less than this share of the highest are one: a pump's own unevenness. Assumed.
pub(crate) const ALIKE: f64 = 0.02;
/// Longest stretch over which a noisy rate is averaged, s; short beside the time in which the pressure follows.
const PIECE: f64 = 1.0;

/// What was infused as few doses: neighbours whose rates differ by no more than `alike`, a share of the highest rate, are one
/// dose of their mean rate, so that no volume is lost. An `alike` of 0.02 leaves out a pump's own unevenness.
///
/// # Errors
/// When the channel is missing or in a unit of something else, doses overlap, or nothing was infused.
pub fn steps(recording: &Recording, inflow: &Inflow, alike: f64) -> Result<Vec<Dose>, Problem> {
    Ok(together(doses(recording, inflow)?, alike))
}

/// Neighbours of nearly one rate as one dose.
pub(crate) fn together(doses: Vec<Dose>, alike: f64) -> Vec<Dose> {
    let highest = doses.iter().fold(0.0_f64, |most, dose| most.max(dose.rate.abs()));
    let mut steps: Vec<Dose> = Vec::new();
    for dose in doses {
        match steps.last_mut() {
            Some(step) if joins(step, &dose, alike * highest) => {
                let [before, own] = [step.until - step.from, dose.until - dose.from];
                step.rate = (step.rate * before + dose.rate * own) / (before + own);
                step.until = dose.until;
            }
            _ => steps.push(dose),
        }
    }
    steps
}

/// What runs one way without a pause longer than `gap` (s), as one dose of its mean rate: an injection by hand, whatever its pace.
pub(crate) fn joined(doses: &[Dose], gap: f64) -> Vec<Dose> {
    let mut joined: Vec<Dose> = Vec::new();
    for dose in doses {
        match joined.last_mut() {
            Some(last) if dose.from - last.until <= gap && last.rate * dose.rate > 0.0 => {
                let volume = last.rate * (last.until - last.from) + dose.rate * (dose.until - dose.from);
                last.until = dose.until;
                last.rate = volume / (last.until - last.from);
            }
            _ => joined.push(*dose),
        }
    }
    joined
}

/// Whether a dose goes on where another ended, at nearly its rate.
fn joins(before: &Dose, next: &Dose, near: f64) -> bool {
    next.from - before.until < 1e-6 && (next.rate - before.rate).abs() <= near
}

/// The doses of an inflow.
pub(crate) fn doses(recording: &Recording, inflow: &Inflow) -> Result<Vec<Dose>, Problem> {
    let doses = match inflow {
        Inflow::Stated(doses) => stated(doses)?,
        Inflow::Rate(name) => {
            let channel = channel(recording, name)?;
            // The flow of canon is in mL/s.
            let scale = 60.0 * scale(channel, Dimension::FLOW, "mL/min, mL/s or mL/h")?;
            pieces(channel, channel.values.iter().map(|value| scale * value).collect())
        }
        Inflow::Volume(name) => {
            let channel = channel(recording, name)?;
            let scale = 60.0 * channel.rate * scale(channel, Dimension::VOLUME, "mL or L")?;
            let rates = channel.values.windows(2).map(|pair| scale * (pair[1] - pair[0]));
            pieces(channel, rates.collect())
        }
    };
    if doses.iter().all(|dose| dose.rate == 0.0) {
        let what = match inflow {
            Inflow::Stated(_) => "none is stated".to_owned(),
            Inflow::Rate(name) => format!("`{name}` is zero throughout"),
            Inflow::Volume(name) => format!("`{name}` does not change"),
        };
        return Err(Problem::NoInfusion(what));
    }
    Ok(doses)
}

fn stated(doses: &[Dose]) -> Result<Vec<Dose>, Problem> {
    let mut end = f64::NEG_INFINITY;
    for dose in doses {
        let sound = dose.rate.is_finite() && dose.from.is_finite() && dose.until.is_finite();
        if !sound || dose.until <= dose.from || dose.from < end - 1e-9 {
            return Err(Problem::Improper(format!(
                "the dose of {} mL/min from {} to {} s is not in order: doses end after they begin and do not overlap",
                dose.rate, dose.from, dose.until
            )));
        }
        end = dose.until;
    }
    Ok(doses.to_vec())
}

/// Stretches of one rate: samples that are the same, or else means of a second. A sample holds until the next; where none was
/// recorded the last is held, as a pump goes on.
fn pieces(channel: &Channel, mut rates: Vec<f64>) -> Vec<Dose> {
    let mut last = 0.0;
    for rate in &mut rates {
        if rate.is_finite() {
            last = *rate;
        } else {
            *rate = last;
        }
    }
    let runs = |rates: &[f64]| 1 + rates.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let mut step = 1.0 / channel.rate;
    let together = (PIECE * channel.rate).round() as usize;
    if together > 1 && runs(&rates) * together > rates.len() {
        rates = rates.chunks(together).map(|some| some.iter().sum::<f64>() / some.len() as f64).collect();
        step *= together as f64;
    }
    let most = rates.iter().fold(0.0_f64, |most, rate| most.max(rate.abs()));
    let mut doses: Vec<Dose> = Vec::new();
    for (index, &rate) in rates.iter().enumerate() {
        let rate = if rate.abs() < NOTHING * most { 0.0 } else { rate };
        let from = channel.start + index as f64 * step;
        match doses.last_mut() {
            // Rounding of a running volume is no change of rate.
            Some(before) if (before.rate - rate).abs() <= 1e-6 * most => before.until = from + step,
            _ => doses.push(Dose { from, until: from + step, rate }),
        }
    }
    doses.retain(|dose| dose.rate != 0.0);
    doses
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(unit: &str, values: Vec<f64>) -> Recording {
        let mut recording = Recording::default();
        recording.channels.push(Channel::new("pump", unit, 0.0, 1.0, values));
        recording
    }

    fn of_pump() -> Inflow {
        Inflow::Rate("pump".to_owned())
    }

    #[test]
    fn an_uneven_pump_is_one_step_of_the_same_volume() -> Result<(), Problem> {
        let uneven = |second: u32| match second {
            0..100 => 0.0,
            100..400 => 90.0 + if second.is_multiple_of(2) { 0.5 } else { -0.5 },
            _ => 30.0,
        };
        let recording = rate("mL/h", (0..700).map(uneven).collect());
        let found = steps(&recording, &of_pump(), 0.02)?;
        let volume: f64 = found.iter().map(|dose| dose.rate * (dose.until - dose.from) / 60.0).sum();
        assert!((volume - (1.5 * 5.0 + 0.5 * 5.0)).abs() < 1e-9, "{volume}");
        assert_eq!(
            found.iter().map(|dose| (dose.from, dose.until)).collect::<Vec<_>>(),
            [(100.0, 400.0), (400.0, 700.0)]
        );
        assert!((found[0].rate - 1.5).abs() < 1e-9, "{found:?}");
        Ok(())
    }

    #[test]
    fn a_rate_of_nothing_or_in_a_unit_of_something_else_is_refused() {
        let still = steps(&rate("mL/min", vec![0.0; 50]), &of_pump(), 0.02);
        assert!(matches!(still, Err(Problem::NoInfusion(_))), "{still:?}");
        let pressure = steps(&rate("mmHg", vec![1.0; 50]), &of_pump(), 0.02);
        assert!(matches!(pressure, Err(Problem::Unit { .. })), "{pressure:?}");
    }
}
