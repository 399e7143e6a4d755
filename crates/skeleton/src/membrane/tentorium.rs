//! The tentorium.

use crate::geometry::Vector;

use super::hold::{Hold, Line};
use super::landmarks::{Inside, Landmarks};
use super::sella::Sella;

/// Points along each edge.
const POINTS: usize = 20;
/// The petrous ridge lies between these shares of the half width of the vault from the middle plane.
const RIDGE: [f64; 2] = [0.23, 0.74];
/// The ridge's crest lies within this distance in front of its steep rear face, mm.
const CREST: f64 = 10.0;

/// Why the edge along the transverse sinus is assumed.
const TRANSVERSE: &str = "assumed: where the plane through the internal occipital protuberance and the outer ends of both petrous ridges meets the inside of the skull";

/// The edges of the tentorium that hold on to bone on both sides: the petrous ridge, the clinoid processes, and
/// the way between ridge and internal occipital protuberance. `foramen` is the middle of the foramen magnum.
#[must_use]
pub fn tentorium(inside: &Inside, landmarks: &Landmarks, sella: &Sella, foramen: &Vector) -> Vec<Line> {
    let ridges = [-1.0, 1.0].map(|side| ridge(inside, foramen, side));
    let ends = ridges.each_ref().map(|ridge| ridge.last().map(|end| end.point));
    let middle =
        ends[0].zip(ends[1]).map(|(left, right)| (landmarks.protuberance.point + left + right) / 3.0);
    let names = [
        ["transverse_left", "petrous_left", "clinoid_left"],
        ["transverse_right", "petrous_right", "clinoid_right"],
    ];
    let mut lines = Vec::new();
    for ((ridge, side), [transverse, petrous, clinoid]) in ridges.into_iter().zip([-1.0, 1.0]).zip(names) {
        let end = ridge.last().map(|end| end.point);
        let sulcus =
            middle.zip(end).map(|(from, end)| way(inside, &from, &landmarks.protuberance.point, &end));
        lines.extend([
            Line::of("tentorium", transverse, TRANSVERSE, sulcus.into_iter().flatten()),
            Line::of(
                "tentorium",
                petrous,
                "found: the crest of the petrous ridge, from its tip outward",
                ridge,
            ),
            Line::of(
                "tentorium",
                clinoid,
                "found: the posterior and the anterior clinoid process",
                sella.on_side(side),
            ),
        ]);
    }
    lines.into_iter().flatten().collect()
}

/// The crest of the petrous ridge from its tip outward: on each line from back to front the highest point behind
/// which the ground falls away.
fn ridge(inside: &Inside, foramen: &Vector, side: f64) -> Vec<Hold> {
    let middle = Vector::new(inside.middle, inside.origin.y, inside.origin.z);
    let Some(half) =
        inside.hold(&middle, &(side * Vector::x())).map(|wall| (wall.point.x - inside.middle).abs())
    else {
        return Vec::new();
    };
    let crest = |i: usize| {
        let share = RIDGE[0] + (RIDGE[1] - RIDGE[0]) * i as f64 / (POINTS - 1) as f64;
        let ground = inside.heights(side * share * half, foramen.y - 25.0, foramen.y + 45.0);
        let petrous: Vec<usize> =
            (1..ground.len()).filter(|&i| ground[i].bone.ends_with("temporal_bone")).collect();
        let rise = |i: &usize| ground[*i].point.z - ground[i - 1].point.z;
        let face = petrous.iter().copied().max_by(|a, b| rise(a).total_cmp(&rise(b)))?;
        let before = |i: &&usize| (0.0..=CREST).contains(&(ground[**i].point.y - ground[face].point.y));
        let top = petrous
            .iter()
            .filter(before)
            .max_by(|a, b| ground[**a].point.z.total_cmp(&ground[**b].point.z))?;
        Some(ground[*top].clone())
    };
    (0..POINTS).filter_map(crest).collect()
}

/// The inside of the skull from one point to another, in the plane of both and of the point from which is looked.
fn way(inside: &Inside, eye: &Vector, from: &Vector, to: &Vector) -> Vec<Hold> {
    let (first, last) = ((from - eye).normalize(), (to - eye).normalize());
    let ray = |i: usize| (first + (last - first) * i as f64 / (POINTS - 1) as f64).normalize();
    (0..POINTS).filter_map(|i| inside.hold(eye, &ray(i))).collect()
}
