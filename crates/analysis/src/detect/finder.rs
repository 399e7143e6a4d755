//! The beats of block after block.

use super::blocks::Block;
use super::candidates::SHORTEST;
use super::prepare::{Prepared, median};
use super::{Beat, Polarity, UPSIDE_DOWN, Wave, ecg, pulse};

/// The longest beat, s (20 a minute).
const LONGEST: f64 = 3.0;

/// Which beats of a block are asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Those that begin in the block itself.
    Core,
    /// Those of its context too.
    Whole,
}

/// Finds beats block by block; what it carries over is which way the signal is drawn and where the last beat ended.
pub(crate) struct Finder {
    rate: f64,
    wave: Wave,
    /// The sum over samples of how upright they speak, and the samples.
    uprightness: (f64, f64),
    settled: Option<Polarity>,
    last_end: f64,
}

impl Finder {
    pub fn new(rate: f64, wave: Wave) -> Self {
        Finder { rate, wave, uprightness: (0.0, 0.0), settled: None, last_end: 0.0 }
    }

    /// From here on the signal is taken to be drawn this way.
    pub fn settle(&mut self, polarity: Polarity) {
        self.settled = Some(polarity);
    }

    /// Which way the signal seen so far is drawn.
    pub fn polarity(&self) -> Polarity {
        let (sum, samples) = self.uprightness;
        let seen = if sum < UPSIDE_DOWN * samples { Polarity::Reversed } else { Polarity::Upright };
        self.settled.unwrap_or(seen)
    }

    /// Judges which way a stretch is drawn.
    pub fn look_at(&mut self, block: Block<'_>) {
        let prepared = Prepared::new(block.samples, self.rate);
        self.judge(&pulse::Course::new(&prepared, self.rate), prepared.valid);
    }

    fn judge(&mut self, course: &pulse::Course, valid: usize) {
        self.uprightness.0 += valid as f64 * course.uprightness();
        self.uprightness.1 += valid as f64;
    }

    /// The beats of a block, their times in samples of the whole channel.
    pub fn beats_in(&mut self, block: Block<'_>, part: Part) -> Vec<Beat> {
        let prepared = Prepared::new(block.samples, self.rate);
        if prepared.is_flat() || (prepared.valid as f64) < 2.0 * self.rate {
            return Vec::new();
        }
        let found = match self.wave {
            Wave::Electrocardiogram => {
                let (found, sign) = ecg::beats(&prepared, self.rate);
                self.uprightness.0 += sign * found.len() as f64;
                self.uprightness.1 += found.len() as f64;
                found
            }
            Wave::Pulse => {
                let course = pulse::Course::new(&prepared, self.rate);
                if self.settled.is_none() {
                    self.judge(&course, prepared.valid);
                }
                pulse::beats(&course.drawn(self.polarity()), &prepared, self.rate)
            }
        };
        let usual = median(found.iter().map(|beat| beat.end - beat.onset).collect());
        let first = block.first as f64;
        let moved = found
            .into_iter()
            .filter(|beat| self.is_one(beat, &prepared.hole, usual))
            .map(|beat| beat.moved(first));
        let all: Vec<Beat> = moved.collect();
        if part == Part::Whole { all } else { self.own(all, block) }
    }

    /// The beats that begin in the block itself and follow those of the last block.
    pub fn own(&mut self, beats: Vec<Beat>, block: Block<'_>) -> Vec<Beat> {
        let kept: Vec<Beat> = beats
            .into_iter()
            .filter(|beat| (block.core.0 as f64..block.core.1 as f64).contains(&beat.onset))
            // At the seam of two blocks a beat may be seen a little earlier or later from the other side.
            .filter(|beat| beat.onset > self.last_end - 1.0)
            .collect();
        if let Some(last) = kept.last() {
            self.last_end = last.end;
        }
        kept
    }

    /// Whether an interval is one beat: of a possible length, and not so long across a gap that a beat may be lost in it.
    fn is_one(&self, beat: &Beat, hole: &[bool], usual: f64) -> bool {
        let duration = beat.end - beat.onset;
        let samples = beat.onset as usize..(beat.end as usize).min(hole.len());
        let holed = hole[samples].contains(&true);
        (SHORTEST * self.rate..=LONGEST * self.rate).contains(&duration) && !(holed && duration > 1.5 * usual)
    }
}

impl Beat {
    fn moved(self, by: f64) -> Beat {
        Beat {
            onset: self.onset + by,
            end: self.end + by,
            peak: self.peak + by,
            notch: self.notch.map(|(at, confidence)| (at + by, confidence)),
            likeness: self.likeness,
        }
    }
}
