//! Landmarks on the inside of the skull.

use crate::geometry::{Tree, Vector};

use super::hold::Hold;

/// Step of a search along a line of rays, mm, and over an arc, degrees.
const STEP: f64 = 1.0;
const DEGREE: f64 = 1.0;
/// The arc over which the wall stands back on both sides of a protuberance, degrees.
const BESIDE: usize = 12;

/// The inside of the skull as it is seen from one point.
pub struct Inside<'a> {
    /// The surfaces of the vault's bones.
    pub tree: &'a Tree,
    /// The bones' names, by owner of the tree.
    pub bones: &'a [&'a str],
    /// The point from which most is seen, mm.
    pub origin: Vector,
    /// Where the plane between left and right lies, mm.
    pub middle: f64,
}

impl Inside<'_> {
    /// Where a ray from a point first meets a bone.
    #[must_use]
    pub fn hold(&self, from: &Vector, ray: &Vector) -> Option<Hold> {
        let hit = self.tree.first_hit(from, ray, f64::INFINITY)?;
        let bone = (*self.bones.get(hit.facet.owner)?).to_owned();
        Some(Hold { bone, point: from + hit.distance * ray })
    }

    /// Where a ray in the middle plane meets a bone; zero degrees is forward, ninety is up.
    #[must_use]
    pub fn at_angle(&self, degrees: f64) -> Option<Hold> {
        let (sine, cosine) = degrees.to_radians().sin_cos();
        let from = Vector::new(self.middle, self.origin.y, self.origin.z);
        self.hold(&from, &Vector::new(0.0, cosine, sine))
    }

    /// The angle at which a point is seen in the middle plane, from 0 to 360.
    #[must_use]
    pub fn angle_of(&self, point: &Vector) -> f64 {
        (point.z - self.origin.z).atan2(point.y - self.origin.y).to_degrees().rem_euclid(360.0)
    }

    /// Rays straight down along a line from back to front, `aside` from the middle plane.
    pub fn heights(&self, aside: f64, back: f64, front: f64) -> Vec<Hold> {
        let count = ((front - back) / STEP).max(0.0) as usize;
        let from = |i: usize| Vector::new(self.middle + aside, back + STEP * i as f64, self.origin.z);
        (0..=count).filter_map(|i| self.hold(&from(i), &-Vector::z())).collect()
    }
}

/// Landmarks in the middle of the skull's inside.
#[derive(Clone, Debug, PartialEq)]
pub struct Landmarks {
    /// The tip of the crista galli: the ethmoid's highest point near the middle plane.
    pub crista_galli: Vector,
    /// The internal occipital protuberance: where the occiput in the middle plane comes nearest, with the wall
    /// standing back above and below.
    pub protuberance: Hold,
    /// The rim of the foramen magnum at its back.
    pub opisthion: Hold,
}

impl Landmarks {
    /// The landmarks, where all are found; `crest` is the ethmoid's surface.
    #[must_use]
    pub fn find(inside: &Inside, crest: &Tree, foramen: &Vector) -> Option<Self> {
        let near = |point: &&Vector| (point.x - inside.middle).abs() < 5.0;
        let corners = crest.facets().iter().flat_map(|facet| &facet.corners);
        let crista_galli = *corners.filter(near).max_by(|a, b| a.z.total_cmp(&b.z))?;
        let floor = inside.angle_of(foramen);
        let angles: Vec<f64> =
            (0..90).map(|i| 180.0 + DEGREE * f64::from(i)).filter(|angle| *angle < floor).collect();
        let occiput: Vec<Hold> = angles
            .into_iter()
            .map_while(|angle| inside.at_angle(angle).filter(|hold| hold.bone == "occipital_bone"))
            .collect();
        let protuberance = protruding(&occiput, &inside.origin)?.clone();
        // The last point before the rays pass through the foramen.
        let rim = occiput.iter().rev().find(|hold| hold.point.y < foramen.y)?;
        Some(Self { crista_galli, protuberance, opisthion: rim.clone() })
    }
}

/// The point of a profile that stands out most before the chord of its neighbours.
fn protruding<'a>(profile: &'a [Hold], from: &Vector) -> Option<&'a Hold> {
    let away = |i: usize| (profile[i].point - from).norm();
    let inner = BESIDE..profile.len().saturating_sub(BESIDE);
    let stands_out = |i: usize| 0.5 * (away(i - BESIDE) + away(i + BESIDE)) - away(i);
    inner.max_by(|&a, &b| stands_out(a).total_cmp(&stands_out(b))).map(|i| &profile[i])
}
