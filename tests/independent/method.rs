//! The methods of diffsol, and a run with one of them.

use std::fmt;

use cisterna_solver::System;
use diffsol::error::DiffsolError;
use diffsol::matrix::MatrixRef;
use diffsol::vector::VectorRef;
use diffsol::{
    DefaultDenseMatrix, DefaultSolver, FaerSparseMat, Matrix, NalgebraMat, OdeBuilder, OdeSolverMethod,
    OdeSolverStopReason, Vector,
};

use super::equations::Equations;

/// An implicit method of diffsol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Backward differentiation formulae of variable order, one to five.
    Bdf,
    /// Trapezoidal rule and backward differentiation, order two.
    TrBdf2,
    /// Explicit first stage, singly diagonally implicit, four stages, order three.
    Esdirk34,
}

impl Method {
    /// All of them.
    pub const ALL: [Method; 3] = [Method::Bdf, Method::TrBdf2, Method::Esdirk34];
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Method::Bdf => "BDF",
            Method::TrBdf2 => "TR-BDF2",
            Method::Esdirk34 => "ESDIRK34",
        })
    }
}

/// How diffsol stores and factors its matrices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algebra {
    /// Sparse, by faer.
    Sparse,
    /// Dense, by nalgebra.
    Dense,
}

impl fmt::Display for Algebra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Algebra::Sparse => "sparse",
            Algebra::Dense => "dense",
        })
    }
}

/// What is asked of a run with diffsol.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    /// The method.
    pub method: Method,
    /// The linear algebra.
    pub algebra: Algebra,
    /// Its relative tolerance; the absolute one is the same share of each unknown's scale.
    pub tolerance: f64,
}

/// The state at each of `times` (s, ascending), from `state` at `start` (s) on. Algebraic unknowns of `state` must
/// fit the others. Ends each piece on a break of the system, as Cisterna's own solver does; knows no crossings.
///
/// # Errors
/// What diffsol says.
pub fn solve<S: System<f64>>(
    system: &mut S,
    start: f64,
    state: &[f64],
    times: &[f64],
    peer: Peer,
) -> Result<Vec<Vec<f64>>, DiffsolError> {
    match peer.algebra {
        Algebra::Sparse => pieces::<S, FaerSparseMat<f64>>(system, start, state, times, peer),
        Algebra::Dense => pieces::<S, NalgebraMat<f64>>(system, start, state, times, peer),
    }
}

fn pieces<S, A>(
    system: &mut S,
    start: f64,
    state: &[f64],
    times: &[f64],
    peer: Peer,
) -> Result<Vec<Vec<f64>>, DiffsolError>
where
    S: System<f64>,
    A: Matrix<T = f64> + DefaultSolver,
    A::V: DefaultDenseMatrix<T = f64, C = A::C>,
    for<'b> &'b A::V: VectorRef<A::V>,
    for<'b> &'b A: MatrixRef<A>,
{
    let (mut time, mut state) = (start, state.to_vec());
    let mut samples = Vec::with_capacity(times.len());
    while system.next_break(0) <= start {
        system.pass_break(0);
    }
    while samples.len() < times.len() {
        let end = system.next_break(0);
        let due = &times[samples.len()..];
        let due = &due[..due.partition_point(|&time| time <= end)];
        let absolute: Vec<f64> = system.scales().iter().map(|scale| scale * peer.tolerance).collect();
        let problem = OdeBuilder::<A>::new().t0(time).rtol(peer.tolerance).atol(absolute);
        let problem = problem.build_from_eqn(Equations::<S, A>::new(system, &state)?)?;
        let piece = Piece { end, due, samples: &mut samples };
        state = match peer.method {
            Method::Bdf => piece.run(problem.bdf::<A::LS>()?),
            Method::TrBdf2 => piece.run(problem.tr_bdf2::<A::LS>()?),
            Method::Esdirk34 => piece.run(problem.esdirk34::<A::LS>()?),
        }?;
        drop(problem);
        system.pass_break(0);
        time = end;
    }
    Ok(samples)
}

/// A run between two breaks.
struct Piece<'a> {
    /// The next break (s); infinite where there is none.
    end: f64,
    /// The times to sample (s).
    due: &'a [f64],
    samples: &'a mut Vec<Vec<f64>>,
}

impl Piece<'_> {
    /// Takes the samples that are due and returns the state at the end of the last step.
    fn run<'p, 's: 'p, S, A, O>(self, mut solver: O) -> Result<Vec<f64>, DiffsolError>
    where
        S: System<f64> + 's,
        A: Matrix<T = f64> + 'p,
        O: OdeSolverMethod<'p, Equations<'s, S, A>>,
    {
        if self.end.is_finite() {
            solver.set_stop_time(self.end)?;
        }
        let mut due = self.due.iter().copied().peekable();
        let mut stopped = false;
        while !stopped && (self.end.is_finite() || due.peek().is_some()) {
            stopped = solver.step()? == OdeSolverStopReason::TstopReached;
            while let Some(time) = due.next_if(|&time| time <= solver.state().t) {
                self.samples.push(solver.interpolate(time)?.clone_as_vec());
            }
        }
        Ok(solver.state().y.clone_as_vec())
    }
}
