//! Sudden excursions: flush and drop-out that are no plateau, spikes, codes that ran over.

use super::Reason;
use super::finder::Measure;
use super::quiet::FAR;
use crate::detect::median;

/// An excursion is sudden when it passes from the pulse to far off within this time, s (assumed: a strain takes longer).
const SUDDEN: f64 = 0.2;
/// It is over where the pulse is back within this time, s (assumed: a beat).
const BACK: f64 = 1.0;
/// It does not last longer, s (assumed: what stays away for longer is another state of the line).
const LASTS: f64 = 15.0;
/// So many within so many s, none of them further off than so many pulses, are the pulse itself, whose level has changed, 1, s and 1
/// (assumed: a line is flushed three times for a test of its response, and far above the pulse).
const BEATS: usize = 5;
const BEATS_WITHIN: f64 = 15.0;
const BEATS_REACH: f64 = FAR + 2.0;
/// Shorter than this it is a spike, s (assumed: shorter than any beat).
const SHORT: f64 = 0.1;
/// A spike stands off the line between its neighbours by so many of the greatest usual distances, 1 (assumed).
const STANDS_OFF: f64 = 3.0;
/// So many spikes within so many s are noise (assumed).
const MANY: usize = 5;
const CROWD: f64 = 4.0;
/// Samples within this time of one that is far off belong to it, s.
const EDGE: f64 = 0.1;
/// A jump of codes is at least so many pulses high, 1 (assumed), and the way back as high within this part, 1.
const JUMP: f64 = 4.0;
const ALIKE: f64 = 0.1;
/// A pulse goes up and down by its range less than so many times a second, and at all, 1 (assumed: noise goes ten times as far).
const TURNS: f64 = 8.0;
/// The longest time on the other side of a rail, s (assumed).
const OVER: f64 = 10.0;

/// Stretches far above the pulse (flush) or below (drop-out) that begin and end suddenly.
pub(super) fn excursions(values: &[f64], taken: &[bool], measure: &Measure) -> Vec<(Reason, usize, usize)> {
    let stretches = far_off(values, taken, measure);
    let (top, bottom) =
        (measure.high + BEATS_REACH * measure.pulse, measure.low - BEATS_REACH * measure.pulse);
    let lasts = |from: usize, to: usize| (to - from) as f64 / measure.rate;
    let starts = |wanted: Reason| -> Vec<usize> {
        let near = |from: usize, to: usize| values[from..to].iter().all(|v| (bottom..=top).contains(v));
        let like = |(reason, from, to): &(Reason, usize, usize)| {
            (*reason == wanted && lasts(*from, *to) >= SHORT && near(*from, *to)).then_some(*from)
        };
        stretches.iter().filter_map(like).collect()
    };
    let [above, below] = [Reason::Flush, Reason::DropOut].map(starts);
    let is_beat = |reason: Reason, from: usize| {
        let like = if reason == Reason::Flush { &above } else { &below };
        let near = (0.5 * BEATS_WITHIN * measure.rate) as usize;
        like.binary_search(&from).is_ok() && around(like, from, near) >= BEATS
    };
    let edge = (EDGE * measure.rate).ceil() as usize;
    let found = |&(reason, from, to): &(Reason, usize, usize)| {
        let counts = (SHORT..=LASTS).contains(&lasts(from, to))
            && is_sudden(values, taken, measure, from, to)
            && !is_beat(reason, from);
        counts.then(|| (reason, from.saturating_sub(edge), (to + edge).min(values.len())))
    };
    stretches.iter().filter_map(found).collect()
}

/// All stretches far above or below the pulse.
fn far_off(values: &[f64], taken: &[bool], measure: &Measure) -> Vec<(Reason, usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < values.len() {
        let Some(reason) = far(values[at], measure).filter(|_| !taken[at]) else {
            at += 1;
            continue;
        };
        let end =
            (at..values.len()).find(|&i| far(values[i], measure) != Some(reason)).unwrap_or(values.len());
        found.push((reason, at, end));
        at = end;
    }
    found
}

/// Whether a value is far above the pulse or below.
fn far(value: f64, measure: &Measure) -> Option<Reason> {
    if value > measure.high + FAR * measure.pulse {
        Some(Reason::Flush)
    } else {
        (value < measure.low - FAR * measure.pulse).then_some(Reason::DropOut)
    }
}

/// Whether a stretch comes from the pulse within a moment, and is back there within a beat. Nobody knows what comes behind the end of
/// the samples or in a gap, and another artefact may follow at once.
fn is_sudden(values: &[f64], taken: &[bool], measure: &Measure, from: usize, to: usize) -> bool {
    let band = measure.low - 0.5 * measure.pulse..=measure.high + 0.5 * measure.pulse;
    let usual = |i: usize| band.contains(&values[i]);
    let own = far(values[from], measure);
    let other = |i: usize| {
        taken[i] || values[i].is_nan() || far(values[i], measure).is_some_and(|reason| Some(reason) != own)
    };
    let mut before = from.saturating_sub((SUDDEN * measure.rate) as usize)..from;
    let mut back = to..(to + (BACK * measure.rate) as usize).min(values.len());
    before.any(usual) && (to == values.len() || back.any(|i| usual(i) || other(i)))
}

/// How many of some starts, in order, lie so near to one of them.
fn around(starts: &[usize], at: usize, near: usize) -> usize {
    let from = starts.partition_point(|start| *start < at.saturating_sub(near));
    starts.partition_point(|start| *start <= at + near) - from
}

/// Moments that stand off the line between what is 0.05 s before and after.
pub(super) fn spikes(values: &[f64], taken: &[bool], measure: &Measure) -> Vec<(Reason, usize, usize)> {
    let reach = ((0.5 * SHORT * measure.rate).round() as usize).max(1);
    if values.len() <= 2 * reach {
        return Vec::new();
    }
    let off = |i: usize| (values[i] - 0.5 * (values[i - reach] + values[i + reach])).abs();
    let places = || (reach..values.len() - reach).filter(|&i| off(i).is_finite());
    // The usual greatest distance: the middle one of the greatest in each second.
    let second = (measure.rate as usize).max(1);
    let greatest: Vec<f64> = (reach..values.len() - reach)
        .step_by(second)
        .map(|from| (from..(from + second).min(values.len() - reach)).map(off).fold(0.0, f64::max))
        .collect();
    let usual = median(greatest);
    let least = (STANDS_OFF * usual).max(0.5 * measure.pulse);
    let mut found: Vec<(Reason, usize, usize)> = Vec::new();
    let free = |i: usize| !taken[i - reach..=i + reach].contains(&true);
    for i in places().filter(|&i| off(i) > least && free(i)) {
        match found.last_mut() {
            Some(last) if i <= last.2 + reach => last.2 = i + 1,
            _ => found.push((Reason::Spike, i, i + 1)),
        }
    }
    let starts: Vec<usize> = found.iter().map(|spike| spike.1).collect();
    let crowded = |at: usize| around(&starts, at, (0.5 * CROWD * measure.rate) as usize) >= MANY;
    found.retain(|(_, from, to)| (to - from) as f64 <= 2.0 * SHORT * measure.rate + 1.0 && !crowded(*from));
    found
}

/// Stretches between two jumps of the same height there and back, inside which the samples go on varying.
pub(super) fn wrapped(values: &[f64], measure: &Measure) -> Vec<(Reason, usize, usize)> {
    let jump = |i: usize| values[i] - values[i - 1];
    let jumps: Vec<usize> = (1..values.len()).filter(|&i| jump(i).abs() > JUMP * measure.pulse).collect();
    let mut found = Vec::new();
    let mut k = 0;
    while k + 1 < jumps.len() {
        let (out, back) = (jumps[k], jumps[k + 1]);
        let (there, here) = (jump(out), jump(back));
        let alike = (there + here).abs() < ALIKE * there.abs() && (back - out) as f64 <= OVER * measure.rate;
        let part = &values[out..back];
        let (low, high) = super::wave::range(part);
        let way: f64 = part.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum();
        let turns = TURNS * (1.0 + (back - out) as f64 / measure.rate);
        let varies = back - out >= 3 && high - low > 0.05 * measure.pulse && way < turns * (high - low);
        // On the other side the curve goes on as a pulse: it neither lies still nor is it noise.
        if alike && varies {
            found.push((Reason::Wrapped, out, back));
            k += 2;
        } else {
            k += 1;
        }
    }
    found
}
