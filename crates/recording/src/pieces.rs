//! Reading in pieces.

use crate::error::ReadError;
use crate::types::{Channel, Mark, Recording};

/// A recording piece by piece: every item has the same channels, each going on where the last ended, on the one
/// clock that counts from the start of the recording. A mark is in the piece in which it begins, though it may
/// end in a later one. Provenance and facts are those of the whole. After an error comes nothing more.
pub struct Pieces {
    inner: Box<dyn Iterator<Item = Result<Recording, ReadError>> + Send>,
    failed: bool,
}

impl Pieces {
    /// Pieces from any reader that gives them.
    pub(crate) fn new(inner: impl Iterator<Item = Result<Recording, ReadError>> + Send + 'static) -> Self {
        Pieces { inner: Box::new(inner), failed: false }
    }

    /// A recording that is wholly in memory, cut every `seconds`.
    pub(crate) fn cut(recording: Recording, seconds: f64) -> Self {
        Pieces::new(Cut { recording, seconds, next: 0 }.map(Ok))
    }
}

impl Iterator for Pieces {
    type Item = Result<Recording, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let piece = self.inner.next();
        self.failed = matches!(piece, Some(Err(_)));
        piece
    }
}

/// Cuts a recording.
struct Cut {
    recording: Recording,
    seconds: f64,
    /// The number of the next piece, counted from 0.
    next: usize,
}

impl Iterator for Cut {
    type Item = Recording;

    fn next(&mut self) -> Option<Recording> {
        let (start, end) = self.recording.span();
        let edge = |number: usize| {
            if self.seconds.is_finite() && number > 0 { start + number as f64 * self.seconds } else { start }
        };
        let (mut from, mut to) = (edge(self.next), edge(self.next + 1));
        if self.next > 0 && (!self.seconds.is_finite() || from > end) {
            return None;
        }
        if self.next == 0 {
            from = f64::NEG_INFINITY;
        }
        if !self.seconds.is_finite() || to > end {
            to = f64::INFINITY;
        }
        self.next += 1;
        Some(between(&self.recording, from, to))
    }
}

fn between(whole: &Recording, from: f64, to: f64) -> Recording {
    let channels = whole.channels.iter().map(|channel| {
        let (start, values) = channel.window(from, to);
        Channel { start, values: values.to_vec(), ..emptied(channel) }
    });
    let begins_here = |mark: &&Mark| mark.start >= from && mark.start < to;
    Recording {
        title: whole.title.clone(),
        channels: channels.collect(),
        marks: whole.marks.iter().filter(begins_here).cloned().collect(),
        facts: whole.facts.clone(),
        provenance: whole.provenance.clone(),
    }
}

/// All of a channel but its samples.
fn emptied(channel: &Channel) -> Channel {
    Channel {
        name: channel.name.clone(),
        label: channel.label.clone(),
        unit: channel.unit.clone(),
        start: channel.start,
        rate: channel.rate,
        values: Vec::new(),
        reference: channel.reference.clone(),
        basis: channel.basis.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::MarkKind;

    #[test]
    fn pieces_join_to_the_whole() {
        let values = |n: usize| (0..n).map(|i| i as f64).collect::<Vec<_>>();
        let whole = Recording {
            channels: vec![
                Channel::new("icp", "mmHg", 0.5, 10.0, values(103)),
                Channel::new("hr", "1/min", 0.0, 1.0, values(11)),
            ],
            marks: [0.0, 3.9, 4.0, 12.0]
                .map(|start| Mark { kind: MarkKind::Event, start, end: start + 2.0, label: String::new() })
                .to_vec(),
            ..Recording::default()
        };
        for seconds in [0.25, 2.0, 4.0, 100.0, f64::INFINITY] {
            let pieces: Vec<_> = Pieces::cut(whole.clone(), seconds).map(Result::unwrap).collect();
            for (number, channel) in whole.channels.iter().enumerate() {
                let joined: Vec<f64> =
                    pieces.iter().flat_map(|piece| piece.channels[number].values.clone()).collect();
                assert_eq!(joined, channel.values, "{seconds}");
                let mut next = channel.start;
                for piece in &pieces {
                    let part = &piece.channels[number];
                    assert!(part.values.is_empty() || (part.start - next).abs() < 1e-9, "{seconds}");
                    next += part.values.len() as f64 / channel.rate;
                }
            }
            assert_eq!(pieces.iter().map(|piece| piece.marks.len()).sum::<usize>(), 4);
        }
    }
}
