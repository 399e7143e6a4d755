//! What of a window is taken for noise.

use cisterna_analysis::Statistic;

use crate::trial::Trial;

/// Noise of a pressure is never taken as less than this, mmHg: monitors and transducers are read to a tenth.
const LEAST_PRESSURE: f64 = 0.05;
/// Noise of a flow is never taken as less than this, mL/s (assumed: a tenth of the flow that a heart beat makes in the aqueduct).
const LEAST_FLOW: f64 = 0.01;

/// The noise of each window.
pub(crate) struct Noise {
    /// Of each value.
    pub each: Vec<f64>,
}

impl Noise {
    /// From how each differs from the middle of its neighbours, so that no ramp is taken for noise (second differences, whose
    /// square is six times that of the noise).
    pub fn of_neighbours(trial: &Trial, recorded: &[f64]) -> Self {
        Self::by_kind(
            trial,
            |values| {
                let bends = values.windows(3).map(|three| (three[0] - 2.0 * three[1] + three[2]).powi(2));
                (bends.sum::<f64>() / 6.0 / (values.len().max(3) - 2) as f64).sqrt()
            },
            recorded,
        )
    }

    /// From what a fit leaves.
    pub fn of_rest(trial: &Trial, recorded: &[f64], simulated: &[f64]) -> Self {
        Self::by_kind(trial, |rest| square(rest).sqrt(), &rest(recorded, simulated))
    }

    /// From what a fit leaves, with what neighbours have in common.
    pub fn of_rest_together(trial: &Trial, recorded: &[f64], simulated: &[f64]) -> Self {
        Self::by_kind(
            trial,
            |rest| {
                let shared = rest.windows(2).map(|pair| pair[0] * pair[1]).sum::<f64>();
                let together = shared / (rest.len().max(2) - 1) as f64 / square(rest).max(f64::MIN_POSITIVE);
                let r = together.clamp(0.0, 0.95);
                (square(rest) * (1.0 + r) / (1.0 - r)).sqrt()
            },
            &rest(recorded, simulated),
        )
    }

    /// By what share it differs from another most.
    pub fn differs_from(&self, other: &Self) -> f64 {
        self.each.iter().zip(&other.each).map(|(own, other)| (own / other - 1.0).abs()).fold(0.0, f64::max)
    }

    fn by_kind(trial: &Trial, noise: impl Fn(&[f64]) -> f64, values: &[f64]) -> Self {
        let mut each = vec![f64::INFINITY; values.len()];
        let mut first = 0;
        for windows in &trial.windows {
            let least = if windows.unit == "mmHg" { LEAST_PRESSURE } else { LEAST_FLOW };
            for statistic in [Statistic::Mean, Statistic::AmplitudeFundamental] {
                let places: Vec<usize> = windows.places(statistic).map(|place| first + place).collect();
                let own: Vec<f64> = places.iter().map(|place| values[*place]).collect();
                let size = noise(&own).max(least);
                places.into_iter().for_each(|place| each[place] = size);
            }
            first += windows.values.len();
        }
        Noise { each }
    }
}

fn rest(recorded: &[f64], simulated: &[f64]) -> Vec<f64> {
    recorded.iter().zip(simulated).map(|(recorded, simulated)| recorded - simulated).collect()
}

/// The mean square.
fn square(rest: &[f64]) -> f64 {
    rest.iter().map(|rest| rest * rest).sum::<f64>() / rest.len().max(1) as f64
}
