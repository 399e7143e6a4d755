//! A wall whose motion is computed by somebody else's linear system, for example bones.

use cisterna_quantity::Dimension;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// `V = V0 + C x + D p`, `x' = A x + B p` for all walls of one [`Ports`](crate::Ports) block together; its
/// matrices come with the block, so that pressures of several spaces may share states. The rest volume is the wall's only parameter.
pub static LAW: Law = Law {
    name: "ports",
    summary: "wall moved by bodies: linear viscoelastic system shared by several spaces",
    equation: "V = rest_volume + C x + D p; dx/dt = A x + B p",
    ports: &[Port::Volume],
    parameters: &[Parameter::required(
        "rest_volume",
        Dimension::VOLUME,
        Bounds::Any,
        "volume with the bodies in their rest pose",
    )],
    // Placed by the block's matrices, never evaluated by itself.
    formula: Formula::Bath,
    rate: None,
};
