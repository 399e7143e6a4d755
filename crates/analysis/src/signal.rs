//! A channel prepared for analysis: what is marked as artefact or gap is missing, between samples it is linear.

use crate::error::nearest;
use crate::{MeasureError, Window};
use cisterna_recording::{Channel, MarkKind, Recording};
use std::borrow::Cow;
use std::ops::Range;

/// How much of a beat or spectral segment may be missing and bridged by straight lines, 1.
pub(crate) const LARGEST_MISSING_PART: f64 = 0.1;

/// A moment and the value there: s, unit of the channel.
pub(crate) type Node = (f64, f64);

/// One channel of a recording; not-finite samples are missing.
pub(crate) struct Signal<'a> {
    pub name: &'a str,
    pub unit: &'a str,
    start: f64,
    pub rate: f64,
    values: Cow<'a, [f64]>,
}

impl<'a> Signal<'a> {
    /// The channel called `name`, without what is marked as artefact or gap.
    pub fn new(recording: &'a Recording, name: &str) -> Result<Self, MeasureError> {
        let channel = recording.channel(name).ok_or_else(|| MeasureError::UnknownChannel {
            name: name.to_owned(),
            nearest: nearest(name, recording.channels.iter().map(|c| c.name.as_str())).map(str::to_owned),
        })?;
        if !(channel.rate.is_finite() && channel.rate > 0.0 && channel.start.is_finite()) {
            return Err(MeasureError::Undetermined {
                what: "time axis",
                channel: name.to_owned(),
                reason: format!("it starts at {} s with {} samples a second", channel.start, channel.rate),
            });
        }
        let mut signal = Signal {
            name: &channel.name,
            unit: &channel.unit,
            start: channel.start,
            rate: channel.rate,
            values: Cow::Borrowed(&channel.values),
        };
        for mark in &recording.marks {
            if matches!(mark.kind, MarkKind::Artefact | MarkKind::Gap) {
                let hidden = signal.range(Window { from: mark.start, to: mark.end });
                if !hidden.is_empty() {
                    signal.values.to_mut()[hidden].fill(f64::NAN);
                }
            }
        }
        Ok(signal)
    }

    /// A channel by itself, of which artefacts and gaps are missing already; or what is wrong with its clock.
    pub fn of(channel: &'a Channel) -> Result<Self, String> {
        if !(channel.rate.is_finite() && channel.rate > 0.0 && channel.start.is_finite()) {
            let (start, rate) = (channel.start, channel.rate);
            return Err(format!("`{}` starts at {start} s with {rate} samples a second", channel.name));
        }
        Ok(Signal {
            name: &channel.name,
            unit: &channel.unit,
            start: channel.start,
            rate: channel.rate,
            values: Cow::Borrowed(&channel.values),
        })
    }

    /// A signal through the nodes, in order of time, sampled evenly with straight lines between them.
    pub fn of_nodes(name: &'a str, unit: &'a str, nodes: &[Node], rate: f64) -> Self {
        let (start, end) =
            (nodes.first().map_or(0.0, |node| node.0), nodes.last().map_or(0.0, |node| node.0));
        let count = ((end - start) * rate).floor() as usize + 1;
        let mut values = Vec::with_capacity(count);
        let mut next = 1;
        for index in 0..count {
            let time = start + index as f64 / rate;
            while next + 1 < nodes.len() && nodes[next].0 < time {
                next += 1;
            }
            values.push(match (nodes.get(next - 1), nodes.get(next)) {
                (Some(left), Some(right)) => {
                    left.1 + (right.1 - left.1) * ((time - left.0) / (right.0 - left.0)).clamp(0.0, 1.0)
                }
                _ => f64::NAN,
            });
        }
        Signal { name, unit, start, rate, values: Cow::Owned(values) }
    }

    /// Time of sample `index`, s.
    pub fn time(&self, index: usize) -> f64 {
        self.start + index as f64 / self.rate
    }

    /// The samples at `from <= t < to`; a millionth of a sample of rounding is forgiven.
    pub fn range(&self, window: Window) -> Range<usize> {
        let index = |t: f64| {
            let position = ((t - self.start) * self.rate - 1e-6).ceil();
            (position.max(0.0) as usize).min(self.values.len())
        };
        let first = index(window.from);
        first..index(window.to).max(first)
    }

    /// The valid samples of a window with their times.
    pub fn valid(&self, window: Window) -> impl Iterator<Item = Node> + '_ {
        self.range(window).map(|i| (self.time(i), self.values[i])).filter(|(_, value)| value.is_finite())
    }

    /// The part of a window that holds valid samples, 0 to 1.
    pub fn valid_fraction(&self, window: Window) -> f64 {
        let expected = (window.duration() * self.rate).round().max(1.0);
        (self.valid(window).count() as f64 / expected).min(1.0)
    }

    /// The value at `time` (s), linear between its two neighbours; none where one of them is missing.
    pub fn at(&self, time: f64) -> Option<f64> {
        let position = (time - self.start) * self.rate;
        if !position.is_finite() || position < -1e-6 {
            return None;
        }
        let (index, part) =
            ((position + 1e-6).floor() as usize, (position - (position + 1e-6).floor()).max(0.0));
        let here = *self.values.get(index)?;
        let value = if part > 1e-6 { here + part * (self.values.get(index + 1)? - here) } else { here };
        value.is_finite().then_some(value)
    }

    /// The corners of the broken line through a window: its valid samples, and its two ends where they lie between
    /// valid samples. Missing samples are bridged by straight lines.
    pub fn nodes(&self, window: Window) -> Vec<Node> {
        let mut nodes: Vec<Node> = Vec::with_capacity(self.range(window).len() + 2);
        nodes.extend(self.at(window.from).map(|value| (window.from, value)));
        let close = 1e-6 / self.rate;
        nodes.extend(self.valid(window).filter(|(time, _)| *time > window.from + close));
        if nodes.last().is_some_and(|(time, _)| *time < window.to - close) {
            nodes.extend(self.at(window.to).map(|value| (window.to, value)));
        }
        nodes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cisterna_recording::Mark;

    fn ramp() -> Recording {
        let mut recording = Recording::default();
        recording.channels.push(Channel::new("p", "mmHg", 0.0, 10.0, (0..10).map(f64::from).collect()));
        recording
    }

    #[test]
    fn between_samples_the_signal_is_linear() {
        let recording = ramp();
        let signal = Signal::new(&recording, "p").unwrap();
        assert!((signal.at(0.25).unwrap() - 2.5).abs() < 1e-12);
        assert_eq!((signal.at(-0.1), signal.at(0.95)), (None, None));
        let nodes = signal.nodes(Window { from: 0.15, to: 0.35 });
        assert_eq!(nodes.len(), 4);
        assert!((nodes[0].1 - 1.5).abs() < 1e-9 && (nodes[3].1 - 3.5).abs() < 1e-9);
    }

    #[test]
    fn an_artefact_is_as_good_as_missing() {
        let mut recording = ramp();
        let label = "coughing".to_owned();
        recording.marks.push(Mark { kind: MarkKind::Artefact, start: 0.2, end: 0.4, label });
        let signal = Signal::new(&recording, "p").unwrap();
        assert_eq!(signal.at(0.3), None);
        assert_eq!(signal.valid_fraction(Window { from: 0.0, to: 1.0 }), 0.8);
    }

    #[test]
    fn a_misspelt_channel_gets_the_nearest_name() {
        let mut recording = ramp();
        recording.channels[0].name = "vault.pressure".into();
        let error = Signal::new(&recording, "vault.presure").err().unwrap().to_string();
        assert_eq!(error, "there is no channel `vault.presure`; did you mean `vault.pressure`?");
    }
}
