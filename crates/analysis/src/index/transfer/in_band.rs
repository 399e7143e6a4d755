//! The lines of a band, and their means.

use super::{LEADS_BELOW, Phases};
use crate::cross::Line;
use crate::index::chance::mean;

/// How lines are chosen.
#[derive(Clone, Copy)]
pub(super) struct Rules {
    /// The distance of lines, Hz.
    pub step: f64,
    /// The coherence that a line must reach.
    pub critical: f64,
    /// Which phases count.
    pub phases: Phases,
}

/// What is asked of a band.
#[derive(Clone, Copy)]
pub(super) enum Asked {
    Gain,
    Phase,
    Coherence,
}

impl Asked {
    /// What it can be at all.
    pub fn bounds(self) -> (f64, f64) {
        match self {
            Asked::Gain => (0.0, f64::INFINITY),
            Asked::Phase => (-180.0, 180.0),
            Asked::Coherence => (0.0, 1.0),
        }
    }
}

/// The lines under the triangle 1/4, 1/2, 1/4; the mean (0 Hz) is kept out of its neighbour.
pub(super) fn smoothed(lines: &[Line]) -> Vec<Line> {
    let last = lines.len() - 1;
    let at = |index: usize| if index == 0 { &lines[1.min(last)] } else { &lines[index.min(last)] };
    let none = Line::default();
    let around = |index: usize| none.and(at(index - 1), 0.25).and(at(index), 0.5).and(at(index + 1), 0.25);
    lines.iter().enumerate().map(|(index, line)| if index == 0 { *line } else { around(index) }).collect()
}

/// The lines of a band.
pub(super) struct InBand<'a> {
    lines: Vec<(f64, &'a Line)>,
    rules: Rules,
}

impl<'a> InBand<'a> {
    pub fn new(smooth: &'a [Line], from: f64, to: f64, rules: Rules) -> Self {
        let placed = smooth.iter().enumerate().map(|(index, line)| (index as f64 * rules.step, line));
        // Frequencies are whole numbers of steps, so that an edge is met but for rounding.
        let edge = 1e-9;
        let lines = placed.filter(|(f, _)| *f >= from - edge && *f < to - edge).collect();
        InBand { lines, rules }
    }

    /// Why nothing was found there.
    pub fn silent(&self, lacking: &str) -> String {
        if self.sum(|line| line.own) > 0.0 && self.sum(|line| line.other) > 0.0 {
            format!("none {lacking}")
        } else {
            "one of the two does not vary".to_owned()
        }
    }

    /// The sum of a quantity over its lines.
    pub fn sum(&self, of: impl Fn(&Line) -> f64) -> f64 {
        self.lines.iter().map(|(_, line)| of(line)).sum()
    }

    /// The lines of which the coherence reaches its critical value.
    fn coherent(&self) -> impl Iterator<Item = &(f64, &'a Line)> {
        self.lines.iter().filter(|(_, line)| line.coherence() >= self.rules.critical)
    }

    /// What is asked, where lines determine it.
    pub fn find(&self, asked: Asked) -> Option<f64> {
        match asked {
            Asked::Gain => self.gain(),
            Asked::Phase => self.phase(),
            Asked::Coherence => self.coherence(),
        }
    }

    fn gain(&self) -> Option<f64> {
        mean(&self.coherent().map(|(_, line)| line.gain()).collect::<Vec<_>>())
    }

    fn phase(&self) -> Option<f64> {
        let counts = |(frequency, line): &&(f64, &Line)| {
            self.rules.phases == Phases::All || *frequency >= LEADS_BELOW || line.phase() >= 0.0
        };
        let phases: Vec<f64> =
            self.coherent().filter(counts).map(|(_, line)| line.phase().to_degrees()).collect();
        mean(&phases)
    }

    fn coherence(&self) -> Option<f64> {
        let found: Vec<f64> = self.lines.iter().map(|(_, line)| line.coherence()).collect();
        mean(&found).filter(|found| found.is_finite())
    }
}
