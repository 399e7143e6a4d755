//! Beats of a pulse: a pressure, a flow or its velocity.

use super::candidates::{Parts, SHORTEST, candidates};
use super::prepare::{Prepared, slopes, smoothed, summed};
use super::{Beat, Polarity, fiducials, quality};

/// Half the width of the smoothing, s.
const SMOOTHING: f64 = 0.02;
/// The time over which a rise is summed, s: about the length of a systolic upstroke (Zong 2003).
const UPSTROKE: f64 = 0.128;
/// The part of the usual rise that makes a beat (Zong 2003 start from six tenths of the mean of the sums), and in a pause
/// (assumed: half of it).
const PARTS: Parts = Parts { usual: 0.5, weak: 0.25 };
/// A stretch of a pulse, smoothed, and its slope.
pub(super) struct Course {
    smooth: Vec<f64>,
    slope: Vec<f64>,
    half_width: usize,
}

impl Course {
    pub fn new(prepared: &Prepared, rate: f64) -> Self {
        let half_width = (SMOOTHING * rate).round() as usize;
        let smooth = smoothed(&smoothed(&prepared.values, half_width), half_width);
        let slope = slopes(&smooth, &prepared.hole);
        Course { smooth, slope, half_width }
    }

    /// The same, drawn upright.
    pub fn drawn(mut self, polarity: Polarity) -> Self {
        if polarity == Polarity::Reversed {
            self.smooth.iter_mut().chain(&mut self.slope).for_each(|value| *value = -*value);
        }
        self
    }

    /// Which way it is drawn by the skewness of its slopes, -1 to 1: above zero when the steepest are rises.
    pub fn uprightness(&self) -> f64 {
        let count = self.slope.len() as f64;
        let mean = self.slope.iter().sum::<f64>() / count;
        let (squares, cubes) = self.slope.iter().fold((0.0, 0.0), |(squares, cubes), slope| {
            let away = slope - mean;
            (squares + away * away, cubes + away * away * away)
        });
        let variance = squares / count;
        if variance > 0.0 { (cubes / count / variance.powf(1.5)).clamp(-1.0, 1.0) } else { 0.0 }
    }
}

/// The beats of a stretch that is drawn upright, their times in samples.
pub(super) fn beats(course: &Course, prepared: &Prepared, rate: f64) -> Vec<Beat> {
    let Course { smooth, slope, half_width } = course;
    let rises: Vec<f64> = slope.iter().map(|slope| slope.max(0.0)).collect();
    let feature = summed(&rises, (UPSTROKE * rate).round().max(1.0) as usize);
    let back = (SHORTEST * rate) as usize;
    let onsets: Vec<f64> = candidates(&feature, rate, PARTS)
        .into_iter()
        .filter_map(|top| {
            // The sum is highest at the end of the rise.
            let onset = fiducials::foot(smooth, slope, top, back)?;
            // An onset that rests on samples that nobody measured is no onset.
            let seen = (onset as usize).saturating_sub(2 * *half_width)..=top;
            (!prepared.hole[seen].contains(&true)).then_some(onset)
        })
        .collect();
    let likeness = quality::likeness(smooth, &onsets);
    let good = quality::of_company(&likeness).iter().map(|company| *company >= quality::ENOUGH).collect();
    let between = |k: usize| {
        let (onset, end) = (onsets[k], onsets[k + 1]);
        let peak = fiducials::peak(smooth, onset, end)?;
        let notch = fiducials::notch(smooth, slope, peak, onset, end, rate);
        Some(Beat { onset, end, peak, notch, likeness: likeness[k] })
    };
    quality::in_runs(good).filter_map(between).collect()
}
