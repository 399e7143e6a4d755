//! The search: least squares over windows, with what is published as a weak hold.

use cisterna_analysis::Statistic;
use levenberg_marquardt::{LeastSquaresProblem, LevenbergMarquardt};
use nalgebra::storage::Owned;
use nalgebra::{DMatrix, DVector, Dyn};

use crate::error::{FitError, input};
use crate::known::{Found, conclude};
use crate::task::Task;
use crate::trial::Trial;

/// The step of differences, in the logarithm: far above what the solver's tolerance leaves open in a mean.
const STEP: f64 = 0.05;
/// A search ends where neither the misfit nor the values change by more than this share.
const ENOUGH: f64 = 1e-3;
/// Trials of a search, in multiples of the number of values and one.
const PATIENCE: usize = 6;
/// Noise is taken again from what is left after a search, so often: the first search has only the scatter of neighbours.
const ROUNDS: usize = 2;
/// Noise is never taken as less than this, mmHg: monitors and transducers are read to a tenth.
const LEAST_NOISE: f64 = 0.05;

/// Whoever watches a fit: hears of each run of the model, and says whether to go on.
pub struct Watch<'a> {
    /// Called after each run, with how many there were.
    pub told: &'a (dyn Fn(usize) + Sync),
    /// Whether to go on.
    pub going: &'a (dyn Fn() -> bool + Sync),
}

impl Watch<'_> {
    pub(crate) fn go_on(&self) -> bool {
        (self.going)()
    }
}

/// Finds the values of a subject that explain a recording.
///
/// The free values move by factors `exp(x)`. Sought is the least of `sum ((model - recorded) / noise)^2 + sum ((x - centre) /
/// spread)^2`: the first sum over means and pulse amplitudes of windows, the second the published ranges taken as what 95 of
/// 100 people have (a maximum a posteriori estimate with a log-normal prior). The method is that of Levenberg and Marquardt
/// (More 1978), derivatives are differences of four runs side by side. The noise of each kind of window is what the fit leaves,
/// enlarged by what neighbours have in common: for a correlation r of neighbours by `(1 + r) / (1 - r)` in the square.
///
/// # Errors
/// A task that asks for what is not there, a model that cannot be run, a watcher who ends it.
pub fn fit(task: &Task<'_>, watch: &Watch<'_>) -> Result<Found, FitError> {
    if task.free.is_empty() {
        return input("no value is free; allowed: one or more names of values");
    }
    let trial = Trial::new(task)?;
    let mut x: Vec<f64> = vec![0.0; trial.free.len()];
    let recorded: Vec<f64> = trial.windows.iter().flat_map(|windows| windows.values.clone()).collect();
    let mut noise = Noise::of_neighbours(&trial);
    let mut runs = 0;
    let mut last = None;
    for _ in 0..ROUNDS {
        let search = Search::new(&trial, &recorded, &noise, x, runs, watch)?;
        let method = LevenbergMarquardt::new().with_ftol(ENOUGH).with_xtol(ENOUGH).with_patience(PATIENCE);
        let (search, report) = method.minimize(search);
        if let Some(failure) = search.failure {
            return Err(failure);
        }
        let simulated;
        (x, runs, simulated) = (search.x, search.runs, search.simulated);
        noise = Noise::of_rest(&trial, &recorded, &simulated);
        last = Some((simulated, report.termination.was_successful()));
    }
    let Some((simulated, settled)) = last else { return input("nothing was searched") };
    let slopes = slopes_at(&trial, &x, &simulated, watch)?;
    Ok(conclude(task, &trial, &x, &simulated, &slopes, &noise, settled, runs))
}

/// The noise of each window.
pub(crate) struct Noise {
    /// Of each value.
    pub each: Vec<f64>,
}

impl Noise {
    /// From how neighbours differ: half of the mean square of their differences (von Neumann 1941).
    fn of_neighbours(trial: &Trial) -> Self {
        Self::by_kind(
            trial,
            |values| {
                let pairs = values.windows(2).map(|pair| (pair[1] - pair[0]).powi(2));
                (0.5 * pairs.sum::<f64>() / (values.len().max(2) - 1) as f64).sqrt()
            },
            &recorded_of(trial),
        )
    }

    /// From what a fit leaves, with what neighbours have in common.
    fn of_rest(trial: &Trial, recorded: &[f64], simulated: &[f64]) -> Self {
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
        let mut each = vec![LEAST_NOISE; values.len()];
        let mut first = 0;
        for windows in &trial.windows {
            for statistic in [Statistic::Mean, Statistic::AmplitudeFundamental] {
                let places: Vec<usize> = windows.places(statistic).map(|place| first + place).collect();
                let own: Vec<f64> = places.iter().map(|place| values[*place]).collect();
                let size = noise(&own).max(LEAST_NOISE);
                places.into_iter().for_each(|place| each[place] = size);
            }
            first += windows.values.len();
        }
        Noise { each }
    }
}

fn recorded_of(trial: &Trial) -> Vec<f64> {
    trial.windows.iter().flat_map(|windows| windows.values.clone()).collect()
}

/// Derivatives of all windows by each free value.
fn slopes_at(
    trial: &Trial,
    x: &[f64],
    simulated: &[f64],
    watch: &Watch<'_>,
) -> Result<DMatrix<f64>, FitError> {
    let moved = |index: usize| {
        let mut moved = x.to_vec();
        // Where there are fewer than four, the last is run again: lanes are there anyway.
        moved[index.min(x.len() - 1)] += STEP;
        moved
    };
    let mut slopes = DMatrix::zeros(simulated.len(), x.len());
    for first in (0..x.len()).step_by(4) {
        let ways = [0, 1, 2, 3].map(|lane| moved(first + lane));
        let results = match x.len() - first {
            // Lanes cost three runs of one.
            1 => vec![trial.simulate(&ways[0], watch)?],
            _ => trial.simulate_four(ways.each_ref().map(Vec::as_slice), watch)?.to_vec(),
        };
        for (column, result) in (first..x.len()).zip(results) {
            for (row, (end, start)) in result.iter().zip(simulated).enumerate() {
                slopes[(row, column)] = (end - start) / STEP;
            }
        }
    }
    Ok(slopes)
}

/// The state of a search.
struct Search<'a> {
    trial: &'a Trial,
    recorded: &'a [f64],
    noise: &'a Noise,
    watch: &'a Watch<'a>,
    x: Vec<f64>,
    simulated: Vec<f64>,
    runs: usize,
    failure: Option<FitError>,
}

impl<'a> Search<'a> {
    fn new(
        trial: &'a Trial,
        recorded: &'a [f64],
        noise: &'a Noise,
        x: Vec<f64>,
        runs: usize,
        watch: &'a Watch<'a>,
    ) -> Result<Self, FitError> {
        let simulated = trial.simulate(&x, watch)?;
        Ok(Search { trial, recorded, noise, watch, x, simulated, runs: runs + 1, failure: None })
    }
}

impl LeastSquaresProblem<f64, Dyn, Dyn> for Search<'_> {
    type ParameterStorage = Owned<f64, Dyn>;
    type ResidualStorage = Owned<f64, Dyn>;
    type JacobianStorage = Owned<f64, Dyn, Dyn>;

    fn set_params(&mut self, x: &DVector<f64>) {
        if self.failure.is_some() || x.as_slice() == self.x.as_slice() {
            return;
        }
        match self.trial.simulate(x.as_slice(), self.watch) {
            Ok(simulated) => self.simulated = simulated,
            // A step into where the model cannot live is no failure of the search: it is taken back.
            Err(FitError::Run(_)) => self.simulated.fill(f64::INFINITY),
            Err(error) => self.failure = Some(error),
        }
        self.x = x.as_slice().to_vec();
        self.runs += 1;
        (self.watch.told)(self.runs);
    }

    fn params(&self) -> DVector<f64> {
        DVector::from_column_slice(&self.x)
    }

    fn residuals(&self) -> Option<DVector<f64>> {
        if self.failure.is_some() {
            return None;
        }
        let windows = self.simulated.iter().zip(self.recorded).zip(&self.noise.each);
        let windows = windows.map(|((simulated, recorded), noise)| {
            // A large finite misfit lets the method shorten its step.
            if simulated.is_finite() { (simulated - recorded) / noise } else { 1e6 }
        });
        let held = self.trial.free.iter().zip(&self.x).map(|(free, x)| (x - free.centre) / free.spread);
        Some(DVector::from_iterator(self.recorded.len() + self.x.len(), windows.chain(held)))
    }

    fn jacobian(&self) -> Option<DMatrix<f64>> {
        // An error here ends the search, and is met again where the slopes of its end are taken.
        let slopes = slopes_at(self.trial, &self.x, &self.simulated, self.watch).ok()?;
        let (rows, columns) = slopes.shape();
        Some(DMatrix::from_fn(rows + columns, columns, |row, column| match row.checked_sub(rows) {
            None => slopes[(row, column)] / self.noise.each[row],
            Some(held) if held == column => 1.0 / self.trial.free[column].spread,
            Some(_) => 0.0,
        }))
    }
}
