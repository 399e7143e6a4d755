//! One value per beat, for trends and for plots against each other.

use crate::beats::Beats;
use crate::signal::{Node, Signal};
use crate::subject::half_valid;
use crate::{MeasureError, Window, extremum, integrate};
use cisterna_recording::Recording;

/// One value per whole beat.
#[derive(Clone, Debug, PartialEq)]
pub struct BeatSeries {
    /// The middle of each beat, s.
    pub times: Vec<f64>,
    /// The value of each beat, in `unit`.
    pub values: Vec<f64>,
    /// The unit of the channel.
    pub unit: String,
}

/// The mean over time of a channel in each whole beat of a window (unit of the channel).
pub fn beat_means(recording: &Recording, channel: &str, window: Window) -> Result<BeatSeries, MeasureError> {
    series(recording, channel, window, |nodes| integrate::mean(nodes).unwrap_or(f64::NAN))
}

/// The peak-to-peak amplitude of a channel in each whole beat of a window (unit of the channel).
pub fn beat_amplitudes(
    recording: &Recording,
    channel: &str,
    window: Window,
) -> Result<BeatSeries, MeasureError> {
    series(recording, channel, window, peak_to_peak)
}

fn series(
    recording: &Recording,
    channel: &str,
    window: Window,
    value: impl Fn(&[Node]) -> f64,
) -> Result<BeatSeries, MeasureError> {
    let signal = Signal::new(recording, channel)?;
    half_valid(&signal, window)?;
    let beats = Beats::whole(recording, &signal, window, channel)?.at_least(1, &signal, window)?;
    Ok(BeatSeries {
        times: beats.iter().map(|beat| 0.5 * (beat.from + beat.to)).collect(),
        values: beats.iter().map(|beat| value(&signal.nodes(beat))).collect(),
        unit: signal.unit.to_owned(),
    })
}

/// Highest less lowest point of the nodes; a beat that counts always has nodes.
pub(crate) fn peak_to_peak(nodes: &[Node]) -> f64 {
    match (extremum::highest(nodes), extremum::lowest(nodes)) {
        (Some(highest), Some(lowest)) => highest.1 - lowest.1,
        _ => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::pulsatile;

    #[test]
    fn amplitude_grows_with_pressure_beat_by_beat() {
        let window = Window { from: 0.0, to: 30.0 };
        let recording = pulsatile(30.0, 200.0, 1.0, |t, phi| 10.0 + t + 0.1 * (10.0 + t) * phi.cos());
        let means = beat_means(&recording, "p", window).unwrap();
        let amplitudes = beat_amplitudes(&recording, "p", window).unwrap();
        assert_eq!(means.times.len(), 30);
        assert!((means.times[4] - 4.5).abs() < 1e-12 && (means.values[4] - 14.5).abs() < 0.02);
        assert!(amplitudes.values.windows(2).all(|pair| pair[1] > pair[0]));
    }
}
