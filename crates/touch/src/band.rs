//! The slow part of a motion, and the cycles in it.

use std::f64::consts::TAU;

use crate::random::Random;

/// Samples of the slow part for each cycle of its fastest line: enough to find where it crosses zero.
const FINENESS: f64 = 16.0;

/// The share of the duration at either end in which cycles are not counted, as the motion is faded there.
const FADED: f64 = 0.1;

/// One line of the slow part: `cosine cos(2 pi f t) + sine sin(2 pi f t)`, mm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    pub frequency: f64,
    pub cosine: f64,
    pub sine: f64,
}

/// The lines of a motion between two frequencies (Hz), a whole number of cycles in its length each.
///
/// The motion is faded in and out by a window of Hann, `sqrt(2/3) (1 - cos(2 pi t/T))`, which keeps the mean power: a great
/// breath would else leak into the slow part.
pub fn lines(samples: &[f64], sampling: f64, slowest: f64, fastest: f64) -> Vec<Line> {
    let count = samples.len() as f64;
    let mean = samples.iter().sum::<f64>() / count;
    // Phasors that turn by one step a sample, as sines are slow.
    let (step_sine, step_cosine) = (TAU / count).sin_cos();
    let (mut sine, mut cosine) = (0.0, 1.0);
    let fade = |value: &f64| {
        let faded = (2.0_f64 / 3.0).sqrt() * (1.0 - cosine) * (value - mean);
        (sine, cosine) = (sine * step_cosine + cosine * step_sine, cosine * step_cosine - sine * step_sine);
        faded
    };
    let faded: Vec<f64> = samples.iter().map(fade).collect();
    frequencies(count / sampling, slowest, fastest)
        .map(|frequency| {
            let (step_sine, step_cosine) = (TAU * frequency / sampling).sin_cos();
            let (mut sine, mut cosine) = (0.0, 1.0);
            let (mut by_sine, mut by_cosine) = (0.0, 0.0);
            for value in &faded {
                by_sine += value * sine;
                by_cosine += value * cosine;
                (sine, cosine) =
                    (sine * step_cosine + cosine * step_sine, cosine * step_cosine - sine * step_sine);
            }
            Line { frequency, cosine: 2.0 * by_cosine / count, sine: 2.0 * by_sine / count }
        })
        .collect()
}

/// Noise faded in the same way, on the same lines: all of them together have the power of a sinusoid whose amplitude is
/// that of `size` (mm) at their frequencies.
pub fn noise(
    duration: f64,
    slowest: f64,
    fastest: f64,
    size: impl Fn(f64) -> f64,
    random: &mut Random,
) -> Vec<Line> {
    let all: Vec<f64> = frequencies(duration, slowest, fastest).collect();
    let mut drawn = || [random.normal(), random.normal()];
    // The window mixes each line with its neighbours: c_k - (c_(k-1) + c_(k+1))/2.
    let steady: Vec<[f64; 2]> = (0..all.len() + 2).map(|_| drawn()).collect();
    let share = (1.0 / (2.0 * all.len().max(1) as f64)).sqrt() * (2.0_f64 / 3.0).sqrt();
    let mixed =
        |at: usize, part: usize| steady[at + 1][part] - 0.5 * (steady[at][part] + steady[at + 2][part]);
    let line = |(at, frequency): (usize, f64)| {
        let scale = share * size(frequency);
        Line { frequency, cosine: scale * mixed(at, 0), sine: scale * mixed(at, 1) }
    };
    all.into_iter().enumerate().map(line).collect()
}

/// The frequencies between two that have a whole number of cycles in a duration.
fn frequencies(duration: f64, slowest: f64, fastest: f64) -> impl Iterator<Item = f64> {
    let (first, last) =
        ((slowest * duration).ceil().max(1.0) as usize, (fastest * duration).floor() as usize);
    (first..=last).map(move |cycles| cycles as f64 / duration)
}

/// The amplitude of a sinusoid with the power of the lines, mm.
pub fn amplitude(lines: &[Line]) -> f64 {
    lines.iter().map(|line| line.cosine.powi(2) + line.sine.powi(2)).sum::<f64>().sqrt()
}

/// The frequency about which the power of the lines lies, Hz; none where there is no power.
pub fn middle(lines: &[Line]) -> Option<f64> {
    let power = |line: &Line| line.cosine.powi(2) + line.sine.powi(2);
    let all: f64 = lines.iter().map(power).sum();
    (all > 0.0).then(|| lines.iter().map(|line| power(line) * line.frequency).sum::<f64>() / all)
}

/// How long each full cycle of the lines lasts within `duration` (s) less its faded ends, from one upward crossing of zero
/// to the next.
pub fn cycles(lines: &[Line], duration: f64) -> Vec<f64> {
    let Some(fastest) = lines.last().map(|line| line.frequency) else { return Vec::new() };
    let count = (duration * fastest * FINENESS).ceil() as usize;
    let step = duration / count as f64;
    let mut course = vec![0.0; count + 1];
    for line in lines {
        let (step_sine, step_cosine) = (TAU * line.frequency * step).sin_cos();
        let (mut sine, mut cosine) = (0.0, 1.0);
        for value in &mut course {
            *value += line.cosine * cosine + line.sine * sine;
            (sine, cosine) =
                (sine * step_cosine + cosine * step_sine, cosine * step_cosine - sine * step_sine);
        }
    }
    let crossing = |(index, pair): (usize, &[f64])| match *pair {
        [before, after] if before < 0.0 && after >= 0.0 => {
            let time = (index as f64 + before / (before - after)) * step;
            (FADED * duration..=(1.0 - FADED) * duration).contains(&time).then_some(time)
        }
        _ => None,
    };
    let crossings: Vec<f64> = course.windows(2).enumerate().filter_map(crossing).collect();
    crossings.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(frequency: f64, amplitude: f64) -> Vec<f64> {
        (0..600).map(|index| 3.0 + amplitude * (TAU * frequency * f64::from(index) / 10.0).sin()).collect()
    }

    #[test]
    fn a_slow_wave_is_found_and_the_breath_left_out() {
        let slow = wave(0.1, 0.05);
        let both: Vec<f64> = slow.iter().zip(wave(0.3, 1.0)).map(|(a, b)| a + b).collect();
        let found = lines(&both, 10.0, 0.03, 0.2);
        assert!((amplitude(&found) - 0.05).abs() < 3e-3, "{}", amplitude(&found));
        assert!((middle(&found).unwrap() - 0.1).abs() < 2e-3);
        let lengths = cycles(&found, 60.0);
        assert_eq!(lengths.len(), 4);
        assert!(lengths.iter().all(|length| (length - 10.0).abs() < 0.2), "{lengths:?}");
    }

    #[test]
    fn noise_has_the_power_that_was_asked_for() {
        let mut random = Random::new(1);
        let power = |_| amplitude(&noise(60.0, 0.03, 0.2, |_| 0.3, &mut random)).powi(2);
        let mean = (0..4000).map(power).sum::<f64>() / 4000.0;
        assert!((mean.sqrt() - 0.3).abs() < 0.01, "{}", mean.sqrt());
    }

    #[test]
    fn stillness_has_no_cycles() {
        let found = lines(&vec![1.0; 600], 10.0, 0.03, 0.2);
        assert_eq!((amplitude(&found), middle(&found)), (0.0, None));
        assert_eq!(cycles(&found, 60.0), Vec::<f64>::new());
    }
}
