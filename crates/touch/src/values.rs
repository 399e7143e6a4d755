//! The values of `touch.toml`.

use cisterna_quantity::{Dimension, Stated};

use crate::detection::Detection;
use crate::error::TouchError;
use crate::rater::Training;
use crate::read::Reader;
use crate::threshold::Contact;

/// The document of values that comes along.
const EMBEDDED: &str = include_str!("../touch.toml");

/// One value as the document states it.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Its name, as `two_hands.threshold`.
    pub name: String,
    /// What is stated, with range, basis and sources.
    pub stated: Stated,
}

/// Everything that is known of hands and raters, in mm, s and Hz. Each field is told in `touch.toml`.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    /// All values as they are stated, for tables of evidence.
    pub stated: Vec<Value>,
    /// Frequency (Hz) and threshold (mm) of skin, in order of frequency.
    pub skin_points: Vec<(f64, f64)>,
    /// d' at the threshold of skin.
    pub skin_sensitivity: f64,
    /// Standard deviation over people of the logarithm of the threshold of skin.
    pub skin_scatter: f64,
    /// Area of the contactor of the thresholds, mm^2.
    pub contact_area: f64,
    /// Power of the area with which thresholds of fast motions fall.
    pub summation: f64,
    /// From which frequency area helps, Hz.
    pub summation_from: f64,
    /// Threshold between two hands of the median person, mm.
    pub two_hands_threshold: f64,
    /// Standard deviation over people of its logarithm.
    pub two_hands_scatter: f64,
    /// d' at that threshold.
    pub two_hands_sensitivity: f64,
    /// Frequency at which that threshold holds, Hz.
    pub two_hands_frequency: f64,
    /// Criteria of taught and untaught people, on skin and between two hands; see [`Values::leaning`].
    leanings: [[f64; 2]; 2],
    /// The slow rhythm of a head.
    pub slow: Rhythm,
    /// Standard deviation of its rate from one occasion to another, Hz.
    pub slow_occasions: f64,
    /// Standard deviation over people of the logarithm of its amplitude.
    pub slow_amplitude_people: f64,
    /// Half of what bones of the head are claimed to move by, mm.
    pub claimed_bones: f64,
    /// The breath, as it moves a head.
    pub breath: Rhythm,
    /// Amplitude with which a rater's breath moves the hand, mm.
    pub breath_at_hand: f64,
    /// The pulse, as it moves a head.
    pub pulse: Rhythm,
    /// Amplitude with which a rater's pulse moves the pad of a finger, mm.
    pub pulse_at_hand: f64,
    /// Rate of tremor, Hz.
    pub tremor_rate: f64,
    /// Amplitude of tremor, mm.
    pub tremor_amplitude: f64,
    /// The slowest rhythm that raters listen for, Hz.
    pub slowest: f64,
    /// The fastest, Hz.
    pub fastest: f64,
    /// The rate that raters expect, Hz.
    pub expected_rate: f64,
    /// Its standard deviation between raters, Hz.
    pub expected_people: f64,
    /// Weight of the expectation, in squares of d'.
    pub expectation: f64,
    /// Amplitude with which a rater's slow rhythm moves the hand, mm.
    pub own_slow_amplitude: f64,
    /// Share by which two stiffnesses must differ to be told apart.
    pub sides_just_told: f64,
    /// Standard deviation over people of the logarithm of the true ratio of sides.
    pub sides_people: f64,
    /// Standard deviation over raters of the logarithm of the ratio of their hands.
    pub sides_hands: f64,
}

/// A rhythm over people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rhythm {
    /// Mean rate, Hz.
    pub rate: f64,
    /// Standard deviation of the rate between people, Hz.
    pub people: f64,
    /// Standard deviation over mean of the length of one person's cycles.
    pub cycle_variation: f64,
    /// Half of its displacement from peak to peak at a head, mm.
    pub amplitude: f64,
}

impl Values {
    /// The values that come along.
    ///
    /// # Errors
    /// Where the document is wrong, which its test excludes.
    pub fn embedded() -> Result<Self, TouchError> {
        Self::from_text(EMBEDDED)
    }

    /// The values of a document of the same shape.
    ///
    /// # Errors
    /// The first thing that is wrong: a missing, unknown or misspelt value.
    pub fn from_text(text: &str) -> Result<Self, TouchError> {
        let reader = Reader::new(text)?;
        let length = |table, key| reader.take(table, key, Dimension::LENGTH);
        let rate = |table, key| reader.take(table, key, Dimension::FREQUENCY);
        let number = |table, key| reader.take(table, key, Dimension::NUMBER);
        let rhythm = |table, amplitude| {
            Ok::<_, TouchError>(Rhythm {
                rate: rate(table, "rate")?,
                people: rate(table, "people")?,
                cycle_variation: number(table, "cycle_variation")?,
                amplitude: length(table, amplitude)?,
            })
        };
        let sensitivities = [number("skin", "sensitivity")?, number("two_hands", "sensitivity")?];
        let values = Self {
            stated: Vec::new(),
            skin_points: reader.points("skin", "threshold")?,
            skin_sensitivity: sensitivities[0],
            skin_scatter: number("skin", "scatter")?,
            contact_area: reader.take("skin", "contact_area", Dimension::AREA)?,
            summation: number("skin", "summation")?,
            summation_from: rate("skin", "summation_from")?,
            two_hands_threshold: length("two_hands", "threshold")?,
            two_hands_scatter: number("two_hands", "scatter")?,
            two_hands_sensitivity: sensitivities[1],
            two_hands_frequency: rate("two_hands", "frequency")?,
            leanings: [number("claims", "taught")?, number("claims", "untaught")?]
                .map(|ratio| sensitivities.map(|just_felt| Detection::criterion(just_felt, ratio))),
            slow: rhythm("slow_rhythm", "amplitude")?,
            slow_occasions: rate("slow_rhythm", "occasions")?,
            slow_amplitude_people: number("slow_rhythm", "amplitude_people")?,
            claimed_bones: length("bones", "claimed")?,
            breath: rhythm("breath", "at_head")?,
            breath_at_hand: length("breath", "at_hand")?,
            pulse: rhythm("pulse", "at_head")?,
            pulse_at_hand: length("pulse", "at_hand")?,
            tremor_rate: rate("tremor", "rate")?,
            tremor_amplitude: length("tremor", "amplitude")?,
            slowest: rate("listening", "slowest")?,
            fastest: rate("listening", "fastest")?,
            expected_rate: rate("expectation", "rate")?,
            expected_people: rate("expectation", "people")?,
            expectation: number("expectation", "weight")?,
            own_slow_amplitude: length("own_slow_rhythm", "amplitude")?,
            sides_just_told: number("sides", "just_told")?,
            sides_people: number("sides", "people")?,
            sides_hands: number("sides", "hands")?,
        };
        Ok(Self { stated: reader.finish()?, ..values })
    }

    /// The criterion of somebody who gives a motion even odds: what is published of false claims against misses of a
    /// motion that is just felt.
    #[must_use]
    pub fn leaning(&self, contact: Contact, training: Training) -> f64 {
        let [taught, untaught] = self.leanings;
        let of = match training {
            Training::Taught => taught,
            Training::Untaught => untaught,
        };
        match contact {
            Contact::Skin { .. } => of[0],
            Contact::TwoHands => of[1],
        }
    }
}
