//! The fast part of a model, as its averages over what the slow part holds it at.

use cisterna_experiment::Origin;
use cisterna_fluid::{Observable, SignalId};

use crate::averaged::Averaged;
use crate::document::CourseDocument;
use crate::split::Split;
use crate::surface::{Surface, points};
use crate::{CourseError, nodes};

/// A root that moves less than this acts by its value alone.
const STILL: f64 = 1e-3;
/// What the range of a root is widened by on either side.
const WIDER: f64 = 0.15;

/// What is known of the fast part: its averages over a range of each root.
pub(crate) struct Fast {
    /// Slow and fast.
    pub split: Split,
    /// What averages are of.
    pub observed: Vec<Observable>,
    /// From where to where each root is known.
    pub ranges: Vec<(f64, f64)>,
    /// The roots that move at all, by their places.
    moving: Vec<usize>,
    surfaces: Vec<Surface>,
    origin: Option<Origin>,
    /// How many states the beat-by-beat model was run in.
    pub nodes: usize,
    /// How far each average is off in the middle of all ranges, a share.
    pub off: Vec<f64>,
}

impl Fast {
    /// The averages with all roots where they start.
    pub fn at_rest(course: &CourseDocument, go_on: &mut dyn FnMut() -> bool) -> Result<Self, CourseError> {
        let split = Split::of(&course.scenario.model.network, &course.changed());
        let observed = observed(course, &split);
        let starts: Vec<f64> = split.roots.iter().map(|&id| start_of(course, id)).collect();
        let ranges = starts.iter().map(|&start| (start, start)).collect();
        let mut origin = None;
        let rest = nodes::averages(&course.scenario, &split.roots, &[starts], &observed, &mut origin, go_on)?;
        let surfaces = rest[0].iter().map(|&value| Surface::through(&[value], &[], &[])).collect();
        Ok(Fast { split, observed, ranges, moving: Vec::new(), surfaces, origin, nodes: 1, off: Vec::new() })
    }

    /// The slow part with what is known of the fast one.
    pub fn averaged(&self, course: &CourseDocument) -> Averaged {
        let low = |&axis: &usize| (self.split.roots[axis], self.ranges[axis].0);
        let roots: Vec<(SignalId, f64)> = self.moving.iter().map(low).collect();
        let averages: Vec<(Observable, Surface)> =
            self.observed.iter().copied().zip(self.surfaces.iter().cloned()).collect();
        Averaged::new(&course.scenario.model.network, &self.split, &roots, &averages)
    }

    /// Widens the ranges to where the roots went; whether that was beyond what is known.
    pub fn widened(&mut self, lived: &[(f64, f64)]) -> bool {
        let beyond = |(range, lived): (&(f64, f64), &(f64, f64))| {
            lived.0 < range.0 - STILL || lived.1 > range.1 + STILL
        };
        if !self.ranges.iter().zip(lived).any(beyond) {
            return false;
        }
        for (range, lived) in self.ranges.iter_mut().zip(lived) {
            let (low, high) = (range.0.min(lived.0), range.1.max(lived.1));
            let more = if high - low > STILL { WIDER * (high - low) } else { 0.0 };
            *range = (low - more, high + more);
        }
        let moves = |axis: &usize| self.ranges[*axis].1 - self.ranges[*axis].0 > STILL;
        self.moving = (0..self.ranges.len()).filter(moves).collect();
        true
    }

    /// Asks the beat-by-beat model for its averages over the ranges.
    pub fn ask(
        &mut self,
        course: &CourseDocument,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<(), CourseError> {
        let low: Vec<f64> = self.moving.iter().map(|&axis| self.ranges[axis].0).collect();
        let high: Vec<f64> = self.moving.iter().map(|&axis| self.ranges[axis].1).collect();
        let all: Vec<Vec<f64>> = points(&low, &high).iter().map(|point| self.whole(point)).collect();
        let values = nodes::averages(
            &course.scenario,
            &self.split.roots,
            &all,
            &self.observed,
            &mut self.origin,
            go_on,
        )?;
        self.nodes += values.len();
        let of = |place: usize| values.iter().map(|node| node[place]).collect::<Vec<f64>>();
        self.surfaces =
            (0..self.observed.len()).map(|place| Surface::through(&of(place), &low, &high)).collect();
        let middle: Vec<f64> = low.iter().zip(&high).map(|(low, high)| 0.5 * (high - low)).collect();
        let checked = values.last().map_or(&[][..], Vec::as_slice);
        let off = |(surface, value): (&Surface, &f64)| (surface.at(&middle) - value) / value.abs().max(1e-9);
        self.off = self.surfaces.iter().zip(checked).map(off).collect();
        Ok(())
    }

    /// All roots at a point of those that move; the others where they are.
    fn whole(&self, point: &[f64]) -> Vec<f64> {
        let mut all: Vec<f64> = self.ranges.iter().map(|range| range.0).collect();
        self.moving.iter().zip(point).for_each(|(&axis, value)| all[axis] = *value);
        all
    }
}

/// What averages are wanted of: what the slow part senses, and what is recorded of the rest.
fn observed(course: &CourseDocument, split: &Split) -> Vec<Observable> {
    let mut observed = split.sensed.clone();
    for probe in &course.scenario.probes {
        let calm = matches!(probe.observable, Observable::Signal(id) if split.is_calm(id));
        if !calm && !observed.contains(&probe.observable) {
            observed.push(probe.observable);
        }
    }
    observed
}

/// What a root is at the start: its document's `start`, or the number that it is given.
fn start_of(course: &CourseDocument, id: SignalId) -> f64 {
    let signal = &course.scenario.model.network.signals[id.0];
    let place =
        signal.law.parameters.iter().position(|parameter| matches!(parameter.name, "start" | "value"));
    place.map_or(0.0, |place| signal.values[place])
}
