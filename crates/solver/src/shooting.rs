//! Periodic states by shooting: Newton's method on what one period makes of a state.

use crate::Monodromy;
use crate::periodic::{Evaluation, FixedPoint, NoFixedPoint, Periodic, fixed_point};

/// Periods that are simply run at first, until the fast transients of the start are gone.
const WARM_UP: usize = 3;
/// A step of Newton's method that leaves more of the change than this asks for new slopes.
const SLOW: f64 = 0.25;
/// How exactly the linear equations of a step are solved, as a share of the change over a period …
const LINEAR: f64 = 1e-3;
/// … and with how many products at most.
const PRODUCTS: usize = 400;
/// A change that grows by this over the best one sends the search back there, to try half of the step …
const GROWTH: f64 = 3.0;
/// … and never less than this share of one, which is still many periods for what is slow.
const LEAST_SHARE: f64 = 1.0 / 64.0;

/// One period: what it makes of a state, and where slopes are wanted what it makes of small changes.
pub trait Period {
    /// Why a period could not be run.
    type Error;
    /// Runs a period from a state to the state at its end.
    ///
    /// # Errors
    /// When the period cannot be run from there.
    fn run(
        &mut self,
        from: &[f64],
        to: &mut [f64],
        slopes: Option<&mut Monodromy>,
    ) -> Result<(), Self::Error>;
}

/// Finds a state that a period brings back to itself.
///
/// Each step solves `(I - P) d = g(x) - x`, with `P` the slopes of the period map `g`, by Anderson acceleration of
/// `d <- P d + g(x) - x`: its iterates stay in the space of the powers of `P`, so that what the map conserves linearly (a
/// total volume) stays what it is, though it makes `I - P` singular. Slopes are kept while they serve.
///
/// # Errors
/// See [`NoFixedPoint`].
pub fn shoot<P: Period>(
    period: &mut P,
    slopes: &mut Monodromy,
    start: &[f64],
    wanted: &Periodic<'_>,
) -> Result<FixedPoint, NoFixedPoint<P::Error>> {
    if wanted.scales.len() != start.len() || !wanted.scales.iter().all(|&scale| scale > 0.0) {
        return Err(NoFixedPoint::Malformed);
    }
    let mut best = Evaluation::unknown(start);
    let mut state = start.to_vec();
    // Whether slopes are wanted at the next state.
    let mut renew = true;
    // Whether the state is a bold guess, so that there is a way back.
    let mut bold = false;
    // How much of a step is taken: what is slow and bent needs several.
    let mut boldness: f64 = 1.0;
    for evaluations in 1..=wanted.max_evaluations {
        let warm = evaluations > WARM_UP;
        let mut image = vec![0.0; start.len()];
        let outcome = period.run(&state, &mut image, (warm && renew).then_some(&mut *slopes));
        if outcome.is_err() || !image.iter().all(|x| x.is_finite()) {
            match outcome {
                Err(error) if !bold => return Err(NoFixedPoint::Map(error)),
                Ok(()) if !bold => return Err(NoFixedPoint::NotFinite),
                _ => {
                    (state, bold, renew) = (best.image.clone(), false, true);
                    boldness = (0.5 * boldness).max(LEAST_SHARE);
                }
            }
            continue;
        }
        let evaluation = Evaluation::new(&state, image, wanted.scales);
        if evaluation.size <= wanted.tolerance {
            return Ok(FixedPoint { state, evaluations, residual: evaluation.size });
        }
        if bold && evaluation.size > GROWTH * best.size {
            (state, bold, renew) = (best.image.clone(), false, true);
            boldness = (0.5 * boldness).max(LEAST_SHARE);
            continue;
        }
        if bold && evaluation.size < best.size {
            boldness = (2.0 * boldness).min(1.0);
        }
        // Slopes are kept while they serve; right after a plain period nobody knows yet.
        renew = if warm { bold && !renew && evaluation.size > SLOW * best.size } else { true };
        let newest = evaluation.clone();
        if evaluation.size < best.size {
            best = evaluation;
        }
        (state, bold) = if warm { next(&newest, slopes, boldness, wanted) } else { (newest.image, false) };
    }
    let residual = best.size;
    let evaluations = wanted.max_evaluations;
    Err(NoFixedPoint::NotSettled(FixedPoint { state: best.state, evaluations, residual }))
}

/// The state after a step of Newton's method or a share of one, and whether it is one: where none is admissible, the
/// plain image.
fn next(from: &Evaluation, slopes: &Monodromy, boldness: f64, wanted: &Periodic<'_>) -> (Vec<f64>, bool) {
    let rest: Vec<f64> = from.image.iter().zip(&from.state).map(|(image, state)| image - state).collect();
    let product = |change: &[f64], out: &mut [f64]| {
        slopes.carry(change, out);
        out.iter_mut().zip(&rest).for_each(|(out, rest)| *out += rest);
        Ok::<(), std::convert::Infallible>(())
    };
    let linear = Periodic {
        scales: wanted.scales,
        tolerance: LINEAR * from.size,
        max_evaluations: PRODUCTS,
        admissible: &|_| true,
    };
    let change = match fixed_point(product, &vec![0.0; rest.len()], &linear) {
        Ok(found) | Err(NoFixedPoint::NotSettled(found)) => found.state,
        Err(_) => return (from.image.clone(), false),
    };
    for share in [1.0, 0.5, 0.25] {
        let state: Vec<f64> =
            from.state.iter().zip(&change).map(|(x, change)| x + share * boldness * change).collect();
        if state.iter().all(|x| x.is_finite()) && (wanted.admissible)(&state) {
            return (state, true);
        }
    }
    (from.image.clone(), false)
}
