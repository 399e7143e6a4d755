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
    /// From how neighbours differ: half of the mean square of their differences (von Neumann 1941).
    pub fn of_neighbours(trial: &Trial, recorded: &[f64]) -> Self {
        Self::by_kind(
            trial,
            |values| {
                let pairs = values.windows(2).map(|pair| (pair[1] - pair[0]).powi(2));
                (0.5 * pairs.sum::<f64>() / (values.len().max(2) - 1) as f64).sqrt()
            },
            recorded,
        )
    }

    /// From what a fit leaves, with what neighbours have in common.
    pub fn of_rest(trial: &Trial, recorded: &[f64], simulated: &[f64]) -> Self {
        let rest: Vec<f64> = recorded.iter().zip(simulated).map(|(a, b)| a - b).collect();
        Self::by_kind(
            trial,
            |rest| {
                let square = rest.iter().map(|r| r * r).sum::<f64>() / rest.len().max(1) as f64;
                let shared = rest.windows(2).map(|pair| pair[0] * pair[1]).sum::<f64>();
                let together = shared / (rest.len().max(2) - 1) as f64 / square.max(f64::MIN_POSITIVE);
                let r = together.clamp(0.0, 0.95);
                (square * (1.0 + r) / (1.0 - r)).sqrt()
            },
            &rest,
        )
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
