//! Beats of a recorded arterial pressure, by the steep rise with which each begins.

use crate::MeasureError;
use cisterna_recording::{Channel, Mark, MarkKind};

/// Missing samples up to this long are bridged by a straight line, s.
const BRIDGED: f64 = 0.1;
/// Half the width of the smoothing, s.
const SMOOTHING: f64 = 0.02;
/// The time over which a rise is summed, s: about the length of a systolic upstroke (Zong 2003).
const UPSTROKE: f64 = 0.128;
/// The pieces in which the usual rise is looked up, s; each holds at least one beat above 24 a minute.
const PIECE: f64 = 2.5;
/// The part of the usual rise that makes a beat, 1.
const PART: f64 = 0.5;
/// The shortest and longest beat, s (240 and 20 a minute).
const SHORTEST: f64 = 0.25;
const LONGEST: f64 = 3.0;
/// The fewest samples a second that show an upstroke.
const SLOWEST_RATE: f64 = 20.0;

/// Beats found in a pressure.
#[derive(Clone, Debug, PartialEq)]
pub struct DetectedBeats {
    /// The beats, from onset to onset, in order of time (s). After a lost beat there is a space between them.
    pub beats: Vec<Mark>,
    /// Which way the pressure is drawn.
    pub polarity: Polarity,
}

/// Which way a signal is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polarity {
    /// A rise in pressure is a rise in the numbers.
    Upright,
    /// A rise in pressure is a fall in the numbers.
    Reversed,
}

/// Finds the beats of an arterial pressure (or any pulse with a steep rise).
///
/// After the slope sum function of Zong, Heldt, Moody and Mark 2003 (Comput Cardiol 30:259): the rises within the
/// last 128 ms are summed; a beat is where the sum passes half of its usual maximum (the median of the maxima of
/// neighbouring pieces of 2.5 s). The onset is where the steepest tangent meets the level of the preceding minimum.
/// Adding an offset or multiplying the signal moves no beat; a signal drawn upside down is recognised by its
/// steepest slopes being falls.
///
/// ```
/// # use cisterna_analysis::detect_beats;
/// # use cisterna_recording::Channel;
/// # let wave = (0..1000).map(|i| 80.0 + 40.0 * (-((f64::from(i % 100) - 20.0) / 12.0).powi(2)).exp()).collect();
/// let pressure = Channel::new("abp", "mmHg", 0.0, 100.0, wave); // 60 beats a minute
/// let found = detect_beats(&pressure)?;
/// assert!(found.beats.iter().all(|beat| (beat.end - beat.start - 1.0).abs() < 0.01));
/// # Ok::<(), cisterna_analysis::MeasureError>(())
/// ```
pub fn detect_beats(channel: &Channel) -> Result<DetectedBeats, MeasureError> {
    let refuse =
        |reason: String| MeasureError::Undetermined { what: "beats", channel: channel.name.clone(), reason };
    if !(channel.rate.is_finite() && channel.rate >= SLOWEST_RATE) {
        return Err(refuse(format!(
            "{} samples a second do not show an upstroke; at least {SLOWEST_RATE} are needed",
            channel.rate
        )));
    }
    let valid = channel.values.iter().filter(|value| value.is_finite()).count();
    if 2 * valid < channel.values.len() || (valid as f64) < 2.0 * channel.rate {
        return Err(refuse(format!(
            "{valid} of {} samples are valid; half of them and two seconds are needed",
            channel.values.len()
        )));
    }
    let (values, hole) = bridge(&channel.values, (BRIDGED * channel.rate).round() as usize);
    let (low, high) =
        values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(*v), h.max(*v)));
    if high - low <= 1e-9 * high.abs().max(low.abs()) {
        return Err(refuse("the signal is flat".into()));
    }
    let half_width = (SMOOTHING * channel.rate).round() as usize;
    let mut smooth = smoothed(&smoothed(&values, half_width), half_width);
    let mut slope = slopes(&smooth, &hole);
    let polarity = if skewness(&slope) < -0.1 { Polarity::Reversed } else { Polarity::Upright };
    if polarity == Polarity::Reversed {
        smooth.iter_mut().chain(&mut slope).for_each(|value| *value = -*value);
    }
    let rise = rises(&slope, (UPSTROKE * channel.rate).round().max(1.0) as usize);
    let steepest = merge_doubles(upstrokes(&rise, &slope, channel.rate), &rise, channel.rate);
    let back = (SHORTEST * channel.rate) as usize;
    let onsets: Vec<f64> = steepest
        .iter()
        .filter_map(|&at| {
            let onset = foot(&smooth, &slope, at, back)?;
            // An onset that rests on samples that nobody measured is no onset.
            let seen = (onset as usize).saturating_sub(2 * half_width)..=at;
            (!hole[seen].contains(&true)).then_some(onset / channel.rate)
        })
        .collect();
    let beats = beats_between(&onsets, channel, &hole);
    if beats.is_empty() {
        return Err(refuse("no two upstrokes follow each other within 0.25 to 3 s".into()));
    }
    Ok(DetectedBeats { beats, polarity })
}

/// Fills missing samples by straight lines; says which belong to gaps longer than `longest`.
fn bridge(values: &[f64], longest: usize) -> (Vec<f64>, Vec<bool>) {
    let mut filled = values.to_vec();
    let mut hole = vec![false; values.len()];
    let mut at = 0;
    while at < values.len() {
        if values[at].is_finite() {
            at += 1;
            continue;
        }
        let end = (at..values.len()).find(|&i| values[i].is_finite()).unwrap_or(values.len());
        let before = at.checked_sub(1).map(|i| filled[i]);
        let after = values.get(end).copied();
        for i in at..end {
            let part = (i + 1 - at) as f64 / (end + 1 - at) as f64;
            filled[i] = match (before, after) {
                (Some(before), Some(after)) => before + part * (after - before),
                (Some(level), None) | (None, Some(level)) => level,
                (None, None) => 0.0,
            };
            hole[i] = end - at > longest;
        }
        at = end;
    }
    (filled, hole)
}

/// The centred mean over `2 half + 1` samples, fewer at the ends.
fn smoothed(values: &[f64], half: usize) -> Vec<f64> {
    let mean = |i: usize| {
        let reach = half.min(i).min(values.len() - 1 - i);
        let part = &values[i - reach..=i + reach];
        part.iter().sum::<f64>() / part.len() as f64
    };
    (0..values.len()).map(mean).collect()
}

/// The slope at each sample, in units per sample; zero in and beside holes.
fn slopes(values: &[f64], hole: &[bool]) -> Vec<f64> {
    let count = values.len();
    (0..count)
        .map(|i| {
            let (before, after) = (i.saturating_sub(1), (i + 1).min(count - 1));
            let holed = hole[before] || hole[i] || hole[after];
            if holed { 0.0 } else { (values[after] - values[before]) / (after - before).max(1) as f64 }
        })
        .collect()
}

/// Third moment over the cube of the deviation: above zero when the steepest slopes are rises.
fn skewness(slope: &[f64]) -> f64 {
    let mean = slope.iter().sum::<f64>() / slope.len() as f64;
    let moment = |power: i32| slope.iter().map(|s| (s - mean).powi(power)).sum::<f64>() / slope.len() as f64;
    let variance = moment(2);
    if variance > 0.0 { moment(3) / variance.powf(1.5) } else { 0.0 }
}

/// The slope sum: what the signal rose within the last `width` samples.
fn rises(slope: &[f64], width: usize) -> Vec<f64> {
    (0..slope.len())
        .map(|i| slope[i.saturating_sub(width - 1)..=i].iter().map(|s| s.max(0.0)).sum())
        .collect()
}

/// The sample of the steepest slope in every stretch in which the slope sum passes half of its usual maximum.
fn upstrokes(rise: &[f64], slope: &[f64], rate: f64) -> Vec<usize> {
    let piece = ((PIECE * rate) as usize).max(1);
    let maxima: Vec<f64> = rise.chunks(piece).map(|part| part.iter().copied().fold(0.0, f64::max)).collect();
    let usual: Vec<f64> = (0..maxima.len())
        .map(|i| {
            let near = &maxima[i.saturating_sub(4)..(i + 5).min(maxima.len())];
            median(near.iter().copied().filter(|maximum| *maximum > 0.0).collect())
        })
        .collect();
    let passes = |i: usize| rise[i] > PART * usual[i / piece];
    let reach = (UPSTROKE * rate).round() as usize;
    let mut found = Vec::new();
    let mut at = 0;
    while at < rise.len() {
        if !passes(at) {
            at += 1;
            continue;
        }
        let end = (at..rise.len()).find(|&i| !passes(i)).unwrap_or(rise.len());
        found.extend((at.saturating_sub(reach)..end).max_by(|&a, &b| slope[a].total_cmp(&slope[b])));
        at = end;
    }
    found
}

/// Of upstrokes closer than half the usual distance (or the shortest beat), keeps the greater one.
fn merge_doubles(found: Vec<usize>, rise: &[f64], rate: f64) -> Vec<usize> {
    let distances = found.windows(2).map(|pair| (pair[1] - pair[0]) as f64).filter(|d| *d >= SHORTEST * rate);
    let least = (0.5 * median(distances.collect())).max(SHORTEST * rate);
    let reach = (UPSTROKE * rate).round() as usize;
    let height = |at: usize| rise[at..(at + reach + 1).min(rise.len())].iter().copied().fold(0.0, f64::max);
    let mut kept: Vec<usize> = Vec::new();
    for at in found {
        match kept.last_mut() {
            Some(last) if ((at - *last) as f64) < least => {
                if height(at) > height(*last) {
                    *last = at;
                }
            }
            _ => kept.push(at),
        }
    }
    kept
}

/// Where the tangent at the steepest sample meets the level of the minimum before it, in samples.
fn foot(smooth: &[f64], slope: &[f64], steepest: usize, back: usize) -> Option<f64> {
    let start = steepest.saturating_sub(back);
    let lowest = smooth[start..=steepest].iter().copied().fold(f64::INFINITY, f64::min);
    (slope[steepest] > 0.0).then(|| {
        let foot = steepest as f64 - (smooth[steepest] - lowest) / slope[steepest];
        foot.max(start as f64)
    })
}

/// The intervals between onsets that are one beat each: of a possible length, and not so long across a gap that an
/// upstroke may have been lost in it.
fn beats_between(onsets: &[f64], channel: &Channel, hole: &[bool]) -> Vec<Mark> {
    let usual = median(onsets.windows(2).map(|pair| pair[1] - pair[0]).collect());
    onsets
        .windows(2)
        .filter(|pair| {
            let duration = pair[1] - pair[0];
            let samples =
                (pair[0] * channel.rate) as usize..((pair[1] * channel.rate) as usize).min(hole.len());
            let holed = hole[samples].iter().any(|hole| *hole);
            (SHORTEST..=LONGEST).contains(&duration) && !(holed && duration > 1.5 * usual)
        })
        .map(|pair| Mark {
            kind: MarkKind::Beat,
            start: channel.start + pair[0],
            end: channel.start + pair[1],
            label: String::new(),
        })
        .collect()
}

/// The middle value; zero of none.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pulse of steep rise, slow fall and dicrotic wave; beats of 0.8 s begin at 0.1 s + 0.8 s n.
    fn pressure(rate: f64) -> Channel {
        let wave = |t: f64| {
            let phase = (t - 0.1).rem_euclid(0.8);
            let systole = (phase / 0.1).min(1.0).powi(2) * (-(phase - 0.1).max(0.0) / 0.35).exp();
            80.0 + 40.0 * systole + 5.0 * (-((phase - 0.42) / 0.03).powi(2)).exp()
        };
        let values = (0..(30.0 * rate) as usize).map(|i| wave(i as f64 / rate)).collect();
        Channel::new("abp", "mmHg", 0.0, rate, values)
    }

    #[test]
    fn the_same_beats_at_any_sampling_rate() {
        for rate in [50.0, 100.0, 125.0, 240.0, 1000.0] {
            let found = detect_beats(&pressure(rate)).unwrap();
            assert_eq!(found.polarity, Polarity::Upright);
            assert!((35..=37).contains(&found.beats.len()), "{rate}: {}", found.beats.len());
            for beat in &found.beats {
                let phase = (beat.start - 0.1).rem_euclid(0.8);
                assert!((0.0..0.08).contains(&phase), "{rate}: onset {phase} s after the start of the rise");
                assert!((beat.end - beat.start - 0.8).abs() < 1.0 / rate);
            }
        }
    }

    #[test]
    fn upside_down_is_recognised() {
        let mut turned = pressure(125.0);
        turned.values.iter_mut().for_each(|value| *value = -*value);
        let (found, upright) = (detect_beats(&turned).unwrap(), detect_beats(&pressure(125.0)).unwrap());
        assert_eq!(found.polarity, Polarity::Reversed);
        assert_eq!(found.beats, upright.beats);
    }

    #[test]
    fn a_beat_lost_in_a_gap_is_not_made_part_of_its_neighbour() {
        let mut gapped = pressure(125.0);
        gapped.values[1200..1240].fill(f64::NAN);
        let found = detect_beats(&gapped).unwrap();
        assert!(found.beats.iter().all(|beat| beat.end - beat.start < 1.0));
    }

    #[test]
    fn no_pulse_no_beats_but_a_reason() {
        let flat = Channel::new("abp", "mmHg", 0.0, 125.0, vec![80.0; 2000]);
        let missing = Channel::new("abp", "mmHg", 0.0, 125.0, vec![f64::NAN; 2000]);
        let empty = Channel::new("abp", "mmHg", 0.0, 125.0, Vec::new());
        let slow = Channel::new("abp", "mmHg", 0.0, 1.0, vec![80.0; 2000]);
        for (channel, reason) in [(flat, "flat"), (missing, "valid"), (empty, "valid"), (slow, "upstroke")] {
            let error = detect_beats(&channel).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
