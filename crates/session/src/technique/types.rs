//! What a technique's document says.

use cisterna_experiment::Points;
use cisterna_quantity::{Basis, Dimension, Stated};

/// One mmHg, Pa.
const MMHG: f64 = 133.322;

/// The places at which practice listens, by name. Those without a bone in the model are only listened to.
pub const STATIONS: [&str; 12] = [
    "head",
    "sacrum",
    "left_shoulder",
    "right_shoulder",
    "left_ribs",
    "right_ribs",
    "left_hip",
    "right_hip",
    "left_thigh",
    "right_thigh",
    "left_foot",
    "right_foot",
];

/// A technique of practice. Its forces are what is taught, unless their basis says that they were measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Technique {
    /// Its name.
    pub name: String,
    /// The row of the table of techniques that it answers.
    pub row: String,
    /// What people call it.
    pub title: String,
    /// How it is done.
    pub summary: String,
    /// The steps of the ten-step protocol to which it belongs.
    pub steps: Vec<i64>,
    /// Where it belongs outside the protocol.
    pub group: Option<String>,
    /// How long it lasts, s.
    pub time: Stated,
    /// What it is taught to be for: a hypothesis of practice.
    pub aim: String,
    /// The sign by which practice ends it.
    pub end_sign: String,
    /// Joints, membranes and signals of muscles that it is taught to free.
    pub frees: Vec<String>,
    /// Where hands lie.
    pub contacts: Vec<Contact>,
}

/// A hand at a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Contact {
    /// Whose: right, left, both, or a device.
    pub hand: String,
    /// Where it lies.
    pub place: Place,
    /// What it does.
    pub mode: Mode,
    /// Which way.
    pub direction: Direction,
    /// The force, N, or the moment of a torque; of a hand along a path the furthest that it goes or the hardest that it presses.
    pub strength: Stated,
    /// The path of a hand that goes along one: how far it goes, or how hard it presses, in time from its beginning.
    pub path: Option<Points>,
    /// The stiffness of an arm that resists, or that goes along a path, mmHg mm; of those modes only.
    pub stiffness: Option<Stated>,
    /// The area over which it presses, mm^2.
    pub area: Option<Stated>,
    /// When it begins, s after the technique.
    pub begin: f64,
    /// How long it lasts, s; to the end of the technique where none.
    pub lasts: Option<f64>,
}

/// Where a hand lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// On a bone: the name of a site.
    Site(String),
    /// On a part of the body whose bones the model does not move: a station. Nothing moves there.
    Station(String),
}

impl Place {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        let (Place::Site(name) | Place::Station(name)) = self;
        name
    }
}

/// What a hand does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// It rests with its own weight and keeps its place as the bone moves under it, as softly as an arm at rest.
    Hold,
    /// It keeps its force: the arm goes after it as quickly as fingers mend a force.
    Keep,
    /// It resists motion from where it lies, with a stiffness of its own.
    Resist,
    /// It is a point that nothing moves, as knuckles on the couch: what lies on it moves about it.
    Fulcrum,
    /// It gives way, always with the same light force.
    Follow,
    /// It presses or draws with a force.
    Force,
    /// It turns with a moment.
    Torque,
    /// It goes along a path that is given: a way in time, or a force in time.
    Path,
}

impl Mode {
    /// All of them.
    pub const ALL: [Mode; 8] = [
        Mode::Hold,
        Mode::Keep,
        Mode::Resist,
        Mode::Fulcrum,
        Mode::Follow,
        Mode::Force,
        Mode::Torque,
        Mode::Path,
    ];

    /// The word in documents.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Mode::Hold => "hold",
            Mode::Keep => "keep",
            Mode::Resist => "resist",
            Mode::Fulcrum => "fulcrum",
            Mode::Follow => "follow",
            Mode::Force => "force",
            Mode::Torque => "torque",
            Mode::Path => "path",
        }
    }
}

/// Which way a hand presses, or the axis about which it turns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Direction {
    /// Against the surface of the bone.
    Inward,
    /// To the right, forward, up.
    Along([f64; 3]),
}

impl Contact {
    /// What the size of the force rests on: measured, derived from what was, or taught.
    #[must_use]
    pub fn basis_word(&self) -> &'static str {
        match self.strength.basis {
            Basis::Measured => "measured",
            Basis::Derived => "derived",
            _ => "taught",
        }
    }

    /// Whether an arm holds it from outside; what else does not touch back, and only loads.
    #[must_use]
    pub fn is_held(&self) -> bool {
        match (self.mode, &self.path) {
            (Mode::Path, Some(path)) => path.unit.dimension() == Dimension::LENGTH,
            (mode, _) => matches!(mode, Mode::Hold | Mode::Keep | Mode::Resist | Mode::Fulcrum),
        }
    }

    /// The greatest force or moment, canonical unit; none of a hand that goes along a way, whose force follows.
    #[must_use]
    pub fn greatest(&self) -> Option<f64> {
        (self.mode != Mode::Path || !self.is_held()).then_some(self.strength.value)
    }

    /// The greatest pressure under it, mmHg; none where the area is not told or the force follows from a way.
    #[must_use]
    pub fn pressure(&self) -> Option<f64> {
        // N over mm^2 into mmHg.
        let area = self.area.as_ref()?.unit.from_canonical(self.area.as_ref()?.value);
        Some(self.greatest()? / area * 1e6 / MMHG)
    }

    /// When it ends in a technique that lasts so long, s.
    #[must_use]
    pub fn end(&self, time: f64) -> f64 {
        self.lasts.map_or(time, |lasts| (self.begin + lasts).min(time))
    }
}
