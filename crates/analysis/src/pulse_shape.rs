//! The averaged pulse of clean beats and its peaks P1, P2 and P3.

use crate::detect::{Fiducials, correlation, median, smoothed};
use crate::{MeasureError, Polarity, Window, detect_beats};
use cisterna_recording::Channel;

/// Points a second of the averaged pulse: finer than any recording's, as onsets lie between samples.
const RATE: f64 = 250.0;
/// Beats less like the first average than this are left out, 1 (assumed: an ectopic beat or a wave of movement is less alike).
const LEAST_LIKENESS: f64 = 0.9;
/// The fewest beats that make an average (assumed: noise is halved by four, and one odd beat among eight is outvoted).
const FEWEST: usize = 8;
/// Half the width of the smoothing before curvature is taken, s, twice.
const SMOOTHING: f64 = 0.016;
/// Peaks lie within this part of the beat, 1 (assumed: P3 follows the dicrotic notch, which ends systole).
const WITHIN: f64 = 0.7;
/// A bend counts from this part of the sharpest, 1, and a height from this part of the pulse, 1 (assumed).
const LEAST_BEND: f64 = 0.12;
const LEAST_HEIGHT: f64 = 0.15;
/// A peak that stands out by this part of the pulse is certain, 1 (assumed).
const CERTAIN: f64 = 0.05;

/// The average of the clean beats of a stretch.
#[derive(Clone, Debug, PartialEq)]
pub struct PulseShape {
    /// The average from the onset on, over the level at the onset, in `unit`, at `rate` points a second.
    pub values: Vec<f64>,
    /// Points a second.
    pub rate: f64,
    /// The unit of the channel.
    pub unit: String,
    /// How many beats it rests on, of how many that were found.
    pub beats: (usize, usize),
    /// One to three peaks in order of time. Three are P1, P2 and P3; two are P1 and P2; a single one is the rounded hump into which
    /// P1 and P3 have merged with P2 (Cardoso 1983, J Neurosurg 59:817).
    pub peaks: Vec<PulsePeak>,
}

/// A peak of the averaged pulse.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PulsePeak {
    /// How long after the onset, s.
    pub time: f64,
    /// How high over the level at the onset, in the unit of the channel.
    pub height: f64,
    /// How sure it is, 0 to 1: above a half the curve falls on both sides, below it is a shoulder.
    pub confidence: f64,
}

impl PulseShape {
    /// The height of P2 over that of P1; none where there is but one peak.
    pub fn second_over_first(&self) -> Option<f64> {
        Some(self.peaks.get(1)?.height / self.peaks.first()?.height)
    }
}

/// Averages the clean beats of a channel within a window, aligned at their onsets, and finds its peaks.
///
/// Beats whose correlation with the average of all is below 0.9 are left out. Peaks are where the curve bends downwards most sharply,
/// whether it rises and falls round them or is only a shoulder, as in MOCAIP (Hu 2009, IEEE Trans Biomed Eng 56:696), which takes
/// the bends of an averaged pulse for candidates; the three sharpest count, in order of time.
pub fn pulse_shape(channel: &Channel, window: Window) -> Result<PulseShape, MeasureError> {
    let (start, values) = channel.window(window.from, window.to);
    let part = Channel { start, values: values.to_vec(), ..channel.clone() };
    let detected = detect_beats(&part)?;
    let sign = if detected.polarity == Polarity::Reversed { -1.0 } else { 1.0 };
    let usual = median(detected.intervals().collect());
    let count = (usual * RATE) as usize;
    let beats: Vec<Vec<f64>> =
        detected.fiducials.iter().filter_map(|beat| course(&part, beat, count, sign)).collect();
    let all = average(beats.iter(), count);
    let clean: Vec<&Vec<f64>> =
        beats.iter().filter(|beat| correlation(beat, &all) >= LEAST_LIKENESS).collect();
    if clean.len() < FEWEST {
        return Err(MeasureError::Undetermined {
            what: "shape of the pulse",
            channel: channel.name.clone(),
            reason: format!(
                "{} of {} beats are whole and alike; {FEWEST} are needed",
                clean.len(),
                detected.beats.len()
            ),
        });
    }
    let mut values = average(clean.iter().copied(), count);
    let level = values[0];
    values.iter_mut().for_each(|value| *value -= level);
    let peaks = peaks(&values);
    let beats = (clean.len(), detected.beats.len());
    Ok(PulseShape { values, rate: RATE, unit: channel.unit.clone(), beats, peaks })
}

/// A beat from its onset, on straight lines between samples; none where one is missing.
fn course(channel: &Channel, beat: &Fiducials, count: usize, sign: f64) -> Option<Vec<f64>> {
    (0..count)
        .map(|k| {
            let at = (beat.onset - channel.start + k as f64 / RATE) * channel.rate;
            let index = at.max(0.0) as usize;
            let (here, next) = (*channel.values.get(index)?, *channel.values.get(index + 1)?);
            let value = here + (at - index as f64) * (next - here);
            value.is_finite().then_some(sign * value)
        })
        .collect()
}

fn average<'b>(beats: impl Iterator<Item = &'b Vec<f64>>, count: usize) -> Vec<f64> {
    let (mut sum, mut number) = (vec![0.0; count], 0.0);
    for beat in beats {
        sum.iter_mut().zip(beat).for_each(|(sum, value)| *sum += value);
        number += 1.0;
    }
    sum.iter_mut().for_each(|sum| *sum /= number);
    sum
}

/// The peaks of an averaged pulse.
fn peaks(values: &[f64]) -> Vec<PulsePeak> {
    let half = (SMOOTHING * RATE).round() as usize;
    let smooth = smoothed(&smoothed(values, half), half);
    let end = ((WITHIN * values.len() as f64) as usize).min(values.len().saturating_sub(1));
    let slope: Vec<f64> =
        (1..smooth.len().saturating_sub(1)).map(|k| 0.5 * (smooth[k + 1] - smooth[k - 1])).collect();
    let slope = smoothed(&slope, half);
    // The bend at point k + 2: positive where the curve turns downwards.
    let bend: Vec<f64> = smoothed(&slope.windows(3).map(|s| 0.5 * (s[0] - s[2])).collect::<Vec<_>>(), half);
    let sharpest = bend.iter().copied().fold(0.0, f64::max);
    let height = smooth.iter().copied().fold(0.0, f64::max);
    let mut found: Vec<(f64, usize)> = (1..bend.len().saturating_sub(1).min(end))
        .filter(|&k| bend[k] > bend[k - 1] && bend[k] >= bend[k + 1])
        .filter(|&k| bend[k] >= LEAST_BEND * sharpest && smooth[k + 2] >= LEAST_HEIGHT * height)
        .map(|k| (bend[k], k + 2))
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.truncate(3);
    let mut places: Vec<(f64, usize)> = found;
    places.sort_by_key(|place| place.1);
    places
        .iter()
        .map(|&(bend, at)| {
            let reach = (0.03 * RATE) as usize;
            let near = at.saturating_sub(reach)..(at + reach + 1).min(smooth.len());
            let top = near.clone().max_by(|&a, &b| smooth[a].total_cmp(&smooth[b])).unwrap_or(at);
            let is_top = top > near.start && top + 1 < near.end;
            let place = if is_top { top } else { at };
            let confidence = if is_top {
                0.5 + 0.5 * (prominence(&smooth, top) / height / CERTAIN).min(1.0)
            } else {
                0.5 * bend / sharpest
            };
            PulsePeak { time: place as f64 / RATE, height: values[place], confidence }
        })
        .collect()
}

/// How far one must go down from a top before a higher place, on the side on which it is less.
fn prominence(curve: &[f64], top: usize) -> f64 {
    let lowest = |side: &mut dyn Iterator<Item = &f64>| {
        side.take_while(|value| **value <= curve[top]).copied().fold(curve[top], f64::min)
    };
    let (before, after) = (lowest(&mut curve[..top].iter().rev()), lowest(&mut curve[top + 1..].iter()));
    curve[top] - before.max(after)
}
