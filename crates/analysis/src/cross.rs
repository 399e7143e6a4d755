//! How two signals go together, frequency by frequency.

use crate::MeasureError;
use crate::signal::Signal;
use crate::spectrum::{hann, pieces, segment_length};
use crate::subject::Subject;
use realfft::RealFftPlanner;

/// The averaged spectra of two signals at one frequency.
#[derive(Clone, Copy, Default)]
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
    /// `|S_xy| / S_xx`, x the second signal: by how much it is passed on.
    pub fn gain(&self) -> f64 {
        self.real.hypot(self.imaginary) / self.other
    }

    /// `|S_xy|^2 / (S_xx S_yy)`, 0 to 1.
    pub fn coherence(&self) -> f64 {
        (self.real * self.real + self.imaginary * self.imaginary) / (self.own * self.other)
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
    let taper = hann(length);
    let transform = RealFftPlanner::<f64>::new().plan_fft_forward(length);
    let step = subject.signal.rate / length as f64;
    let mut lines = vec![Line::default(); length / 2 + 1];
    for (_, segments) in pieces(&[&subject.signal, other], window, length) {
        let lines_of = |values: &[f64]| {
            let mut input: Vec<f64> =
                values.iter().zip(&taper).map(|(value, weight)| value * weight).collect();
            let mut output = transform.make_output_vec();
            transform.process(&mut input, &mut output).is_ok().then_some(output)
        };
        let (Some(y), Some(x)) = (lines_of(&segments[0]), lines_of(&segments[1])) else {
            return refuse("the Fourier transform refused its buffers".to_owned());
        };
        for (line, (y, x)) in lines.iter_mut().zip(y.iter().zip(&x)) {
            line.own += y.norm_sqr();
            line.other += x.norm_sqr();
            let product = y * x.conj();
            line.real += product.re;
            line.imaginary += product.im;
        }
    }
    let inside = |index: usize| (from_hz..=to_hz).contains(&(index as f64 * step));
    let found: Vec<Line> =
        lines.into_iter().enumerate().filter(|(index, _)| inside(*index)).map(|(_, line)| line).collect();
    if found.is_empty() || found.iter().any(|line| line.own * line.other == 0.0) {
        return refuse(format!("the two channels share no power between {from_hz} and {to_hz} Hz"));
    }
    Ok(found)
}
