//! How far a simulated wave lies from a reference.

use std::error::Error;

use cisterna_analysis::{Harmonic, Request, Statistic, Window, harmonics, measure};
use cisterna_recording::Recording;
use serde_json::{Value, json};

/// The channels that are compared: arterial pressure, intracranial pressure, flow in the aqueduct.
pub const CHANNELS: [&str; 3] = ["aorta.pressure", "vault.pressure", "aqueduct.flow"];
/// How many harmonics are compared.
const HARMONICS: usize = 8;

/// What is read from a channel.
pub struct Wave {
    mean: f64,
    amplitude: f64,
    harmonics: Vec<Harmonic>,
}

impl Wave {
    /// The waves of [`CHANNELS`], over the whole beats of a recording of this length (s).
    pub fn all(recording: &Recording, duration: f64) -> Result<Vec<Wave>, Box<dyn Error>> {
        let window = Window { from: 0.0, to: duration };
        let of = |statistic, channel| measure(recording, &Request::new(statistic, channel, window));
        let wave = |channel| {
            Ok(Wave {
                mean: of(Statistic::Mean, channel)?.value,
                amplitude: of(Statistic::AmplitudePeakToPeak, channel)?.value,
                harmonics: harmonics(recording, channel, window, HARMONICS)?,
            })
        };
        CHANNELS.into_iter().map(wave).collect()
    }
}

/// How far a wave lies from its reference: each relative to the reference's own value.
#[derive(Clone, Copy, Debug, Default)]
pub struct Miss {
    /// Of the mean.
    pub mean: f64,
    /// Of the amplitude, peak to peak.
    pub amplitude: f64,
    /// The largest of the amplitudes of harmonics 1 to 8.
    pub harmonic: f64,
    /// The largest of the phases of harmonics 1 to 8, rad.
    pub phase: f64,
}

impl Miss {
    /// How much is allowed.
    pub const ALLOWED: Miss = Miss { mean: 1e-3, amplitude: 1e-3, harmonic: 1e-2, phase: 0.02 };

    /// One wave against its reference.
    pub fn of(wave: &Wave, reference: &Wave) -> Self {
        let relative = |value: f64, truth: f64| ((value - truth) / truth).abs();
        let pairs = || wave.harmonics.iter().zip(&reference.harmonics);
        let turned = |degrees: f64| ((degrees + 180.0).rem_euclid(360.0) - 180.0).to_radians().abs();
        Miss {
            mean: relative(wave.mean, reference.mean),
            amplitude: relative(wave.amplitude, reference.amplitude),
            harmonic: pairs().map(|(h, truth)| relative(h.amplitude, truth.amplitude)).fold(0.0, f64::max),
            phase: pairs().map(|(h, truth)| turned(h.phase - truth.phase)).fold(0.0, f64::max),
        }
    }

    /// The largest of several, each kind by itself.
    pub fn worst(misses: &[Miss]) -> Self {
        misses.iter().fold(Miss::default(), |worst, miss| Miss {
            mean: worst.mean.max(miss.mean),
            amplitude: worst.amplitude.max(miss.amplitude),
            harmonic: worst.harmonic.max(miss.harmonic),
            phase: worst.phase.max(miss.phase),
        })
    }

    /// The largest share of what is [`ALLOWED`](Self::ALLOWED): below one everything lies within.
    pub fn share(&self) -> f64 {
        let Miss { mean, amplitude, harmonic, phase } = Self::ALLOWED;
        (self.mean / mean)
            .max(self.amplitude / amplitude)
            .max(self.harmonic / harmonic)
            .max(self.phase / phase)
    }

    /// For the file of results.
    pub fn to_json(self) -> Value {
        json!({
            "mean": self.mean,
            "amplitude_peak_to_peak": self.amplitude,
            "harmonics_1_to_8_amplitude": self.harmonic,
            "harmonics_1_to_8_phase_rad": self.phase,
        })
    }
}
