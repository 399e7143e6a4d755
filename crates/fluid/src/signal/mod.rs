//! Signals: named scalars that sense, compute and act.

pub(crate) mod action;
pub mod activation;
pub mod breath;
pub mod clock;
pub mod constant;
pub mod contraction;
pub mod coupling;
pub mod delay;
pub mod hysteresis;
pub mod integrator;
pub mod lag;
pub mod linear;
pub mod noise;
pub mod product;
pub mod saturation;
pub mod sum;
pub mod two_way_lag;

use cisterna_solver::Real;

use crate::law::Law;

/// Every signal law.
pub static SIGNALS: [&Law; 19] = [
    &constant::LAW,
    &clock::LAW,
    &activation::LAW,
    &contraction::LAW,
    &breath::LAW,
    &coupling::LAW,
    &linear::LAW,
    &sum::LAW,
    &product::LAW,
    &lag::LAW,
    &two_way_lag::LAW,
    &delay::LAW,
    &integrator::LAW,
    &saturation::LAW,
    &hysteresis::LAW,
    &noise::LAW,
    &crate::gas::alveolar::LAW,
    &crate::gas::oxygen::LAW,
    &crate::gas::carbon_dioxide::LAW,
];

/// The value of a law that is its own state: its first input.
#[inline(always)]
pub(crate) fn own_state<S: Real>(x: &[S]) -> S {
    x[0]
}
