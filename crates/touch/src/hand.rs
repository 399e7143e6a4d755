//! A rater who touches.

use cisterna_recording::{Channel, Recording};

use crate::band::{Line, amplitude, cycles, lines, middle, noise};
use crate::error::TouchError;
use crate::finding::Finding;
use crate::random::Random;
use crate::rater::Rater;
use crate::threshold::Contact;
use crate::values::Values;

/// How a place moves, sampled evenly.
#[derive(Clone, Debug, PartialEq)]
pub struct Motion {
    /// Samples a second, Hz.
    pub rate: f64,
    /// Displacement, mm.
    pub samples: Vec<f64>,
}

/// A rater who touches; the same seed gives the same findings.
#[derive(Clone, Copy, Debug)]
pub struct Hand<'a> {
    /// What is known of hands.
    pub values: &'a Values,
    /// Who feels.
    pub rater: &'a Rater,
    /// How the body is touched.
    pub contact: Contact,
    /// The seed of chance. Places that are felt with one seed are felt at one time: the rater's own rhythms are the same
    /// in all of them, noise is not.
    pub seed: u64,
}

impl Hand<'_> {
    /// What is felt of a motion, called `place`.
    ///
    /// Own rhythms are added to the motion, but for those more than twice as fast as what is listened for, which leave
    /// nothing in it. Of the sum the slow part between the rates that the rater listens for is kept. Noise of the hand is
    /// added there, in each line alike beside the threshold of its frequency, so that all of it has the power of a
    /// motion with a d' of one. Cycles from one upward crossing to the next give a counted rate `r`; with the expected
    /// rate `e`, its weight `w` and the felt amplitude `d` over the noise, the reported rate is
    /// `exp((w ln e + d^2 ln r)/(w + d^2))`: who feels much reports what is felt, who feels nothing what is expected.
    ///
    /// # Errors
    /// Where a sample is missing, or the motion is shorter than two cycles of the slowest rhythm that is listened for.
    pub fn perceive(&self, place: &str, motion: &Motion) -> Result<Finding, TouchError> {
        let (slowest, fastest) = self.rater.listens;
        let duration = self.check(place, motion)?;
        let chance = Random::new(self.seed);
        let body = lines(&motion.samples, motion.rate, slowest, fastest);
        let felt = self.felt(&body, motion, &mut chance.branch(place), &chance.branch("own"));
        let (size, at) = (amplitude(&felt), middle(&felt));
        let noise = self.noise(at.unwrap_or(fastest));

        let detection = match middle(&body) {
            Some(frequency) => self.rater.detection(self.values, self.contact, amplitude(&body), frequency),
            None => self.rater.detection(self.values, self.contact, 0.0, fastest),
        };
        let claimed = chance.branch("claim").branch(place).share() < detection.hits();

        let lengths = cycles(&felt, duration);
        let counted = Counted::of(&lengths);
        let (weight, evidence) = (self.rater.expectation, (size / noise).powi(2));
        let trust = if weight + evidence > 0.0 { evidence / (weight + evidence) } else { 0.0 };
        let rate = counted
            .as_ref()
            .map(|counted| (trust * counted.rate.ln() + (1.0 - trust) * self.rater.expected_rate.ln()).exp());
        Ok(Finding {
            rate,
            rate_error: counted.as_ref().map_or(0.0, |counted| trust * counted.error()),
            amplitude: size,
            amplitude_error: noise / (2.0 * felt.len().max(1) as f64).sqrt(),
            regularity: counted.as_ref().map_or(0.0, |counted| (1.0 - counted.variation).max(0.0)),
            cycles: lengths.len(),
            d_prime: detection.d_prime,
            probability: detection.hits(),
            felt: claimed,
        })
    }

    /// What is felt of channels of a recording (displacements in mm, um or m), all at one time.
    ///
    /// # Errors
    /// Where there is no such channel, it is no displacement, or its motion cannot be felt.
    pub fn perceive_channels(
        &self,
        recording: &Recording,
        names: &[&str],
    ) -> Result<Vec<(String, Finding)>, TouchError> {
        let one = |name: &&str| {
            let channel = recording.require("the recording", name).map_err(|error| TouchError::Motion {
                name: (*name).to_owned(),
                reason: format!("is not there: {error}"),
            })?;
            Ok(((*name).to_owned(), self.perceive(name, &Motion::of_channel(channel)?)?))
        };
        names.iter().map(one).collect()
    }

    /// The slow part with own rhythms and noise.
    fn felt(&self, body: &[Line], motion: &Motion, random: &mut Random, own: &Random) -> Vec<Line> {
        let mut sum = vec![0.0; motion.samples.len()];
        let fastest = self.rater.listens.1;
        for rhythm in self.rater.own.iter().filter(|rhythm| rhythm.rate < 2.0 * fastest) {
            let samples = rhythm.samples(motion.rate, sum.len(), &mut own.branch(rhythm.name));
            sum.iter_mut().zip(&samples).for_each(|(sum, sample)| *sum += sample);
        }
        let (slowest, fastest) = self.rater.listens;
        let hand = lines(&sum, motion.rate, slowest, fastest);
        let duration = sum.len() as f64 / motion.rate;
        let noise = noise(duration, slowest, fastest, |frequency| self.noise(frequency), random);
        let all = body.iter().zip(hand).zip(noise);
        all.map(|((body, hand), noise)| Line {
            frequency: body.frequency,
            cosine: body.cosine + hand.cosine + noise.cosine,
            sine: body.sine + hand.sine + noise.sine,
        })
        .collect()
    }

    fn noise(&self, frequency: f64) -> f64 {
        self.values.noise(self.contact, frequency, self.rater.acuity)
    }

    /// How long the motion lasts, s, where it can be felt.
    fn check(&self, place: &str, motion: &Motion) -> Result<f64, TouchError> {
        let wrong = |reason: String| Err(TouchError::Motion { name: place.to_owned(), reason });
        let (slowest, fastest) = self.rater.listens;
        if motion.rate.is_nan() || motion.rate < 4.0 * fastest {
            let least = 4.0 * fastest;
            return wrong(format!("has {} samples a second; {least:.2} are needed", motion.rate));
        }
        if motion.samples.iter().any(|sample| !sample.is_finite()) {
            return wrong("has missing samples".to_owned());
        }
        let (duration, least) = (motion.samples.len() as f64 / motion.rate, 2.0 / slowest);
        if duration < least {
            return wrong(format!(
                "lasts {duration:.0} s; {least:.0} s are two cycles of the slowest rhythm"
            ));
        }
        Ok(duration)
    }
}

impl Motion {
    /// The motion of a channel that is a displacement.
    ///
    /// # Errors
    /// Where its unit is no length that is known here (mm, um, m).
    pub fn of_channel(channel: &Channel) -> Result<Self, TouchError> {
        let to_mm = match channel.unit.as_str() {
            "mm" => 1.0,
            "um" | "µm" => 1e-3,
            "m" => 1e3,
            unit => {
                let reason = format!("is in {unit}; a displacement in mm, um or m can be felt");
                return Err(TouchError::Motion { name: channel.name.clone(), reason });
            }
        };
        let samples = channel.values.iter().map(|value| value * to_mm).collect();
        Ok(Self { rate: channel.rate, samples })
    }
}

/// Cycles that were counted.
struct Counted {
    rate: f64,
    variation: f64,
    count: f64,
}

impl Counted {
    fn of(lengths: &[f64]) -> Option<Self> {
        if lengths.len() < 2 {
            return None;
        }
        let count = lengths.len() as f64;
        let mean = lengths.iter().sum::<f64>() / count;
        let variance = lengths.iter().map(|length| (length - mean).powi(2)).sum::<f64>() / (count - 1.0);
        Some(Self { rate: 1.0 / mean, variation: variance.sqrt() / mean, count })
    }

    fn error(&self) -> f64 {
        self.rate * self.variation / self.count.sqrt()
    }
}
