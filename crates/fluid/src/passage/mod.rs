//! Passages: the flow between two spaces from their pressures.

pub(crate) mod carried;
pub mod collapsible;
pub mod draining_vein;
pub mod inertance;
pub mod one_way;
pub mod resistance;
pub mod source;
pub mod starling;
pub mod threshold;
pub mod tube;
pub mod volume_resistance;

use crate::law::Law;

/// Every passage law.
pub static PASSAGES: [&Law; 10] = [
    &resistance::LAW,
    &volume_resistance::LAW,
    &inertance::LAW,
    &tube::LAW,
    &one_way::LAW,
    &starling::LAW,
    &collapsible::LAW,
    &draining_vein::LAW,
    &source::LAW,
    &threshold::LAW,
];
