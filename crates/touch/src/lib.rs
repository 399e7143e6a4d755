//! What a resting hand feels, and what a rater then says.
//!
//! A body moves under a hand; the hand has thresholds, and a pulse, a breath and a slow rhythm of its own; a rater has
//! learned what to expect. This crate turns the motion of a place into a [`Finding`]: a rate, an amplitude, how
//! regular it is, and how likely it was felt at all. It knows no models: motions come as samples in mm, or as
//! channels of a recording. Every value stands in `touch.toml` with its range and source; all chance comes from a seed.
//!
//! - [`Values`]: the values; thresholds, d', shares of people who feel a motion, the least amplitude that is felt.
//! - [`Contact`]: how a body is touched, [`Detection`]: how often a motion is claimed when it is there, and when it is not.
//! - [`Rater`]: who feels, [`Oscillation`]: a rhythm of a body, [`Motion`]: samples of a motion.
//! - [`Hand`]: a rater who touches; [`Hand::perceive`] gives a [`Finding`], [`Hand::perceive_channels`] one for each
//!   station of a recording, [`symmetry`] compares two sides, [`Hand::compare_sides`] says which of two sides yields less.
//!
//! ```
//! use cisterna_touch::{Contact, Hand, Motion, Oscillation, Random, Rater, Values};
//!
//! let values = Values::embedded()?;
//! // How likely is a motion of 58 um at 6 a minute felt between two hands?
//! let sensitivity = values.d_prime(Contact::TwoHands, 0.058, 0.1, 0.0);
//! assert!((0.1..1.0).contains(&sensitivity));
//! // What must a motion have, so that half of the people feel it?
//! assert!(values.least_amplitude(Contact::TwoHands, 0.1, 0.5) > 0.113);
//!
//! // A rater who expects nothing, and moves by nothing, tells the rate of a strong motion.
//! let rater = Rater::typical(&values).without_own_rhythms().without_expectation();
//! let strong = Oscillation { name: "strong", amplitude: 5.0, rate: 0.1, cycle_variation: 0.0 };
//! let motion = Motion { rate: 10.0, samples: strong.samples(10.0, 1200, &mut Random::new(1)) };
//! let hand = Hand { values: &values, rater: &rater, contact: Contact::TwoHands, seed: 7 };
//! let finding = hand.perceive("station_head", &motion)?;
//! assert!(finding.felt && (finding.rate.unwrap() - 0.1).abs() < 0.002);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod band;
mod detection;
mod error;
mod finding;
mod hand;
mod oscillation;
mod random;
mod rater;
mod read;
mod sides;
mod threshold;
mod values;

pub use detection::Detection;
pub use error::TouchError;
pub use finding::{Finding, Symmetry, symmetry};
pub use hand::{Hand, Motion};
pub use oscillation::Oscillation;
pub use random::Random;
pub use rater::{Rater, Training};
pub use sides::Side;
pub use threshold::Contact;
pub use values::{Value, Values};
