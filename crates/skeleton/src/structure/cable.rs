//! A line of tissue that pulls only.

use super::Relaxation;
use crate::geometry::Vector;

/// A strip of a membrane, a ligament or a muscle, straight from a point of one body to a point of another.
///
/// It resists along itself only. What its tension resists across it, `T/l`, is left out: of newtons over centimetres
/// that is a tenth of a N/mm, beside bones that are held by hundreds; and it goes with turns of all the forces that balance
/// at rest, so that with one of them alone a turn of the whole would not be free.
#[derive(Clone, Debug, PartialEq)]
pub struct Cable {
    /// Where it holds on to the first body and to the second, mm.
    pub ends: [Vector; 2],
    /// What it pulls with at rest, N.
    pub tension: f64,
    /// How much more it pulls for each mm of stretch, N/mm, at once.
    pub stiffness: f64,
    /// What of that fades.
    pub relaxation: Vec<Relaxation>,
}

impl Cable {
    /// The direction from the first end to the second.
    pub(super) fn direction(&self) -> Vector {
        (self.ends[1] - self.ends[0]).normalize()
    }

    /// Its length at rest, mm.
    pub(super) fn length(&self) -> f64 {
        (self.ends[1] - self.ends[0]).norm()
    }
}
