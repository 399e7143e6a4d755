//! What a model is made of, with every name resolved and every number in the units of this crate.

use crate::law::{Bounds, Formula, Law, Parameter};
use cisterna_quantity::{Dimension, MERCURY};
use cisterna_solver::Real;

/// A space of a [`Network`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SpaceId(pub usize);
/// A passage of a [`Network`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PassageId(pub usize);
/// A signal of a [`Network`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SignalId(pub usize);
/// A fluid of a [`Network`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FluidId(pub usize);
/// A substance of a [`Network`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SubstanceId(pub usize);

/// Spaces joined by passages, with the signals that sense and steer them.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// What the spaces hold.
    pub fluids: Vec<Fluid>,
    /// Where the spaces lie, mm: right, forward, up from the right atrium in a person standing.
    pub landmarks: Vec<Landmark>,
    /// The parts of the body that bend against the trunk.
    pub segments: Vec<Segment>,
    /// The spaces.
    pub spaces: Vec<Space>,
    /// The passages.
    pub passages: Vec<Passage>,
    /// The signals.
    pub signals: Vec<Signal>,
    /// What is dissolved in the fluids.
    pub substances: Vec<Substance>,
    /// Bodies that are moved by what the network does, and move its walls.
    pub bodies: Vec<Bodies>,
}

/// A liquid.
#[derive(Clone, Debug)]
pub struct Fluid {
    /// Its name.
    pub name: String,
    /// Density, kg/m^3.
    pub density: f64,
    /// Viscosity, mPa s.
    pub viscosity: f64,
    /// The volume of it that the spaces hold together at the start, mL, where the model fixes that.
    pub total: Option<f64>,
}

impl Fluid {
    /// Weight of a column, mmHg/mm (standard gravity 9.80665 m/s^2, 1 mmHg = 133.322387415 Pa).
    pub fn weight(&self) -> f64 {
        self.density * 9.806_65e-3 / MERCURY
    }
}

/// A named point of the body, mm: right, forward, up from the right atrium.
#[derive(Clone, Debug)]
pub struct Landmark {
    /// Its name.
    pub name: String,
    /// Right, forward, up, mm.
    pub position: [f64; 3],
    /// The part of the body that carries it, an index into the segments; none is the trunk.
    pub segment: Option<usize>,
    /// Where it is the top of something soft: the landmarks of which it is whichever lies highest. It then has no place of
    /// its own. They come before it.
    pub top_of: Vec<usize>,
}

/// A part of the body that bends against the trunk: head or legs.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Its name.
    pub name: String,
    /// Right, forward, up of the joint about which it bends, mm.
    pub joint: [f64; 3],
    /// On which side of its joint it lies in a person standing.
    pub side: Side,
    /// The angle by which it is bent forwards in a person who sits, rad.
    pub sitting: f64,
}

/// On which side of its joint a segment lies in a person standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// It stands on its joint, as the head does.
    Above,
    /// It hangs from its joint, as the legs do.
    Below,
}

impl Segment {
    /// The direction of "up" in the frame of a segment that is bent forwards by an angle (rad), from that in the frame
    /// of the trunk: `u' = R^T u`, `R` the turn about the axis to the right that brings the free end forwards.
    pub fn up(&self, trunk: [f64; 3], angle: f64) -> [f64; 3] {
        let (sine, cosine) = match self.side {
            Side::Above => angle.sin_cos(),
            Side::Below => (-angle).sin_cos(),
        };
        let [right, forward, up] = trunk;
        [right, cosine * forward - sine * up, sine * forward + cosine * up]
    }
}

/// The higher of two points.
#[inline(always)]
pub(crate) fn higher<S: Real>(x: &[S]) -> S {
    x[0].max(x[1])
}

impl Landmark {
    /// The height of the landmark, mm: `u j + u' (r - j)`, with the joint `j` of its segment and the direction of "up"
    /// in the frames of trunk (`u`) and segment (`u'`).
    pub(crate) fn height(&self, segments: &[Segment], trunk: [f64; 3], segment_up: [f64; 3]) -> f64 {
        let joint = self.joint(segments);
        (0..3)
            .map(|axis| trunk[axis] * joint[axis] + segment_up[axis] * (self.position[axis] - joint[axis]))
            .sum()
    }

    /// Whether the two are one point however the body lies.
    pub(crate) fn is_with(&self, other: &Landmark) -> bool {
        self.position == other.position && self.segment == other.segment && self.top_of == other.top_of
    }

    /// The joint of its segment; the landmark itself where it belongs to the trunk.
    pub(crate) fn joint(&self, segments: &[Segment]) -> [f64; 3] {
        self.segment.and_then(|index| segments.get(index)).map_or(self.position, |segment| segment.joint)
    }
}

/// Something with a pressure.
#[derive(Clone, Debug)]
pub struct Space {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its parameters, in the order of [`Space::parameters`].
    pub values: Vec<f64>,
    /// The fluid in it; for an enclosure the one whose weight acts between it and what it holds.
    pub fluid: FluidId,
    /// Where it lies, an index into the landmarks.
    pub landmark: usize,
    /// The enclosure that it lies in; none means the atmosphere.
    pub inside: Option<SpaceId>,
    /// Pressure from which the start is sought, mmHg.
    pub start_pressure: f64,
    /// Volume at the start, mL, where it is given rather than sought; for fluid without a wall of its own.
    pub start_volume: Option<f64>,
}

/// What a space is.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// It holds fluid behind a wall.
    Fluid(&'static Law),
    /// It holds other spaces and a filling behind a wall.
    Enclosure(&'static Law),
    /// It holds nothing: what flows in flows out.
    Junction,
    /// It lies outside: its pressure is given, what it takes or gives is entered in the ledger.
    Outside,
}

/// The filling of an enclosure: tissue.
static FILLING: Parameter = Parameter::optional(
    "filling",
    Dimension::VOLUME,
    Bounds::NotNegative,
    0.0,
    "volume of tissue in the enclosure besides its spaces",
);

/// The pressure of an outside space.
static PRESSURE: Parameter =
    Parameter::optional("pressure", Dimension::PRESSURE, Bounds::Any, 0.0, "pressure outside");

impl Space {
    /// The parameters of a space of this kind: those of its wall, then its own.
    pub fn parameters(&self) -> impl Iterator<Item = &'static Parameter> {
        self.kind.parameters()
    }
}

impl Kind {
    /// The wall law, where there is one.
    pub fn wall(self) -> Option<&'static Law> {
        match self {
            Kind::Fluid(wall) | Kind::Enclosure(wall) => Some(wall),
            Kind::Junction | Kind::Outside => None,
        }
    }

    /// The parameters of a space of this kind.
    pub fn parameters(self) -> impl Iterator<Item = &'static Parameter> {
        let own = match self {
            Kind::Enclosure(_) => Some(&FILLING),
            Kind::Outside => Some(&PRESSURE),
            Kind::Fluid(_) | Kind::Junction => None,
        };
        self.wall().into_iter().flat_map(|law| law.parameters).chain(own)
    }
}

/// What joins two spaces.
#[derive(Clone, Debug)]
pub struct Passage {
    /// Its name.
    pub name: String,
    /// Where it starts: flow from here is positive.
    pub from: SpaceId,
    /// Where it ends.
    pub to: SpaceId,
    /// How flow follows from pressure.
    pub law: &'static Law,
    /// The parameters of the law.
    pub values: Vec<f64>,
    /// The fluid in it.
    pub fluid: FluidId,
    /// The enclosure that squeezes it; none means the atmosphere.
    pub outside: Option<SpaceId>,
}

/// A named scalar.
#[derive(Clone, Debug)]
pub struct Signal {
    /// Its name.
    pub name: String,
    /// How it is computed.
    pub law: &'static Law,
    /// The parameters of the law.
    pub values: Vec<f64>,
    /// What it senses, one for each of the law's ports `First` and `Second`.
    pub senses: Vec<Observable>,
    /// The parameter that it acts on.
    pub acts: Option<Action>,
    /// Its unit, for people.
    pub unit: String,
}

impl Signal {
    /// The names of its unknowns: none where it has no state of its own, one for each lag of a delay.
    #[must_use]
    pub fn states(&self) -> Vec<String> {
        if self.law.formula != Formula::OwnState {
            return Vec::new();
        }
        let lags = match self.law.name {
            "delay" => crate::signal::delay::stages(self.values[0], self.values[1]),
            _ => 1,
        };
        if lags == 1 {
            return vec![self.name.clone()];
        }
        (1..=lags).map(|lag| format!("{}.{lag}", self.name)).collect()
    }

    /// The names of what it remembers from one run to the next: of its unknowns, and of a relay that it is on.
    #[must_use]
    pub fn remembers(&self) -> Vec<String> {
        if self.is_relay() { vec![self.name.clone()] } else { self.states() }
    }

    /// Whether it is a relay, which is on or off and remembers which.
    #[must_use]
    pub fn is_relay(&self) -> bool {
        self.law.name == crate::signal::hysteresis::LAW.name
    }
}

/// Something that a signal may sense and a run may record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Observable {
    /// Pressure of a space against the atmosphere, mmHg.
    Pressure(SpaceId),
    /// Pressure of a space less that round it, mmHg.
    Transmural(SpaceId),
    /// Volume of a space (of an enclosure: all that it holds), mL.
    Volume(SpaceId),
    /// Flow through a passage, mL/s.
    Flow(PassageId),
    /// A signal.
    Signal(SignalId),
    /// Amount of a substance in a space, in its own unit.
    Amount(SpaceId, SubstanceId),
    /// A parameter as it acts at the moment.
    Parameter(Address),
    /// Volume that has passed a door since the start, mL.
    Passed(PassageId),
    /// How bodies move: an output of a block, by the places of both.
    Motion(usize, usize),
}

/// A parameter of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    /// Whose it is.
    pub owner: Owner,
    /// Which one, in the order of its law.
    pub parameter: usize,
}

/// Who has parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// A space.
    Space(SpaceId),
    /// A passage.
    Passage(PassageId),
    /// A signal.
    Signal(SignalId),
}

/// What a signal does to a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action {
    /// The parameter.
    pub target: Address,
    /// How.
    pub how: How,
}

/// How a signal acts on the value of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The parameter is the signal.
    Set,
    /// The signal is added.
    Add,
    /// The value is multiplied by the signal.
    Scale,
    /// The value is multiplied by the exponential of the signal.
    Exponent,
}

/// Something dissolved, carried by every passage between two spaces that hold it.
#[derive(Clone, Debug)]
pub struct Substance {
    /// Its name.
    pub name: String,
    /// The spaces that hold it, with the concentration at the start, amount per mL.
    pub held: Vec<(SpaceId, f64)>,
}

/// Bodies on viscoelastic tissue, reduced to a few states: `x_i' = rate_i (g_i u - x_i)`, `y = c x + d u + e`, with what
/// drives them, `u`, and what is asked of them, `y`. The matrices come from whoever knows the bodies; the walls that they move
/// take a signal that senses an output.
#[derive(Clone, Debug, Default)]
pub struct Bodies {
    /// What drives them.
    pub drives: Vec<Drive>,
    /// The states.
    pub states: Vec<BodyState>,
    /// What may be asked of them.
    pub outputs: Vec<BodyOutput>,
    /// The outputs that cannot fall below zero, by their places: what pulls only. Where one would, the bodies are no longer
    /// what they are reduced from.
    pub pulls: Vec<usize>,
    /// Of those, the ones that are let go where they would fall below zero.
    pub releases: Vec<Release>,
}

/// Something that pulls only, let go where it would have to push: a force `s` with `s' = rate (max(0, s - T) - s)`, the drive
/// of its own number, beside the pull `T` that holds it already. At rest either nothing is let go, or nothing pulls: `s >= 0`,
/// `T >= 0`, `s T = 0`.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    /// The place of its pull among the outputs.
    pub output: usize,
    /// How fast it goes, 1/s.
    pub rate: f64,
}

impl Bodies {
    /// What one unit of a drive, by its place, does to an output: at once, or after a long time.
    ///
    /// # Panics
    /// Where there is no such drive.
    #[must_use]
    pub fn answer(&self, output: &BodyOutput, drive: usize, in_the_end: bool) -> f64 {
        if !in_the_end {
            return output.drives[drive];
        }
        let by_states = output.states.iter().zip(&self.states);
        output.drives[drive] + by_states.map(|(weight, state)| weight * state.gains[drive]).sum::<f64>()
    }

    /// Counts all outputs from where the bodies lie, after a long time, when the body's "up" is this.
    pub fn rest_at(&mut self, up: impl Fn(Option<usize>) -> [f64; 3]) {
        for (drive, kind) in self.drives.iter().enumerate() {
            let Drive::Up(segment, axis) = *kind else { continue };
            let size = up(segment)[axis];
            let lain: Vec<f64> = self.outputs.iter().map(|output| self.answer(output, drive, true)).collect();
            self.outputs.iter_mut().zip(lain).for_each(|(output, lain)| output.rest -= size * lain);
        }
    }
}

/// What drives bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drive {
    /// Something that can be observed.
    Observed(Observable),
    /// What a release lets go, by its place.
    Released(usize),
    /// A component of "up" in the frame of the trunk, or of a segment: right, forward, up.
    Up(Option<usize>, usize),
}

/// A state of bodies: it follows a sum of what drives them.
#[derive(Clone, Debug, PartialEq)]
pub struct BodyState {
    /// 1/s.
    pub rate: f64,
    /// For each drive.
    pub gains: Vec<f64>,
}

/// Something that may be asked of bodies.
#[derive(Clone, Debug, PartialEq)]
pub struct BodyOutput {
    /// Its name.
    pub name: String,
    /// Its unit, for people; the numbers are in the canonical one of its dimension.
    pub unit: String,
    /// For each state.
    pub states: Vec<f64>,
    /// For each drive.
    pub drives: Vec<f64>,
    /// Its value where nothing drives them.
    pub rest: f64,
}

impl Network {
    /// The values of the parameters of an owner.
    pub fn values(&self, owner: Owner) -> &[f64] {
        match owner {
            Owner::Space(id) => &self.spaces[id.0].values,
            Owner::Passage(id) => &self.passages[id.0].values,
            Owner::Signal(id) => &self.signals[id.0].values,
        }
    }

    /// The values of the parameters of an owner, to be changed.
    pub fn values_mut(&mut self, owner: Owner) -> &mut [f64] {
        match owner {
            Owner::Space(id) => &mut self.spaces[id.0].values,
            Owner::Passage(id) => &mut self.passages[id.0].values,
            Owner::Signal(id) => &mut self.signals[id.0].values,
        }
    }

    /// The declared parameters of an owner.
    pub fn parameters(&self, owner: Owner) -> Vec<&'static Parameter> {
        match owner {
            Owner::Space(id) => self.spaces[id.0].parameters().collect(),
            Owner::Passage(id) => self.passages[id.0].law.parameters.iter().collect(),
            Owner::Signal(id) => self.signals[id.0].law.parameters.iter().collect(),
        }
    }

    /// The name of an owner.
    pub fn name(&self, owner: Owner) -> &str {
        match owner {
            Owner::Space(id) => &self.spaces[id.0].name,
            Owner::Passage(id) => &self.passages[id.0].name,
            Owner::Signal(id) => &self.signals[id.0].name,
        }
    }

    /// The owner called `name`: spaces, passages and signals share one set of names.
    pub fn owner(&self, name: &str) -> Option<Owner> {
        let space = self.spaces.iter().position(|s| s.name == name).map(|i| Owner::Space(SpaceId(i)));
        let passage =
            || self.passages.iter().position(|p| p.name == name).map(|i| Owner::Passage(PassageId(i)));
        let signal = || self.signals.iter().position(|s| s.name == name).map(|i| Owner::Signal(SignalId(i)));
        space.or_else(passage).or_else(signal)
    }

    /// Whether a passage is a door: it leads outside, or from one fluid into another.
    pub fn is_door(&self, id: PassageId) -> bool {
        let passage = &self.passages[id.0];
        let [from, to] = [&self.spaces[passage.from.0], &self.spaces[passage.to.0]];
        let outside = |space: &Space| matches!(space.kind, Kind::Outside);
        outside(from) || outside(to) || from.fluid != to.fluid
    }
}
