//! The static way: steady pressures and the flows that they take.

use crate::marmarou::Marmarou;
use crate::noise::{Course, Mixture};
use crate::protocol::Dose;
use crate::series::Windows;

/// A steady pressure and its flow.
#[derive(Clone, Debug)]
pub(crate) struct Level {
    /// Its windows, by number.
    pub windows: Vec<usize>,
    /// Mean pressure, mmHg.
    pub pressure: f64,
    /// Mean of what is infused, mL/min.
    pub flow: f64,
    /// Variance of that mean, (mL/min)^2.
    pub flow_variance: f64,
    /// How far the pressure still is from where it would end, by the model, mmHg.
    pub unsteady: f64,
}

/// How long a stretch of flow hangs together, s: longer than most slow waves. Assumed.
const BLOCK: f64 = 60.0;

impl Level {
    /// The level over a time; none without windows.
    pub fn over(windows: &Windows, doses: &[Dose], from: f64, until: f64) -> Option<Self> {
        let inside = windows.within(from, until);
        if inside.is_empty() {
            return None;
        }
        let flow = |from: f64, until: f64| {
            let part = |dose: &Dose| dose.rate * (dose.until.min(until) - dose.from.max(from)).max(0.0);
            doses.iter().map(part).sum::<f64>() / (until - from)
        };
        let blocks = ((until - from) / BLOCK).floor().max(1.0);
        let length = (until - from) / blocks;
        let mean = flow(from, until);
        let squares: f64 = (0..blocks as usize)
            .map(|block| from + block as f64 * length)
            .map(|start| (flow(start, start + length) - mean).powi(2))
            .sum();
        let flow_variance = if blocks > 1.0 { squares / (blocks - 1.0) / blocks } else { 0.0 };
        Some(Level {
            pressure: windows.mean(&inside),
            windows: inside,
            flow: mean,
            flow_variance,
            unsteady: 0.0,
        })
    }

    /// The level with how far it is from where a model ends under its flow.
    pub fn beside(mut self, model: &Marmarou, fitted: &[f64]) -> Self {
        let mean = self.windows.iter().map(|&window| fitted[window]).sum::<f64>() / self.windows.len() as f64;
        self.unsteady = (model.rest + model.resistance * self.flow - mean).abs();
        self
    }

    fn weights(&self, weight: f64) -> impl Iterator<Item = (usize, f64)> {
        let each = weight / self.windows.len() as f64;
        self.windows.iter().map(move |&window| (window, each))
    }

    /// Variance of its pressure, mmHg^2.
    pub fn variance(&self, noise: &Mixture, course: &Course) -> f64 {
        noise.variance_of(course, &self.weights(1.0).collect::<Vec<_>>())
    }
}

/// The resistance of the straight line through levels, mmHg/(mL/min), and its standard error; none where the flows are one.
///
/// `R = sum c_i P_i` with `c_i = (I_i - mean I) / sum (I - mean I)^2`. Its error comes from the noise of the pressures, which
/// hang together, from how unevenly the flows ran, and from how far the pressures still are from steady.
pub(crate) fn resistance(levels: &[&Level], noise: &Mixture, course: &Course) -> Option<(f64, f64)> {
    let mean = levels.iter().map(|level| level.flow).sum::<f64>() / levels.len() as f64;
    let squares: f64 = levels.iter().map(|level| (level.flow - mean).powi(2)).sum();
    let largest = levels.iter().fold(0.0_f64, |most, level| most.max(level.flow.abs()));
    if levels.len() < 2 || squares <= (1e-3 * largest).powi(2) {
        return None;
    }
    let shares: Vec<f64> = levels.iter().map(|level| (level.flow - mean) / squares).collect();
    let value: f64 = levels.iter().zip(&shares).map(|(level, share)| share * level.pressure).sum();
    let weights: Vec<(usize, f64)> =
        levels.iter().zip(&shares).flat_map(|(level, &share)| level.weights(share)).collect();
    let flows: f64 =
        levels.iter().zip(&shares).map(|(level, share)| share * share * level.flow_variance).sum();
    let steady: f64 = levels.iter().zip(&shares).map(|(level, share)| (share * level.unsteady).powi(2)).sum();
    Some((value, (noise.variance_of(course, &weights) + steady + value * value * flows).sqrt()))
}
