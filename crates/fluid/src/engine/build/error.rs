//! Why a network cannot be run.

use std::fmt;

/// Why a network cannot be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BuildError {
    /// Signals that depend on each other without a state in between.
    Loop(Vec<String>),
    /// Two signals that act on one parameter.
    TwoWriters {
        /// The parameter.
        parameter: String,
        /// Both signals.
        signals: [String; 2],
    },
    /// Lanes of one run whose networks differ in more than numbers.
    LanesDiffer,
    /// A heart chamber or breath that does not sense a clock.
    NotAClock {
        /// The signal.
        signal: String,
    },
    /// A start that the spaces cannot have.
    Start(String),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BuildError::Loop(names) => write!(
                f,
                "{} depend on each other without a lag in between; give one of them the law `lag`",
                names.join(" -> ")
            ),
            BuildError::TwoWriters { parameter, signals: [a, b] } => {
                write!(f, "both `{a}` and `{b}` act on `{parameter}`; a parameter has one writer")
            }
            BuildError::LanesDiffer => {
                write!(f, "subjects that run side by side must differ in numbers only, not in structure")
            }
            BuildError::NotAClock { signal } => {
                write!(f, "`{signal}` must sense a signal with the law `clock`")
            }
            BuildError::Start(reason) => write!(f, "no start: {reason}"),
        }
    }
}

impl std::error::Error for BuildError {}
