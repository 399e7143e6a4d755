//! What kind of quantity a number is.

use std::borrow::Cow;
use std::fmt;

use crate::catalogue::{self, Entry};

/// The physical dimension of a quantity, as exponents of length, mass, time, amount and angle.
///
/// The angle is kept apart so that a tilt without `deg` or `rad` is an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Dimension {
    length: i16,
    mass: i16,
    time: i16,
    amount: i16,
    angle: i16,
}

impl Dimension {
    const fn base(length: i16, mass: i16, time: i16, amount: i16, angle: i16) -> Self {
        Self { length, mass, time, amount, angle }
    }

    /// A plain number, canonical unit 1.
    pub const NUMBER: Self = Self::base(0, 0, 0, 0, 0);
    /// Length, canonical unit mm.
    pub const LENGTH: Self = Self::base(1, 0, 0, 0, 0);
    /// Area, canonical unit mm².
    pub const AREA: Self = Self::base(2, 0, 0, 0, 0);
    /// Volume, canonical unit mL.
    pub const VOLUME: Self = Self::base(3, 0, 0, 0, 0);
    /// Mass, canonical unit g.
    pub const MASS: Self = Self::base(0, 1, 0, 0, 0);
    /// Time, canonical unit s.
    pub const TIME: Self = Self::base(0, 0, 1, 0, 0);
    /// Amount of substance, canonical unit mmol.
    pub const AMOUNT: Self = Self::base(0, 0, 0, 1, 0);
    /// Plane angle, canonical unit rad.
    pub const ANGLE: Self = Self::base(0, 0, 0, 0, 1);
    /// Frequency or rate, canonical unit 1/s.
    pub const FREQUENCY: Self = Self::NUMBER.per(Self::TIME);
    /// Angle per time, canonical unit rad/s.
    pub const ANGULAR_VELOCITY: Self = Self::ANGLE.per(Self::TIME);
    /// Velocity, canonical unit mm/s.
    pub const VELOCITY: Self = Self::LENGTH.per(Self::TIME);
    /// Acceleration, canonical unit m/s².
    pub const ACCELERATION: Self = Self::VELOCITY.per(Self::TIME);
    /// Force, canonical unit N.
    pub const FORCE: Self = Self::MASS.times(Self::ACCELERATION);
    /// Force per length, canonical unit N/mm.
    pub const STIFFNESS: Self = Self::FORCE.per(Self::LENGTH);
    /// Force per area and length, as of a layer of tissue, canonical unit N/mm³.
    pub const FOUNDATION: Self = Self::STIFFNESS.per(Self::AREA);
    /// Moment per angle, canonical unit N mm/rad.
    pub const TURNING: Self = Self::FORCE.times(Self::LENGTH).per(Self::ANGLE);
    /// Pressure and elastic modulus, canonical unit mmHg.
    pub const PRESSURE: Self = Self::FORCE.per(Self::AREA);
    /// Energy and work, canonical unit mmHg mL.
    pub const ENERGY: Self = Self::PRESSURE.times(Self::VOLUME);
    /// Density, canonical unit kg/m³.
    pub const DENSITY: Self = Self::MASS.per(Self::VOLUME);
    /// Dynamic viscosity, canonical unit mPa s.
    pub const VISCOSITY: Self = Self::PRESSURE.times(Self::TIME);
    /// Volume flow, canonical unit mL/s.
    pub const FLOW: Self = Self::VOLUME.per(Self::TIME);
    /// Flow per mass of tissue, canonical unit mL/(g s).
    pub const PERFUSION: Self = Self::FLOW.per(Self::MASS);
    /// Hydraulic resistance, canonical unit mmHg s/mL.
    pub const RESISTANCE: Self = Self::PRESSURE.per(Self::FLOW);
    /// Hydraulic conductance, canonical unit mL/(mmHg s).
    pub const CONDUCTANCE: Self = Self::FLOW.per(Self::PRESSURE);
    /// Inertance, canonical unit mmHg s²/mL.
    pub const INERTANCE: Self = Self::RESISTANCE.times(Self::TIME);
    /// Compliance, canonical unit mL/mmHg.
    pub const COMPLIANCE: Self = Self::VOLUME.per(Self::PRESSURE);
    /// Elastance, canonical unit mmHg/mL.
    pub const ELASTANCE: Self = Self::PRESSURE.per(Self::VOLUME);
    /// Elastance per time, canonical unit mmHg/(mL s).
    pub const ELASTANCE_RATE: Self = Self::ELASTANCE.per(Self::TIME);
    /// Pressure per time, canonical unit mmHg/s.
    pub const PRESSURE_RATE: Self = Self::PRESSURE.per(Self::TIME);
    /// Change per volume, as of an exponential wall, canonical unit 1/mL.
    pub const PER_VOLUME: Self = Self::NUMBER.per(Self::VOLUME);
    /// Change per pressure, canonical unit 1/mmHg.
    pub const PER_PRESSURE: Self = Self::NUMBER.per(Self::PRESSURE);
    /// Amount per volume, canonical unit mmol/mL.
    pub const CONCENTRATION: Self = Self::AMOUNT.per(Self::VOLUME);

    /// The dimension of the product of two quantities.
    #[must_use]
    pub const fn times(self, other: Self) -> Self {
        Self::base(
            self.length.saturating_add(other.length),
            self.mass.saturating_add(other.mass),
            self.time.saturating_add(other.time),
            self.amount.saturating_add(other.amount),
            self.angle.saturating_add(other.angle),
        )
    }

    /// The dimension of one quantity divided by another.
    #[must_use]
    pub const fn per(self, other: Self) -> Self {
        self.times(other.power(-1))
    }

    /// The dimension of a quantity raised to a whole power.
    #[must_use]
    pub const fn power(self, exponent: i16) -> Self {
        Self::base(
            self.length.saturating_mul(exponent),
            self.mass.saturating_mul(exponent),
            self.time.saturating_mul(exponent),
            self.amount.saturating_mul(exponent),
            self.angle.saturating_mul(exponent),
        )
    }

    /// The unit in which values of this dimension are stored, as [`crate::parse_unit`] reads it.
    #[must_use]
    pub fn canonical_unit(self) -> Cow<'static, str> {
        match catalogue::entry(self) {
            Some(Entry { units, .. }) => Cow::Borrowed(units.first().copied().unwrap_or("1")),
            None => Cow::Owned(spelled(&self.factors())),
        }
    }

    /// The size of the canonical unit in units of the SI: by it, numbers in canonical units of several dimensions can be
    /// multiplied and divided, which go together only within pressures, volumes and times (N are not mmHg mm²).
    #[must_use]
    pub fn canonical_size(self) -> f64 {
        crate::unit::canonical_size(self)
    }

    /// Usual spellings of units of this dimension, the canonical one first.
    ///
    /// Any other combination that has the dimension is read just as well.
    #[must_use]
    pub fn usual_units(self) -> Vec<Cow<'static, str>> {
        match catalogue::entry(self) {
            Some(entry) => entry.units.iter().copied().map(Cow::Borrowed).collect(),
            None => vec![self.canonical_unit()],
        }
    }

    /// The everyday name, `flow` or `inverse pressure`; none for an uncommon combination.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        catalogue::entry(self).map(|entry| entry.name)
    }

    /// The product of mmHg, mL, mm, s, mmol and rad that has this dimension.
    ///
    /// With P = M L⁻¹ T⁻² and V = L³: Lᵃ Mᵇ Tᶜ = Pᵇ V^((a+b)/3) T^(c+2b), the remainder of the
    /// division by three as a length.
    pub(crate) fn factors(self) -> [(&'static str, i16); 6] {
        let lengths = self.length.saturating_add(self.mass);
        [
            ("mmHg", self.mass),
            ("mL", lengths / 3),
            ("mm", lengths % 3),
            ("s", self.time.saturating_add(self.mass.saturating_mul(2))),
            ("mmol", self.amount),
            ("rad", self.angle),
        ]
    }
}

impl fmt::Display for Dimension {
    /// `a flow`, `an elastance`, or `a quantity in mmHg^2` where there is no everyday name.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => {
                let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
                write!(formatter, "{article} {name}")
            }
            None => write!(formatter, "a quantity in {}", self.canonical_unit()),
        }
    }
}

fn spelled(factors: &[(&str, i16)]) -> String {
    let side = |sign: i16| -> Vec<String> {
        factors
            .iter()
            .filter(|(_, exponent)| exponent.signum() == sign)
            .map(|(symbol, exponent)| match exponent.unsigned_abs() {
                1 => (*symbol).to_owned(),
                power => format!("{symbol}^{power}"),
            })
            .collect()
    };
    let (above, below) = (side(1), side(-1));
    let numerator = if above.is_empty() { "1".to_owned() } else { above.join(" ") };
    match below.as_slice() {
        [] => numerator,
        [single] => format!("{numerator}/{single}"),
        several => format!("{numerator}/({})", several.join(" ")),
    }
}
