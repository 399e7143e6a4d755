//! The spectra of each window, and the figures of bands with their intervals.

use super::in_band::{Asked, InBand, Rules, smoothed};
use super::{BANDS, Band, INFO, LARGEST_OVERLAP, WINDOW};
use crate::cross::{CrossSpectra, Line};
use crate::index::chance::{mean, student};
use crate::index::{Estimate, Figure};
use crate::signal::Signal;
use crate::spectrum::{bridged, hann};
use crate::unit;
use cisterna_recording::Channel;

/// Points of the taper of which its correlation with itself is taken.
const TAPER: usize = 1000;

/// The spectra of each window.
pub(super) struct Windows {
    pub lines: Vec<Vec<Line>>,
    /// The distance of lines, Hz.
    pub step: f64,
    /// By how much neighbours overlap, as a part of one.
    pub overlap: f64,
    mean_output: f64,
    valid: f64,
    /// By what sums of lines are multiplied to be powers.
    power: f64,
}

impl Windows {
    /// All windows of nine tenths of both channels, at least three.
    pub fn new(input: &Channel, output: &Channel) -> Result<Self, String> {
        let (x, y) = (Signal::of(input)?, Signal::of(output)?);
        let slower = x.rate.min(y.rate);
        if 0.4 * slower < BANDS[2].2 {
            return Err(format!("{slower} samples a second do not show {} Hz", BANDS[2].2));
        }
        let (inputs, outputs) = paired(&x, &y, input);
        let both = inputs.iter().zip(&outputs).filter(|(x, y)| x.is_finite() && y.is_finite()).count();
        let (count, length) = (inputs.len(), (WINDOW * x.rate).round() as usize);
        let wanted = count
            .checked_sub(length)
            .map_or(0, |rest| (rest as f64 / (length as f64 * (1.0 - LARGEST_OVERLAP))).floor() as usize + 1);
        if wanted < 3 {
            return Err(format!(
                "they last {:.0} s together, and three windows of {WINDOW} s need {:.0} s",
                count as f64 / x.rate,
                WINDOW * (1.0 + 2.0 * (1.0 - LARGEST_OVERLAP))
            ));
        }
        let shift = (count - length) / (wanted - 1);
        let (spectra, mut lines) = (CrossSpectra::new(length), Vec::with_capacity(wanted));
        let step = x.rate / length as f64;
        // One line more than the bands hold, for the triangle.
        let needed = (BANDS[2].2 / step).ceil() as usize + 2;
        for start in (0..wanted).map(|window| window * shift) {
            let cut = |values: &[f64]| bridged(&values[start..start + length]);
            if let (Some(x), Some(y)) = (cut(&inputs), cut(&outputs)) {
                let mut found = spectra.of(&y, &x).ok_or("the Fourier transform refused its buffers")?;
                found.truncate(needed);
                lines.push(found);
            }
        }
        if lines.len() < 3 {
            return Err(format!(
                "{} windows of {WINDOW} s have nine tenths of both; three are needed",
                lines.len()
            ));
        }
        let valid: Vec<f64> = outputs.iter().copied().filter(|value| value.is_finite()).collect();
        let squares: f64 = hann(length).iter().map(|weight| weight * weight).sum();
        Ok(Windows {
            power: 2.0 * step / (lines.len() as f64 * squares * x.rate),
            lines,
            step,
            overlap: 1.0 - shift as f64 / length as f64,
            mean_output: mean(&valid).unwrap_or(f64::NAN),
            valid: both as f64 / count.max(1) as f64,
        })
    }

    /// The sum over all windows but one.
    pub fn sum_without(&self, left_out: Option<usize>) -> Vec<Line> {
        let mut sum = vec![Line::default(); self.lines[0].len()];
        for (window, lines) in self.lines.iter().enumerate() {
            if Some(window) != left_out {
                sum.iter_mut().zip(lines).for_each(|(sum, line)| *sum = sum.and(line, 1.0));
            }
        }
        sum
    }

    /// What is asked of a band, without its interval.
    pub fn ask(&self, smooth: &[Line], (from, to): (f64, f64), rules: Rules, asked: Asked) -> Option<f64> {
        InBand::new(smooth, from, to, rules).find(asked)
    }

    /// The figures of a band.
    pub fn band(
        &self,
        (name, from, to): (&'static str, f64, f64),
        smooth: &[Line],
        rules: Rules,
        input: &Channel,
        output: &Channel,
    ) -> Band {
        let in_band = InBand::new(smooth, from, to, rules);
        let figure = |part: &str, unit: String, value: Result<Estimate, String>| Figure {
            info: &INFO,
            part: format!("{part}, {name}"),
            unit,
            value,
            valid_fraction: self.valid,
        };
        let of = |asked: Asked, lacking: &str| match in_band.find(asked) {
            Some(value) => Ok(Estimate { value, interval: self.jackknife(value, (from, to), rules, asked) }),
            None => Err(in_band.silent(lacking)),
        };
        let gain = of(Asked::Gain, "of its lines reaches the critical coherence");
        let gain_unit = unit::product(&output.unit, 1, &input.unit, -1).1;
        let percent = unit::product("%", 1, &input.unit, -1).1;
        let normalised = gain.clone().and_then(|gain| {
            if self.mean_output == 0.0 || !self.mean_output.is_finite() {
                return Err("the mean of the output is zero".to_owned());
            }
            let scale = 100.0 / self.mean_output.abs();
            let interval = gain.interval.map(|(low, high)| (scale * low, scale * high));
            Ok(Estimate { value: scale * gain.value, interval })
        });
        let power = |sum: f64| Ok(Estimate::plain(self.power * sum));
        Band {
            name,
            from,
            to,
            gain: figure("gain", gain_unit, gain),
            normalised_gain: figure("normalised gain", percent, normalised),
            phase: figure("phase", "deg".to_owned(), of(Asked::Phase, "has a phase that counts")),
            coherence: figure("coherence", "1".to_owned(), of(Asked::Coherence, "holds power of both")),
            input_power: figure("power of the input", squared(&input.unit), power(in_band.sum(|l| l.other))),
            output_power: figure("power of the output", squared(&output.unit), power(in_band.sum(|l| l.own))),
        }
    }

    /// For how many independent windows these count: `L / (1 + 2 sum_j (1 - j/L) r_j)`, r_j the square of the correlation of the
    /// taper with itself j windows later (Welch 1967, IEEE Trans Audio Electroacoust 15:70, not re-read).
    fn independent(&self) -> f64 {
        let count = self.lines.len() as f64;
        let taper = hann(TAPER);
        let squares: f64 = taper.iter().map(|weight| weight * weight).sum();
        let shift = (1.0 - self.overlap) * TAPER as f64;
        let shared: f64 = (1..self.lines.len())
            .map(|later| (later as f64, (later as f64 * shift).round() as usize))
            .take_while(|(_, by)| *by < TAPER)
            .map(|(later, by)| {
                let product: f64 = taper.iter().zip(&taper[by..]).map(|(one, other)| one * other).sum();
                (1.0 - later / count) * (product / squares).powi(2)
            })
            .sum();
        count / (1.0 + 2.0 * shared)
    }

    /// `value +- t sqrt(L / L' (L - 1) / L sum (v_j - mean v)^2)`, v_j the figure without window j (Tukey 1958, Ann Math Stat
    /// 29:614), L' the windows that are independent.
    fn jackknife(
        &self,
        value: f64,
        (from, to): (f64, f64),
        rules: Rules,
        asked: Asked,
    ) -> Option<(f64, f64)> {
        let count = self.lines.len();
        let total = self.sum_without(None);
        let without: Option<Vec<f64>> = self
            .lines
            .iter()
            .map(|lines| {
                let rest: Vec<Line> =
                    total.iter().zip(lines).map(|(total, line)| total.and(line, -1.0)).collect();
                InBand::new(&smoothed(&rest), from, to, rules).find(asked)
            })
            .collect();
        let without = without?;
        let middle = mean(&without)?;
        let spread: f64 = without.iter().map(|v| (v - middle).powi(2)).sum();
        let independent = self.independent();
        let shared = count as f64 / independent;
        let error = (shared * spread * (count as f64 - 1.0) / count as f64).sqrt();
        let width = student(independent - 1.0) * error;
        let (lowest, highest) = asked.bounds();
        Some(((value - width).max(lowest), (value + width).min(highest)))
    }
}

fn squared(unit: &str) -> String {
    unit::product(unit, 1, unit, 1).1
}

/// Both signals on the clock of the input, over the time that both have.
fn paired(x: &Signal, y: &Signal, input: &Channel) -> (Vec<f64>, Vec<f64>) {
    let at = |index: usize| y.at(x.time(index));
    let indices = 0..input.values.len();
    let first = indices.clone().find(|&i| at(i).is_some()).unwrap_or(0);
    let last = indices.rev().find(|&i| at(i).is_some()).map_or(first, |last| last + 1);
    let inputs = input.values[first..last].to_vec();
    (inputs, (first..last).map(|index| at(index).unwrap_or(f64::NAN)).collect())
}
