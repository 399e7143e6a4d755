//! Claims as documents say them.

mod find;
mod number;
mod read;
mod rule;
mod schema;

use cisterna_model::document::Place;
use cisterna_quantity::{Stated, Unit};
use cisterna_touch::Contact;

pub use find::{Folder, names};
pub use rule::{Decision, Rule, TurnsOn, Verdict};
pub use schema::claim_schema;

pub(crate) use find::documents;

/// A claim made computable.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The name of its document.
    pub name: String,
    /// Its number among all claims, such as `C57`.
    pub id: String,
    /// What is claimed, in one sentence.
    pub claim: String,
    /// Where it is claimed.
    pub stated_in: String,
    /// What kind of claim it is.
    pub kind: Kind,
    /// How it is made a number, and what the rule asks.
    pub reading: String,
    /// The runs that its numbers come from.
    pub runs: Vec<Run>,
    /// Its numbers, each of those before it.
    pub numbers: Vec<Number>,
    /// How it is decided, or why it cannot be.
    pub decision: Decision,
    /// Why no pair of runs decides it, where published figures do.
    pub no_pair: Option<String>,
    /// What was published on it.
    pub published: Vec<Published>,
}

impl Claim {
    /// Whether a number comes from runs, bones or raters that were computed, by itself or through those it is put together of.
    #[must_use]
    pub fn is_computed(&self, name: &str) -> bool {
        let Some(number) = self.numbers.iter().find(|number| number.name == name) else { return false };
        match &number.from {
            From::Stated(_) | From::Felt(_) => false,
            From::Measure { .. } | From::Bones(_) | From::Panel { .. } => true,
            From::Together(_, names) => names.iter().any(|name| self.is_computed(name)),
        }
    }
}

/// What kind of claim it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Of forces, motions, pressures.
    Physics,
    /// Of what the body does.
    Physiology,
    /// Of what comes of a treatment.
    Effect,
    /// Of what somebody feels.
    Experience,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 4] = [Kind::Physics, Kind::Physiology, Kind::Effect, Kind::Experience];

    /// The word of documents.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Kind::Physics => "physics",
            Kind::Physiology => "physiology",
            Kind::Effect => "effect",
            Kind::Experience => "experience",
        }
    }
}

/// A scenario, with what is otherwise in it.
#[derive(Clone, Debug)]
pub struct Run {
    /// Its name in the claim.
    pub name: String,
    /// The scenario.
    pub scenario: String,
    /// What takes the place of the scenario's own keys.
    pub changes: toml::Table,
    /// Parameters that are moved to the ends of their published ranges, for the uncertainty.
    pub over: Vec<String>,
    pub(crate) place: Place,
}

impl Run {
    /// The same for two runs exactly when they are one.
    pub(crate) fn key(&self) -> String {
        format!("{} {} {:?}", self.scenario, self.changes, self.over)
    }
}

/// A number of a claim.
#[derive(Clone, Debug)]
pub struct Number {
    /// Its name.
    pub name: String,
    /// What a reader sees.
    pub label: String,
    /// Whether its sign is left out.
    pub magnitude: bool,
    /// The unit in which it is shown, where not in that in which it comes.
    pub unit: Option<Unit>,
    /// Where it comes from.
    pub from: From,
    pub(crate) place: Place,
}

/// Where a number comes from.
#[derive(Clone, Debug)]
pub enum From {
    /// It is stated, with range and source.
    Stated(Stated),
    /// A measure of a run.
    Measure {
        /// The run.
        run: String,
        /// The measure.
        measure: String,
    },
    /// Bones under loads, all else at rest.
    Bones(Pressed),
    /// What hands just feel.
    Felt(Felt),
    /// A figure of a simulated panel of raters.
    Panel {
        /// The study.
        study: String,
        /// The arm: which hypotheses hold.
        arm: String,
        /// The row.
        row: String,
    },
    /// Numbers before it, put together.
    Together(How, Vec<String>),
}

/// The least motion (half of peak to peak) that a share of people feels.
#[derive(Clone, Debug, PartialEq)]
pub struct Felt {
    /// The share of people.
    pub share: f64,
    /// How often it moves to and fro, Hz.
    pub frequency: f64,
    /// How a body is touched.
    pub contact: Contact,
}

/// Bones under loads.
#[derive(Clone, Debug)]
pub struct Pressed {
    /// The subject.
    pub subject: String,
    /// Conditions and hypotheses that are laid on.
    pub lay_on: Vec<String>,
    /// Loads and their sizes: name, canonical size.
    pub by: Vec<(String, f64)>,
    /// What is asked, such as `sagittal_suture.opening`.
    pub of: String,
    /// Whether after a long time, rather than at once.
    pub in_the_end: bool,
    /// Values of tissue that are otherwise: name, canonical value.
    pub set: Vec<(String, f64)>,
}

/// How numbers are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// All added.
    Sum,
    /// The first less the others.
    Difference,
    /// All multiplied.
    Product,
    /// The first over the others.
    Ratio,
    /// The lowest.
    Least,
    /// The highest.
    Most,
}

impl How {
    /// All ways.
    pub const ALL: [How; 6] = [How::Sum, How::Difference, How::Product, How::Ratio, How::Least, How::Most];

    /// The key of documents.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            How::Sum => "sum",
            How::Difference => "difference",
            How::Product => "product",
            How::Ratio => "ratio",
            How::Least => "least",
            How::Most => "most",
        }
    }
}

/// What was published on a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// What it says, in our words.
    pub says: String,
    /// The key of its source.
    pub source: String,
}
