//! From channels to means of windows and to doses.

use cisterna_recording::{Channel, MarkKind, Recording};

use crate::Problem;
use crate::protocol::{Dose, Inflow, Options};

/// Rates below this share of the largest are nothing: the noise of a pump's signal. Assumed.
const NOTHING: f64 = 0.02;
/// Longest stretch over which a noisy rate is averaged, s; short beside the time in which the pressure follows.
const PIECE: f64 = 1.0;

/// The pressure, window by window.
#[derive(Clone, Debug, Default)]
pub(crate) struct Windows {
    /// `(from, until)`, s.
    pub spans: Vec<(f64, f64)>,
    /// Means of the valid samples, mmHg.
    pub means: Vec<f64>,
    /// Share of valid samples in all of the channel.
    pub valid: f64,
}

impl Windows {
    /// The numbers of the windows that lie within a time.
    pub fn within(&self, from: f64, until: f64) -> Vec<usize> {
        let inside = |span: &(f64, f64)| span.0 >= from - 1e-6 && span.1 <= until + 1e-6;
        self.spans.iter().enumerate().filter(|(_, span)| inside(span)).map(|(index, _)| index).collect()
    }

    /// The mean of windows.
    pub fn mean(&self, windows: &[usize]) -> f64 {
        windows.iter().map(|&index| self.means[index]).sum::<f64>() / windows.len() as f64
    }
}

pub(crate) fn channel<'a>(recording: &'a Recording, name: &str) -> Result<&'a Channel, Problem> {
    recording.channel(name).ok_or_else(|| Problem::UnknownChannel {
        name: name.to_owned(),
        channels: recording.channels.iter().map(|channel| format!("`{}`", channel.name)).collect(),
    })
}

/// The means of whole windows of a pressure. A sample stands for the time half a step before and after it; samples that are
/// missing, and those under a mark of kind artefact or gap, are left out, and windows with too few.
pub(crate) fn pressure(recording: &Recording, name: &str, options: &Options) -> Result<Windows, Problem> {
    let channel = channel(recording, name)?;
    let scale = match channel.unit.as_str() {
        "mmHg" => 1.0,
        // Exact by definition of the conventional units.
        "cmH2O" => 98.066_5 / 133.322_387_415,
        "kPa" => 1000.0 / 133.322_387_415,
        unit => {
            let (channel, unit) = (name.to_owned(), unit.to_owned());
            return Err(Problem::Unit { channel, unit, allowed: "mmHg, cmH2O or kPa" });
        }
    };
    let spoilt: Vec<(f64, f64)> = recording
        .marks
        .iter()
        .filter(|mark| matches!(mark.kind, MarkKind::Artefact | MarkKind::Gap))
        .map(|mark| (mark.start, mark.end))
        .collect();
    let length = ((options.window * channel.rate).round() as usize).max(1);
    let (step, seconds) = (1.0 / channel.rate, length as f64 / channel.rate);
    let mut found = Windows::default();
    let mut valid = 0;
    for (window, samples) in channel.values.chunks_exact(length).enumerate() {
        let from = channel.time(window * length) - 0.5 * step;
        let near: Vec<&(f64, f64)> =
            spoilt.iter().filter(|(start, end)| *start < from + seconds && *end >= from).collect();
        let good = |(index, value): (usize, &f64)| {
            let time = channel.time(window * length + index);
            let clean = !near.iter().any(|(start, end)| (*start..=*end).contains(&time));
            (value.is_finite() && clean).then_some(scale * value)
        };
        let samples: Vec<f64> = samples.iter().enumerate().filter_map(good).collect();
        valid += samples.len();
        if samples.len() as f64 >= options.least_valid * length as f64 {
            found.spans.push((from, from + seconds));
            found.means.push(samples.iter().sum::<f64>() / samples.len() as f64);
        }
    }
    found.valid = valid as f64 / channel.values.len().max(1) as f64;
    Ok(found)
}

/// The doses of an inflow.
pub(crate) fn doses(recording: &Recording, inflow: &Inflow) -> Result<Vec<Dose>, Problem> {
    let doses = match inflow {
        Inflow::Stated(doses) => stated(doses)?,
        Inflow::Rate(name) => {
            let channel = channel(recording, name)?;
            let scale = match channel.unit.as_str() {
                "mL/min" | "ml/min" => 1.0,
                "mL/s" | "ml/s" => 60.0,
                "mL/h" | "ml/h" => 1.0 / 60.0,
                unit => {
                    let (channel, unit) = (name.clone(), unit.to_owned());
                    return Err(Problem::Unit { channel, unit, allowed: "mL/min, mL/s or mL/h" });
                }
            };
            pieces(channel, channel.values.iter().map(|value| scale * value).collect())
        }
        Inflow::Volume(name) => {
            let channel = channel(recording, name)?;
            if !matches!(channel.unit.as_str(), "mL" | "ml") {
                let (channel, unit) = (name.clone(), channel.unit.clone());
                return Err(Problem::Unit { channel, unit, allowed: "mL" });
            }
            let rates = channel.values.windows(2).map(|pair| 60.0 * channel.rate * (pair[1] - pair[0]));
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
