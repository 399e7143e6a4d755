//! The averaged shape of the pulse.

use crate::beats::Beats;
use crate::signal::Signal;
use crate::subject::half_valid;
use crate::{MeasureError, Window};
use cisterna_recording::Recording;

/// The mean shape of the pulse over one beat.
#[derive(Clone, Debug, PartialEq)]
pub struct BeatAverage {
    /// The phase of each point: 0 at the onset of the beat, growing evenly to just below 1.
    pub phases: Vec<f64>,
    /// The mean over beats at each phase, in `unit`.
    pub means: Vec<f64>,
    /// The standard deviation over beats at each phase, in `unit`; zero for a single beat.
    pub deviations: Vec<f64>,
    /// The unit of the channel.
    pub unit: String,
    /// The mean duration of a beat, s.
    pub duration: f64,
    /// How many whole beats it rests on.
    pub beats_used: usize,
}

/// Averages a channel over the whole beats of a window at `points` phases (each beat stretched to its phase; unit
/// of the channel). At least two points are given.
pub fn beat_average(
    recording: &Recording,
    channel: &str,
    window: Window,
    points: usize,
) -> Result<BeatAverage, MeasureError> {
    let signal = Signal::new(recording, channel)?;
    half_valid(&signal, window)?;
    let beats = Beats::whole(recording, &signal, window, channel)?.at_least(1, &signal, window)?;
    let points = points.max(2);
    let phases: Vec<f64> = (0..points).map(|i| i as f64 / points as f64).collect();
    let (means, deviations) = phases
        .iter()
        .map(|phase| {
            let values: Vec<f64> =
                beats.iter().filter_map(|beat| signal.at(beat.from + phase * beat.duration())).collect();
            mean_and_deviation(&values)
        })
        .unzip();
    let (unit, duration) = (signal.unit.to_owned(), beats.mean_duration());
    Ok(BeatAverage { phases, means, deviations, unit, duration, beats_used: beats.len() })
}

/// Mean and standard deviation; a phase at which every beat misses its sample gives NaN, a gap in the picture.
fn mean_and_deviation(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (mean, if count == 1.0 { 0.0 } else { (squares / (count - 1.0)).sqrt() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{noise, pulsatile};
    use std::f64::consts::TAU;

    #[test]
    fn noise_averages_out_of_the_pulse() {
        let recording = pulsatile(120.0, 100.0, 1.1, |t, phi| 10.0 + phi.sin() + 0.3 * noise(t));
        let shape = beat_average(&recording, "p", Window { from: 0.0, to: 120.0 }, 50).unwrap();
        assert!(shape.beats_used > 125);
        for (phase, mean) in shape.phases.iter().zip(&shape.means) {
            assert!((mean - 10.0 - (TAU * phase).sin()).abs() < 0.06, "{phase}: {mean}");
        }
        let deviation = shape.deviations.iter().sum::<f64>() / 50.0;
        assert!((0.08..0.25).contains(&deviation), "{deviation}");
    }
}
