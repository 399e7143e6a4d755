//! Plateaus: stretches in which nothing changes that a pulse would.

use super::Reason;
use super::finder::Measure;

/// A plateau varies by less than this part of the pulse, 1 (assumed: a diastole falls by more within that time).
const STILL: f64 = 0.03;
/// It lasts so long, s (assumed: longer than the end of a diastole at 50 beats a minute is level).
const LONG: f64 = 0.7;
/// Equal samples for so long at the highest or lowest value of all are clipped, s (assumed: no crest is level for longer).
const CLIPPED: f64 = 0.15;
/// So much further than the usual pulse reaches, in pulses, is no place of the pulse, 1 (assumed: breath and slow waves move it by
/// less within two minutes).
pub(super) const FAR: f64 = 1.0;
/// Plateaus within this time of each other are one procedure, s (assumed).
const PROCEDURE: f64 = 15.0;

/// Steps of a stair last so long, s, vary by less than this part of the pulse, 1, follow each other within so long, s, and differ by
/// this part of the pulse, 1; so many make a stair
/// (assumed from the two or three beats of constant pressure with which finger cuffs calibrate themselves: Wesseling 1995,
/// Homeostasis 36:67).
const STEP: f64 = 0.3;
const STEP_STILL: f64 = 0.06;
const BETWEEN: f64 = 0.2;
const DIFFERS: f64 = 0.1;
const STAIR: usize = 3;

/// Clipped stretches, flat lines, flushes, drop-outs and calibrations.
pub(super) fn plateaus(values: &[f64], taken: &[bool], measure: &Measure) -> Vec<(Reason, usize, usize)> {
    let clipped = clipped(values, measure);
    let still = stretches(values, taken, STILL * measure.pulse, (LONG * measure.rate) as usize);
    let mut found = Vec::new();
    let level = |&(from, to): &(usize, usize)| values[(from + to) / 2];
    for (k, stretch) in still.iter().enumerate() {
        let near = |other: &(usize, usize)| {
            let apart = (other.0 as f64 - stretch.1 as f64).max(stretch.0 as f64 - other.1 as f64);
            apart < PROCEDURE * measure.rate && (level(other) - level(stretch)).abs() > 0.5 * measure.pulse
        };
        let others = still[k.saturating_sub(1)..(k + 2).min(still.len())]
            .iter()
            .any(|other| other != stretch && near(other));
        let at_rail = |(_, from, to): &(Reason, usize, usize)| *from < stretch.1 && *to > stretch.0;
        let reason = if others {
            Reason::Calibration
        } else if clipped.iter().any(at_rail) {
            continue;
        } else if level(stretch) > measure.high + FAR * measure.pulse {
            Reason::Flush
        } else if level(stretch) < measure.low - FAR * measure.pulse {
            Reason::DropOut
        } else {
            Reason::FlatLine
        };
        found.push((reason, stretch.0, stretch.1));
    }
    found.extend(stairs(values, taken, measure));
    let apart =
        |one: &(Reason, usize, usize)| found.iter().all(|(_, from, to)| one.2 <= *from || one.1 >= *to);
    let rest: Vec<(Reason, usize, usize)> = clipped.into_iter().filter(apart).collect();
    found.extend(rest);
    found
}

/// Short plateaus that follow each other at different levels.
fn stairs(values: &[f64], taken: &[bool], measure: &Measure) -> Vec<(Reason, usize, usize)> {
    let steps = stretches(values, taken, STEP_STILL * measure.pulse, (STEP * measure.rate) as usize);
    let follows = |a: &(usize, usize), b: &(usize, usize)| {
        let level = |step: &(usize, usize)| values[(step.0 + step.1) / 2];
        (b.0 - a.1) as f64 <= BETWEEN * measure.rate && (level(b) - level(a)).abs() > DIFFERS * measure.pulse
    };
    steps
        .chunk_by(follows)
        .filter(|stair| stair.len() >= STAIR)
        .map(|stair| (Reason::Calibration, stair[0].0, stair[stair.len() - 1].1))
        .collect()
}

/// Equal samples at the highest or lowest value of all.
fn clipped(values: &[f64], measure: &Measure) -> Vec<(Reason, usize, usize)> {
    let (low, high) = super::wave::range(values);
    if high <= low {
        return Vec::new();
    }
    let least = (CLIPPED * measure.rate).max(3.0) as usize;
    let mut found = Vec::new();
    let mut from = 0;
    for run in values.chunk_by(|a, b| a == b) {
        if run.len() >= least && (run[0] == high || run[0] == low) {
            found.push((Reason::Clipping, from, from + run.len()));
        }
        from += run.len();
    }
    found
}

/// The longest stretches of at least `least` samples that vary by no more than `within`.
fn stretches(values: &[f64], hidden: &[bool], within: f64, least: usize) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    while from < values.len() {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        let mut to = from;
        while to < values.len() && !hidden[to] && values[to].is_finite() {
            (low, high) = (low.min(values[to]), high.max(values[to]));
            if high - low > within {
                break;
            }
            to += 1;
        }
        if to - from >= least {
            found.push((from, to));
            from = to;
        } else {
            // Begin again a quarter of the least length on: what is missed of a plateau is no more than that.
            from += (least / 4).max(1);
        }
    }
    found
}
