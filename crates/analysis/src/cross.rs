//! How two signals go together, frequency by frequency.

use crate::MeasureError;
use crate::signal::Signal;
use crate::spectrum::{hann, pieces, segment_length};
use crate::subject::Subject;
use realfft::{RealFftPlanner, RealToComplex};
use std::sync::Arc;

/// The averaged spectra of two signals at one frequency.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Line {
    /// Power of the first signal, in arbitrary scale.
    pub own: f64,
    /// Power of the second.
    pub other: f64,
    /// Real part of the product of the first and the conjugate of the second.
    real: f64,
    /// Its imaginary part.
    imaginary: f64,
}

impl Line {
    /// The phase of the first signal before the second, rad.
    pub fn phase(&self) -> f64 {
        self.imaginary.atan2(self.real)
    }

    /// Itself and `share` of another.
    pub fn and(&self, other: &Line, share: f64) -> Line {
        Line {
            own: self.own + share * other.own,
            other: self.other + share * other.other,
            real: self.real + share * other.real,
            imaginary: self.imaginary + share * other.imaginary,
        }
    }

    /// `|S_xy| / S_xx`, x the second signal: by how much it is passed on.
    pub fn gain(&self) -> f64 {
        self.real.hypot(self.imaginary) / self.other
    }

    /// `|S_xy|^2 / (S_xx S_yy)`, 0 to 1.
    pub fn coherence(&self) -> f64 {
        (self.real * self.real + self.imaginary * self.imaginary) / (self.own * self.other)
    }
}

/// The spectra of pairs of segments of one length under the Hann window.
pub(crate) struct CrossSpectra {
    taper: Vec<f64>,
    transform: Arc<dyn RealToComplex<f64>>,
}

impl CrossSpectra {
    /// For segments of `length` samples.
    pub fn new(length: usize) -> Self {
        CrossSpectra { taper: hann(length), transform: RealFftPlanner::<f64>::new().plan_fft_forward(length) }
    }

    /// The lines of one pair, from 0 Hz; none where the transform refuses its buffers.
    pub fn of(&self, own: &[f64], other: &[f64]) -> Option<Vec<Line>> {
        let lines_of = |values: &[f64]| {
            let mut input: Vec<f64> =
                values.iter().zip(&self.taper).map(|(value, weight)| value * weight).collect();
            let mut output = self.transform.make_output_vec();
            self.transform.process(&mut input, &mut output).is_ok().then_some(output)
        };
        let (y, x) = (lines_of(own)?, lines_of(other)?);
        let line = |(y, x): (&realfft::num_complex::Complex<f64>, &realfft::num_complex::Complex<f64>)| {
            let product = y * x.conj();
            Line { own: y.norm_sqr(), other: x.norm_sqr(), real: product.re, imaginary: product.im }
        };
        Some(y.iter().zip(&x).map(line).collect())
    }
}

/// The lines of a band, averaged over half-overlapping Hann segments of an eighth of the window, longer where the band
/// asks for it (two periods of its lower edge, four lines in it).
pub(crate) fn band(
    subject: &Subject,
    other: &Signal,
    from_hz: f64,
    to_hz: f64,
) -> Result<Vec<Line>, MeasureError> {
    let window = subject.window();
    let refuse = |reason: String| Err(subject.undetermined("transfer", reason));
    if to_hz <= from_hz || from_hz <= 0.0 {
        return refuse(format!("the band {from_hz} to {to_hz} Hz is empty or begins at zero"));
    }
    if to_hz > 0.4 * subject.signal.rate.min(other.rate) {
        return refuse(format!("too few samples a second to show {to_hz} Hz"));
    }
    let needed = (4.0 / (to_hz - from_hz)).max(2.0 / from_hz);
    let length = segment_length(&subject.signal, window, needed.max(0.125 * window.duration()));
    if 2.0 * needed > window.duration() || length < 8 {
        return refuse(format!(
            "the band {from_hz} to {to_hz} Hz needs a window of {:.1} s or longer",
            2.0 * needed
        ));
    }
    let spectra = CrossSpectra::new(length);
    let step = subject.signal.rate / length as f64;
    let mut lines = vec![Line::default(); length / 2 + 1];
    for (_, segments) in pieces(&[&subject.signal, other], window, length) {
        let Some(found) = spectra.of(&segments[0], &segments[1]) else {
            return refuse("the Fourier transform refused its buffers".to_owned());
        };
        lines.iter_mut().zip(&found).for_each(|(line, found)| *line = line.and(found, 1.0));
    }
    let inside = |index: usize| (from_hz..=to_hz).contains(&(index as f64 * step));
    let found: Vec<Line> =
        lines.into_iter().enumerate().filter(|(index, _)| inside(*index)).map(|(_, line)| line).collect();
    if found.is_empty() || found.iter().any(|line| line.own * line.other == 0.0) {
        return refuse(format!("the two channels share no power between {from_hz} and {to_hz} Hz"));
    }
    Ok(found)
}
