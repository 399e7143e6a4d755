//! What the practitioner of a session feels: a rhythm at stations, and joints that lag behind.

use cisterna_recording::Recording;
use cisterna_touch::{Contact, Finding, Hand, Random, Rater, TouchError, Training, Values};

use crate::document::Practitioner;
use crate::joints::JointTest;

/// A palm that rests.
const PALM: Contact = Contact::Skin { area: 5000.0 };
/// A joint is drawn apart and let go again within two seconds: so many times a second.
const TRIES: f64 = 0.5;

/// What is felt at a station.
#[derive(Clone, Debug, PartialEq)]
pub struct Felt {
    /// The station.
    pub station: String,
    /// What is said of it; none where the subject's model does not move there.
    pub finding: Option<Finding>,
}

/// What is said of a joint.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// How far its lag stands out from the noise of two hands.
    pub d_prime: f64,
    /// How likely it is called restricted.
    pub probability: f64,
    /// How likely a joint that lags by nothing is called so.
    pub false_claims: f64,
    /// Whether it was called restricted.
    pub claimed: bool,
}

/// Somebody who feels.
pub(crate) struct Feeler {
    values: Values,
    rater: Rater,
    seed: u64,
}

impl Feeler {
    /// The practitioner of a session with another seed of chance.
    pub fn of(practitioner: &Practitioner, seed: u64) -> Result<Self, TouchError> {
        let values = Values::embedded()?;
        let mut rater = Rater::drawn(&values, &mut Random::new(practitioner.seed).branch("practitioner"));
        rater.training = if practitioner.years > 0.0 { Training::Taught } else { Training::Untaught };
        Ok(Feeler { values, rater, seed })
    }

    /// What is felt at stations of a recording.
    pub fn stations(&self, recording: &Recording, names: &[String]) -> Result<Vec<Felt>, TouchError> {
        let hand = Hand { values: &self.values, rater: &self.rater, contact: PALM, seed: self.seed };
        let felt = |station: &String| {
            let channel = format!("station_{station}");
            let known = recording.channel(&channel).is_some();
            let mut found = if known { hand.perceive_channels(recording, &[&channel])? } else { Vec::new() };
            Ok(Felt { station: station.clone(), finding: found.pop().map(|(_, finding)| finding) })
        };
        names.iter().map(felt).collect()
    }

    /// What is said of a joint that was tested; none where hands do not reach it.
    pub fn joint(&self, test: &JointTest) -> Option<Judged> {
        test.hands.as_ref()?;
        // A joint that gives more than what it is compared with does not lag.
        let lag = test.lag().max(0.0) * 1e-3;
        let detection = self.rater.detection(&self.values, Contact::TwoHands, lag, TRIES);
        let chance = Random::new(self.seed).branch("joint").branch(&test.joint).share();
        Some(Judged {
            d_prime: detection.d_prime,
            probability: detection.hits(),
            false_claims: detection.false_claims(),
            claimed: chance < detection.hits(),
        })
    }
}
