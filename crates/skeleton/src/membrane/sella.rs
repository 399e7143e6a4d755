//! The clinoid processes about the pituitary gland.

use crate::geometry::Vector;

use super::hold::{Hold, Line};
use super::landmarks::Inside;

/// The posterior processes lie between these distances from the middle plane, mm, and this near to the dorsum.
const POSTERIOR: [f64; 2] = [4.0, 11.0];
const DORSUM: f64 = 5.0;
/// The anterior ones lie between these distances from the middle plane, and before the dorsum by these, mm.
const ANTERIOR: [f64; 2] = [6.0, 16.0];
const BEFORE: [f64; 2] = [4.0, 30.0];
/// A step up to the lesser wing, mm.
const STEP_UP: f64 = 4.0;
/// Lines that are looked along on a side.
const LINES: u8 = 11;

/// The clinoid processes of the sphenoid; the left one first.
#[derive(Clone, Debug, PartialEq)]
pub struct Sella {
    /// The highest points beside the dorsum sellae.
    pub posterior: [Option<Hold>; 2],
    /// The rearmost points of the lesser wings.
    pub anterior: [Option<Hold>; 2],
}

impl Sella {
    /// The processes that are found; `foramen` is the middle of the foramen magnum. None where no dorsum is seen.
    #[must_use]
    pub fn find(inside: &Inside, foramen: &Vector) -> Option<Self> {
        // The dorsum is what comes first above the clivus.
        let clivus = inside.heights(0.0, foramen.y, foramen.y + 60.0);
        let top = clivus
            .windows(2)
            .find(|pair| is_sphenoid(&pair[0]) && pair[1].point.z < pair[0].point.z - 1.0)?;
        let dorsum = top[0].point.y;
        Some(Self {
            posterior: [-1.0, 1.0].map(|side| posterior(inside, dorsum, side)),
            anterior: [-1.0, 1.0].map(|side| anterior(inside, dorsum, side)),
        })
    }

    /// The posterior and the anterior process of a side: -1 left, 1 right.
    pub fn on_side(&self, side: f64) -> impl Iterator<Item = Hold> {
        let place = usize::from(side > 0.0);
        [&self.posterior, &self.anterior].map(|both| both[place].clone()).into_iter().flatten()
    }

    /// The four corners of the diaphragma sellae.
    #[must_use]
    pub fn diaphragm(&self) -> Option<Line> {
        let corners = self.posterior.iter().chain(&self.anterior).flatten().cloned();
        Line::of(
            "diaphragma_sellae",
            "corners",
            "found: the clinoid processes, left before right, the rear ones first",
            corners,
        )
    }
}

/// The highest point of the sphenoid beside the dorsum sellae.
fn posterior(inside: &Inside, dorsum: f64, side: f64) -> Option<Hold> {
    lines(POSTERIOR)
        .flat_map(|aside| inside.heights(side * aside, dorsum - DORSUM, dorsum + DORSUM))
        .filter(is_sphenoid)
        .max_by(|a, b| a.point.z.total_cmp(&b.point.z))
}

/// The rearmost point of the lesser wing, from which the ground falls away behind.
fn anterior(inside: &Inside, dorsum: f64, side: f64) -> Option<Hold> {
    let edge = |aside: f64| {
        let ground = inside.heights(side * aside, dorsum + BEFORE[0], dorsum + BEFORE[1]);
        let step = ground
            .windows(2)
            .find(|pair| pair.iter().all(is_sphenoid) && pair[1].point.z > pair[0].point.z + STEP_UP)?;
        Some(step[1].clone())
    };
    lines(ANTERIOR).filter_map(edge).min_by(|a, b| a.point.y.total_cmp(&b.point.y))
}

fn is_sphenoid(hold: &Hold) -> bool {
    hold.bone == "sphenoid_bone"
}

/// Distances from one to the other.
fn lines([from, to]: [f64; 2]) -> impl Iterator<Item = f64> {
    (0..LINES).map(move |i| from + (to - from) * f64::from(i) / f64::from(LINES - 1))
}
