//! A rhythm of a body.

use std::f64::consts::TAU;

use crate::random::Random;

/// A rhythm of a body: a sinusoid whose cycles differ in length.
#[derive(Clone, Debug, PartialEq)]
pub struct Oscillation {
    /// What it is, as "breath".
    pub name: &'static str,
    /// Half of its displacement from peak to peak, mm.
    pub amplitude: f64,
    /// Cycles a second, Hz.
    pub rate: f64,
    /// Standard deviation over mean of the length of a cycle.
    pub cycle_variation: f64,
}

impl Oscillation {
    /// Its displacement in mm, `count` samples at `sampling` a second, from a random phase.
    #[must_use]
    pub fn samples(&self, sampling: f64, count: usize, random: &mut Random) -> Vec<f64> {
        let mut phase = random.share();
        let mut pace = self.pace(sampling, random);
        // Within a cycle a phasor turns by one step a sample, as sines are slow.
        let (mut sine, mut cosine) = (TAU * phase).sin_cos();
        let (mut step_sine, mut step_cosine) = (TAU * pace).sin_cos();
        (0..count)
            .map(|_| {
                let value = self.amplitude * sine;
                phase += pace;
                if phase >= 1.0 {
                    phase = phase.fract();
                    pace = self.pace(sampling, random);
                    (sine, cosine) = (TAU * phase).sin_cos();
                    (step_sine, step_cosine) = (TAU * pace).sin_cos();
                } else {
                    (sine, cosine) =
                        (sine * step_cosine + cosine * step_sine, cosine * step_cosine - sine * step_sine);
                }
                value
            })
            .collect()
    }

    /// How much of a cycle passes from one sample to the next, in the cycle that begins.
    fn pace(&self, sampling: f64, random: &mut Random) -> f64 {
        let longer =
            if self.cycle_variation > 0.0 { random.positive(1.0, self.cycle_variation) } else { 1.0 };
        self.rate / (sampling * longer)
    }
}
