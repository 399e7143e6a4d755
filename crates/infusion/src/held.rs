//! Pressures that are held, and the flows that hold them.
//!
//! What holds a pressure answers every wave of blood volume with fluid, so that its flow goes up and down by many times what runs
//! out, and comes back by as much. The volume that has run says more than the flow: a line with waves on it, and with whatever a
//! pump drifts by.

use nalgebra::{DMatrix, DVector};

use crate::levels::Level;
use crate::noise::{Course, Mixture};
use crate::protocol::Dose;
use crate::series::Windows;
use crate::tissue::Tissue;

/// A pressure that is held.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    /// Its windows, by number.
    windows: Vec<usize>,
    /// Mean pressure, mmHg, and its variance.
    pub pressure: (f64, f64),
    /// Mean flow, mL/min, and its variance.
    flow: (f64, f64),
}

impl Held {
    /// By the windows of a level; none where these are too few.
    pub fn of(level: &Level, windows: &Windows, doses: &[Dose]) -> Option<Self> {
        let spans: Vec<(f64, f64)> = level.windows.iter().map(|&window| windows.spans[window]).collect();
        let begin = spans.first()?.0;
        let volume = |until: f64| {
            let part =
                |dose: &Dose| dose.rate * (dose.until.min(until) - dose.from.max(begin)).max(0.0) / 60.0;
            doses.iter().map(part).sum::<f64>()
        };
        let pressures = level.windows.iter().map(|&window| windows.means[window]);
        let constant = DMatrix::from_element(spans.len(), 1, 1.0);
        let pressure = last(spans.iter().map(|(from, until)| 0.5 * (from + until)), pressures, &constant)?;
        let minutes = DMatrix::from_fn(spans.len(), 2, |row, column| match column {
            0 => 1.0,
            _ => (spans[row].1 - begin) / 60.0,
        });
        let ends = spans.iter().map(|span| span.1);
        let flow = last(ends.clone(), ends.map(volume), &minutes)?;
        Some(Held { windows: level.windows.clone(), pressure, flow })
    }
}

/// The last of the parameters of a course that is linear in them, and its variance.
fn last(
    times: impl Iterator<Item = f64>,
    values: impl Iterator<Item = f64>,
    slopes: &DMatrix<f64>,
) -> Option<(f64, f64)> {
    let (rows, parameters) = slopes.shape();
    let course = Course { times: times.collect(), growth: vec![1.0; rows] };
    let mixture = Mixture::of(&course, &DVector::from_iterator(rows, values), slopes)?;
    // The parameters were nought, so that what they are better moved by is what they are.
    let index = parameters - 1;
    Some((mixture.shift[index], mixture.covariance[(index, index)]))
}

/// The resistance by which flow grows with held pressures, mmHg/(mL/min), and its standard error, once a tissue has taken what it
/// takes (mL/min, one for each level); none where the pressures are one, or flow does not grow.
///
/// Pressure is what is held and flow what is measured, so that the line is that of flow on pressure, `1/R = sum c_i I_i` with
/// `c_i = (P_i - mean P) / sum (P - mean P)^2`.
pub(crate) fn resistance(levels: &[Held], taken: &[f64]) -> Option<(f64, f64)> {
    let mean = levels.iter().map(|level| level.pressure.0).sum::<f64>() / levels.len() as f64;
    let squares: f64 = levels.iter().map(|level| (level.pressure.0 - mean).powi(2)).sum();
    if levels.len() < 2 || squares <= 0.0 {
        return None;
    }
    let share = |level: &Held| (level.pressure.0 - mean) / squares;
    let flow = |(level, taken): (&Held, &f64)| share(level) * (level.flow.0 - taken);
    let conductance: f64 = levels.iter().zip(taken).map(flow).sum();
    if conductance <= 0.0 {
        return None;
    }
    // A pressure that was d too high stands for a flow that was d/R too low.
    let variance = |level: &Held| level.flow.1 + conductance * conductance * level.pressure.1;
    let error = levels.iter().map(|level| share(level).powi(2) * variance(level)).sum::<f64>().sqrt();
    Some((1.0 / conductance, error / (conductance * conductance)))
}

/// What a tissue takes at each level, mL/min; `times` (s) are the middles of the windows.
pub(crate) fn taken(
    levels: &[Held],
    tissue: &Tissue,
    rest: f64,
    times: &[f64],
    windows: &Windows,
) -> Vec<f64> {
    let rates = tissue.takes(rest, times, &windows.means);
    let mean = |level: &Held| {
        level.windows.iter().map(|&window| rates[window]).sum::<f64>() / level.windows.len() as f64
    };
    levels.iter().map(mean).collect()
}
