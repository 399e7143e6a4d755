//! All artefacts of one block, from the surest to what is left.

use super::{Artefact, Plausible, Reason, excursion, quiet, wave};
use crate::detect::{Beat, Block, median};

/// An artefact from one sample to another (not included), counted over the whole channel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Found {
    pub reason: Reason,
    pub from: usize,
    pub to: usize,
}

impl Found {
    pub fn timed(&self, start: f64, rate: f64) -> Artefact {
        let time = |sample: usize| start + sample as f64 / rate;
        Artefact { reason: self.reason, start: time(self.from), end: time(self.to) }
    }
}

/// What everything in a block is measured against.
pub(super) struct Measure {
    /// The usual height of a pulse; the spread of the samples where there is no beat.
    pub pulse: f64,
    /// The usual lowest and highest point of a beat.
    pub low: f64,
    pub high: f64,
    pub rate: f64,
}

/// The artefacts of a block, inside its core. The beats are those of the whole stretch, context and all.
pub(crate) fn find_in(block: Block<'_>, rate: f64, beats: &[Beat], plausible: &Plausible) -> Vec<Found> {
    let values = block.samples;
    let Some(measure) = measure(values, block.first, rate, beats) else { return Vec::new() };
    let mut taken = vec![false; values.len()];
    let mut found: Vec<(Reason, usize, usize)> = Vec::new();
    let take = |more: Vec<(Reason, usize, usize)>,
                found: &mut Vec<(Reason, usize, usize)>,
                taken: &mut Vec<bool>| {
        for (reason, from, to) in more {
            taken[from..to].fill(true);
            found.push((reason, from, to));
        }
    };
    take(excursion::wrapped(values, &measure), &mut found, &mut taken);
    take(quiet::plateaus(values, &taken, &measure), &mut found, &mut taken);
    take(excursion::excursions(values, &taken, &measure), &mut found, &mut taken);
    take(excursion::spikes(values, &taken, &measure), &mut found, &mut taken);
    let seen = wave::Seen { values, first: block.first, beats, rate };
    take(wave::other_signal(&seen, plausible), &mut found, &mut taken);
    take(wave::without_pulse(&seen, &taken, &measure, plausible), &mut found, &mut taken);
    take(wave::moved(&seen, &taken, &measure), &mut found, &mut taken);
    found
        .into_iter()
        .map(|(reason, from, to)| Found {
            reason,
            from: (from + block.first).max(block.core.0),
            to: (to + block.first).min(block.core.1),
        })
        .filter(|found| found.from < found.to)
        .collect()
}

fn measure(values: &[f64], first: usize, rate: f64, beats: &[Beat]) -> Option<Measure> {
    let ranges: Vec<(f64, f64)> =
        beats.iter().map(|beat| wave::range(wave::samples(values, first, beat))).collect();
    let (low, high) = if ranges.is_empty() {
        let mut valid: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
        if valid.is_empty() {
            return None;
        }
        let count = valid.len();
        let mut part = |share: f64| {
            *valid.select_nth_unstable_by(((count - 1) as f64 * share) as usize, f64::total_cmp).1
        };
        (part(0.1), part(0.9))
    } else {
        (median(ranges.iter().map(|r| r.0).collect()), median(ranges.iter().map(|r| r.1).collect()))
    };
    Some(Measure { pulse: high - low, low, high, rate })
}
