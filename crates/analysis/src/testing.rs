//! Signals with known truth for the tests.

use cisterna_recording::{Channel, Mark, MarkKind, Recording};
use std::f64::consts::TAU;

/// A recording of one channel `p` (mmHg) with beat marks; `wave(time in s, phase in rad)`. The beats last
/// `1 / frequency` s and do not begin on samples.
pub(crate) fn pulsatile(
    duration: f64,
    rate: f64,
    frequency: f64,
    wave: impl Fn(f64, f64) -> f64,
) -> Recording {
    let mut recording = steady(duration, rate, |t| wave(t, TAU * frequency * t));
    for beat in 0..(duration * frequency + 1e-9) as usize {
        let (start, end) = (beat as f64 / frequency, (beat + 1) as f64 / frequency);
        recording.marks.push(Mark { kind: MarkKind::Beat, start, end, label: String::new() });
    }
    recording
}

/// A recording of one channel `p` (mmHg) without marks.
pub(crate) fn steady(duration: f64, rate: f64, wave: impl Fn(f64) -> f64) -> Recording {
    let values = (0..=(duration * rate).round() as usize).map(|i| wave(i as f64 / rate)).collect();
    let mut recording = Recording::default();
    recording.channels.push(Channel::new("p", "mmHg", 0.0, rate, values));
    recording
}

/// The same with a second channel `x` (mL).
pub(crate) fn and(mut recording: Recording, rate: f64, wave: impl Fn(f64) -> f64) -> Recording {
    let duration = recording.channels[0].end();
    let mut second = steady(duration, rate, wave).channels.remove(0);
    (second.name, second.unit) = ("x".into(), "mL".into());
    recording.channels.push(second);
    recording
}

/// Repeatable noise without structure, between -1 and 1.
pub(crate) fn noise(time: f64) -> f64 {
    ((time * 12_345.678).sin() * 43_758.545).fract()
}

/// Repeatable white noise, evenly between -1 and 1; one stream a seed (SplitMix64).
pub(crate) fn white(seed: u64, index: usize) -> f64 {
    let mut mixed = (seed << 40).wrapping_add(index as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ (mixed >> 31)) >> 11) as f64 / 2f64.powi(52) - 1.0
}

/// Beats of one channel `p` (mmHg): the interval (s) and the systolic value of each by its beginning; 40 mmHg of pulse.
pub(crate) fn beating(duration: f64, rate: f64, beat: impl Fn(f64) -> (f64, f64)) -> Recording {
    let mut beats = Vec::new();
    let mut start = 0.0;
    while start + beat(start).0 < duration {
        beats.push((start, start + beat(start).0, beat(start).1));
        start += beat(start).0;
    }
    let pulse = |t: f64| {
        let inside = beats.iter().find(|(from, to, _)| (*from..*to).contains(&t));
        inside.map_or(0.0, |(from, to, top)| top - 20.0 + 20.0 * (TAU * (t - from) / (to - from)).sin())
    };
    let mut recording = steady(duration, rate, pulse);
    for (start, end, _) in beats {
        recording.marks.push(Mark { kind: MarkKind::Beat, start, end, label: String::new() });
    }
    recording
}
