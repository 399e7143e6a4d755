//! The dimensions that have an everyday name, with the spellings of their units.

use crate::dimension::Dimension;

/// A named dimension; the first unit is the canonical one.
pub(crate) struct Entry {
    pub dimension: Dimension,
    pub name: &'static str,
    pub units: &'static [&'static str],
}

const fn named(dimension: Dimension, name: &'static str, units: &'static [&'static str]) -> Entry {
    Entry { dimension, name, units }
}

/// Every dimension with a name.
#[rustfmt::skip]
pub(crate) const ENTRIES: &[Entry] = &[
    named(Dimension::NUMBER, "plain number", &["1", "%", "mL/mL", "mL/dL"]),
    named(Dimension::PRESSURE, "pressure", &["mmHg", "cmH2O", "mmH2O", "Pa", "kPa", "MPa", "mbar", "Torr"]),
    named(Dimension::VOLUME, "volume", &["mL", "uL", "dL", "L", "mm^3", "cm^3"]),
    named(Dimension::TIME, "time", &["s", "ms", "min", "h", "day"]),
    named(Dimension::FLOW, "flow", &["mL/s", "mL/min", "mL/h", "mL/day", "L/min", "uL/min", "uL/s"]),
    named(Dimension::RESISTANCE, "resistance", &["mmHg s/mL", "mmHg/(mL/min)", "mmHg min/L", "Pa s/m^3", "PRU"]),
    named(Dimension::CONDUCTANCE, "conductance", &["mL/(mmHg s)", "mL/(min mmHg)", "mL/s/mmHg"]),
    named(Dimension::INERTANCE, "inertance", &["mmHg s^2/mL", "Pa s^2/m^3", "kg/m^4"]),
    named(Dimension::COMPLIANCE, "compliance", &["mL/mmHg", "uL/mmHg", "mL/cmH2O", "mL/kPa"]),
    named(Dimension::ELASTANCE, "elastance", &["mmHg/mL", "cmH2O/mL", "kPa/mL"]),
    named(Dimension::ELASTANCE_RATE, "elastance rate", &["mmHg/(mL s)", "mmHg/(mL min)"]),
    named(Dimension::PRESSURE_RATE, "pressure rate", &["mmHg/s", "mmHg/min", "kPa/s"]),
    named(Dimension::PER_VOLUME, "inverse volume", &["1/mL", "1/uL", "%/mL"]),
    named(Dimension::PER_PRESSURE, "inverse pressure", &["1/mmHg", "1/kPa", "%/mmHg"]),
    named(Dimension::LENGTH, "length", &["mm", "um", "cm", "m"]),
    named(Dimension::AREA, "area", &["mm^2", "um^2", "cm^2", "m^2"]),
    named(Dimension::ANGLE, "angle", &["rad", "deg", "mrad"]),
    named(Dimension::FREQUENCY, "frequency", &["1/s", "Hz", "mHz", "1/min", "bpm", "1/h"]),
    named(Dimension::ANGULAR_VELOCITY, "angular velocity", &["rad/s", "deg/s"]),
    named(Dimension::VELOCITY, "velocity", &["mm/s", "cm/s", "m/s", "um/s"]),
    named(Dimension::ACCELERATION, "acceleration", &["m/s^2", "mm/s^2"]),
    named(Dimension::MASS, "mass", &["g", "mg", "ug", "kg"]),
    named(Dimension::FORCE, "force", &["N", "mN", "uN", "kN", "dyn"]),
    named(Dimension::STIFFNESS, "stiffness", &["N/mm", "N/m", "mN/mm"]),
    named(Dimension::FOUNDATION, "stiffness of a layer", &["N/mm^3", "MPa/mm", "mmHg/mm"]),
    named(Dimension::TURNING, "stiffness against turns", &["N mm/rad", "N m/rad", "N m/deg"]),
    named(Dimension::ENERGY, "energy", &["mmHg mL", "J", "mJ"]),
    named(Dimension::DENSITY, "density", &["kg/m^3", "g/mL", "g/cm^3"]),
    named(Dimension::VISCOSITY, "viscosity", &["mPa s", "Pa s", "cP", "mmHg s"]),
    named(Dimension::PERFUSION, "perfusion", &["mL/(g s)", "mL/(100 g min)", "mL/(g min)"]),
    named(Dimension::AMOUNT, "amount", &["mmol", "umol", "mol"]),
    named(Dimension::CONCENTRATION, "concentration", &["mmol/mL", "mmol/L", "umol/L", "mol/L"]),
];

pub(crate) fn entry(dimension: Dimension) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.dimension == dimension)
}
