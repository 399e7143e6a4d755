//! Who feels.

use crate::detection::Detection;
use crate::oscillation::Oscillation;
use crate::random::Random;
use crate::threshold::Contact;
use crate::values::Values;

/// What somebody has learned of the practice: it changes what is claimed, not what is felt (Kasparian 2015).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Training {
    /// Years of practice.
    Taught,
    /// None.
    Untaught,
}

/// Who feels.
#[derive(Clone, Debug, PartialEq)]
pub struct Rater {
    /// By how many standard deviations the thresholds lie below those of the median person; 0 is the median.
    pub acuity: f64,
    /// What was learned.
    pub training: Training,
    /// The odds that are given to a motion before touching; 1 is as likely as not.
    pub odds: f64,
    /// The rate that is expected, Hz.
    pub expected_rate: f64,
    /// How much that counts, in squares of d'; 0 where nothing is expected.
    pub expectation: f64,
    /// The slowest and the fastest rhythm that are listened for, Hz.
    pub listens: (f64, f64),
    /// Own rhythms that move the hand.
    pub own: Vec<Oscillation>,
    /// Logarithm of what the right hand feels over what the left one feels of the same.
    pub hands: f64,
}

impl Rater {
    /// The median rater, taught, with every value as it is stated.
    #[must_use]
    pub fn typical(values: &Values) -> Self {
        Self {
            acuity: 0.0,
            training: Training::Taught,
            odds: 1.0,
            expected_rate: values.expected_rate,
            expectation: values.expectation,
            listens: (values.slowest, values.fastest),
            own: own_rhythms(values, [values.slow.rate, values.breath.rate, values.pulse.rate]),
            hands: 0.0,
        }
    }

    /// One of many raters: thresholds, expectation, hands and rhythms vary as they do between people.
    #[must_use]
    pub fn drawn(values: &Values, random: &mut Random) -> Self {
        let acuity = random.normal();
        let expected_rate = random.positive(values.expected_rate, values.expected_people);
        let rates = [values.slow, values.breath, values.pulse]
            .map(|rhythm| random.positive(rhythm.rate, rhythm.people));
        let hands = values.sides_hands * random.normal();
        Self { acuity, expected_rate, own: own_rhythms(values, rates), hands, ..Self::typical(values) }
    }

    /// The same rater with hands that do not move by themselves.
    #[must_use]
    pub fn without_own_rhythms(mut self) -> Self {
        self.own.clear();
        self
    }

    /// The same rater with nothing in mind.
    #[must_use]
    pub fn without_expectation(mut self) -> Self {
        self.expectation = 0.0;
        self
    }

    /// How this rater tells a motion from none.
    #[must_use]
    pub fn detection(&self, values: &Values, contact: Contact, amplitude: f64, frequency: f64) -> Detection {
        let just_felt = values.sensitivity(contact);
        Detection {
            d_prime: values.d_prime(contact, amplitude, frequency, self.acuity),
            criterion: values.leaning(contact, self.training) - self.odds.ln() / just_felt,
        }
    }
}

/// Slow rhythm, breath, pulse and tremor of a rater, as they move the hand.
fn own_rhythms(values: &Values, [slow, breath, pulse]: [f64; 3]) -> Vec<Oscillation> {
    let own = |name, amplitude, rate, cycle_variation| Oscillation { name, amplitude, rate, cycle_variation };
    vec![
        own("slow rhythm", values.own_slow_amplitude, slow, values.slow.cycle_variation),
        own("breath", values.breath_at_hand, breath, values.breath.cycle_variation),
        own("pulse", values.pulse_at_hand, pulse, values.pulse.cycle_variation),
        own("tremor", values.tremor_amplitude, values.tremor_rate, 0.1),
    ]
}
