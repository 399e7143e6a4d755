//! Cycles of a slow rhythm: when it turns.

use crate::signal::Signal;
use crate::spectrum::pieces;
use crate::subject::Subject;
use crate::{MeasureError, Window};
use std::f64::consts::TAU;

/// Points a second at which the rhythm is looked at.
const RATE: f64 = 10.0;
/// The part of the window at either end in which the rhythm is not trusted.
const EDGE: f64 = 1.0 / 6.0;

/// One cycle, from one lowest point to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cycle {
    /// How long it rises, s.
    pub rise: f64,
    /// How long it falls, s.
    pub fall: f64,
}

impl Cycle {
    /// Its length, s.
    pub fn length(&self) -> f64 {
        self.rise + self.fall
    }
}

/// The cycles of a channel within a band of frequencies, in the inner two thirds of the window, where its ends are not felt:
/// from lowest to lowest point of what its Fourier series under a Hann window has between `from_hz` and `to_hz`. Half waves
/// lie between two passages through nothing, so that a small wave upon a great one makes no cycle.
pub(crate) fn cycles(subject: &Subject, from_hz: f64, to_hz: f64) -> Result<Vec<Cycle>, MeasureError> {
    let refuse = |reason: String| Err(subject.undetermined("cycles", reason));
    let window = subject.window();
    if to_hz <= from_hz || from_hz <= 0.0 || to_hz > 0.4 * subject.signal.rate {
        return refuse(format!("the band {from_hz} to {to_hz} Hz is empty, begins at zero or is not shown"));
    }
    if window.duration() < 6.0 / from_hz.max(1e-9) {
        return refuse(format!("{from_hz} Hz needs a window of {:.0} s or longer", 6.0 / from_hz));
    }
    let Some((course, start)) = within(&subject.signal, window, from_hz, to_hz) else {
        return refuse("a tenth of the window or more is missing".to_owned());
    };
    let turns = turns(&course, start);
    let found: Vec<Cycle> = turns
        .windows(3)
        .filter(|turn| !turn[0].1)
        .map(|turn| Cycle { rise: turn[1].0 - turn[0].0, fall: turn[2].0 - turn[1].0 })
        .collect();
    if found.len() < 3 {
        return refuse(format!("there are {} whole cycles between {from_hz} and {to_hz} Hz", found.len()));
    }
    Ok(found)
}

/// What a signal has within a band, in the inner part of the window, and the time of the first point, s.
fn within(signal: &Signal, window: Window, from_hz: f64, to_hz: f64) -> Option<(Vec<f64>, f64)> {
    let length = signal.range(window).len();
    let (begin, mut segments) = pieces(&[signal], window, length).into_iter().next()?;
    let values = segments.pop()?;
    let duration = length as f64 / signal.rate;
    let taper = |share: f64| 0.5 - 0.5 * (TAU * share).cos();
    let (first, last) = ((from_hz * duration).ceil() as usize, (to_hz * duration).floor() as usize);
    let lines: Vec<(f64, f64, f64)> = (first.max(1)..=last)
        .map(|line| {
            let turn = TAU * line as f64 / length as f64;
            let sums = values.iter().enumerate().fold((0.0, 0.0), |(cosine, sine), (k, value)| {
                let (s, c) = (turn * k as f64).sin_cos();
                let weighed = value * taper(k as f64 / length as f64);
                (cosine + weighed * c, sine + weighed * s)
            });
            let scale = 2.0 / length as f64;
            (TAU * line as f64, scale * sums.0, scale * sums.1)
        })
        .collect();
    let count = (duration * (1.0 - 2.0 * EDGE) * RATE) as usize;
    let course = (0..count)
        .map(|k| {
            let share = EDGE + k as f64 / (RATE * duration);
            let sum = lines.iter().map(|(turn, c, s)| {
                let (sine, cosine) = (turn * share).sin_cos();
                c * cosine + s * sine
            });
            sum.sum::<f64>() / taper(share)
        })
        .collect();
    Some((course, begin + EDGE * duration))
}

/// The highest and lowest points between passages through nothing, in turn: their times and whether they are high.
fn turns(course: &[f64], start: f64) -> Vec<(f64, bool)> {
    let mut found = Vec::new();
    let mut begin = None;
    for (k, pair) in course.windows(2).enumerate() {
        if (pair[0] > 0.0) == (pair[1] > 0.0) {
            continue;
        }
        // What lies before the first passage and after the last is no whole half wave.
        if let Some(begin) = begin.replace(k + 1) {
            let high = pair[0] > 0.0;
            let height = |k: &usize| if high { course[*k] } else { -course[*k] };
            if let Some(peak) = (begin..=k).max_by(|a, b| height(a).total_cmp(&height(b))) {
                found.push((start + peak as f64 / RATE, high));
            }
        }
    }
    found
}
