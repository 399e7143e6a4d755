//! Membranes between two lines, cut into strips.

use super::{Line, Point, Sheet};
use crate::geometry::Vector;
use crate::structure::Cable;

/// Strips shorter than this carry no way to stretch, mm.
const SHORTEST: f64 = 1.0;
/// Strips fade that are shorter than about this, mm: where two lines run into one corner, strips get as short as one likes and
/// with them as stiff, in directions that mean nothing any more, and the tension of the whole would tell of their number. Assumed:
/// so far fibres run round the corner instead of across it.
const REACH: f64 = 10.0;

/// A strip with the bones that it holds on to.
pub(super) struct Strip {
    pub bones: [String; 2],
    pub cable: Cable,
}

impl Sheet {
    /// Strips between points at equal shares of both lines; each is as wide as its ends lie apart from their neighbours, on
    /// average, so that the membrane's stiffness does not depend on their number.
    pub(super) fn strips(&self) -> Vec<Strip> {
        let folded = self.from == self.to;
        let [from, to] = [self.from.resampled(), self.to.resampled()];
        let count = self.strips as f64;
        let mut strips = Vec::new();
        for index in 0..self.strips {
            let share = (index as f64 + 0.5) / count;
            // A folded sheet joins the first half of its line to the second, from the ends inward.
            let [here, there] = if folded { [share * 0.5, 1.0 - share * 0.5] } else { [share, share] };
            let halves = if folded { 0.5 } else { 1.0 };
            let ends = [from.at(here), to.at(there)];
            let length = (ends[1].at - ends[0].at).norm();
            let step = |line: &Resampled, share: f64| {
                let half = 0.5 * halves / count;
                let piece = line.at((share + half).min(1.0)).at - line.at((share - half).max(0.0)).at;
                let along = (ends[1].at - ends[0].at) / length.max(SHORTEST);
                (piece - along * along.dot(&piece)).norm()
            };
            let width = 0.5 * (step(&from, here) + step(&to, there));
            let [one, other] = &ends;
            if length < SHORTEST {
                continue;
            }
            let membrane = self.modulus * self.thickness * width;
            strips.push(Strip {
                bones: [one.bone.clone(), other.bone.clone()],
                cable: Cable {
                    ends: [one.at, other.at],
                    tension: membrane * self.prestrain,
                    stiffness: membrane * length / (length * length + REACH * REACH),
                    relaxation: self.relaxation.clone(),
                },
            });
        }
        strips
    }
}

/// A line by the share of its length.
struct Resampled<'a> {
    line: &'a Line,
    /// The length up to each point.
    lengths: Vec<f64>,
}

impl Line {
    fn resampled(&self) -> Resampled<'_> {
        let mut lengths = vec![0.0];
        for pair in self.points.windows(2) {
            lengths.push(lengths[lengths.len() - 1] + (pair[1] - pair[0]).norm());
        }
        Resampled { line: self, lengths }
    }
}

impl Resampled<'_> {
    /// The point at a share of the length; it belongs to the bone of the nearer point of the line.
    fn at(&self, share: f64) -> Point {
        let Line { bones, points } = self.line;
        let total = self.lengths[self.lengths.len() - 1];
        let wanted = share.clamp(0.0, 1.0) * total;
        let next = self.lengths.partition_point(|&length| length < wanted).clamp(1, points.len().max(2) - 1);
        let (before, after) = (self.lengths[next - 1], self.lengths[next.min(points.len() - 1)]);
        let part = if after > before { (wanted - before) / (after - before) } else { 0.0 };
        let [start, end] = [points[next - 1], points[next.min(points.len() - 1)]];
        let at: Vector = start + (end - start) * part;
        let nearer = if part < 0.5 { next - 1 } else { next.min(points.len() - 1) };
        Point { bone: bones[nearer.min(bones.len() - 1)].clone(), at }
    }
}
