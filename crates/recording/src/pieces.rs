//! Reading in pieces.

use crate::error::ReadError;
use crate::types::{Channel, Mark, Recording};

/// A recording piece by piece: every item has the same channels, each going on where the last ended, on the one
/// clock that counts from the start of the recording. A mark is in the piece in which it begins, though it may
/// end in a later one. Provenance and facts are those of the whole. After an error comes nothing more.
pub struct Pieces {
    inner: Box<dyn Iterator<Item = Result<Recording, ReadError>>>,
    failed: bool,
}

impl Pieces {
    /// Pieces from any reader that gives them.
    pub(crate) fn new(inner: impl Iterator<Item = Result<Recording, ReadError>> + 'static) -> Self {
        Pieces { inner: Box::new(inner), failed: false }
    }

    /// What `blocks` give for the channels of `head`, cut every `seconds`; `head` has no samples but all marks.
    pub(crate) fn stitched(
        head: Recording,
        blocks: impl Iterator<Item = Result<Block, ReadError>> + 'static,
        seconds: f64,
    ) -> Self {
        Pieces::new(Stitch::new(head, blocks, seconds))
    }

    /// The whole, where it was asked for as one piece.
    pub(crate) fn whole(mut self) -> Result<Recording, ReadError> {
        self.next().unwrap_or_else(|| Ok(Recording::default()))
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

/// Samples on their way into pieces: for every channel the place of the first of them, counted from the
/// channel's start, and the samples.
pub(crate) struct Block(pub Vec<(usize, Vec<f64>)>);

/// Puts blocks together and cuts them at the edges of pieces; NaN where no block has a sample.
struct Stitch<B> {
    /// The recording without samples, but with all its marks.
    head: Recording,
    blocks: B,
    seconds: f64,
    /// The number of the next piece, counted from 0.
    next: usize,
    /// How many samples of each channel went out already.
    gone: Vec<usize>,
    /// Samples that wait.
    pending: Vec<Vec<f64>>,
    /// A block that comes after a gap.
    coming: Option<Block>,
    ended: bool,
}

impl<B: Iterator<Item = Result<Block, ReadError>>> Stitch<B> {
    fn new(head: Recording, blocks: B, seconds: f64) -> Self {
        let count = head.channels.len();
        Stitch {
            head,
            blocks,
            seconds,
            next: 0,
            gone: vec![0; count],
            pending: vec![Vec::new(); count],
            coming: None,
            ended: false,
        }
    }

    /// The first place of a channel that no longer belongs to the next piece.
    fn edge(&self, channel: usize) -> usize {
        let time = (self.next + 1) as f64 * self.seconds;
        let start = self.head.span().0;
        let channel = &self.head.channels[channel];
        // As `Channel::window` counts.
        (((start - channel.start + time) * channel.rate - 1e-9).ceil().max(0.0)) as usize
    }

    /// Moves the block that comes behind what waits, as far as this piece goes.
    fn append(&mut self, Block(mut block): Block) {
        let mut held_back = false;
        for (channel, (place, values)) in block.iter_mut().enumerate() {
            if values.is_empty() {
                continue;
            }
            let edge = self.edge(channel);
            let gone = self.gone[channel];
            let pending = &mut self.pending[channel];
            let filled = (*place).min(edge).saturating_sub(gone).max(pending.len());
            pending.resize(filled, f64::NAN);
            if *place <= gone + pending.len() {
                pending.append(values);
            } else {
                held_back = true;
            }
        }
        if held_back {
            self.coming = Some(Block(block));
        }
    }

    fn is_full(&self) -> bool {
        !self.pending.is_empty()
            && (0..self.pending.len()).all(|c| self.gone[c] + self.pending[c].len() >= self.edge(c))
    }

    /// When piece `number` begins, s.
    fn begins(&self, number: usize) -> f64 {
        if number == 0 { f64::NEG_INFINITY } else { self.head.span().0 + number as f64 * self.seconds }
    }

    fn emit(&mut self) -> Recording {
        let edges: Vec<usize> = (0..self.pending.len()).map(|channel| self.edge(channel)).collect();
        let channels = self.head.channels.iter().enumerate().map(|(index, channel)| {
            let take = edges[index].saturating_sub(self.gone[index]).min(self.pending[index].len());
            let values: Vec<f64> = self.pending[index].drain(..take).collect();
            let start = channel.time(self.gone[index]);
            self.gone[index] += take;
            Channel { start, values, ..channel.without_samples() }
        });
        let channels = channels.collect();
        let (from, to) = (self.begins(self.next), self.begins(self.next + 1));
        self.next += 1;
        Recording { channels, ..without_samples(&self.head, from, to) }
    }

    /// What is left once all blocks are read: at least one piece, and no mark is lost behind the last sample.
    fn emit_rest(&mut self) -> Option<Recording> {
        let from = self.begins(self.next);
        let waits = self.pending.iter().any(|pending| !pending.is_empty());
        let marked = self.head.marks.iter().any(|mark| mark.start >= from);
        if self.next > 0 && !waits && !marked {
            return None;
        }
        let mut piece = self.emit();
        if self.pending.iter().all(Vec::is_empty) {
            self.head.marks.retain(|mark| mark.start >= from || from == f64::NEG_INFINITY);
            piece.marks = std::mem::take(&mut self.head.marks);
        }
        Some(piece)
    }
}

impl<B: Iterator<Item = Result<Block, ReadError>>> Iterator for Stitch<B> {
    type Item = Result<Recording, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.is_full() {
                return Some(Ok(self.emit()));
            }
            let block = match self.coming.take() {
                Some(block) => Some(Ok(block)),
                None if self.ended => None,
                None => self.blocks.next(),
            };
            match block {
                Some(Ok(block)) => self.append(block),
                Some(Err(error)) => return Some(Err(error)),
                None => {
                    self.ended = true;
                    return self.emit_rest().map(Ok);
                }
            }
        }
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
        Channel { start, values: values.to_vec(), ..channel.without_samples() }
    });
    Recording { channels: channels.collect(), ..without_samples(whole, from, to) }
}

/// All but the channels, with the marks that begin at `from <= t < to`.
fn without_samples(whole: &Recording, from: f64, to: f64) -> Recording {
    let begins_here = |mark: &&Mark| mark.start >= from && mark.start < to;
    Recording {
        title: whole.title.clone(),
        channels: Vec::new(),
        marks: whole.marks.iter().filter(begins_here).cloned().collect(),
        facts: whole.facts.clone(),
        provenance: whole.provenance.clone(),
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
