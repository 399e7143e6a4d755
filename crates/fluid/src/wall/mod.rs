//! Walls: the pressure across the wall of a space from the volume that it holds.

pub mod bath;
pub mod collapsible;
pub mod creeping;
pub mod elastic;
pub mod exponential;
pub mod ports;
pub mod stiffening;
pub mod time_varying_elastance;
pub mod vein;

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
    &creeping::LAW,
    &ports::LAW,
];
