//! The harmonics of the pulse, by least squares at the phase that the beat marks give.

use crate::beats::Beats;
use crate::least_squares::{Normal, line};
use crate::signal::Signal;
use crate::subject::half_valid;
use crate::{MeasureError, Window, integrate};
use cisterna_recording::Recording;
use std::f64::consts::TAU;

/// How many harmonics are fitted at least (as far as the sampling rate allows), so that the higher ones do not
/// disturb the lower ones.
const FITTED: usize = 8;

/// One harmonic of the pulse: `amplitude cos(number phi + phase)`, phi running from 0 to 360 deg over each beat.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Harmonic {
    /// 1 for the fundamental.
    pub number: usize,
    /// Its frequency at the mean beat rate, Hz.
    pub frequency: f64,
    /// Its amplitude: half of the peak-to-peak of the sine, in the unit of the channel.
    pub amplitude: f64,
    /// Its phase at the onset of the beat, deg, from -180 to 180.
    pub phase: f64,
}

/// Harmonics 1 to `count` of a channel over the whole beats of a window (amplitude in the unit of the channel).
///
/// ```
/// # use cisterna_analysis::{Window, harmonics};
/// # use cisterna_recording::{Channel, Mark, MarkKind, Recording};
/// # let wave = (0..1000).map(|i| 10.0 + 2.0 * (std::f64::consts::TAU * f64::from(i) / 100.0).cos()).collect();
/// # let mut recording = Recording::default();
/// # recording.channels.push(Channel::new("p", "mmHg", 0.0, 100.0, wave));
/// # for i in 0..10 {
/// #     let (start, end) = (f64::from(i), f64::from(i + 1));
/// #     recording.marks.push(Mark { kind: MarkKind::Beat, start, end, label: String::new() });
/// # }
/// let found = harmonics(&recording, "p", Window { from: 0.0, to: 10.0 }, 2)?;
/// assert!((found[0].amplitude - 2.0).abs() < 1e-9 && found[1].amplitude < 1e-9);
/// # Ok::<(), cisterna_analysis::MeasureError>(())
/// ```
pub fn harmonics(
    recording: &Recording,
    channel: &str,
    window: Window,
    count: usize,
) -> Result<Vec<Harmonic>, MeasureError> {
    let signal = Signal::new(recording, channel)?;
    half_valid(&signal, window)?;
    let beats = Beats::whole(recording, &signal, window, channel)?.at_least(1, &signal, window)?;
    of_beats(&signal, &beats, count)
}

/// Harmonics 1 to `count` of a signal over these beats.
///
/// After the drift of the beat means is taken away, the samples of all beats are fitted at once by
/// `y = a + sum_k (b_k cos k phi + c_k sin k phi)`, where phi grows by 2 pi over each beat, however long it is.
pub(crate) fn of_beats(signal: &Signal, beats: &Beats, count: usize) -> Result<Vec<Harmonic>, MeasureError> {
    let undetermined = |reason: String| MeasureError::Undetermined {
        what: "harmonics",
        channel: signal.name.to_owned(),
        reason,
    };
    let shortest = beats.iter().map(Window::duration).fold(f64::INFINITY, f64::min);
    let resolved = ((shortest * signal.rate - 2.0) / 2.0).max(0.0) as usize;
    if count == 0 || resolved < count {
        return Err(undetermined(format!(
            "{} samples a second show {resolved} harmonics of it",
            signal.rate
        )));
    }
    let fitted = count.max(FITTED.min(resolved));
    let (origin, slope, level) = drift(signal, beats);
    let mut normal = Normal::new(1 + 2 * fitted);
    let mut row = vec![1.0; 1 + 2 * fitted];
    for beat in beats.iter() {
        for (time, value) in signal.valid(beat) {
            let phase = TAU * (time - beat.from) / beat.duration();
            for k in 1..=fitted {
                (row[2 * k], row[2 * k - 1]) = (k as f64 * phase).sin_cos();
            }
            normal.add(&row, value - level - slope * (time - origin));
        }
    }
    let fit = normal.solve().ok_or_else(|| undetermined("too many samples are missing".into()))?;
    let frequency = 1.0 / beats.mean_duration();
    Ok((1..=count)
        .map(|number| {
            let (cosine, sine) = (fit[2 * number - 1], fit[2 * number]);
            Harmonic {
                number,
                frequency: number as f64 * frequency,
                amplitude: cosine.hypot(sine),
                phase: f64::atan2(-sine, cosine).to_degrees(),
            }
        })
        .collect())
}

/// A moment (s), the slope of the beat means there (unit/s) and a level near the mean (unit). A beat whose samples
/// do not reach from end to end has no exact mean and does not count.
fn drift(signal: &Signal, beats: &Beats) -> (f64, f64, f64) {
    let means: Vec<(f64, f64)> = beats
        .iter()
        .map(|beat| (beat, signal.nodes(beat)))
        .filter(|(beat, nodes)| integrate::span(nodes) > beat.duration() - 0.01 / signal.rate)
        .filter_map(|(beat, nodes)| Some((0.5 * (beat.from + beat.to), integrate::mean(&nodes)?)))
        .collect();
    let count = means.len().max(1) as f64;
    let origin = means.iter().map(|(time, _)| time).sum::<f64>() / count;
    let level = means.iter().map(|(_, value)| value).sum::<f64>() / count;
    (origin, line(&means).map_or(0.0, |line| line.slope), level)
}

/// An angle brought to -180 (not included) to 180 deg.
pub(crate) fn wrapped(degrees: f64) -> f64 {
    let turned = degrees.rem_euclid(360.0);
    if turned > 180.0 { turned - 360.0 } else { turned }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::pulsatile;

    const WINDOW: Window = Window { from: 0.0, to: 20.0 };

    #[test]
    fn a_pulse_of_two_harmonics_is_taken_apart() {
        let recording = pulsatile(20.0, 100.0, 1.1, |_, phi| {
            10.0 + 2.0 * (phi + 0.5).cos() + 0.7 * (2.0 * phi - 1.0).cos()
        });
        let found = harmonics(&recording, "p", WINDOW, 3).unwrap();
        assert!((found[0].amplitude - 2.0).abs() < 1e-9 && (found[1].amplitude - 0.7).abs() < 1e-9);
        assert!((found[0].phase - 0.5_f64.to_degrees()).abs() < 1e-6);
        assert!((found[1].phase + 1_f64.to_degrees()).abs() < 1e-6);
        assert!(found[2].amplitude < 1e-9 && (found[1].frequency - 2.2).abs() < 1e-9);
    }

    #[test]
    fn a_drift_is_not_taken_for_a_pulse() {
        let recording = pulsatile(20.0, 100.0, 1.1, |t, phi| 10.0 + 0.5 * t + (phi.sin() * 2.0).tanh());
        let still = pulsatile(20.0, 100.0, 1.1, |_, phi| (phi.sin() * 2.0).tanh());
        let (with, without) =
            (harmonics(&recording, "p", WINDOW, 1).unwrap(), harmonics(&still, "p", WINDOW, 1).unwrap());
        assert!((with[0].amplitude / without[0].amplitude - 1.0).abs() < 2e-3);
    }

    #[test]
    fn ten_samples_a_second_do_not_show_the_eighth_harmonic() {
        let recording = pulsatile(20.0, 10.0, 1.0, |_, phi| phi.sin());
        let error = harmonics(&recording, "p", WINDOW, 8).unwrap_err().to_string();
        assert!(error.contains("show 4 harmonics"), "{error}");
    }

    #[test]
    fn angles_stay_within_half_a_turn() {
        assert_eq!((wrapped(190.0), wrapped(-190.0), wrapped(180.0)), (-170.0, 170.0, 180.0));
    }
}
