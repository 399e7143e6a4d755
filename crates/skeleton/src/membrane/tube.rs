//! The dural tube of the spine and its anchors.

use crate::geometry::{Tree, Vector};
use crate::inner::{Ring, rays};

use super::hold::{Hold, Line};

/// Points round the foramen magnum.
const RIM: usize = 24;
/// Teeth of the denticulate ligament on a side, from the foramen magnum to the last thoracic vertebra.
const TEETH: usize = 20;

/// One ring of the column with the bone round it.
pub struct Rung<'a> {
    /// The bone's name.
    pub bone: &'a str,
    /// Its surface.
    pub tree: &'a Tree,
    /// The ring.
    pub ring: Ring,
}

/// The anchors of the dural tube: the rim of the foramen magnum, the bodies of the second and third cervical
/// vertebra, the second sacral segment and the coccyx; and the walls beside the denticulate ligament's teeth.
#[must_use]
pub fn dural_tube(rungs: &[Rung], sacrum: Option<&Tree>, coccyx: Option<&Tree>) -> Vec<Line> {
    let rung = |bone: &str| rungs.iter().find(|rung| rung.bone == bone);
    let rim = rung("occipital_bone")
        .map(|rung| rays(&rung.ring.axis, RIM).filter_map(|ray| wall(rung, &ray)).collect());
    let rim = rim.and_then(|holds: Vec<Hold>| {
        Line::of("dural_tube", "foramen_magnum", "found: the narrowest ring of the occipital bone", holds)
    });
    let bodies =
        ["axis", "third_cervical_vertebra"].into_iter().filter_map(|bone| wall(rung(bone)?, &Vector::y()));
    let bodies = Line::of("dural_tube", "upper_neck", "found: the backs of the bodies of C2 and C3", bodies);
    let segment = sacrum.map(second_segment);
    let basis = "assumed: three tenths down the sacrum with the coccyx, halfway through it; its canal is not looked for";
    let segment = Line::of("dural_tube", "second_sacral_segment", basis, segment);
    let tail = coccyx.map(|tree| ("coccyx", tree)).or(sacrum.map(|tree| ("sacrum", tree)));
    let tail = tail.and_then(|(bone, tree)| lowest(bone, tree));
    let tail = Line::of(
        "dural_tube",
        "coccyx",
        "found: the lowest point of the coccyx, or of the sacrum with it",
        tail,
    );
    [rim, bodies, segment, tail].into_iter().flatten().chain(teeth(rungs)).collect()
}

/// The walls beside the first twenty rings, on both sides.
fn teeth(rungs: &[Rung]) -> Vec<Line> {
    let basis = "assumed: a tooth at each level from the foramen magnum to T12; the point is the bone beside, outside of the dura";
    let sides = [("left", -Vector::x()), ("right", Vector::x())];
    sides
        .into_iter()
        .filter_map(|(name, ray)| {
            let holds = rungs.iter().take(TEETH).filter_map(|rung| beside(rung, &ray));
            Line::of("denticulate_ligament", name, basis, holds)
        })
        .collect()
}

/// The point of a bone that is nearest to where a ray leaves its ring.
fn beside(rung: &Rung, ray: &Vector) -> Option<Hold> {
    let edge = rung.ring.middle + rung.ring.radius * ray;
    let near = rung.tree.nearest(&edge, rung.ring.radius)?;
    Some(Hold { bone: rung.bone.to_owned(), point: near.point })
}

/// Where a ray from the middle of a ring meets its bone.
fn wall(rung: &Rung, ray: &Vector) -> Option<Hold> {
    let hit = rung.tree.first_hit(&rung.ring.middle, ray, f64::INFINITY)?;
    Some(Hold { bone: rung.bone.to_owned(), point: rung.ring.middle + hit.distance * ray })
}

/// The middle of the sacrum's second segment.
fn second_segment(sacrum: &Tree) -> Hold {
    const DOWN: f64 = 0.3;
    let bounds = sacrum.bounds();
    let mut point = bounds.middle();
    point.z = bounds.high.z - DOWN * bounds.size().z;
    let from = |y: f64| Vector::new(point.x, y, point.z);
    let front = sacrum.first_hit(&from(bounds.high.y + 1.0), &-Vector::y(), f64::INFINITY);
    let back = sacrum.first_hit(&from(bounds.low.y - 1.0), &Vector::y(), f64::INFINITY);
    if let Some((front, back)) = front.zip(back) {
        point.y = 0.5 * (bounds.high.y + 1.0 - front.distance + bounds.low.y - 1.0 + back.distance);
    }
    Hold { bone: "sacrum".to_owned(), point }
}

fn lowest(bone: &str, tree: &Tree) -> Option<Hold> {
    let corners = tree.facets().iter().flat_map(|facet| facet.corners);
    let point = corners.min_by(|a, b| a.z.total_cmp(&b.z))?;
    Some(Hold { bone: bone.to_owned(), point })
}
