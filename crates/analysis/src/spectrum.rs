//! Power spectra by Welch's method.

use crate::signal::{LARGEST_MISSING_PART, Signal};
use crate::subject::half_valid;
use crate::{MeasureError, Window, unit};
use cisterna_recording::Recording;
use realfft::RealFftPlanner;
use std::f64::consts::TAU;

/// A one-sided power spectral density: its sum times `step` is the variance.
#[derive(Clone, Debug, PartialEq)]
pub struct Spectrum {
    /// The distance of frequencies, Hz; the first is 0 Hz.
    pub step: f64,
    /// The density at each frequency, in `unit`.
    pub density: Vec<f64>,
    /// The unit: that of the channel squared, over Hz, for example `mmHg^2/Hz`.
    pub unit: String,
    /// How many segments were averaged.
    pub segments: usize,
}

impl Spectrum {
    /// The power between two frequencies (Hz), in the channel's unit squared; each line of the spectrum counts by
    /// the part of its width that lies between them.
    pub fn power(&self, from_hz: f64, to_hz: f64) -> f64 {
        let share = |line: usize| {
            let (low, high) = ((line as f64 - 0.5) * self.step, (line as f64 + 0.5) * self.step);
            (high.min(to_hz) - low.max(from_hz)).max(0.0)
        };
        self.density.iter().enumerate().map(|(line, density)| density * share(line)).sum()
    }
}

/// The spectrum of a channel over a window in segments of `segment` seconds, half overlapping.
///
/// Welch 1967 (IEEE Trans Audio Electroacoust 15:70): `S_k = 2 / (f_s sum w^2) mean |DFT_k(w y)|^2` with the Hann
/// window w; the straight trend of the whole window and the mean of each segment are taken away first. A segment
/// that misses more than a tenth of its samples is left out.
pub fn spectrum(
    recording: &Recording,
    channel: &str,
    window: Window,
    segment: f64,
) -> Result<Spectrum, MeasureError> {
    let signal = Signal::new(recording, channel)?;
    half_valid(&signal, window)?;
    welch(&signal, window, segment)
}

/// The spectrum of a signal; see [`spectrum`].
pub(crate) fn welch(signal: &Signal, window: Window, segment: f64) -> Result<Spectrum, MeasureError> {
    let undetermined = |reason: &str| MeasureError::Undetermined {
        what: "spectrum",
        channel: signal.name.to_owned(),
        reason: reason.to_owned(),
    };
    let length = segment_length(signal, window, segment);
    if length < 8 {
        return Err(undetermined("a segment holds fewer than 8 samples"));
    }
    let taper = hann(length);
    let transform = RealFftPlanner::<f64>::new().plan_fft_forward(length);
    let (mut input, mut output) = (transform.make_input_vec(), transform.make_output_vec());
    let mut density = vec![0.0; output.len()];
    let mut segments = 0;
    for (_, values) in pieces(&[signal], window, length) {
        for ((slot, value), weight) in input.iter_mut().zip(&values[0]).zip(&taper) {
            *slot = value * weight;
        }
        transform
            .process(&mut input, &mut output)
            .map_err(|_| undetermined("the Fourier transform refused its buffers"))?;
        density.iter_mut().zip(&output).for_each(|(sum, line)| *sum += line.norm_sqr());
        segments += 1;
    }
    if segments == 0 {
        return Err(undetermined("no stretch long enough has nine tenths of its samples"));
    }
    let scale = 1.0 / (signal.rate * taper.iter().map(|w| w * w).sum::<f64>() * segments as f64);
    let last = density.len() - 1;
    for (line, value) in density.iter_mut().enumerate() {
        let alone = line == 0 || (line == last && length.is_multiple_of(2));
        *value *= if alone { scale } else { 2.0 * scale };
    }
    let (_, squared) = unit::product(signal.unit, 2, "Hz", -1);
    Ok(Spectrum { step: signal.rate / length as f64, density, unit: squared, segments })
}

/// How many samples a segment of `segment` seconds has within a window.
pub(crate) fn segment_length(signal: &Signal, window: Window, segment: f64) -> usize {
    ((segment * signal.rate).round().max(0.0) as usize).min(signal.range(window).len())
}

/// The Hann window, periodic.
pub(crate) fn hann(length: usize) -> Vec<f64> {
    (0..length).map(|i| 0.5 - 0.5 * (TAU * i as f64 / length as f64).cos()).collect()
}

/// Half-overlapping segments of `length` samples of all signals on the clock of the first, without trend and mean
/// and with short gaps bridged; each with the time of its first sample (s).
pub(crate) fn pieces(signals: &[&Signal], window: Window, length: usize) -> Vec<(f64, Vec<Vec<f64>>)> {
    let Some(clock) = signals.first() else { return Vec::new() };
    let range = clock.range(window);
    let courses: Vec<Vec<f64>> = signals
        .iter()
        .map(|signal| {
            let times = range.clone().map(|i| clock.time(i));
            without_trend(times.map(|time| signal.at(time).unwrap_or(f64::NAN)).collect())
        })
        .collect();
    let count = range.len();
    let mut starts: Vec<usize> =
        (0..).map(|i| i * (length / 2).max(1)).take_while(|start| start + length <= count).collect();
    // The last segment ends with the window, so that its end is not thrown away.
    if starts.last().is_some_and(|start| start + length < count) {
        starts.push(count - length);
    }
    starts
        .into_iter()
        .filter_map(|start| {
            let segments: Option<Vec<Vec<f64>>> =
                courses.iter().map(|course| bridged(&course[start..start + length])).collect();
            Some((clock.time(range.start + start), segments?))
        })
        .collect()
}

/// The values less their straight line, missing ones left missing.
fn without_trend(mut values: Vec<f64>) -> Vec<f64> {
    let points: Vec<(f64, f64)> =
        values.iter().enumerate().filter(|(_, v)| v.is_finite()).map(|(i, v)| (i as f64, *v)).collect();
    let Some(line) = crate::least_squares::line(&points) else { return values };
    let level = points[0].1;
    values.iter_mut().enumerate().for_each(|(i, value)| *value -= level + line.slope * i as f64);
    values
}

/// The values less their mean, missing ones on straight lines; none where more than a tenth is missing.
pub(crate) fn bridged(values: &[f64]) -> Option<Vec<f64>> {
    let known: Vec<usize> = (0..values.len()).filter(|&i| values[i].is_finite()).collect();
    if (known.len() as f64) < (1.0 - LARGEST_MISSING_PART) * values.len() as f64 {
        return None;
    }
    let (first, last) = (*known.first()?, *known.last()?);
    let mut filled = values.to_vec();
    filled[..first].fill(values[first]);
    filled[last..].fill(values[last]);
    for pair in known.windows(2) {
        let (left, right) = (pair[0], pair[1]);
        for (step, slot) in filled[left..right].iter_mut().enumerate().skip(1) {
            let part = step as f64 / (right - left) as f64;
            *slot = values[left] + part * (values[right] - values[left]);
        }
    }
    let mean = filled.iter().sum::<f64>() / filled.len() as f64;
    filled.iter_mut().for_each(|value| *value -= mean);
    Some(filled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{noise, steady};

    const WINDOW: Window = Window { from: 0.0, to: 100.0 };

    #[test]
    fn the_spectrum_sums_to_the_variance() {
        let recording = steady(100.0, 50.0, |t| 5.0 + noise(t));
        let variance = (0..5000).map(|i| noise(f64::from(i) / 50.0).powi(2)).sum::<f64>() / 5000.0;
        let found = spectrum(&recording, "p", WINDOW, 10.0).unwrap();
        assert_eq!((found.unit.as_str(), found.segments), ("mmHg^2/Hz", 19));
        let sum = found.power(0.0, 25.0);
        assert!((sum / variance - 1.0).abs() < 0.06, "{sum} {variance}");
    }

    #[test]
    fn a_flat_signal_has_no_power() {
        let found = spectrum(&steady(100.0, 50.0, |_| 1e4), "p", WINDOW, 10.0).unwrap();
        assert!(found.power(0.0, 25.0) < 1e-15);
    }
}
