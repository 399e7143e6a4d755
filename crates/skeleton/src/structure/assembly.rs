//! Bodies and what holds them.

use std::fmt;

use super::{Cable, Relaxation, Tissue};
use crate::geometry::Vector;

/// How far a stiffness may be from symmetric, as a share of its largest number.
const SYMMETRY: f64 = 1e-9;

/// A rigid bone.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Its name.
    pub name: String,
    /// The point about which its turns are counted, mm.
    pub centre: Vector,
}

/// Tissue between two bodies, or between a body and the ground.
#[derive(Clone, Debug)]
pub(super) struct Joint {
    pub name: String,
    /// The first body; none is the ground.
    pub first: Option<usize>,
    pub second: usize,
    pub tissue: Tissue,
}

/// A cable with its bodies.
#[derive(Clone, Debug)]
pub(super) struct Strung {
    pub name: String,
    pub bodies: [usize; 2],
    pub cable: Cable,
}

/// Rigid bodies held together and to the ground.
#[derive(Clone, Debug, Default)]
pub struct Structure {
    bodies: Vec<Body>,
    fixed: Vec<bool>,
    pub(super) joints: Vec<Joint>,
    pub(super) cables: Vec<Strung>,
}

/// What is wrong with a structure.
#[derive(Clone, Debug, PartialEq)]
pub enum StructureError {
    /// A body of this name is there already.
    Twice(String),
    /// There is no body of this number.
    NoBody(usize),
    /// What should join two bodies, by its name, joins one with itself.
    Alone(String),
    /// The stiffness of this tissue is not finite, not symmetric, or gives motion instead of resisting it.
    Stiffness(String),
    /// What fades of this tissue's or cable's stiffness is negative, takes no time or leaves nothing.
    Relaxation(String),
    /// This cable has no length, or a tension or stiffness that is negative or not finite.
    Cable(String),
    /// A load is not finite.
    Load(String),
    /// Nothing holds this body against some motion.
    Loose(String),
    /// The cables do not settle which of them hang slack; this one changed to the last.
    Unsettled(String),
}

impl fmt::Display for StructureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StructureError::Twice(name) => write!(f, "there are two bodies called `{name}`"),
            StructureError::NoBody(number) => write!(f, "there is no body number {number}"),
            StructureError::Alone(name) => write!(f, "`{name}` joins a body with itself"),
            StructureError::Stiffness(name) => {
                write!(f, "the stiffness of `{name}` must be finite, symmetric and nowhere negative")
            }
            StructureError::Relaxation(name) => {
                write!(f, "what fades of the stiffness of `{name}` must take time and leave something")
            }
            StructureError::Cable(name) => {
                write!(f, "`{name}` must have a length, and a tension and a stiffness that are not negative")
            }
            StructureError::Load(name) => write!(f, "the load on `{name}` is not finite"),
            StructureError::Loose(name) => {
                write!(f, "`{name}` is loose: nothing holds it against some motion")
            }
            StructureError::Unsettled(name) => {
                write!(f, "it does not settle which cables hang slack; `{name}` changed to the last")
            }
        }
    }
}

impl std::error::Error for StructureError {}

impl Structure {
    /// Adds a body and returns its number.
    ///
    /// # Errors
    /// [`StructureError::Twice`].
    pub fn add(&mut self, body: Body) -> Result<usize, StructureError> {
        if self.body(&body.name).is_some() {
            return Err(StructureError::Twice(body.name));
        }
        self.bodies.push(body);
        self.fixed.push(false);
        Ok(self.bodies.len() - 1)
    }

    /// Holds a body still.
    ///
    /// # Errors
    /// [`StructureError::NoBody`].
    pub fn fix(&mut self, body: usize) -> Result<(), StructureError> {
        self.check(body)?;
        self.fixed[body] = true;
        Ok(())
    }

    /// Joins two bodies by tissue.
    ///
    /// # Errors
    /// [`StructureError::NoBody`], [`StructureError::Alone`], [`StructureError::Stiffness`],
    /// [`StructureError::Relaxation`].
    pub fn join(
        &mut self,
        name: &str,
        first: usize,
        second: usize,
        tissue: Tissue,
    ) -> Result<(), StructureError> {
        self.check_pair(name, first, second)?;
        self.hold(name, Some(first), second, tissue)
    }

    /// Joins a body to the ground by tissue: a pillow, a bed, a hand.
    ///
    /// # Errors
    /// [`StructureError::NoBody`], [`StructureError::Stiffness`].
    pub fn support(&mut self, name: &str, body: usize, tissue: Tissue) -> Result<(), StructureError> {
        self.check(body)?;
        self.hold(name, None, body, tissue)
    }

    /// Adds to what a cable pulls with at rest, N: a muscle that works. What balances it is up to whoever adds it.
    pub fn tighten(&mut self, cable: usize, force: f64) {
        if let Some(strung) = self.cables.get_mut(cable) {
            strung.cable.tension += force;
        }
    }

    fn hold(
        &mut self,
        name: &str,
        first: Option<usize>,
        second: usize,
        tissue: Tissue,
    ) -> Result<(), StructureError> {
        let k = &tissue.stiffness;
        let finite = k.iter().chain(tissue.at.iter()).all(|number| number.is_finite());
        let size = k.amax();
        let symmetric = finite && (k - k.transpose()).amax() <= SYMMETRY * size;
        if !(symmetric && k.symmetric_eigenvalues().iter().all(|&value| value >= -SYMMETRY * size)) {
            return Err(StructureError::Stiffness(name.to_owned()));
        }
        if !Relaxation::is_sound(&tissue.relaxation) {
            return Err(StructureError::Relaxation(name.to_owned()));
        }
        self.joints.push(Joint { name: name.to_owned(), first, second, tissue });
        Ok(())
    }

    /// Strings a cable from one body to another.
    ///
    /// # Errors
    /// [`StructureError::NoBody`], [`StructureError::Alone`], [`StructureError::Cable`].
    pub fn string(
        &mut self,
        name: &str,
        first: usize,
        second: usize,
        cable: Cable,
    ) -> Result<(), StructureError> {
        self.check_pair(name, first, second)?;
        let sound = |number: f64| number.is_finite() && number >= 0.0;
        let length = cable.length();
        if !(length.is_finite() && length > 0.0 && sound(cable.tension) && sound(cable.stiffness)) {
            return Err(StructureError::Cable(name.to_owned()));
        }
        if !Relaxation::is_sound(&cable.relaxation) {
            return Err(StructureError::Relaxation(name.to_owned()));
        }
        self.cables.push(Strung { name: name.to_owned(), bodies: [first, second], cable });
        Ok(())
    }

    /// The bodies, in the order of their numbers.
    pub fn bodies(&self) -> &[Body] {
        &self.bodies
    }

    /// The number of the body of this name.
    pub fn body(&self, name: &str) -> Option<usize> {
        self.bodies.iter().position(|body| body.name == name)
    }

    /// Whether a body is held still.
    pub fn is_fixed(&self, body: usize) -> bool {
        self.fixed.get(body).copied().unwrap_or(false)
    }

    /// The names of the tissue between bodies and to the ground, in the order in which it was added.
    pub fn joints(&self) -> impl Iterator<Item = &str> {
        self.joints.iter().map(|joint| joint.name.as_str())
    }

    /// Where a cable holds on, mm.
    pub fn cable_ends(&self, cable: usize) -> Option<[Vector; 2]> {
        self.cables.get(cable).map(|strung| strung.cable.ends)
    }

    /// The names of the cables, in the order in which they were added.
    pub fn cables(&self) -> impl Iterator<Item = &str> {
        self.cables.iter().map(|strung| strung.name.as_str())
    }

    fn check_pair(&self, name: &str, first: usize, second: usize) -> Result<(), StructureError> {
        self.check(first)?;
        self.check(second)?;
        if first == second { Err(StructureError::Alone(name.to_owned())) } else { Ok(()) }
    }

    fn check(&self, body: usize) -> Result<(), StructureError> {
        if body < self.bodies.len() { Ok(()) } else { Err(StructureError::NoBody(body)) }
    }

    pub(super) fn arm(&self, body: usize, point: &Vector) -> Vector {
        point - self.bodies[body].centre
    }
}
