//! The spinal canal as a closed tube: what the fluid in it does to each vertebra.
//!
//! Each bone of the canal bears the wall round its ring, and half of the disc and the ligaments to its neighbours, which the
//! facts do not show. Cut across half-way between the rings, the tube falls into stretches that are closed by two lids each; and
//! as a pressure alike everywhere pushes no closed surface along, it pushes the wall of a stretch as it would push the lids the
//! other way: `p (A_below t_below - A_above t_above)`, with the area `A` of a cut and the direction `t` of the canal upwards.
//! Where the canal neither bends nor changes its width that is nought. At the two ends a bone bears the lid too: the occipital
//! bone that of its foramen, which closes the vault from the other side, and the sacrum the end of the dural sac.

use std::f64::consts::PI;

use super::anatomy::unknown;
use super::{Anatomy, PlanError};
use crate::facts::{Facts, InnerFacts};
use crate::geometry::Vector;

/// A ring of the canal.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ring {
    pub bone: String,
    /// Its middle, mm.
    pub at: Vector,
    /// Of the largest circle in it, mm.
    pub radius: f64,
}

/// A cut across the canal.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cut {
    /// Its middle, mm.
    at: Vector,
    /// Its area along the canal upwards, mm^2.
    area: Vector,
}

/// A stretch of the canal whose wall one bone bears.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// The bone.
    pub bone: String,
    /// The middle of what it holds, mm.
    pub middle: Vector,
    /// What it holds, mm^3.
    pub volume: f64,
    /// The open lids, outward: middle (mm) and area (mm^2).
    lids: Vec<(Vector, Vector)>,
    /// The centre of its bone, mm.
    centre: Vector,
}

/// The rings of the canal from the foramen magnum to the end of the dural sac; none where the facts lack them.
pub(super) fn rings(facts: &Facts) -> Option<Vec<Ring>> {
    let canal = facts.canal.as_ref()?;
    let end = facts.membrane.get("dural_tube")?.edge.get("second_sacral_segment")?;
    let mut rings: Vec<Ring> = canal
        .rings
        .iter()
        .zip(&canal.line)
        .zip(&canal.radii)
        .map(|((bone, &at), &radius)| Ring { bone: bone.clone(), at: at.into(), radius })
        .collect();
    let radius = rings.last()?.radius;
    let ends = end.bones.iter().zip(&end.points);
    rings.extend(ends.map(|(bone, &at)| Ring { bone: bone.clone(), at: at.into(), radius }));
    Some(rings)
}

impl Anatomy {
    /// The canal in stretches from top to bottom, whose walls together with its two ends are a closed surface.
    ///
    /// # Errors
    /// Facts without a canal or the end of the dural sac; a bone of it that is no body here.
    pub fn closed_canal(&self) -> Result<Vec<Stretch>, PlanError> {
        let missing = || PlanError::new("", "the facts lack the spinal canal or the end of its sac");
        let rings = rings(&self.facts).filter(|rings| rings.len() > 1).ok_or_else(missing)?;
        let cuts: Vec<Cut> = rings.windows(2).map(|pair| Cut::between(&pair[0], &pair[1])).collect();
        let mut stretches = Vec::new();
        for (index, ring) in rings.iter().enumerate() {
            let above = index.checked_sub(1).map(|above| cuts[above]);
            let below = cuts.get(index).copied();
            let halves = above.iter().chain(&below).map(|cut| half(ring, cut));
            let (volume, moment) =
                halves.fold((0.0, Vector::zeros()), |sum, own| (sum.0 + own.0, sum.1 + own.1 * own.0));
            let lids = above.map(|cut| (cut.at, cut.area)).into_iter();
            stretches.push(Stretch {
                bone: ring.bone.clone(),
                middle: moment / volume,
                volume,
                lids: lids.chain(below.map(|cut| (cut.at, -cut.area))).collect(),
                centre: self.bone(&ring.bone)?.centre,
            });
        }
        Ok(stretches)
    }

    /// The stretches of the canal of some bones.
    ///
    /// # Errors
    /// Those of [`Anatomy::closed_canal`]; a bone without a ring.
    pub fn canal_of(&self, bones: &[&str]) -> Result<Vec<Stretch>, PlanError> {
        let all = self.closed_canal()?;
        for bone in bones {
            if !all.iter().any(|stretch| stretch.bone == *bone) {
                let known = all.iter().map(|stretch| stretch.bone.as_str());
                return Err(unknown("bone of the canal", bone, known));
            }
        }
        Ok(all.into_iter().filter(|stretch| bones.contains(&stretch.bone.as_str())).collect())
    }
}

impl Stretch {
    /// What a pressure alike everywhere in it does to the bone.
    pub fn pressed(&self) -> InnerFacts {
        self.loaded(|_| 1.0, Vector::zeros())
    }

    /// What the weight of a fluid at rest does, the pressure growing along an axis downwards from a point where it is nought: as
    /// for the pressure, each area times so many mm. On a cut it is taken as that at its middle.
    pub fn weighed(&self, axis: usize, origin: &Vector) -> InnerFacts {
        let mut growing = Vector::zeros();
        growing[axis] = -1.0;
        // On all of a closed surface a pressure that grows pushes with its growth times the volume, through the middle of that.
        self.loaded(|at| (origin - at)[axis], growing * self.volume)
    }

    /// What is left for the wall of a load on all of the closed stretch.
    fn loaded(&self, pressure: impl Fn(&Vector) -> f64, on_all: Vector) -> InnerFacts {
        let (mut force, mut moment) = (on_all, (self.middle - self.centre).cross(&on_all));
        for (at, area) in &self.lids {
            let own = area * pressure(at);
            force -= own;
            moment -= (at - self.centre).cross(&own);
        }
        let area = self.lids.iter().map(|(_, area)| area.norm()).sum::<f64>();
        // mm^2 and mm^3 into cm^2 and cm^3.
        InnerFacts { area: area * 1e-2, vector_area: (force * 1e-2).into(), moment: (moment * 1e-3).into() }
    }
}

impl Cut {
    /// Half-way between two rings, the first above.
    fn between(above: &Ring, below: &Ring) -> Self {
        let radius = 0.5 * (above.radius + below.radius);
        let up = (above.at - below.at).normalize();
        Cut { at: (above.at + below.at) * 0.5, area: up * (PI * radius * radius) }
    }
}

/// The volume between a ring and a cut, mm^3, and its middle, mm.
fn half(ring: &Ring, cut: &Cut) -> (f64, Vector) {
    let [here, there] = [ring.radius, (cut.area.norm() / PI).sqrt()];
    let volume = PI / 3.0 * (cut.at - ring.at).norm() * (here * here + here * there + there * there);
    (volume, (ring.at + cut.at) * 0.5)
}
