//! The search: least squares over windows, with what is published as a weak hold.

use std::cell::RefCell;

use cisterna_recording::Recording;
use levenberg_marquardt::{LeastSquaresProblem, LevenbergMarquardt};
use nalgebra::storage::Owned;
use nalgebra::{DMatrix, DVector, Dyn};

use crate::draws::{FEWEST as FEWEST_DRAWS, drawn};
use crate::error::{FitError, input};
use crate::known::{Ended, Found, conclude};
use crate::noise::Noise;
use crate::profile::{NORMAL_95, profiled};
use crate::task::Task;
use crate::test::Test;
use crate::trial::{Trial, living};

/// The step of differences, in the logarithm: far above what the solver's tolerance leaves open in a mean.
const STEP: f64 = 0.05;
/// Steps shorter than this, in the logarithm, tell nothing of a slope: what the solver leaves open would be taken for it.
const LEAST_STEP: f64 = 0.5 * STEP;
/// A search ends where neither the misfit nor the values change by more than this share.
const ENOUGH: f64 = 1e-3;
/// Trials of a search, in multiples of the number of values and one.
const PATIENCE: usize = 6;
/// Noise is taken again from what is left after each search, until it holds still, at most so often: the first search has only
/// the scatter of neighbours, which on a ramp is far too much.
const ROUNDS: usize = 6;
/// Noise that changes by less than this share holds still: it would widen no interval by more.
const STILL: f64 = 0.05;

/// So well a value is found again where nothing but the start of the model differs, in the logarithm: a standard deviation. No
/// interval is told narrower, however many windows there are. Measured: outflow resistance put into an infusion test of the
/// adult was found 0.0021 off without any other error.
pub(crate) const REPEATED: f64 = 0.0025;

/// Whoever watches a fit.
pub struct Watch<'a> {
    /// Hears now and then how many runs of the model have begun, and what share of one is done.
    pub told: &'a (dyn Fn(usize, f64) + Sync),
    /// Whether to go on.
    pub going: &'a (dyn Fn() -> bool + Sync),
}

/// Finds the values of a subject that explain a recording.
///
/// The free values move by factors `exp(x)`. Sought is the least of `sum ((model - recorded) / noise)^2 + sum ((x - centre) /
/// spread)^2`: the first sum over means and pulse amplitudes of windows, the second the published ranges taken as what 95 of
/// 100 people have (a maximum a posteriori estimate with a log-normal prior). The method is that of Levenberg and Marquardt
/// (More 1978); derivatives are differences of four runs side by side at the beginning and the end of each search, and brought
/// along by what the runs between show (Broyden 1965). The noise of each kind of window is what the fit leaves, in the last search enlarged by what
/// neighbours have in common: for a correlation r of neighbours by `(1 + r) / (1 - r)` in the square. The ends of each interval
/// are run, and moved where the misfit there is not what the curvature at the least says; where the task asks for draws, these
/// make the intervals instead, if they are worth enough.
///
/// # Errors
/// A task that asks for what is not there, a model that cannot be run, a watcher who ends it.
pub fn fit(task: &Task<'_>, watch: &Watch<'_>) -> Result<Found, FitError> {
    if task.free.is_empty() {
        return input("no value is free; allowed: one or more names of values");
    }
    if (1..FEWEST_DRAWS).contains(&task.draws) {
        return input(format!(
            "{} draws tell no interval; allowed: {FEWEST_DRAWS} or more, or none",
            task.draws
        ));
    }
    let trial = Trial::new(task)?;
    let recorded: Vec<f64> = trial.windows.iter().flat_map(|windows| windows.values.clone()).collect();
    let first = trial.run(&vec![0.0; trial.free.len()], watch)?;
    let test = task.infused.is_some().then(|| Test::of(task, &trial, &first));
    let start = start(&trial, &first, test.as_ref().and_then(|test| test.as_ref().ok()), watch)?;
    let Searched { point, slopes, noise, settled } = searched(&trial, &recorded, start, watch)?;
    let linear = covariance(&trial, &slopes.matrix, &noise);
    let mut ends = profiled(&trial, &point, &recorded, &noise, &linear, watch)?;
    let draws = match task.draws {
        0 => None,
        count => Some(drawn(&trial, &point, &recorded, &noise, &linear, count, watch)?),
    };
    if let Some(draws) = draws.as_ref().filter(|draws| draws.suffice()) {
        ends = (0..ends.len()).map(|value| draws.ends(value)).collect();
    }
    ends.iter_mut().zip(&point.x).for_each(|(ends, x)| ends.widen(*x, NORMAL_95 * REPEATED));
    let test = match test {
        Some(Ok(test)) => Some(test.with_found(&trial, &trial.run(&point.x, watch)?)),
        other => other,
    };
    Ok(conclude(task, &trial, Ended { least: point, covariance: linear, ends, noise, draws, test, settled }))
}

/// Where the search begins: at the documents' values, or where Marmarou's model says that the subject should.
fn start(
    trial: &Trial,
    first: &Recording,
    test: Option<&Test>,
    watch: &Watch<'_>,
) -> Result<Point, FitError> {
    let zeros = vec![0.0; trial.free.len()];
    let told = test.map(|test| test.starts(&trial.free)).filter(|told| *told != zeros);
    if let Some(x) = told
        && let Some(simulated) = living(trial.simulate(&x, watch))?
    {
        return Ok(Point { x, simulated });
    }
    Ok(Point { simulated: trial.read(first)?, x: zeros })
}

/// Where a search ended.
struct Searched {
    point: Point,
    slopes: Slopes,
    noise: Noise,
    settled: bool,
}

/// Searches again and again until what is left for noise holds still, then once more with what neighbours have in common.
///
/// That comes last, and once: what a search leaves before it is near hangs together too, and would be taken for noise that
/// excuses it.
fn searched(trial: &Trial, recorded: &[f64], start: Point, watch: &Watch<'_>) -> Result<Searched, FitError> {
    let slopes = Slopes::at(trial, &start, watch)?;
    let noise = Noise::of_neighbours(trial, recorded);
    let mut now = Searched { point: start, slopes, noise, settled: false };
    for _ in 0..ROUNDS {
        now = now.search(trial, recorded, watch)?;
        let noise = Noise::of_rest(trial, recorded, &now.point.simulated);
        let still = noise.differs_from(&now.noise) < STILL;
        now.noise = noise;
        if still {
            break;
        }
    }
    now.noise = Noise::of_rest_together(trial, recorded, &now.point.simulated);
    now.search(trial, recorded, watch)
}

impl Searched {
    /// One search, with the noise as it is.
    fn search(self, trial: &Trial, recorded: &[f64], watch: &Watch<'_>) -> Result<Self, FitError> {
        let Searched { point, slopes, noise, .. } = self;
        let search = Search {
            trial,
            recorded,
            noise: &noise,
            watch,
            point: point.clone(),
            known: vec![point],
            slopes: RefCell::new(slopes),
            failure: None,
        };
        let method = LevenbergMarquardt::new().with_ftol(ENOUGH).with_xtol(ENOUGH).with_patience(PATIENCE);
        let (search, report) = method.minimize(search);
        if let Some(failure) = search.failure {
            return Err(failure);
        }
        let (point, mut slopes) = (search.point, search.slopes.into_inner());
        // What was only brought along does not do for intervals, nor to begin with new noise.
        if slopes.exact_at.iter().zip(&point.x).any(|(exact, x)| (exact - x).abs() > STEP) {
            slopes = Slopes::at(trial, &point, watch)?;
        }
        Ok(Searched { point, slopes, noise, settled: report.termination.was_successful() })
    }
}

/// The covariance of the free values: the inverse of the curvature at the end of the search.
fn covariance(trial: &Trial, slopes: &DMatrix<f64>, noise: &Noise) -> DMatrix<f64> {
    let count = slopes.ncols();
    let weighed =
        DMatrix::from_fn(slopes.nrows(), count, |row, column| slopes[(row, column)] / noise.each[row]);
    let mut curvature = weighed.transpose() * &weighed;
    for (index, free) in trial.free.iter().enumerate() {
        curvature[(index, index)] += free.spread.powi(-2);
    }
    // What holds each value by its published range keeps the curvature above zero.
    curvature.try_inverse().unwrap_or_else(|| DMatrix::from_diagonal_element(count, count, f64::INFINITY))
}

/// What is least at the end of a search: squares of misfit over noise and of what is published.
pub(crate) fn misfit(trial: &Trial, point: &Point, recorded: &[f64], noise: &Noise) -> f64 {
    residuals(trial, point, recorded, noise).map(|residual| residual * residual).sum()
}

fn residuals<'a>(
    trial: &'a Trial,
    point: &'a Point,
    recorded: &'a [f64],
    noise: &'a Noise,
) -> impl Iterator<Item = f64> + 'a {
    let windows = point.simulated.iter().zip(recorded).zip(&noise.each);
    let windows = windows.map(|((simulated, recorded), noise)| {
        // A large finite misfit lets the method shorten its step.
        if simulated.is_finite() { (simulated - recorded) / noise } else { 1e6 }
    });
    windows.chain(trial.free.iter().zip(&point.x).map(|(free, x)| (x - free.centre) / free.spread))
}

/// Values and what the windows hold with them.
#[derive(Clone, Debug)]
pub(crate) struct Point {
    /// Logarithms of the factors.
    pub x: Vec<f64>,
    /// The windows.
    pub simulated: Vec<f64>,
}

/// Derivatives of all windows by each free value.
struct Slopes {
    matrix: DMatrix<f64>,
    /// Where they stand.
    point: Point,
    /// Where they were last taken by differences.
    exact_at: Vec<f64>,
}

impl Slopes {
    fn at(trial: &Trial, point: &Point, watch: &Watch<'_>) -> Result<Self, FitError> {
        let moved = |index: usize| {
            let mut moved = point.x.clone();
            moved[index] += STEP;
            moved
        };
        let ways: Vec<Vec<f64>> = (0..point.x.len()).map(moved).collect();
        let ends = trial.simulate_all(&ways, watch)?;
        let slope = |row: usize, column: usize| (ends[column][row] - point.simulated[row]) / STEP;
        let matrix = DMatrix::from_fn(point.simulated.len(), ways.len(), slope);
        Ok(Slopes { matrix, point: point.clone(), exact_at: point.x.clone() })
    }

    /// Brings them along to another point: the least change with which they give the difference of both (Broyden 1965).
    fn bring(&mut self, point: &Point) {
        let way =
            DVector::from_iterator(point.x.len(), point.x.iter().zip(&self.point.x).map(|(a, b)| a - b));
        let seen = point.simulated.iter().zip(&self.point.simulated).map(|(a, b)| a - b);
        let seen = DVector::from_iterator(point.simulated.len(), seen);
        let length = way.norm_squared();
        if length >= LEAST_STEP * LEAST_STEP && seen.iter().all(|seen| seen.is_finite()) {
            let missed = (seen - &self.matrix * &way) / length;
            self.matrix += missed * way.transpose();
            self.point = point.clone();
        }
    }
}

/// The state of a search.
struct Search<'a> {
    trial: &'a Trial,
    recorded: &'a [f64],
    noise: &'a Noise,
    watch: &'a Watch<'a>,
    point: Point,
    /// Points that were run: the method comes back to some.
    known: Vec<Point>,
    slopes: RefCell<Slopes>,
    failure: Option<FitError>,
}

impl LeastSquaresProblem<f64, Dyn, Dyn> for Search<'_> {
    type ParameterStorage = Owned<f64, Dyn>;
    type ResidualStorage = Owned<f64, Dyn>;
    type JacobianStorage = Owned<f64, Dyn, Dyn>;

    fn set_params(&mut self, x: &DVector<f64>) {
        if self.failure.is_some() {
            return;
        }
        let x = x.as_slice();
        if let Some(known) = self.known.iter().find(|known| known.x == x) {
            self.point = known.clone();
            return;
        }
        let simulated = match self.trial.simulate(x, self.watch) {
            Ok(simulated) => simulated,
            // A step into where the model cannot live is no failure of the search: it is taken back.
            Err(FitError::Run(_)) => vec![f64::INFINITY; self.recorded.len()],
            Err(error) => {
                self.failure = Some(error);
                return;
            }
        };
        self.point = Point { x: x.to_vec(), simulated };
        self.known.push(self.point.clone());
    }

    fn params(&self) -> DVector<f64> {
        DVector::from_column_slice(&self.point.x)
    }

    fn residuals(&self) -> Option<DVector<f64>> {
        if self.failure.is_some() {
            return None;
        }
        let count = self.recorded.len() + self.point.x.len();
        let residuals = residuals(self.trial, &self.point, self.recorded, self.noise);
        Some(DVector::from_iterator(count, residuals))
    }

    fn jacobian(&self) -> Option<DMatrix<f64>> {
        let mut slopes = self.slopes.borrow_mut();
        slopes.bring(&self.point);
        let (rows, columns) = slopes.matrix.shape();
        Some(DMatrix::from_fn(rows + columns, columns, |row, column| match row.checked_sub(rows) {
            None => slopes.matrix[(row, column)] / self.noise.each[row],
            Some(held) if held == column => 1.0 / self.trial.free[column].spread,
            Some(_) => 0.0,
        }))
    }
}
