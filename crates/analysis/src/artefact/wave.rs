//! What the beats tell: another signal, none at all, or a step under them.

use super::finder::Measure;
use super::{Plausible, Reason};
use crate::detect::{Beat, median};

/// Without a beat for so long there is no pulse, s (the longest beat and one usual).
const PULSELESS: f64 = 4.0;
/// A drain damps the pulse to less than this part, 1 (assumed).
const DAMPED: f64 = 0.3;
/// Beats before and after a step whose middle values are compared.
const COMPARED: usize = 8;
/// A step is at least so many pulses high and so many times the usual way from beat to beat, 1 (assumed: a breath moves the mean by
/// less than a pulse, and over several beats).
const STEP: (f64, f64) = (0.75, 6.0);
/// While the pulse stays within this part of what it was, 1 (assumed; Eide and Bakken 2014, Biomed Eng Online 13:7, define shifts of
/// the base line by means that change while the height of the waves does not).
const SAME_PULSE: f64 = 0.2;

/// A block and its beats.
pub(super) struct Seen<'a> {
    pub values: &'a [f64],
    pub first: usize,
    pub beats: &'a [Beat],
    pub rate: f64,
}

/// The lowest and highest of the valid values.
pub(super) fn range(values: &[f64]) -> (f64, f64) {
    values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(*v), h.max(*v)))
}

/// The samples of a beat within `values`, whose first is number `first`.
pub(crate) fn samples<'v>(values: &'v [f64], first: usize, beat: &Beat) -> &'v [f64] {
    let place = |at: f64| ((at - first as f64).round().max(0.0) as usize).min(values.len());
    let (from, to) = (place(beat.onset), place(beat.end));
    &values[from..to.max(from)]
}

impl Seen<'_> {
    fn place(&self, at: f64) -> usize {
        ((at - self.first as f64).round().max(0.0) as usize).min(self.values.len())
    }

    fn mean(&self, beat: &Beat) -> f64 {
        let (sum, count) = samples(self.values, self.first, beat)
            .iter()
            .filter(|value| value.is_finite())
            .fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
        sum / count
    }

    fn height(&self, beat: &Beat) -> f64 {
        let (low, high) = range(samples(self.values, self.first, beat));
        high - low
    }
}

/// Beats that the kind of the channel cannot have, where most of five neighbours are so.
pub(super) fn other_signal(seen: &Seen<'_>, plausible: &Plausible) -> Vec<(Reason, usize, usize)> {
    let within = |value: f64, (low, high): (f64, f64)| (low..=high).contains(&value);
    let odd: Vec<bool> = seen
        .beats
        .iter()
        .map(|beat| !within(seen.mean(beat), plausible.mean) || !within(seen.height(beat), plausible.pulse))
        .collect();
    let mostly = |k: usize| {
        let near = &odd[k.saturating_sub(2)..(k + 3).min(odd.len())];
        2 * near.iter().filter(|odd| **odd).count() > near.len()
    };
    let mut found: Vec<(Reason, usize, usize)> = Vec::new();
    for (_, beat) in seen.beats.iter().enumerate().filter(|(k, _)| mostly(*k)) {
        let (from, to) = (seen.place(beat.onset), seen.place(beat.end));
        match found.last_mut() {
            Some(last) if from <= last.2 + 1 => last.2 = to,
            _ => found.push((Reason::OtherSignal, from, to)),
        }
    }
    found
}

/// Stretches of valid samples without beats: an open drain where the level and what is left of the pulse say so, else noise.
pub(super) fn without_pulse(
    seen: &Seen<'_>,
    taken: &[bool],
    measure: &Measure,
    plausible: &Plausible,
) -> Vec<(Reason, usize, usize)> {
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    for beat in seen.beats {
        ends.push((from, seen.place(beat.onset)));
        from = seen.place(beat.end);
    }
    ends.push((from, seen.values.len()));
    let mut found = Vec::new();
    for (from, to) in ends.into_iter().filter(|(from, to)| to > from) {
        // What is taken or missing splits it.
        let mut at = from;
        let free: Vec<bool> = (from..to).map(|i| !taken[i] && seen.values[i].is_finite()).collect();
        for run in free.chunk_by(|a, b| a == b) {
            let (begin, end) = (at, at + run.len());
            at = end;
            if !run[0] || (run.len() as f64) < PULSELESS * seen.rate {
                continue;
            }
            let part = &seen.values[begin..end];
            let mean = part.iter().sum::<f64>() / part.len() as f64;
            let deviation =
                (part.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / part.len() as f64).sqrt();
            let drained = plausible.drain.is_some_and(|(low, high)| (low..=high).contains(&mean))
                && deviation < DAMPED * measure.pulse
                && !seen.beats.is_empty();
            found.push((if drained { Reason::DrainOpen } else { Reason::Noise }, begin, end));
        }
    }
    found
}

/// Steps of the mean between two beats while the pulse stays as it was.
pub(super) fn moved(seen: &Seen<'_>, taken: &[bool], measure: &Measure) -> Vec<(Reason, usize, usize)> {
    let beats: Vec<&Beat> = seen
        .beats
        .iter()
        .filter(|beat| !taken[seen.place(beat.onset)..seen.place(beat.end)].contains(&true))
        .collect();
    if beats.len() < 2 * COMPARED {
        return Vec::new();
    }
    let means: Vec<f64> = beats.iter().map(|beat| seen.mean(beat)).collect();
    let heights: Vec<f64> = beats.iter().map(|beat| seen.height(beat)).collect();
    let usual = median(means.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect());
    // The beat in which the step falls belongs to neither side.
    let step = |k: usize| {
        let side = |from: usize, to: usize, of: &[f64]| median(of[from..to].to_vec());
        let (before, after) = ((k - COMPARED, k), (k + 1, (k + 1 + COMPARED).min(means.len())));
        let height = side(before.0, before.1, &heights);
        let same = (side(after.0, after.1, &heights) - height).abs() < SAME_PULSE * height;
        let high = (side(after.0, after.1, &means) - side(before.0, before.1, &means)).abs();
        // All of the way is made within two beats.
        let sudden = (means[(k + 1).min(means.len() - 1)] - means[k - 1]).abs() > 0.7 * high;
        if same && sudden && high > (STEP.0 * measure.pulse).max(STEP.1 * usual) { high } else { 0.0 }
    };
    let steps: Vec<f64> = (COMPARED..means.len() - COMPARED / 2).map(step).collect();
    let mut found = Vec::new();
    let mut k = 0;
    while k < steps.len() {
        let to = (k + COMPARED).min(steps.len());
        let Some(best) = (k..to).max_by(|&a, &b| steps[a].total_cmp(&steps[b])).filter(|_| steps[k] > 0.0)
        else {
            k += 1;
            continue;
        };
        let beat = beats[best + COMPARED];
        found.push((
            Reason::TransducerMoved,
            seen.place(beats[best + COMPARED - 1].onset),
            seen.place(beat.end),
        ));
        k = to;
    }
    found
}
