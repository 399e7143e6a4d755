//! Smooth equations, differentiated by duals.

use std::marker::PhantomData;

use cisterna_solver::{Dual, Lanes, Pattern, Real, System};

/// Right-hand sides with `N` unknowns.
pub trait Law<const N: usize> {
    const MASS: [f64; N];
    const SCALES: [f64; N];
    fn rates<R: Real>(time: R, y: [R; N]) -> [R; N];
}

/// A law as a system with a full Jacobian.
pub struct Smooth<L, const N: usize> {
    pattern: Pattern,
    law: PhantomData<L>,
}

impl<L: Law<N>, const N: usize> Smooth<L, N> {
    pub fn new() -> Self {
        let row_starts = (0..=N).map(|row| row * N).collect();
        let columns = (0..N * N).map(|entry| entry % N).collect();
        Smooth { pattern: Pattern { row_starts, columns }, law: PhantomData }
    }
}

impl<L: Law<N>, const N: usize, F: Lanes> System<F> for Smooth<L, N> {
    fn dimension(&self) -> usize {
        N
    }
    fn mass(&self) -> &[f64] {
        &L::MASS
    }
    fn scales(&self) -> &[f64] {
        &L::SCALES
    }
    fn pattern(&self) -> &Pattern {
        &self.pattern
    }
    fn rates(&mut self, time: F, state: &[F], rates: &mut [F]) {
        rates.copy_from_slice(&L::rates(time, std::array::from_fn(|i| state[i])));
    }
    fn jacobian(&mut self, time: F, state: &[F], jacobian: &mut [F], time_slope: &mut [F]) {
        let y = std::array::from_fn(|i| Dual::<F, N>::variable(state[i], i));
        for (row, rate) in L::rates(Dual::fixed(time), y).iter().enumerate() {
            jacobian[row * N..][..N].copy_from_slice(&rate.slopes);
        }
        let y = std::array::from_fn(|i| Dual::<F, 1>::fixed(state[i]));
        for (slope, rate) in time_slope.iter_mut().zip(L::rates(Dual::variable(time, 0), y)) {
            *slope = rate.slopes[0];
        }
    }
}

/// A population that fills its room: `y' = y (1 - y)`.
pub struct Logistic;

impl Logistic {
    pub fn exact(time: f64) -> f64 {
        1.0 / (1.0 + 9.0 * (-time).exp())
    }
}

impl Law<1> for Logistic {
    const MASS: [f64; 1] = [1.0];
    const SCALES: [f64; 1] = [1.0];
    fn rates<R: Real>(_: R, [y]: [R; 1]) -> [R; 1] {
        [y * (R::constant(1.0) - y)]
    }
}

/// A tide that multiplies: `y' = 2 pi cos(2 pi t) y`.
pub struct Tide;

impl Tide {
    pub fn exact(time: f64) -> f64 {
        (time * std::f64::consts::TAU).sin().exp()
    }
}

impl Law<1> for Tide {
    const MASS: [f64; 1] = [1.0];
    const SCALES: [f64; 1] = [1.0];
    fn rates<R: Real>(time: R, [y]: [R; 1]) -> [R; 1] {
        [R::constant(std::f64::consts::TAU) * time.cos_turns() * y]
    }
}

/// A vessel whose outflow is an algebraic unknown: `y' = -z`, `0 = y^2 - z`.
pub struct Outflow;

impl Outflow {
    pub fn exact(time: f64) -> [f64; 2] {
        [1.0 / (1.0 + time), 1.0 / (1.0 + time).powi(2)]
    }
}

impl Law<2> for Outflow {
    const MASS: [f64; 2] = [1.0, 0.0];
    const SCALES: [f64; 2] = [1.0, 1.0];
    fn rates<R: Real>(_: R, [y, z]: [R; 2]) -> [R; 2] {
        [-z, y * y - z]
    }
}

/// Robertson's chemical reaction (1966).
pub struct Robertson;

impl Law<3> for Robertson {
    const MASS: [f64; 3] = [1.0; 3];
    const SCALES: [f64; 3] = [1.0, 1e-4, 1.0];
    fn rates<R: Real>(_: R, [a, b, c]: [R; 3]) -> [R; 3] {
        let slow = R::constant(0.04) * a;
        let back = R::constant(1e4) * b * c;
        let fast = R::constant(3e7) * b * b;
        [back - slow, slow - back - fast, fast]
    }
}

/// Robertson's reaction with the conserved total as an algebraic equation.
pub struct RobertsonTotal;

impl Law<3> for RobertsonTotal {
    const MASS: [f64; 3] = [1.0, 1.0, 0.0];
    const SCALES: [f64; 3] = Robertson::SCALES;
    fn rates<R: Real>(time: R, y: [R; 3]) -> [R; 3] {
        let [a, b, _] = Robertson::rates(time, y);
        [a, b, R::constant(1.0) - y[0] - y[1] - y[2]]
    }
}

/// Van der Pol's oscillator as in the test set of Hairer & Wanner: stiff by 1e6.
pub struct VanDerPol;

impl Law<2> for VanDerPol {
    const MASS: [f64; 2] = [1.0; 2];
    const SCALES: [f64; 2] = [1.0; 2];
    fn rates<R: Real>(_: R, [x, v]: [R; 2]) -> [R; 2] {
        [v, ((R::constant(1.0) - x * x) * v - x) * R::constant(1e6)]
    }
}

/// Grows to infinity within a finite time: `y' = y^2`, at `1 / y(0)`.
pub struct Explosion;

impl Law<1> for Explosion {
    const MASS: [f64; 1] = [1.0];
    const SCALES: [f64; 1] = [1.0];
    fn rates<R: Real>(_: R, [y]: [R; 1]) -> [R; 1] {
        [y * y]
    }
}

/// An algebraic unknown that no equation holds: `0 = y - y(0)`.
pub struct Loose;

impl Law<2> for Loose {
    const MASS: [f64; 2] = [1.0, 0.0];
    const SCALES: [f64; 2] = [1.0; 2];
    fn rates<R: Real>(_: R, [y, _]: [R; 2]) -> [R; 2] {
        [R::constant(0.0) * y, y - R::constant(1.0)]
    }
}

/// A strongly curved algebraic equation, `0 = y - z^3 - z / 10`, far from which the plain Newton method jumps about.
pub struct Cubic;

impl Law<2> for Cubic {
    const MASS: [f64; 2] = [1.0, 0.0];
    const SCALES: [f64; 2] = [1.0; 2];
    fn rates<R: Real>(_: R, [y, z]: [R; 2]) -> [R; 2] {
        [-z, y - z * z * z - R::constant(0.1) * z]
    }
}
