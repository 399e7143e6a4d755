//! The ends of intervals, run instead of believed.

use nalgebra::DMatrix;

use crate::error::FitError;
use crate::noise::Noise;
use crate::search::{Point, Watch, misfit};
use crate::trial::Trial;

/// Ends of a normal distribution that hold 95 %.
pub(crate) const NORMAL_95: f64 = 1.959_963_985;
/// An end is moved by no more than this factor: what lies further off is not told by one run.
const FURTHEST: f64 = 2.0;
/// A misfit at an end that is off by more than this share of what the curvature says is told.
const MUCH: f64 = 0.5;

/// The ends of the interval of one value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ends {
    /// Logarithms of the factors, lower and upper.
    pub x: [f64; 2],
    /// Whether the misfit at one of them was far from what the curvature at the least says.
    pub bent: bool,
}

impl Ends {
    /// Moves both ends away from `x` as an error of its own does, half of whose interval is `by`.
    pub fn widen(&mut self, x: f64, by: f64) {
        self.x = [x - (x - self.x[0]).max(0.0).hypot(by), x + (self.x[1] - x).max(0.0).hypot(by)];
    }
}

/// Where the misfit has risen by that of an interval of 95 %: each end by the curvature is run, the other values following
/// along the valley, and moved as if the misfit rose by the square from the least to there.
pub(crate) fn profiled(
    trial: &Trial,
    least: &Point,
    recorded: &[f64],
    noise: &Noise,
    covariance: &DMatrix<f64>,
    watch: &Watch<'_>,
) -> Result<Vec<Ends>, FitError> {
    let count = least.x.len();
    let error = |index: usize| covariance[(index, index)].sqrt();
    let way = |index: usize, sign: f64| -> Vec<f64> {
        let along = |other: usize| covariance[(other, index)] / error(index);
        (0..count).map(|other| least.x[other] + sign * NORMAL_95 * along(other)).collect()
    };
    let ways: Vec<Vec<f64>> = (0..count).flat_map(|index| [way(index, -1.0), way(index, 1.0)]).collect();
    let runs = trial.simulate_living(&ways, watch)?;
    let lowest = misfit(trial, least, recorded, noise);
    let rise = |number: usize| {
        // An end where the model cannot live tells nothing of the misfit there.
        let simulated = runs[number].clone()?;
        let end = Point { x: ways[number].clone(), simulated };
        Some(misfit(trial, &end, recorded, noise) - lowest)
    };
    let wanted = NORMAL_95 * NORMAL_95;
    let end = |index: usize, side: usize| {
        let rise = rise(2 * index + side);
        let share = rise.map_or(1.0, |rise| rise / wanted);
        let factor = share.max(FURTHEST.powi(-2)).powf(-0.5).max(1.0 / FURTHEST);
        let sign = [-1.0, 1.0][side];
        (
            least.x[index] + sign * factor * NORMAL_95 * error(index),
            rise.is_none() || (share - 1.0).abs() > MUCH,
        )
    };
    let ends = |index: usize| {
        let [(low, one), (high, other)] = [end(index, 0), end(index, 1)];
        Ends { x: [low, high], bent: one || other }
    };
    Ok((0..count).map(ends).collect())
}
