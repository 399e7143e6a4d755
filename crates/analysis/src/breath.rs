//! Breaths of a respiration channel, or of what breathing does to a pulse.

use crate::detect::{Beat, median};
use crate::{MeasureError, detect_beats};
use cisterna_recording::{Channel, Mark, MarkKind};

/// Points a second at which breathing is looked at: ten times the fastest breath of 60 a minute.
pub(crate) const RATE: f64 = 10.0;
/// Half the width of the smoothing, in points, taken twice: breaths of 60 a minute keep nine tenths of their depth.
const SMOOTHING: usize = 1;
/// Half of the time whose mean is the resting level, s: at four breaths a minute it still holds one.
const LEVEL: f64 = 8.0;
/// The breaths round which tell what is usual, on either side.
const NEIGHBOURS: usize = 8;
/// A wave counts from this part of the third quarter of the heights round it, 1 (Schäfer and Kratky 2008, Ann Biomed Eng 36:476).
const PART: f64 = 0.2;
/// The shortest and longest breath, s (60 and 3 a minute).
const SHORTEST: f64 = 1.0;
const LONGEST: f64 = 20.0;

/// Breaths found in a signal.
#[derive(Clone, Debug, PartialEq)]
pub struct DetectedBreaths {
    /// The breaths in order of time, each from its lowest point to the next. After a lost breath there is a space between them.
    pub breaths: Vec<Breath>,
    /// The unit of their depth.
    pub unit: String,
}

/// One breath.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Breath {
    /// Its lowest point, s: the beginning of inspiration where the signal grows with the chest.
    pub start: f64,
    /// Its highest point, s.
    pub peak: f64,
    /// The next lowest point, s.
    pub end: f64,
    /// Its highest point over the mean of the two lowest ones, in the unit of the signal.
    pub depth: f64,
}

impl DetectedBreaths {
    /// The rate, 1/min: the number of breaths over the time that they take.
    pub fn rate(&self) -> f64 {
        60.0 * self.breaths.len() as f64 / self.breaths.iter().map(Breath::duration).sum::<f64>()
    }

    /// The middle depth, in `unit`.
    pub fn depth(&self) -> f64 {
        median(self.breaths.iter().map(|breath| breath.depth).collect())
    }
}

impl Breath {
    /// How long it takes, s.
    pub fn duration(&self) -> f64 {
        self.end - self.start
    }

    /// The same, `by` s later.
    pub(crate) fn later(self, by: f64) -> Breath {
        Breath { start: self.start + by, peak: self.peak + by, end: self.end + by, depth: self.depth }
    }

    /// The breath as a mark.
    pub fn mark(&self) -> Mark {
        Mark { kind: MarkKind::Breath, start: self.start, end: self.end, label: String::new() }
    }
}

/// Finds the breaths of a respiration channel: impedance, belt, airway pressure, exhaled carbon dioxide.
///
/// After the counting method of Schäfer and Kratky 2008: of the waves about the mean of 16 s those count whose height is
/// a fifth of the third quarter of the heights round them; smaller ones belong to their neighbours.
pub fn detect_breaths(channel: &Channel) -> Result<DetectedBreaths, MeasureError> {
    if !(channel.rate.is_finite() && channel.rate >= 2.0) {
        return Err(refuse(channel, format!("{} samples a second do not show a breath", channel.rate)));
    }
    let series = points(&channel.values, channel.rate);
    found(channel, &series, channel.start)
}

/// Finds the breaths in what they do to the mean of each beat of a pulse (pressure, flow or its velocity).
pub fn detect_breaths_in_pulse(channel: &Channel) -> Result<DetectedBreaths, MeasureError> {
    let detected = detect_beats(channel)?;
    let place = |time: f64| ((time - channel.start) * channel.rate).round() as usize;
    let nodes: Vec<(f64, f64)> = detected
        .beats
        .iter()
        .map(|beat| {
            let samples = &channel.values[place(beat.start)..place(beat.end).min(channel.values.len())];
            (0.5 * (beat.start + beat.end) - channel.start, mean(samples))
        })
        .collect();
    found(channel, &between(&nodes, channel.end() - channel.start), channel.start)
}

fn found(channel: &Channel, series: &[f64], start: f64) -> Result<DetectedBreaths, MeasureError> {
    let breaths: Vec<Breath> = breaths_in(series).into_iter().map(|breath| breath.later(start)).collect();
    if breaths.is_empty() {
        return Err(refuse(channel, "no wave of 1 to 20 s stands between two others".into()));
    }
    Ok(DetectedBreaths { breaths, unit: channel.unit.clone() })
}

fn refuse(channel: &Channel, reason: String) -> MeasureError {
    MeasureError::Undetermined { what: "breaths", channel: channel.name.clone(), reason }
}

/// Samples as points at [`RATE`]: the means between them.
pub(crate) fn points(values: &[f64], rate: f64) -> Vec<f64> {
    let index = |k: usize| ((k as f64 * rate / RATE) as usize).min(values.len().saturating_sub(1));
    let count = (values.len() as f64 / rate * RATE).floor() as usize;
    (0..count).map(|k| mean(&values[index(k)..index(k + 1).max(index(k) + 1)])).collect()
}

/// The means of beats (samples of `values`, which begin at sample `first`) as points at [`RATE`] from `from` s for `duration` s.
pub(crate) fn beat_level(
    beats: &[Beat],
    values: &[f64],
    first: usize,
    rate: f64,
    from: f64,
    duration: f64,
) -> Vec<f64> {
    let inside = |at: f64| (at.round() as usize).saturating_sub(first).min(values.len());
    let node = |beat: &Beat| {
        (0.5 * (beat.onset + beat.end) / rate - from, mean(&values[inside(beat.onset)..inside(beat.end)]))
    };
    between(&beats.iter().map(node).collect::<Vec<_>>(), duration)
}

/// Points at [`RATE`] on straight lines between nodes no further apart than two slow beats.
fn between(nodes: &[(f64, f64)], duration: f64) -> Vec<f64> {
    let mut next = 0;
    (0..=(duration * RATE) as usize)
        .map(|k| {
            let time = k as f64 / RATE;
            while next < nodes.len() && nodes[next].0 < time {
                next += 1;
            }
            match (next.checked_sub(1).map(|before| nodes[before]), nodes.get(next)) {
                (Some(left), Some(right)) if right.0 - left.0 < 3.0 => {
                    left.1 + (right.1 - left.1) * (time - left.0) / (right.0 - left.0)
                }
                _ => f64::NAN,
            }
        })
        .collect()
}

/// The mean of what was measured; not a number where nothing was.
fn mean(values: &[f64]) -> f64 {
    let (sum, count) = values
        .iter()
        .filter(|value| value.is_finite())
        .fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    sum / count
}

/// The mean of the valid points within `reach` of each.
fn running(series: &[f64], reach: usize) -> Vec<f64> {
    let (mut sum, mut count) = (0.0, 0_usize);
    let mut sums = vec![(0.0, 0)];
    for value in series {
        if value.is_finite() {
            (sum, count) = (sum + value, count + 1);
        }
        sums.push((sum, count));
    }
    (0..series.len())
        .map(|k| {
            let (from, to) = (sums[k.saturating_sub(reach)], sums[(k + reach + 1).min(series.len())]);
            (to.0 - from.0) / (to.1 - from.1) as f64
        })
        .collect()
}

/// The breaths of points at [`RATE`], in s from the first.
pub(crate) fn breaths_in(series: &[f64]) -> Vec<Breath> {
    let smooth = running(&running(series, SMOOTHING), SMOOTHING);
    let level = running(&smooth, (LEVEL * RATE) as usize);
    let wave: Vec<f64> = smooth
        .iter()
        .zip(&level)
        .zip(series)
        .map(|((s, l), raw)| if raw.is_finite() { s - l } else { f64::NAN })
        .collect();
    let turns = great_turns(half_waves(&wave));
    turns
        .windows(3)
        .filter(|turn| turn[0].1 < 0.0 && turn[1].1 > 0.0 && turn[2].1 < 0.0)
        .filter(|turn| wave[turn[0].0..turn[2].0].iter().all(|value| value.is_finite()))
        .map(|turn| Breath {
            start: turn[0].0 as f64 / RATE,
            peak: turn[1].0 as f64 / RATE,
            end: turn[2].0 as f64 / RATE,
            depth: smooth[turn[1].0] - 0.5 * (smooth[turn[0].0] + smooth[turn[2].0]),
        })
        .filter(|breath| (SHORTEST..=LONGEST).contains(&breath.duration()))
        .collect()
}

/// The furthest point of each stretch above or below nothing: its number and value.
fn half_waves(wave: &[f64]) -> Vec<(usize, f64)> {
    let mut turns: Vec<(usize, f64)> = Vec::new();
    for (k, &value) in wave.iter().enumerate().filter(|(_, value)| value.is_finite()) {
        match turns.last_mut() {
            Some(last) if (last.1 > 0.0) == (value > 0.0) => {
                if value.abs() > last.1.abs() {
                    *last = (k, value);
                }
            }
            _ => turns.push((k, value)),
        }
    }
    turns
}

/// Leaves out waves that are small among their neighbours and joins what then lies on the same side.
fn great_turns(turns: Vec<(usize, f64)>) -> Vec<(usize, f64)> {
    let usual = |k: usize| {
        let near = &turns[k.saturating_sub(NEIGHBOURS)..(k + NEIGHBOURS + 1).min(turns.len())];
        let mut heights: Vec<f64> = near.iter().map(|turn| turn.1.abs()).collect();
        let place = heights.len() * 3 / 4;
        *heights.select_nth_unstable_by(place, f64::total_cmp).1
    };
    let mut kept: Vec<(usize, f64)> = Vec::new();
    for (_, &turn) in turns.iter().enumerate().filter(|(k, turn)| turn.1.abs() >= PART * usual(*k)) {
        match kept.last_mut() {
            Some(last) if (last.1 > 0.0) == (turn.1 > 0.0) => {
                if turn.1.abs() > last.1.abs() {
                    *last = turn;
                }
            }
            _ => kept.push(turn),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    /// Fifteen breaths a minute, 2 deep, on a slow drift, with the heart in it: 15 a minute and 2 deep (within a tenth), at any rate.
    #[test]
    fn breaths_are_counted_beside_drift_and_heart() {
        for rate in [4.0, 50.0, 125.0, 1000.0] {
            let wave = |t: f64| 0.05 * t - (TAU * t / 4.0).cos() + 0.15 * (TAU * 1.2 * t).sin();
            let values = (0..(120.0 * rate) as usize).map(|i| wave(i as f64 / rate)).collect();
            let found = detect_breaths(&Channel::new("resp", "Ohm", 0.0, rate, values)).unwrap();
            assert!((27..=30).contains(&found.breaths.len()), "{rate}: {}", found.breaths.len());
            assert!((found.rate() - 15.0).abs() < 0.2, "{rate}: {}", found.rate());
            assert!((found.depth() - 2.0).abs() < 0.25, "{rate}: {}", found.depth());
            for breath in &found.breaths {
                assert!((breath.peak.rem_euclid(4.0) - 2.0).abs() < 0.4, "{rate}: {}", breath.peak);
            }
        }
    }

    #[test]
    fn the_pulse_shows_the_breath() {
        let pulse = |t: f64| {
            10.0 + 1.5 * (TAU * t / 5.0).sin() + 2.0 * (-((t.rem_euclid(0.8) - 0.15) / 0.07).powi(2)).exp()
        };
        let values = (0..12_500).map(|i| pulse(f64::from(i) / 125.0)).collect();
        let found = detect_breaths_in_pulse(&Channel::new("icp", "mmHg", 0.0, 125.0, values)).unwrap();
        assert!((found.rate() - 12.0).abs() < 0.2, "{}", found.rate());
        assert!((found.depth() - 3.0).abs() < 0.4, "{}", found.depth());
    }

    #[test]
    fn what_is_flat_or_missing_has_no_breath() {
        for value in [0.0, f64::NAN] {
            assert!(detect_breaths(&Channel::new("resp", "1", 0.0, 50.0, vec![value; 5000])).is_err());
        }
        assert!(detect_breaths(&Channel::new("resp", "1", 0.0, 50.0, Vec::new())).is_err());
    }
}
