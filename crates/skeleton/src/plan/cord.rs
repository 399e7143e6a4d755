//! The spinal cord: a bar in the canal, held to the rings of the dura.

use std::f64::consts::PI;

use nalgebra::{Matrix6, Vector6};

use super::build::frame;
use super::canal::rings;
use super::{Anatomy, Cord, PlanError};
use crate::facts::{Facts, InnerFacts};
use crate::geometry::Vector;
use crate::structure::{Body, Structure, Tissue};

/// A place of the cord beside a ring of the canal.
struct Level {
    bone: String,
    at: Vector,
}

impl Cord {
    /// The name of its body beside the ring of a bone.
    pub fn body_at(&self, bone: &str) -> String {
        format!("{}_at_{bone}", self.name)
    }

    /// Adds the bodies, the bar between them and what holds them to the dura. The brain stem, its upper end, is fast to the bone of
    /// the foramen magnum; from its lower end the inner thread runs to the end of the sac.
    pub(super) fn add(&self, facts: &Facts, structure: &mut Structure) -> Result<(), PlanError> {
        let wrong = PlanError::of(&self.name);
        let levels = self.levels(facts)?;
        let ring = |structure: &Structure, bone: &str| {
            let name = format!("{}_at_{bone}", self.within);
            structure
                .body(&name)
                .ok_or_else(|| PlanError::new(&self.name, format!("there is no ring `{name}`")))
        };
        let mut before: Option<(usize, Vector)> = None;
        for Level { bone, at } in levels {
            let Some((upper, upper_at)) = before else {
                let stem = structure.body(&bone);
                let stem =
                    stem.ok_or_else(|| PlanError::new(&self.name, format!("there is no bone `{bone}`")))?;
                before = Some((stem, at));
                continue;
            };
            let held = ring(structure, &bone)?;
            let body = Body { name: self.body_at(&bone), centre: at };
            let body = structure.add(body).map_err(&wrong)?;
            let bar = self.bar(&upper_at, &at);
            structure.join(&format!("{}_to_{bone}", self.name), upper, body, bar).map_err(&wrong)?;
            let teeth = self.teeth(at, &(upper_at - at).normalize());
            structure.join(&format!("{}_teeth_at_{bone}", self.name), held, body, teeth).map_err(&wrong)?;
            before = Some((body, at));
        }
        let (Some((tip, at)), Some(end)) = (before, rings(facts).and_then(|rings| rings.into_iter().last()))
        else {
            return Ok(());
        };
        let held = ring(structure, &end.bone)?;
        let along = (end.at - at).normalize();
        let stiffness = Vector6::new(0.0, 0.0, self.filum, 0.0, 0.0, 0.0);
        let thread = Tissue::along(at, &frame(&along), &Matrix6::from_diagonal(&stiffness));
        structure.join(&format!("{}_filum", self.name), held, tip, thread).map_err(&wrong)
    }

    /// What a pressure on it does to its bodies, each with the bone beside it; nought where it neither bends nor ends, as a bar in
    /// a pressure that falls along it is pushed by what its section times the pressure changes.
    ///
    /// # Errors
    /// Facts without a canal, a bone of it that is no body, an end that has no ring.
    pub fn pressed(&self, anatomy: &Anatomy) -> Result<Vec<(String, String, InnerFacts)>, PlanError> {
        let levels = self.levels(&anatomy.facts)?;
        let cuts: Vec<(Vector, Vector)> = levels
            .windows(2)
            .map(|pair| {
                let up = (pair[0].at - pair[1].at).normalize();
                ((pair[0].at + pair[1].at) * 0.5, up * self.area)
            })
            .collect();
        let mut pressed = Vec::new();
        for (index, Level { bone, at }) in levels.iter().enumerate() {
            let (body, centre) = match index {
                0 => (bone.clone(), anatomy.bone(bone)?.centre),
                _ => (self.body_at(bone), *at),
            };
            let above = index.checked_sub(1).map(|above| cuts[above]);
            let below = cuts.get(index).map(|&(at, area)| (at, -area));
            let (mut force, mut moment) = (Vector::zeros(), Vector::zeros());
            for (at, area) in above.into_iter().chain(below) {
                force += area;
                moment += (at - centre).cross(&area);
            }
            // mm^2 and mm^3 into cm^2 and cm^3.
            let share = InnerFacts {
                area: self.area * 1e-2,
                vector_area: (force * 1e-2).into(),
                moment: (moment * 1e-3).into(),
            };
            pressed.push((bone.clone(), body, share));
        }
        Ok(pressed)
    }

    fn levels(&self, facts: &Facts) -> Result<Vec<Level>, PlanError> {
        let wrong = |message: &str| PlanError::new(&self.name, message);
        let all =
            rings(facts).ok_or_else(|| wrong("the facts lack the spinal canal or the end of its sac"))?;
        let last = all.iter().position(|ring| ring.bone == self.down_to);
        let last = last.filter(|&last| last > 0);
        let last = last
            .ok_or_else(|| wrong(&format!("`{}` is no bone of the canal below its first", self.down_to)))?;
        Ok(all.into_iter().take(last + 1).map(|ring| Level { bone: ring.bone, at: ring.at }).collect())
    }

    /// A round bar between two points: `E A / l` along it, a third of that across (`G = E/3`, as nothing of it can be pressed
    /// together), `E I / l` against bending and `G 2 I / l` against twisting.
    fn bar(&self, from: &Vector, to: &Vector) -> Tissue {
        let way = to - from;
        let along = self.modulus * self.area / way.norm();
        let bending = self.modulus * self.area * self.area / (4.0 * PI) / way.norm();
        let across = along / 3.0;
        let stiffness = Vector6::new(across, across, along, bending, bending, bending * 2.0 / 3.0);
        Tissue::along((from + to) * 0.5, &frame(&way.normalize()), &Matrix6::from_diagonal(&stiffness))
            .relaxing(self.relaxation.clone())
    }

    /// The teeth of one level, left and right, and its roots. The fibres of a tooth run aslant from a long base on the cord to
    /// their point on the dura, half of them from above and half from below.
    fn teeth(&self, at: Vector, up: &Vector) -> Tissue {
        let aside = (Vector::x() - up * up.x).normalize();
        let mut stiffness = Matrix6::zeros();
        let (sine, cosine) = self.slant.sin_cos();
        let outer = |axis: &Vector, size: f64| axis * axis.transpose() * size;
        let shift =
            outer(&aside, 2.0 * self.tooth * cosine * cosine) + outer(up, 2.0 * self.tooth * sine * sine);
        let roots = nalgebra::Matrix3::identity() * self.roots;
        let radius = (self.area / PI).sqrt();
        stiffness.fixed_view_mut::<3, 3>(0, 0).copy_from(&(shift + roots));
        // Both sides hold a radius away from the middle.
        let turn = (nalgebra::Matrix3::identity() * (2.0 * self.tooth + self.roots)) * (radius * radius);
        stiffness.fixed_view_mut::<3, 3>(3, 3).copy_from(&turn);
        Tissue { at, stiffness, relaxation: self.relaxation.clone() }
    }
}
