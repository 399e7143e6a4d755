//! How a claim is decided.

use cisterna_model::document::Place;

/// How a claim is decided.
#[derive(Clone, Debug)]
pub enum Decision {
    /// By a rule.
    Rule(Rule),
    /// Not at all, and why.
    Untestable(String),
}

/// A rule: one number against another.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The number that is compared.
    pub compare: String,
    /// Whether the claim wants it at least as large as the bound, or at most.
    pub at_least: bool,
    /// The number with which it is compared.
    pub bound: String,
    /// The verdict where it is so.
    pub then: Verdict,
    /// The verdict where it is not.
    pub otherwise: Verdict,
    /// What would have to be true, where the verdict is that a hypothesis is needed.
    pub hypothesis: Option<String>,
    /// What the verdict turns on.
    pub turns_on: TurnsOn,
    pub(crate) place: Place,
}

/// The parameter on which a verdict turns.
#[derive(Clone, Debug)]
pub enum TurnsOn {
    /// A stated number of the claim.
    Number(String),
    /// A parameter of runs.
    Parameter {
        /// The parameter.
        name: String,
        /// The runs in which it is moved: both of a pair, where what differs between them counts.
        runs: Vec<String>,
    },
    /// A value of tissue of a number that bones give.
    Tissue {
        /// The value.
        name: String,
        /// The number.
        number: String,
    },
}

/// What becomes of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// What is measured supports it.
    Supported,
    /// What is measured speaks against it.
    Contradicted,
    /// It holds only under a hypothesis.
    NeedsHypothesis,
    /// It may be, and nobody could feel it.
    BelowWhatCanBeFelt,
    /// Nothing decides it.
    NotTestable,
}

impl Verdict {
    /// All verdicts.
    pub const ALL: [Verdict; 5] = [
        Verdict::Supported,
        Verdict::Contradicted,
        Verdict::NeedsHypothesis,
        Verdict::BelowWhatCanBeFelt,
        Verdict::NotTestable,
    ];

    /// The words of documents and tables.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Verdict::Supported => "supported",
            Verdict::Contradicted => "contradicted",
            Verdict::NeedsHypothesis => "needs a hypothesis",
            Verdict::BelowWhatCanBeFelt => "below what can be felt",
            Verdict::NotTestable => "not testable",
        }
    }
}
