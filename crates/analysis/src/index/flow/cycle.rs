//! One cycle of a flow that comes again.

use crate::extremum::vertex;
use crate::integrate::{distance_from, mean};
use crate::signal::Node;
use crate::unit;
use cisterna_recording::Channel;

/// The fewest samples that show the shape of a cycle, as of a beat.
const FEWEST: usize = 8;
/// Steps of curves that are put together.
const STEPS: usize = 512;

/// A flow over one cycle, mL/s, positive into the head.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cycle {
    /// Its length, s.
    pub period: f64,
    values: Vec<f64>,
}

impl Cycle {
    /// A channel of one whole cycle: the sample after its last would be its first.
    pub fn new(channel: &Channel) -> Result<Self, String> {
        let (factor, volume) = unit::product(&channel.unit, 1, "s", 1);
        let name = &channel.name;
        if volume != "mL" {
            return Err(format!("`{name}` is in {} and not in mL/s or mL/min", channel.unit));
        }
        if !(channel.rate.is_finite() && channel.rate > 0.0) {
            return Err(format!("`{name}` has {} samples a second", channel.rate));
        }
        if channel.values.len() < FEWEST {
            return Err(format!("`{name}` has {} samples and a cycle needs {FEWEST}", channel.values.len()));
        }
        if let Some(place) = channel.values.iter().position(|value| !value.is_finite()) {
            return Err(format!("sample {} of `{name}` is missing, and each counts in one cycle", place + 1));
        }
        let values = channel.values.iter().map(|value| factor * value).collect();
        Ok(Cycle { period: channel.values.len() as f64 / channel.rate, values })
    }

    /// The corners of the broken line from the first sample to the first sample again.
    fn nodes(&self) -> Vec<Node> {
        let step = self.period / self.values.len() as f64;
        let closed = self.values.iter().chain(self.values.first());
        closed.enumerate().map(|(index, value)| (index as f64 * step, *value)).collect()
    }

    /// Its mean, mL/s.
    pub fn mean(&self) -> f64 {
        mean(&self.nodes()).unwrap_or(f64::NAN)
    }

    /// `1/2 integral |q - mean q| dt`, mL.
    pub fn stroke_volume(&self) -> f64 {
        0.5 * distance_from(&self.nodes(), self.mean())
    }

    /// The same without its mean.
    pub fn less_mean(&self) -> Cycle {
        let mean = self.mean();
        Cycle { period: self.period, values: self.values.iter().map(|value| value - mean).collect() }
    }

    /// The same counted the other way.
    pub fn flipped(&self) -> Cycle {
        Cycle { period: self.period, values: self.values.iter().map(|value| -value).collect() }
    }

    /// Itself and `share` of another, at equal phases.
    pub fn and(&self, other: &Cycle, share: f64) -> Cycle {
        let at = |step: usize| {
            let phase = step as f64 / STEPS as f64;
            self.at(phase) + share * other.at(phase)
        };
        Cycle { period: self.period, values: (0..STEPS).map(at).collect() }
    }

    /// The value at a phase, 0 to 1.
    fn at(&self, phase: f64) -> f64 {
        let count = self.values.len();
        let place = phase * count as f64;
        let (index, part) = (place as usize % count, place.fract());
        self.values[index] + part * (self.values[(index + 1) % count] - self.values[index])
    }

    /// When it is highest, s; between samples by a parabola.
    pub fn time_of_peak(&self) -> f64 {
        let count = self.values.len();
        let peak = (0..count).max_by(|&a, &b| self.values[a].total_cmp(&self.values[b])).unwrap_or(0);
        let at = |index: usize| self.values[index % count];
        let (shift, _) = vertex(at(peak + count - 1), at(peak), at(peak + 1));
        (peak as f64 + shift) * self.period / count as f64
    }

    /// Highest less lowest value of its integral over the cycle, mL.
    pub fn volume_swing(&self) -> f64 {
        let step = self.period / self.values.len() as f64;
        let (mut volume, mut low, mut high) = (0.0_f64, 0.0_f64, 0.0_f64);
        for pair in self.nodes().windows(2) {
            volume += 0.5 * step * (pair[0].1 + pair[1].1);
            low = low.min(volume);
            high = high.max(volume);
        }
        high - low
    }
}
