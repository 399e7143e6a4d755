//! What a law declares of itself: from this list come the document reader, the schema, the reference page and
//! every error message.

use cisterna_quantity::Dimension;

/// A law: its name, what it says, what it reads and which parameters it has.
#[derive(Debug)]
pub struct Law {
    /// The name that documents use.
    pub name: &'static str,
    /// One line that says what it is.
    pub summary: &'static str,
    /// The equation in plain text.
    pub equation: &'static str,
    /// What the formula reads before its parameters.
    pub ports: &'static [Port],
    /// The parameters, in the order in which the formula reads them.
    pub parameters: &'static [Parameter],
    /// The formula.
    pub formula: Formula,
    /// For a law with a state of its own: the formula of that state's rate, which reads the same inputs.
    pub rate: Option<Formula>,
}

/// A parameter of a law.
#[derive(Debug)]
pub struct Parameter {
    /// The name that documents use.
    pub name: &'static str,
    /// Its dimension; none where it follows from what a signal reads and acts on.
    pub dimension: Option<Dimension>,
    /// One line that says what it is.
    pub summary: &'static str,
    /// The value when a document leaves it out; without one it must be given.
    pub default: Option<f64>,
    /// The values that make sense.
    pub bounds: Bounds,
}

/// The values that a parameter may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bounds {
    /// Any finite number.
    Any,
    /// Zero or more.
    NotNegative,
    /// More than zero.
    Positive,
}

impl Bounds {
    /// Whether `value` is allowed.
    pub fn allow(self, value: f64) -> bool {
        value.is_finite()
            && match self {
                Bounds::Any => true,
                Bounds::NotNegative => value >= 0.0,
                Bounds::Positive => value > 0.0,
            }
    }

    /// The allowed values in words.
    pub fn words(self) -> &'static str {
        match self {
            Bounds::Any => "any finite number",
            Bounds::NotNegative => "zero or more",
            Bounds::Positive => "more than zero",
        }
    }
}

impl Parameter {
    /// A parameter that a document must give.
    pub const fn required(
        name: &'static str,
        dimension: Dimension,
        bounds: Bounds,
        summary: &'static str,
    ) -> Self {
        Parameter { name, dimension: Some(dimension), summary, default: None, bounds }
    }

    /// A parameter of a signal, in whatever unit the signal needs.
    pub const fn free(
        name: &'static str,
        bounds: Bounds,
        default: Option<f64>,
        summary: &'static str,
    ) -> Self {
        Parameter { name, dimension: None, summary, default, bounds }
    }

    /// A parameter that a document may leave out.
    pub const fn optional(
        name: &'static str,
        dimension: Dimension,
        bounds: Bounds,
        default: f64,
        summary: &'static str,
    ) -> Self {
        Parameter { name, dimension: Some(dimension), summary, default: Some(default), bounds }
    }
}

/// What a formula reads from its place in the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// Volume of the space, mL.
    Volume,
    /// Flow into the space through the passages that have inertance, mL/s.
    Inflow,
    /// Pressure at the start less pressure at the end, with the weight of the column between them, mmHg.
    Drive,
    /// Pressure at the start brought to the level of the end, mmHg.
    Upstream,
    /// Pressure at the end, mmHg.
    Downstream,
    /// Pressure of the enclosure round the passage, at the level of its end, mmHg.
    Squeeze,
    /// Pressure at the start less that round it, mmHg.
    TransmuralFrom,
    /// Pressure at the end less that round it, mmHg.
    TransmuralTo,
    /// Volume of the space at the start, mL.
    VolumeFrom,
    /// Flow through the passage itself (its state), mL/s.
    Flow,
    /// Weight of a column of the fluid, mmHg/mm.
    Weight,
    /// Viscosity of the fluid, mmHg s.
    Viscosity,
    /// The first signal that is sensed.
    First,
    /// The second signal that is sensed.
    Second,
    /// The rate of the clock that is sensed, 1/s.
    ClockRate,
    /// The law's own state.
    Own,
    /// The law's own mode: one when on, zero when off.
    Mode,
}

/// The equation of a formula, for any number.
pub(crate) trait Body {
    /// The value at the inputs `x` (its ports, then its parameters); further numbers in `x` are not read.
    fn value<S: cisterna_solver::Real>(x: &[S]) -> S;
}

/// Something to do with a formula that is chosen while the program runs, without a choice in its inner loop.
pub(crate) trait Kernel {
    /// Does it.
    fn run<B: Body>(&mut self);
}

macro_rules! formulas {
    ($($variant:ident => $path:path,)*) => {
        /// Every formula, dispatched without indirection so that it may be generic over its number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each is documented where its law stands")]
        pub enum Formula { $($variant,)* }

        /// The formulas as types.
        mod bodies {
            $(
                pub(super) struct $variant;
                impl super::Body for $variant {
                    #[inline(always)]
                    fn value<S: cisterna_solver::Real>(x: &[S]) -> S { $path(x) }
                }
            )*
        }

        impl Formula {
            /// The value of the formula at the inputs `x` (its ports, then its parameters).
            pub(crate) fn evaluate<S: cisterna_solver::Real>(self, x: &[S]) -> S {
                match self { $(Formula::$variant => $path(x),)* }
            }

            /// Runs a kernel with this formula.
            #[inline(always)]
            pub(crate) fn choose<K: Kernel>(self, kernel: &mut K) {
                match self { $(Formula::$variant => kernel.run::<bodies::$variant>(),)* }
            }
        }
    };
}

formulas! {
    Bath => crate::wall::bath::pressure,
    Elastic => crate::wall::elastic::pressure,
    Exponential => crate::wall::exponential::pressure,
    Stiffening => crate::wall::stiffening::pressure,
    CollapsibleWall => crate::wall::collapsible::pressure,
    Vein => crate::wall::vein::pressure,
    TimeVaryingElastance => crate::wall::time_varying_elastance::pressure,
    Ventricle => crate::wall::ventricle::pressure,
    Creeping => crate::wall::creeping::pressure,
    CreepingRate => crate::wall::creeping::rate,
    Resistance => crate::passage::resistance::flow,
    VolumeResistance => crate::passage::volume_resistance::flow,
    InertanceRate => crate::passage::inertance::rate,
    TubeRate => crate::passage::tube::rate,
    OneWay => crate::passage::one_way::flow,
    Starling => crate::passage::starling::flow,
    CollapsibleTube => crate::passage::collapsible::flow,
    DrainingVein => crate::passage::draining_vein::flow,
    Source => crate::passage::source::flow,
    Threshold => crate::passage::threshold::flow,
    ThresholdMargin => crate::passage::threshold::margin,
    OwnState => crate::signal::own_state,
    Constant => crate::signal::constant::value,
    ClockRate => crate::signal::clock::rate,
    Activation => crate::signal::activation::value,
    Contraction => crate::signal::contraction::value,
    Breath => crate::signal::breath::value,
    Coupling => crate::signal::coupling::value,
    Linear => crate::signal::linear::value,
    Sum => crate::signal::sum::value,
    Product => crate::signal::product::value,
    TwoWayLagRate => crate::signal::two_way_lag::rate,
    Noise => crate::signal::noise::value,
    AlveolarGasRate => crate::gas::alveolar::rate,
    StandStill => crate::signal::clock::stand_still,
    LagRate => crate::signal::lag::rate,
    IntegratorRate => crate::signal::integrator::rate,
    Saturation => crate::signal::saturation::value,
    Hysteresis => crate::signal::hysteresis::value,
    HysteresisMargin => crate::signal::hysteresis::margin,
    OxygenContent => crate::gas::oxygen::content,
    CarbonDioxideContent => crate::gas::carbon_dioxide::content,
    Carried => crate::passage::carried::flux,
    Higher => crate::network::higher,
    ActScale => crate::signal::action::scale,
    ActExponent => crate::signal::action::exponent,
}
