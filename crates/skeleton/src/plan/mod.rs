//! From what documents say of bones and tissue to a structure, its drives and what may be asked of it.
//!
//! A [`Plan`] holds an [`Anatomy`] (bodies, lines, sites) and what joins them: joints of some kind of tissue, sheets, a
//! tube, cables, supports, loads. [`Plan::build`] makes a [`Whole`] of it; [`Whole::reduce`] gives few states with all
//! outputs.

mod anatomy;
mod build;
mod canal;
mod cord;
mod outputs;
mod sheet;
mod shell;
mod tube;

pub use anatomy::{Anatomy, Bone, Line, Point};
pub use build::{Strung, Whole};
pub use canal::Stretch;
pub use outputs::{Asked, Output, Quantity, Row};
pub use shell::Shell;

use crate::facts::InnerFacts;
use crate::geometry::Vector;
use crate::structure::{Motion, Relaxation, StructureError};

/// Everything that documents say of bones and what holds them.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The bodies, and the points and lines on them.
    pub anatomy: Anatomy,
    /// Tissue between two bones.
    pub joints: Vec<Joint>,
    /// Membranes between two lines.
    pub sheets: Vec<Sheet>,
    /// Membranes along the spinal canal.
    pub tubes: Vec<Tube>,
    /// What lies in them.
    pub cords: Vec<Cord>,
    /// Ligaments and muscles.
    pub cables: Vec<Cable>,
    /// What the body rests on.
    pub supports: Vec<Support>,
    /// What loads it.
    pub loads: Vec<Load>,
}

/// Tissue of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Kind {
    /// How stiff it is.
    pub law: Law,
    /// What fades of that.
    pub relaxation: Vec<Relaxation>,
}

/// How stiff tissue is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Law {
    /// Spread over the area in which two bones face each other, N/mm^3.
    Layer {
        /// Across.
        across: f64,
        /// Along.
        along: f64,
    },
    /// Known as a whole, along the axes of the body or of the joint.
    Unit {
        /// N/mm.
        shift: [f64; 3],
        /// N mm/rad.
        turn: [f64; 3],
    },
    /// A support or a hand.
    Pad {
        /// Against the surface, N/mm.
        across: f64,
        /// Along it, N/mm.
        along: f64,
        /// Against turns, N mm/rad.
        turn: f64,
    },
}

/// Tissue between two bones.
#[derive(Clone, Debug, PartialEq)]
pub struct Joint {
    /// Its name.
    pub name: String,
    /// The bones.
    pub between: [String; 2],
    /// What it is made of.
    pub kind: Kind,
    /// Its point, mm; else that of the facts.
    pub at: Option<Vector>,
    /// The axis along which the third axis of a unit lies.
    pub about: Option<Vector>,
    /// The bone that bends in series with it.
    pub bone: Option<Shell>,
    /// A factor on its stiffness.
    pub stiffer: f64,
    /// The pose of the second bone against the first at which it carries nothing.
    pub offset: Motion,
}

/// A membrane between two lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Where it holds on.
    pub from: Line,
    /// Where else it holds on; the same line for a sheet that is folded along it.
    pub to: Line,
    /// MPa.
    pub modulus: f64,
    /// mm.
    pub thickness: f64,
    /// The stretch at rest.
    pub prestrain: f64,
    /// What fades of its stiffness.
    pub relaxation: Vec<Relaxation>,
    /// Of how many strips it is made.
    pub strips: usize,
}

/// A membrane along the spinal canal.
#[derive(Clone, Debug, PartialEq)]
pub struct Tube {
    /// Its name.
    pub name: String,
    /// MPa.
    pub modulus: f64,
    /// Of its wall, mm^2.
    pub area: f64,
    /// The stretch at rest.
    pub prestrain: f64,
    /// What holds it to the vertebra at each level in any direction, N/mm.
    pub tie: f64,
    /// Of the root sleeve on each side of a level along itself, N/mm.
    pub root: f64,
    /// How far the root sleeves run downwards, rad from across the tube.
    pub slant: f64,
    /// What holds it at C2 and C3 besides, N/mm.
    pub neck_anchor: f64,
    /// What holds its end, N/mm.
    pub end_anchor: f64,
    /// Of the thread from its end to the coccyx, N/mm.
    pub filum: f64,
    /// What fades of its stiffness.
    pub relaxation: Vec<Relaxation>,
}

/// A bar in a membrane along the spinal canal.
#[derive(Clone, Debug, PartialEq)]
pub struct Cord {
    /// Its name.
    pub name: String,
    /// The tube to whose rings it is held.
    pub within: String,
    /// The bone of the canal beside its lower end.
    pub down_to: String,
    /// MPa.
    pub modulus: f64,
    /// Across, mm^2.
    pub area: f64,
    /// Of a tooth on each side of a level along its fibres, N/mm.
    pub tooth: f64,
    /// How far the fibres run along the cord, rad from across it.
    pub slant: f64,
    /// Of the roots of a level in any direction, N/mm.
    pub roots: f64,
    /// Of the thread from its end to that of the tube, N/mm.
    pub filum: f64,
    /// What fades of its stiffness.
    pub relaxation: Vec<Relaxation>,
}

/// A ligament or a muscle.
#[derive(Clone, Debug, PartialEq)]
pub struct Cable {
    /// Its name.
    pub name: String,
    /// From where to where.
    pub ends: [Point; 2],
    /// At rest, N.
    pub tension: f64,
    /// N/mm.
    pub stiffness: f64,
    /// The greatest force that it can add by itself, N; none for what is no muscle.
    pub greatest: f64,
    /// What fades of its stiffness.
    pub relaxation: Vec<Relaxation>,
}

/// What the body rests on, or a hand that keeps its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Support {
    /// Its name.
    pub name: String,
    /// Where.
    pub under: Point,
    /// The outward direction there.
    pub normal: Vector,
    /// What it is made of.
    pub kind: Kind,
    /// Of a hand: the arm that holds it against the ground. The hand is a body then, called as the support.
    pub held_by: Option<Kind>,
}

/// What loads the structure in proportion to something that is known from elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Load {
    /// Its name.
    pub name: String,
    /// How it acts.
    pub acts: Acts,
    /// The bone under a force that dents.
    pub bone: Option<Shell>,
    /// What lies between a force and the bone: skin and the pads of fingers. The hand is a body then, called as the load.
    pub through: Option<Kind>,
}

/// How a load acts.
#[derive(Clone, Debug, PartialEq)]
pub enum Acts {
    /// A pressure (mmHg) on inner surfaces of bones.
    Pressure(Vec<(String, InnerFacts)>),
    /// A force (N) at a point, along a direction.
    Force(Point, Vector),
    /// A moment (N mm for one unit) on a bone, about an axis.
    Moment(String, Vector, f64),
    /// A motion (mm) of what holds a hand, by the name of its support, along a direction.
    Hold(String, Vector),
    /// The greatest force of muscles, by their names.
    Pull(Vec<String>),
    /// A moment (N mm for one unit) about the axis of joints, by their names, on the second bone against the first.
    Turn(Vec<String>, f64),
    /// Weight along an axis of the body where "up" has there a component of one: of some bones and of soft mass (g) that
    /// they carry …
    Weight {
        /// The axis: right, forward, up.
        axis: usize,
        /// The bones.
        bones: Vec<String>,
        /// Soft mass that a bone carries, g.
        carried: Vec<(String, f64)>,
    },
    /// … and of a fluid on inner surfaces.
    Column {
        /// The axis.
        axis: usize,
        /// mmHg/mm.
        weight: f64,
        /// The surfaces, their areas and moments times how deep they lie, mm.
        surfaces: Vec<(String, InnerFacts)>,
    },
}

/// Why a plan is no structure.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanError {
    /// The item at fault; empty for the whole.
    pub item: String,
    /// What is wrong.
    pub message: String,
}

impl PlanError {
    fn new(item: &str, message: impl Into<String>) -> Self {
        PlanError { item: item.to_owned(), message: message.into() }
    }

    fn of(item: &str) -> impl Fn(StructureError) -> PlanError {
        move |error| PlanError::new(item, error.to_string())
    }
}

impl std::fmt::Display for PlanError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.item.is_empty() {
            write!(f, "{}", self.message)
        } else {
            write!(f, "`{}`: {}", self.item, self.message)
        }
    }
}

impl std::error::Error for PlanError {}
