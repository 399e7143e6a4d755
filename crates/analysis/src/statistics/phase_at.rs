//! `phase_at`: which of two channels comes first, at a frequency.

use crate::pulse::wrapped;
use crate::spectrum::{hann, pieces, segment_length};
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, ParameterInfo, StatisticInfo, UnitRule};
use std::f64::consts::TAU;

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "phase_at",
    doc: "By how much the channel lags the other at a frequency, by their cross-spectrum (positive: it comes later).",
    unit: UnitRule::Always("deg"),
    parameters: &[ParameterInfo {
        name: "frequency",
        doc: "The frequency, for example that of breathing.",
        unit: "Hz",
        allowed: (1e-4, 1e3),
    }],
    needs: &[Need::Window, Need::Other],
};

/// How many periods a segment holds at least.
const PERIODS: f64 = 4.0;

/// `arg sum_segments X(f) conj(Y(f))` (-180 to 180 deg), y the channel, x the other, in half-overlapping Hann
/// segments of a quarter of the window or four periods. Refused where the two are not coherent: the coherence
/// `|sum X conj(Y)|^2 / (sum |X|^2 sum |Y|^2)` must pass what chance reaches in one of twenty, `1 - 0.05^(1/(n-1))`.
pub(super) fn measure(subject: &Subject, frequency_hz: f64) -> Result<Finding, MeasureError> {
    let other = subject.other()?;
    let window = subject.window();
    let refuse = |reason: String| subject.undetermined("phase", reason);
    let needed = PERIODS / frequency_hz;
    if needed > window.duration() {
        return Err(refuse(format!("{frequency_hz} Hz needs a window of {needed:.1} s or longer")));
    }
    let rate = subject.signal.rate.min(other.rate);
    if frequency_hz > 0.4 * rate {
        return Err(refuse(format!("{rate} samples a second do not show {frequency_hz} Hz")));
    }
    let length = segment_length(&subject.signal, window, needed.max(0.25 * window.duration()));
    let taper = hann(length);
    let step = TAU * frequency_hz / subject.signal.rate;
    let (mut cross, mut own, mut others, mut count) = ((0.0, 0.0), 0.0, 0.0, 0.0);
    for (_, segments) in pieces(&[&subject.signal, &other], window, length) {
        let (y, x) = (line(&segments[0], &taper, step), line(&segments[1], &taper, step));
        cross.0 += x.0 * y.0 + x.1 * y.1;
        cross.1 += x.1 * y.0 - x.0 * y.1;
        own += y.0 * y.0 + y.1 * y.1;
        others += x.0 * x.0 + x.1 * x.1;
        count += 1.0;
    }
    if count == 0.0 || own * others == 0.0 {
        return Err(refuse(format!("the two channels share no stretch with power at {frequency_hz} Hz")));
    }
    let coherence = (cross.0 * cross.0 + cross.1 * cross.1) / (own * others);
    let chance = if count > 1.0 { 1.0 - 0.05_f64.powf(1.0 / (count - 1.0)) } else { 0.0 };
    if coherence < chance {
        let reason = format!(
            "at {frequency_hz} Hz its coherence with `{}` is {coherence:.2}, no more than chance",
            other.name
        );
        return Err(refuse(reason));
    }
    Ok(Finding::plain(wrapped(cross.1.atan2(cross.0).to_degrees())))
}

/// `sum w y exp(-i step k)`: real and imaginary part.
fn line(values: &[f64], taper: &[f64], step: f64) -> (f64, f64) {
    values.iter().zip(taper).enumerate().fold((0.0, 0.0), |(real, imaginary), (k, (value, weight))| {
        let (sine, cosine) = (step * k as f64).sin_cos();
        (real + weight * value * cosine, imaginary - weight * value * sine)
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{and, noise, steady};
    use crate::{Request, Statistic, Window, measure};
    use std::f64::consts::TAU;

    fn request<'a>(frequency_hz: f64, to: f64) -> Request<'a> {
        let window = Window { from: 0.0, to };
        Request { other: Some("x"), ..Request::new(Statistic::PhaseAt { frequency_hz }, "p", window) }
    }

    #[test]
    fn flow_leads_pressure_at_a_tenth_of_a_hertz() {
        let wave = |t: f64| 3.0 * (TAU * 0.1 * t).sin() + 2.0 * (TAU * 1.1 * t).sin();
        let recording = and(steady(300.0, 10.0, |t| 90.0 + wave(t - 1.5) + noise(t)), 10.0, wave);
        let measured = measure(&recording, &request(0.1, 300.0)).unwrap();
        assert!((measured.value - 54.0).abs() < 2.0, "{}", measured.value);
    }

    #[test]
    fn strangers_have_no_phase() {
        let recording = and(steady(300.0, 10.0, |t| noise(1.7 * t)), 10.0, noise);
        let error = measure(&recording, &request(0.1, 300.0)).unwrap_err().to_string();
        assert!(error.contains("no more than chance"), "{error}");
        let short = measure(&recording, &request(0.1, 30.0)).unwrap_err().to_string();
        assert!(short.contains("40.0 s or longer"), "{short}");
    }
}
