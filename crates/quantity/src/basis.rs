//! On what a stated value rests.

use std::fmt;

/// How somebody came to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Basis {
    /// Measured in the source that is named.
    Measured,
    /// Computed from measured values, in the way the note or the source tells.
    Derived,
    /// Taken without measurement, for the reason or after the source given.
    Assumed,
    /// A claim of practice that a scenario switches on.
    Hypothesis,
    /// True by convention, as a zero level is.
    Definition,
}

impl Basis {
    /// Every basis, in the order of how much it carries.
    pub const ALL: [Self; 5] =
        [Self::Measured, Self::Derived, Self::Assumed, Self::Hypothesis, Self::Definition];

    /// The word in the document.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::Derived => "derived",
            Self::Assumed => "assumed",
            Self::Hypothesis => "hypothesis",
            Self::Definition => "definition",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.word() == word)
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())
    }
}
