//! Computed motion beside what is taught.

use super::lesson::{Lesson, Taught};
use crate::facts::Facts;
use crate::geometry::Vector;
use crate::screw::{Screw, Sense, between_axes};
use crate::structure::{Equilibrium, Motion, Structure};

/// A bone with its computed motion.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// The bone.
    pub name: String,
    /// The point about which its turn is counted, mm.
    pub centre: Vector,
    /// How it moves.
    pub motion: Motion,
}

impl Moved {
    /// The bodies of a structure as they lie under loads.
    #[must_use]
    pub fn all(structure: &Structure, found: &Equilibrium) -> Vec<Self> {
        let bodies = structure.bodies().iter().zip(&found.motions);
        bodies
            .map(|(body, motion)| Moved { name: body.name.clone(), centre: body.centre, motion: *motion })
            .collect()
    }
}

/// One bone's computed motion beside what is taught of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<'a> {
    /// The bone.
    pub bone: String,
    /// What is taught; none where nothing is.
    pub lesson: Option<&'a Lesson>,
    /// The computed motion as a screw; none where the bone does not turn.
    pub screw: Option<Screw>,
    /// Between the lines along the taught and the computed axis, rad, and whether both turn the same way; none where
    /// one of them is missing, or what is taught is of two halves.
    pub axes: Option<(f64, Sense)>,
    /// Between the taught and the computed direction of the shift, rad: none to two right angles.
    pub shifts: Option<f64>,
    /// How far the bone turns, rad.
    pub turn: f64,
    /// How far its centre moves, mm.
    pub at_centre: f64,
    /// No point of the bone moves further than this, mm: the furthest corner of its box. None for a bone whose box is not
    /// in the facts.
    pub at_most: Option<f64>,
}

impl Taught {
    /// A row for each bone, in the order in which they are given.
    #[must_use]
    pub fn compare(&self, moved: &[Moved], facts: &Facts) -> Vec<Row<'_>> {
        moved.iter().map(|moved| self.row(moved, facts)).collect()
    }

    fn row(&self, moved: &Moved, facts: &Facts) -> Row<'_> {
        let Moved { name, centre, motion } = moved;
        let lesson = self.of(name);
        let whole = lesson.filter(|lesson| !lesson.halves);
        let screw = Screw::of(motion, centre);
        let shift = whole.and_then(|lesson| lesson.shift).filter(|_| motion.shift.norm() > 0.0);
        Row {
            bone: name.clone(),
            lesson,
            screw,
            axes: whole.zip(screw).map(|(lesson, screw)| between_axes(&screw.axis, &lesson.axis)),
            shifts: shift.map(|taught| taught.angle(&motion.shift)),
            turn: motion.turn.norm(),
            at_centre: motion.shift.norm(),
            at_most: facts
                .bone
                .get(name)
                .map(|bone| furthest(motion, centre, &bone.bounds.map(Vector::from))),
        }
    }
}

/// How far the corner of a box moves that moves furthest; what moves in a box moves less.
fn furthest(motion: &Motion, centre: &Vector, [low, high]: &[Vector; 2]) -> f64 {
    let corner =
        |i: usize| Vector::from_fn(|axis, _| if i >> axis & 1 == 1 { high[axis] } else { low[axis] });
    (0..8).map(|i| motion.of_point(&(corner(i) - centre)).norm()).fold(0.0, f64::max)
}
