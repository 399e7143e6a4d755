//! The values of one window.

use crate::Breath;
use crate::detect::Beat;
use std::f64::consts::TAU;

/// The least share of a window that must be valid for a value, 1: as of all statistics here.
const LEAST_VALID: f64 = 0.5;

/// The values of one window; not a number where there is none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Values {
    pub mean: f64,
    pub pulse: f64,
    pub fundamental: f64,
    pub heart_rate: f64,
    pub respiratory_rate: f64,
    pub depth: f64,
    pub valid: f64,
}

/// The mean of the valid samples and their share of what the window should hold.
pub(super) fn mean_and_share(samples: &[f64], expected: f64) -> (f64, f64) {
    let (mut sum, mut count) = (0.0, 0_usize);
    for value in samples.iter().filter(|value| value.is_finite()) {
        (sum, count) = (sum + value, count + 1);
    }
    let share = (count as f64 / expected).min(1.0);
    (if share >= LEAST_VALID { sum / count as f64 } else { f64::NAN }, share)
}

/// The mean height of the beats, and the mean amplitude of their fundamental: of each beat the first harmonic over its own length,
/// after the straight line from its beginning to its end is taken away. Beats with missing samples do not count.
pub(super) fn amplitudes(values: &[f64], first: usize, beats: &[Beat]) -> (f64, f64) {
    let (mut height, mut fundamental, mut count) = (0.0, 0.0, 0.0);
    for beat in beats {
        let samples = crate::artefact::samples_of(values, first, beat);
        let (low, high) =
            samples.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(*v), h.max(*v)));
        let amplitude = first_harmonic(samples);
        if samples.len() > 4 && amplitude.is_finite() {
            (height, fundamental, count) = (height + high - low, fundamental + amplitude, count + 1.0);
        }
    }
    (height / count, fundamental / count)
}

/// `2/n |sum_k x_k exp(-2 pi i k / n)|` of what is left over the line from the first to the last sample.
fn first_harmonic(samples: &[f64]) -> f64 {
    let (Some(begin), Some(end)) = (samples.first(), samples.last()) else { return f64::NAN };
    let count = samples.len() as f64;
    let slope = (end - begin) / (count - 1.0).max(1.0);
    let (turn_sine, turn_cosine) = (TAU / count).sin_cos();
    let (mut sine, mut cosine) = (0.0_f64, 1.0_f64);
    let (mut a, mut b) = (0.0, 0.0);
    for (k, value) in samples.iter().enumerate() {
        let left = value - begin - slope * k as f64;
        (a, b) = (a + left * cosine, b + left * sine);
        (cosine, sine) = (cosine * turn_cosine - sine * turn_sine, sine * turn_cosine + cosine * turn_sine);
    }
    2.0 / count * a.hypot(b)
}

/// Beats a minute: their number over the time that they take.
pub(super) fn heart_rate(beats: &[Beat], rate: f64) -> f64 {
    60.0 * beats.len() as f64 * rate / beats.iter().map(|beat| beat.end - beat.onset).sum::<f64>()
}

/// Breaths a minute and their mean depth, of the breaths that reach into a window (s).
pub(super) fn breathing(breaths: &[Breath], from: f64, to: f64) -> (f64, f64) {
    let inside = || breaths.iter().filter(|breath| breath.start < to && breath.end > from);
    let count = inside().count() as f64;
    let time: f64 = inside().map(Breath::duration).sum();
    (60.0 * count / time, inside().map(|breath| breath.depth).sum::<f64>() / count)
}
