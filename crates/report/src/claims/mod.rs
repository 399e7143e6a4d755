//! Pages of claims: one of all, and one for each with its picture.

mod index;
mod one;
mod picture;

pub use index::claims_page;
pub use one::claim_page;

use cisterna_claims::Verdict;

/// The class by which a verdict is coloured; its words always stand beside.
fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Supported => "good",
        Verdict::Contradicted => "bad",
        Verdict::NeedsHypothesis | Verdict::BelowWhatCanBeFelt => "known",
        Verdict::NotTestable => "",
    }
}

/// What the reader of any of these pages must know first.
const CAUTIONS: [&str; 2] = [
    "A verdict is about one reading of a claim on one model. It says nothing about a person, and nothing about whether a session does somebody good.",
    "Numbers marked hypothesis or assumed have not been measured; ranges are those that were published.",
];
