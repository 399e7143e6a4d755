//! Algebraic unknowns that fit the differential ones.

use crate::{Cause, Lanes, SparseLu, System};

/// How many Newton corrections are tried.
const CORRECTIONS: usize = 60;
/// A correction is small enough below this fraction of `max(scale, |y|)`.
const SETTLED: f64 = 1e-12;
/// A correction that stops shrinking below this fraction has reached round-off.
const ROUND_OFF: f64 = 1e-8;

/// Newton's method on the algebraic rows with the differential unknowns held: needed at the start, after a
/// switch of a mode and after a jump of an input, where pressures and flows without inertia jump.
///
/// The differential rows of the matrix are those of the identity with a right-hand side of zero, so that one
/// factorisation serves all. Steps are damped by the natural monotonicity test (Deuflhard, Newton Methods for
/// Nonlinear Problems, 2004, section 3.3): a step is halved until the correction that would follow it, taken
/// with the same matrix, is smaller.
pub(crate) struct Consistency<F> {
    lu: SparseLu<F>,
    algebraic: Vec<bool>,
    scales: Vec<f64>,
    /// One in a differential row, zero in an algebraic one.
    diagonal: Vec<F>,
    /// The row of each entry of the Jacobian.
    rows: Vec<usize>,
    jacobian: Vec<F>,
    time_slope: Vec<F>,
    correction: Vec<F>,
    following: Vec<F>,
    point: Vec<F>,
}

impl<F: Lanes> Consistency<F> {
    pub(crate) fn new<S: System<F> + ?Sized>(system: &S, lu: SparseLu<F>) -> Self {
        let zeros = || vec![F::constant(0.0); system.dimension()];
        let algebraic: Vec<bool> = system.mass().iter().map(|&mass| mass == 0.0).collect();
        let starts = &system.pattern().row_starts;
        Consistency {
            lu,
            diagonal: algebraic.iter().map(|&a| F::constant(if a { 0.0 } else { 1.0 })).collect(),
            algebraic,
            scales: system.scales().to_vec(),
            rows: starts.windows(2).enumerate().flat_map(|(row, w)| vec![row; w[1] - w[0]]).collect(),
            jacobian: vec![F::constant(0.0); system.pattern().columns.len()],
            time_slope: zeros(),
            correction: zeros(),
            following: zeros(),
            point: zeros(),
        }
    }

    /// Corrects the algebraic unknowns of one lane of `state`; the others stay untouched.
    pub(crate) fn restore<S: System<F> + ?Sized>(
        &mut self,
        system: &mut S,
        time: F,
        state: &mut [F],
        lane: usize,
    ) -> Result<(), (Cause, Option<usize>)> {
        if !self.algebraic.contains(&true) {
            return Ok(());
        }
        let mut last = f64::INFINITY;
        for _ in 0..CORRECTIONS {
            system.jacobian(time, state, &mut self.jacobian, &mut self.time_slope);
            for (entry, &row) in self.jacobian.iter_mut().zip(&self.rows) {
                if !self.algebraic[row] {
                    *entry = F::constant(0.0);
                }
            }
            if !self.lu.factor(&self.diagonal, &self.jacobian).lane(lane).is_finite() {
                return Err((Cause::Singular, self.lu.broken_pivot(lane)));
            }
            correct(&self.lu, &self.algebraic, system, time, state, &mut self.correction);
            let (size, worst) = self.size(&self.correction, state, lane);
            if !size.is_finite() {
                return Err((Cause::NotFinite, Some(worst)));
            }
            let at_round_off = size < ROUND_OFF && size >= last;
            if !at_round_off && !self.damp(system, time, state, lane, size) {
                return Err((Cause::Inconsistent, Some(worst)));
            }
            if size < SETTLED || at_round_off {
                return Ok(());
            }
            last = size;
        }
        let (_, worst) = self.size(&self.correction, state, lane);
        Err((Cause::Inconsistent, Some(worst)))
    }

    /// Goes along the correction as far as the one after it shrinks; tells whether any way was found.
    fn damp<S: System<F> + ?Sized>(
        &mut self,
        system: &mut S,
        time: F,
        state: &mut [F],
        lane: usize,
        size: f64,
    ) -> bool {
        let mut damping = 1.0;
        for _ in 0..40 {
            self.point.copy_from_slice(state);
            for (point, correction) in self.point.iter_mut().zip(&self.correction) {
                point.set_lane(lane, point.lane(lane) + damping * correction.lane(lane));
            }
            correct(&self.lu, &self.algebraic, system, time, &self.point, &mut self.following);
            let (next, _) = self.size(&self.following, &self.point, lane);
            if next <= size * (1.0 - damping / 4.0) || (size < ROUND_OFF && next.is_finite()) {
                state.copy_from_slice(&self.point);
                return true;
            }
            damping *= 0.5;
        }
        false
    }

    /// The largest correction relative to `max(scale, |y|)`, and its unknown; not finite if any is not.
    fn size(&self, correction: &[F], state: &[F], lane: usize) -> (f64, usize) {
        let mut largest = (0.0, 0);
        for (i, (correction, value)) in correction.iter().zip(state).enumerate() {
            let size = correction.lane(lane).abs() / value.lane(lane).abs().max(self.scales[i]);
            if !size.is_finite() {
                return (f64::NAN, i);
            }
            if size > largest.0 {
                largest = (size, i);
            }
        }
        largest
    }
}

/// The correction of the algebraic unknowns at `point`, with the matrix at hand.
fn correct<F: Lanes, S: System<F> + ?Sized>(
    lu: &SparseLu<F>,
    algebraic: &[bool],
    system: &mut S,
    time: F,
    point: &[F],
    correction: &mut [F],
) {
    system.rates(time, point, correction);
    for (correction, &algebraic) in correction.iter_mut().zip(algebraic) {
        if !algebraic {
            *correction = F::constant(0.0);
        }
    }
    lu.solve(correction);
}
