//! Breaths of a respiration channel, or of what breathing does to a pulse.

mod points;
mod waves;

use crate::detect::median;
use crate::{MeasureError, detect_beats};
use cisterna_recording::{Channel, Mark, MarkKind};
pub(crate) use points::{beat_level, points};
use points::{between, mean};
pub(crate) use waves::breaths_in;

/// Breaths found in a signal.
#[derive(Clone, Debug, PartialEq)]
pub struct DetectedBreaths {
    /// The breaths in order of time, each from its lowest point to the next. After a lost breath there is a space between them.
    pub breaths: Vec<Breath>,
    /// The unit of their depth.
    pub unit: String,
}

/// One breath.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Breath {
    /// Its lowest point, s: the beginning of inspiration where the signal grows with the chest.
    pub start: f64,
    /// Its highest point, s.
    pub peak: f64,
    /// The next lowest point, s.
    pub end: f64,
    /// Its highest point over the mean of the two lowest ones, in the unit of the signal.
    pub depth: f64,
}

impl DetectedBreaths {
    /// The rate, 1/min: the number of breaths over the time that they take.
    pub fn rate(&self) -> f64 {
        60.0 * self.breaths.len() as f64 / self.breaths.iter().map(Breath::duration).sum::<f64>()
    }

    /// The middle depth, in `unit`.
    pub fn depth(&self) -> f64 {
        median(self.breaths.iter().map(|breath| breath.depth).collect())
    }
}

impl Breath {
    /// How long it takes, s.
    pub fn duration(&self) -> f64 {
        self.end - self.start
    }

    /// The same, `by` s later.
    pub(crate) fn later(self, by: f64) -> Breath {
        Breath { start: self.start + by, peak: self.peak + by, end: self.end + by, depth: self.depth }
    }

    /// The breath as a mark.
    pub fn mark(&self) -> Mark {
        Mark { kind: MarkKind::Breath, start: self.start, end: self.end, label: String::new() }
    }
}

/// Finds the breaths of a respiration channel: impedance, belt, airway pressure, exhaled carbon dioxide.
///
/// After the counting method of Schäfer and Kratky 2008: of the waves about the mean of 16 s those count whose height is
/// a fifth of the third quarter of the heights round them; smaller ones belong to their neighbours.
pub fn detect_breaths(channel: &Channel) -> Result<DetectedBreaths, MeasureError> {
    if !(channel.rate.is_finite() && channel.rate >= 2.0) {
        return Err(refuse(channel, format!("{} samples a second do not show a breath", channel.rate)));
    }
    let series = points(&channel.values, channel.rate);
    found(channel, &series, channel.start)
}

/// Finds the breaths in what they do to the mean of each beat of a pulse (pressure, flow or its velocity).
pub fn detect_breaths_in_pulse(channel: &Channel) -> Result<DetectedBreaths, MeasureError> {
    let detected = detect_beats(channel)?;
    let place = |time: f64| ((time - channel.start) * channel.rate).round() as usize;
    let nodes: Vec<(f64, f64)> = detected
        .beats
        .iter()
        .map(|beat| {
            let samples = &channel.values[place(beat.start)..place(beat.end).min(channel.values.len())];
            (0.5 * (beat.start + beat.end) - channel.start, mean(samples))
        })
        .collect();
    found(channel, &between(&nodes, channel.end() - channel.start), channel.start)
}

fn found(channel: &Channel, series: &[f64], start: f64) -> Result<DetectedBreaths, MeasureError> {
    let breaths: Vec<Breath> = breaths_in(series).into_iter().map(|breath| breath.later(start)).collect();
    if breaths.is_empty() {
        return Err(refuse(channel, "no wave of 1 to 20 s stands between two others".into()));
    }
    Ok(DetectedBreaths { breaths, unit: channel.unit.clone() })
}

fn refuse(channel: &Channel, reason: String) -> MeasureError {
    MeasureError::Undetermined { what: "breaths", channel: channel.name.clone(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    /// Fifteen breaths a minute, 2 deep, on a slow drift, with the heart in it: 15 a minute and 2 deep (within a tenth), at any rate.
    #[test]
    fn breaths_are_counted_beside_drift_and_heart() {
        for rate in [4.0, 50.0, 125.0, 1000.0] {
            let wave = |t: f64| 0.05 * t - (TAU * t / 4.0).cos() + 0.15 * (TAU * 1.2 * t).sin();
            let values = (0..(120.0 * rate) as usize).map(|i| wave(i as f64 / rate)).collect();
            let found = detect_breaths(&Channel::new("resp", "Ohm", 0.0, rate, values)).unwrap();
            assert!((27..=30).contains(&found.breaths.len()), "{rate}: {}", found.breaths.len());
            assert!((found.rate() - 15.0).abs() < 0.2, "{rate}: {}", found.rate());
            assert!((found.depth() - 2.0).abs() < 0.25, "{rate}: {}", found.depth());
            for breath in &found.breaths {
                assert!((breath.peak.rem_euclid(4.0) - 2.0).abs() < 0.4, "{rate}: {}", breath.peak);
            }
        }
    }

    #[test]
    fn the_pulse_shows_the_breath() {
        let pulse = |t: f64| {
            10.0 + 1.5 * (TAU * t / 5.0).sin() + 2.0 * (-((t.rem_euclid(0.8) - 0.15) / 0.07).powi(2)).exp()
        };
        let values = (0..12_500).map(|i| pulse(f64::from(i) / 125.0)).collect();
        let found = detect_breaths_in_pulse(&Channel::new("icp", "mmHg", 0.0, 125.0, values)).unwrap();
        assert!((found.rate() - 12.0).abs() < 0.2, "{}", found.rate());
        assert!((found.depth() - 3.0).abs() < 0.4, "{}", found.depth());
    }

    #[test]
    fn what_is_flat_or_missing_has_no_breath() {
        for value in [0.0, f64::NAN] {
            assert!(detect_breaths(&Channel::new("resp", "1", 0.0, 50.0, vec![value; 5000])).is_err());
        }
        assert!(detect_breaths(&Channel::new("resp", "1", 0.0, 50.0, Vec::new())).is_err());
    }
}
