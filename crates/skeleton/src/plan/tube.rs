//! The spinal dura: a chain of rings in the canal, each held to its vertebra.

use nalgebra::{Matrix6, Vector6};

use super::canal::{Ring, rings};
use super::{Anatomy, PlanError, Tube};
use crate::facts::Facts;
use crate::geometry::Vector;
use crate::structure::{Body, Cable, Relaxation, Structure, Tissue};

/// The vertebrae at which the tube is anchored in the neck.
const NECK: [&str; 2] = ["axis", "third_cervical_vertebra"];

impl Tube {
    /// Adds the rings, what holds them and the stretches between them: from the foramen magnum, to whose bone the tube holds
    /// fast, to the sacrum. Returns the numbers of the cables.
    pub(super) fn add(&self, facts: &Facts, structure: &mut Structure) -> Result<Vec<usize>, PlanError> {
        let wrong = PlanError::of(&self.name);
        let lacking = || PlanError::new(&self.name, "the facts lack the spinal canal or the end of its sac");
        let levels = rings(facts).ok_or_else(lacking)?;
        let mut cables = Vec::new();
        let mut before: Option<(usize, Vector)> = None;
        let ends = levels.len();
        for (index, Ring { bone, at, radius }) in levels.into_iter().enumerate() {
            let Some(vertebra) = structure.body(&bone) else { continue };
            let own = if before.is_none() {
                vertebra
            } else {
                let ring = Body { name: self.ring_at(&bone), centre: at };
                let ring = structure.add(ring).map_err(&wrong)?;
                let anchored = match () {
                    () if index + 1 == ends => self.end_anchor,
                    () if NECK.contains(&bone.as_str()) => self.neck_anchor,
                    () => 0.0,
                };
                let name = format!("{}_sleeve_at_{bone}", self.name);
                structure.join(&name, vertebra, ring, self.hold(at, radius, anchored)).map_err(&wrong)?;
                ring
            };
            if let Some((upper, upper_at)) = before {
                let stiffness = self.modulus * self.area / (at - upper_at).norm();
                let cable = Cable {
                    ends: [upper_at, at],
                    tension: self.modulus * self.area * self.prestrain,
                    stiffness,
                    relaxation: self.relaxation.clone(),
                };
                cables.push(structure.cables().count());
                structure.string(&format!("{}_to_{bone}", self.name), upper, own, cable).map_err(&wrong)?;
            }
            before = Some((own, at));
        }
        if let Some((end, at)) = before
            && let Some((coccyx, tip)) = tail(facts, structure)
        {
            let relaxation = self.relaxation.clone();
            let cable = Cable { ends: [at, tip], tension: 0.0, stiffness: self.filum, relaxation };
            structure.string(&format!("{}_filum", self.name), end, coccyx, cable).map_err(&wrong)?;
        }
        Ok(cables)
    }

    /// Where its rings lie, by name, beside bones that are bodies; its first holds on to bone.
    pub fn rings(&self, anatomy: &Anatomy) -> Vec<(String, Vector)> {
        let known = rings(&anatomy.facts).unwrap_or_default().into_iter();
        let below = known.filter(|ring| anatomy.bones.contains_key(&ring.bone)).skip(1);
        below.map(|ring| (self.ring_at(&ring.bone), ring.at)).collect()
    }

    fn ring_at(&self, bone: &str) -> String {
        format!("{}_at_{bone}", self.name)
    }

    /// What holds a ring: ties at its left and right, which resist shifts, and turns by their distance; and the sleeves of the
    /// roots on both sides, which resist along themselves only.
    fn hold(&self, at: Vector, radius: f64, anchored: f64) -> Tissue {
        let shift = self.tie + anchored;
        let turn = shift * radius * radius;
        let mut stiffness = Matrix6::from_diagonal(&Vector6::new(shift, shift, shift, turn, turn, turn));
        for side in [-1.0, 1.0] {
            let along = Vector::new(side * self.slant.cos(), 0.0, -self.slant.sin());
            let turning = (Vector::x() * (side * radius)).cross(&along);
            let six = Vector6::new(along.x, along.y, along.z, turning.x, turning.y, turning.z);
            stiffness += six * six.transpose() * self.root;
        }
        let relaxation: Vec<Relaxation> = self.relaxation.clone();
        Tissue { at, stiffness, relaxation }
    }
}

/// Where the thread from the end of the tube holds on: the coccyx, or the sacrum where that holds it.
fn tail(facts: &Facts, structure: &Structure) -> Option<(usize, Vector)> {
    let edge = facts.membrane.get("dural_tube")?.edge.get("coccyx")?;
    let bone = structure.body("coccyx").or_else(|| structure.body(edge.bones.first()?))?;
    Some((bone, Vector::from(*edge.points.first()?)))
}
