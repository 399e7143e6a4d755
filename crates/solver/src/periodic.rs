//! Fixed points of a period map: a state that one period brings back to itself.

use std::collections::VecDeque;
use std::fmt;

/// How many past evaluations are combined.
const DEPTH: usize = 40;
/// A residual that grows by this over the best one discards the past.
const GROWTH: f64 = 1000.0;
/// A past difference that is so nearly a combination of newer ones adds only noise.
const DEPENDENT: f64 = 1e-9;

/// What is asked of a fixed point.
#[derive(Clone, Copy)]
pub struct Periodic<'a> {
    /// The size that each number has when it is "large".
    pub scales: &'a [f64],
    /// The largest change over a period, as a fraction of the scale, that counts as none.
    pub tolerance: f64,
    /// How often the map may be evaluated.
    pub max_evaluations: usize,
    /// Whether a state is one from which a period may be started (say, with positive volumes).
    pub admissible: &'a dyn Fn(&[f64]) -> bool,
}

/// A state that the map brings back to itself.
#[derive(Clone, Debug, PartialEq)]
pub struct FixedPoint {
    /// The state.
    pub state: Vec<f64>,
    /// How often the map was evaluated.
    pub evaluations: usize,
    /// The largest change over a period, as a fraction of the scale.
    pub residual: f64,
}

/// Why no fixed point was found.
#[derive(Clone, Debug, PartialEq)]
pub enum NoFixedPoint<E> {
    /// The map failed where no other way was left.
    Map(E),
    /// The map gave a value that is not finite.
    NotFinite,
    /// There must be one positive scale for each number.
    Malformed,
    /// The evaluations were used up; the best state that was met.
    NotSettled(FixedPoint),
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for NoFixedPoint<E> {}

impl<E: fmt::Display> fmt::Display for NoFixedPoint<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoFixedPoint::Map(error) => write!(f, "{error}"),
            NoFixedPoint::NotFinite => write!(f, "the period map gives a value that is not finite"),
            NoFixedPoint::Malformed => write!(f, "there must be one positive scale for each number"),
            NoFixedPoint::NotSettled(best) => write!(
                f,
                "after {} periods the state still changes by {:.1e} of its scale from one to the next",
                best.evaluations, best.residual
            ),
        }
    }
}

/// Finds `x` with `map(x) = x` by Anderson acceleration (Anderson 1965; Walker & Ni 2011): the next state is
/// `g_k - sum_j gamma_j (g_(j+1) - g_j)`, where the `gamma` make the same combination of the residuals
/// `r = (g - x) / scale` least.
///
/// The combination is affine, so that what the map conserves linearly (a total volume) stays what it is at
/// `start`. Where the combination is not admissible the correction is halved twice and then left out; where the
/// map fails on it or the residual grows, the past is forgotten and the map simply applied.
///
/// ```
/// use cisterna_solver::{Periodic, fixed_point};
/// let wanted =
///     Periodic { scales: &[1.0], tolerance: 1e-12, max_evaluations: 20, admissible: &|_| true };
/// let halve = |x: &[f64], out: &mut [f64]| {
///     out[0] = 0.5 * x[0] + 1.0;
///     Ok::<(), std::convert::Infallible>(())
/// };
/// let found = fixed_point(halve, &[0.0], &wanted)?;
/// assert_eq!((found.state[0], found.evaluations), (2.0, 3));
/// # Ok::<(), cisterna_solver::NoFixedPoint<std::convert::Infallible>>(())
/// ```
pub fn fixed_point<E>(
    mut map: impl FnMut(&[f64], &mut [f64]) -> Result<(), E>,
    start: &[f64],
    wanted: &Periodic<'_>,
) -> Result<FixedPoint, NoFixedPoint<E>> {
    if wanted.scales.len() != start.len() || !wanted.scales.iter().all(|&scale| scale > 0.0) {
        return Err(NoFixedPoint::Malformed);
    }
    let mut past: VecDeque<Evaluation> = VecDeque::new();
    let mut best = Evaluation::unknown(start);
    // What growth is measured against: forgotten with the past.
    let mut reference = f64::INFINITY;
    let mut state = start.to_vec();
    // The plain image of the last state, where `state` is a bolder guess.
    let mut fallback: Option<Vec<f64>> = None;
    for evaluations in 1..=wanted.max_evaluations {
        let mut image = vec![0.0; start.len()];
        let outcome = map(&state, &mut image);
        let finite = image.iter().all(|x| x.is_finite());
        if outcome.is_err() || !finite {
            match (fallback.take(), outcome) {
                (Some(plain), _) => state = plain,
                (None, Err(error)) => return Err(NoFixedPoint::Map(error)),
                (None, Ok(())) => return Err(NoFixedPoint::NotFinite),
            }
            past.clear();
            continue;
        }
        let evaluation = Evaluation::new(&state, image, wanted.scales);
        if evaluation.size <= wanted.tolerance {
            return Ok(FixedPoint { state, evaluations, residual: evaluation.size });
        }
        if evaluation.size > GROWTH * reference {
            past.clear();
            past.push_back(best.clone());
            state.clone_from(&best.image);
            reference = f64::INFINITY;
            fallback = None;
            continue;
        }
        reference = reference.min(evaluation.size);
        if evaluation.size < best.size {
            best = evaluation.clone();
        }
        past.push_back(evaluation);
        if past.len() > DEPTH + 1 {
            past.pop_front();
        }
        (state, fallback) = next(&past, wanted);
    }
    let residual = best.size;
    let evaluations = wanted.max_evaluations;
    Err(NoFixedPoint::NotSettled(FixedPoint { state: best.state, evaluations, residual }))
}

/// A state and where the map takes it.
#[derive(Clone)]
pub(crate) struct Evaluation {
    pub(crate) state: Vec<f64>,
    pub(crate) image: Vec<f64>,
    /// The change over the period as a fraction of the scales.
    residual: Vec<f64>,
    /// The largest of it.
    pub(crate) size: f64,
}

impl Evaluation {
    pub(crate) fn new(state: &[f64], image: Vec<f64>, scales: &[f64]) -> Self {
        let changes = image.iter().zip(state).zip(scales);
        let residual: Vec<f64> = changes.map(|((image, state), scale)| (image - state) / scale).collect();
        let size = residual.iter().fold(0.0, |size: f64, x| size.max(x.abs()));
        Evaluation { state: state.to_vec(), image, residual, size }
    }

    pub(crate) fn unknown(state: &[f64]) -> Self {
        let state = state.to_vec();
        Evaluation { image: state.clone(), residual: Vec::new(), size: f64::INFINITY, state }
    }
}

/// The next state, and the plain image to fall back on where that is another.
fn next(past: &VecDeque<Evaluation>, wanted: &Periodic<'_>) -> (Vec<f64>, Option<Vec<f64>>) {
    let Some(newest) = past.back() else { return (Vec::new(), None) };
    let plain = newest.image.clone();
    let mut correction = vec![0.0; plain.len()];
    for (pair, weight) in weights(past) {
        let (older, newer) = (&past[pair].image, &past[pair + 1].image);
        for (i, sum) in correction.iter_mut().enumerate() {
            *sum += weight * (newer[i] - older[i]);
        }
    }
    if past.len() > 1 {
        for share in [1.0, 0.5, 0.25] {
            let guess: Vec<f64> = plain.iter().zip(&correction).map(|(x, c)| x - share * c).collect();
            if guess.iter().all(|x| x.is_finite()) && (wanted.admissible)(&guess) {
                return (guess, Some(plain));
            }
        }
    }
    (plain, None)
}

/// The weights of the differences between neighbouring evaluations (by the place of the older one) that make
/// the combined residual least, by orthogonalisation (modified Gram-Schmidt, twice) from the newest on.
fn weights(past: &VecDeque<Evaluation>) -> Vec<(usize, f64)> {
    let Some(newest) = past.back() else { return Vec::new() };
    let mut basis: Vec<Vec<f64>> = Vec::new();
    let mut upper: Vec<Vec<f64>> = Vec::new();
    let mut pairs = Vec::new();
    for pair in (0..past.len() - 1).rev() {
        let (older, newer) = (&past[pair].residual, &past[pair + 1].residual);
        let mut column: Vec<f64> = newer.iter().zip(older).map(|(a, b)| a - b).collect();
        let whole = norm(&column);
        let mut shares = vec![0.0; basis.len()];
        for _ in 0..2 {
            for (direction, share) in basis.iter().zip(&mut shares) {
                let part = dot(direction, &column);
                *share += part;
                column.iter_mut().zip(direction).for_each(|(c, d)| *c -= part * d);
            }
        }
        let rest = norm(&column);
        if rest > DEPENDENT * whole {
            column.iter_mut().for_each(|c| *c /= rest);
            shares.push(rest);
            basis.push(column);
            upper.push(shares);
            pairs.push(pair);
        }
    }
    let mut rest = newest.residual.clone();
    let mut solution = Vec::with_capacity(basis.len());
    for direction in &basis {
        let part = dot(direction, &rest);
        rest.iter_mut().zip(direction).for_each(|(r, d)| *r -= part * d);
        solution.push(part);
    }
    for column in (0..basis.len()).rev() {
        solution[column] /= upper[column][column];
        let known = solution[column];
        for row in 0..column {
            solution[row] -= upper[column][row] * known;
        }
    }
    pairs.into_iter().zip(solution).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}
