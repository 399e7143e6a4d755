//! Why a test could not be analysed at all, in words.

use std::fmt;

use crate::protocol::Kind;

/// Why there is no report.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// The recording has no channel of that name.
    UnknownChannel {
        /// The name that was asked for.
        name: String,
        /// The channels that it has.
        channels: Vec<String>,
    },
    /// A channel has a unit that cannot be used.
    Unit {
        /// The channel.
        channel: String,
        /// Its unit.
        unit: String,
        /// The units that are read.
        allowed: &'static str,
    },
    /// Too little of the pressure is valid.
    NoPressure {
        /// The channel.
        channel: String,
        /// Windows with enough valid samples.
        found: usize,
        /// Windows that are needed.
        needed: usize,
    },
    /// Nothing was infused or withdrawn, or none of it while the pressure was recorded.
    NoInfusion(String),
    /// What kind of test it is cannot be told.
    UnknownKind(String),
    /// The infusion begins too soon after the recording for a baseline.
    NoBaseline {
        /// How long the pressure is recorded before, s.
        found: f64,
        /// How long it must be, s.
        needed: f64,
    },
    /// A phase, dose or option makes no sense.
    Improper(String),
    /// No course of the model fits.
    NoFit(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownChannel { name, channels } => {
                write!(f, "there is no channel `{name}`; the recording has {}", channels.join(", "))
            }
            Self::Unit { channel, unit, allowed } => {
                write!(f, "`{channel}` is in `{unit}`; it must be in {allowed}")
            }
            Self::NoPressure { channel, found, needed } => write!(
                f,
                "`{channel}` has {found} windows with enough valid samples; at least {needed} are needed"
            ),
            Self::NoInfusion(reason) => write!(f, "no infusion was found: {reason}"),
            Self::UnknownKind(reason) => {
                let kinds = Kind::ALL.map(Kind::name).join(", ");
                write!(f, "what kind of test it is cannot be told: {reason}; state it: {kinds}")
            }
            Self::NoBaseline { found, needed } => write!(
                f,
                "the pressure is recorded for {found:.0} s before the first infusion; at least {needed:.0} s are needed for a baseline"
            ),
            Self::Improper(what) => write!(f, "{what}"),
            Self::NoFit(reason) => write!(f, "Marmarou's model does not fit this course: {reason}"),
        }
    }
}

impl std::error::Error for Problem {}
