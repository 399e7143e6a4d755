//! Walls: the pressure across the wall of a space from the volume that it holds.

pub mod bath;
pub mod collapsible;
pub mod creeping;
pub mod elastic;
pub mod exponential;
pub mod stiffening;
pub mod time_varying_elastance;
pub mod vein;
pub mod ventricle;

use cisterna_solver::Real;

use crate::law::Law;

/// Every wall law.
pub static WALLS: [&Law; 9] = [
    &bath::LAW,
    &elastic::LAW,
    &exponential::LAW,
    &stiffening::LAW,
    &collapsible::LAW,
    &vein::LAW,
    &time_varying_elastance::LAW,
    &ventricle::LAW,
    &creeping::LAW,
];

/// `(exp(k u) - 1)/k`: what a stretch `u` asks of a wall whose elastance grows by the share `k` with each part of it,
/// over the stretch's own elastance at the beginning.
#[inline(always)]
fn grown<S: Real>(coefficient: S, stretch: S) -> S {
    ((coefficient * stretch).exp() - S::constant(1.0)) * coefficient.inverse()
}
