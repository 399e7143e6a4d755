//! The falx of the cerebrum and that of the cerebellum.

use super::hold::{Hold, Line};
use super::landmarks::{Inside, Landmarks};

/// Points along the falx cerebri and the falx cerebelli.
const CEREBRI: usize = 32;
const CEREBELLI: usize = 20;

/// The edges of both falces that hold on to bone: the inside of the skull in the middle plane, from the crista galli
/// over the crown to the internal occipital protuberance, and from there to the foramen magnum.
#[must_use]
pub fn falx(inside: &Inside, landmarks: &Landmarks) -> Vec<Line> {
    let protuberance = inside.angle_of(&landmarks.protuberance.point);
    let crest = inside.angle_of(&landmarks.crista_galli) - 360.0;
    let rim = inside.angle_of(&landmarks.opisthion.point);
    let arc = |from: f64, to: f64, count: usize| {
        (0..count).filter_map(move |i| inside.at_angle(from + (to - from) * i as f64 / (count - 1) as f64))
    };
    let tip = Hold { bone: "ethmoid".to_owned(), point: landmarks.crista_galli };
    let cerebri = Line::of(
        "falx_cerebri",
        "convexity",
        "found: the inside of the skull in the middle plane, from the crista galli to the internal occipital protuberance",
        std::iter::once(tip).chain(arc(crest, protuberance, CEREBRI)),
    );
    let cerebelli = Line::of(
        "falx_cerebelli",
        "occipital_crest",
        "found: the inside of the occiput in the middle plane, from its internal protuberance to the foramen magnum",
        arc(protuberance, rim, CEREBELLI),
    );
    [cerebri, cerebelli].into_iter().flatten().collect()
}
