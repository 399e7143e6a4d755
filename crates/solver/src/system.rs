//! What the solver asks of the equations that it integrates.

use crate::Lanes;

/// The rows and columns at which a Jacobian may differ from zero, row by row, columns ascending, with the
/// whole diagonal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Row `r` holds entries `row_starts[r] .. row_starts[r + 1]`.
    pub row_starts: Vec<usize>,
    /// The column of each entry.
    pub columns: Vec<usize>,
}

/// Equations `M y' = f(t, y)` with a diagonal mass matrix, in one or several lanes.
///
/// Each lane has its own time, its own modes (switches that hold still between crossings) and its own breaks
/// (times at which an input jumps or kinks). Everything that a lane needs to go on from a point is the state
/// vector and what [`discrete`](System::discrete) returns.
pub trait System<F: Lanes> {
    /// The number of unknowns.
    fn dimension(&self) -> usize;

    /// The diagonal of the mass matrix: one for a differential row, zero for an algebraic one.
    fn mass(&self) -> &[f64];

    /// The size that each unknown has when it is "large": errors are measured against
    /// `tolerance * max(scale, |y|)`, where [`measure_against`](crate::Integrator::measure_against) gives no other sizes.
    fn scales(&self) -> &[f64];

    /// The pattern of the Jacobian.
    fn pattern(&self) -> &Pattern;

    /// `f(t, y)` into `rates`.
    fn rates(&mut self, time: F, state: &[F], rates: &mut [F]);

    /// The entries of `df/dy` into `jacobian`, in the order of the pattern, and `df/dt` into `time_slope`.
    fn jacobian(&mut self, time: F, state: &[F], jacobian: &mut [F], time_slope: &mut [F]);

    /// [`rates`](System::rates) and [`jacobian`](System::jacobian) at one point, for systems that get both at less
    /// than the price of each; equal to them to the bit.
    fn linearize(&mut self, time: F, state: &[F], rates: &mut [F], jacobian: &mut [F], time_slope: &mut [F]) {
        self.rates(time, state, rates);
        self.jacobian(time, state, jacobian, time_slope);
    }

    /// How many corners are watched: places where the rates bend smoothly, but within far less than a step.
    fn corner_count(&self) -> usize {
        0
    }

    /// How far the corners lie from where the equations were last [linearised](System::linearize), each in units of the
    /// width within which the rates bend: negative before it, positive beyond.
    fn corners(&self, _distances: &mut [F]) {}

    /// How many crossings are watched.
    fn crossing_count(&self) -> usize {
        0
    }

    /// The margins of the watched crossings: each is positive while its mode may stay as it is.
    fn margins(&mut self, _time: F, _state: &[F], _margins: &mut [F]) {}

    /// Switches the mode of crossing `crossing` in one lane; after this its margin is positive again.
    fn cross(&mut self, _lane: usize, _crossing: usize) {}

    /// The next break of a lane, `f64::INFINITY` where there is none. Steps end exactly on it.
    fn next_break(&self, _lane: usize) -> f64 {
        f64::INFINITY
    }

    /// Passes the next break of a lane: from here on the inputs are those after it.
    fn pass_break(&mut self, _lane: usize) {}

    /// Everything discrete of a lane (modes, input cursors), for a snapshot.
    fn discrete(&self, _lane: usize) -> Vec<u64> {
        Vec::new()
    }

    /// Restores what [`discrete`](System::discrete) returned.
    fn set_discrete(&mut self, _lane: usize, _discrete: &[u64]) {}
}
