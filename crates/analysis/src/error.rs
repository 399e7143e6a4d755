//! Why something could not be measured, in words.

use crate::Window;
use std::fmt;

/// Why a statistic could not be measured.
#[derive(Clone, Debug, PartialEq)]
pub enum MeasureError {
    /// The recording has no channel of that name.
    UnknownChannel {
        /// The name that was asked for.
        name: String,
        /// The most similar name that exists.
        nearest: Option<String>,
    },
    /// The window has no extent, or is not finite.
    ImproperWindow(Window),
    /// The statistic compares with a second channel, and none was named.
    NeedsOther(&'static str),
    /// The statistic compares with a baseline window, and none was given.
    NeedsBaseline(&'static str),
    /// Less than half of the window holds valid samples.
    TooLittleData {
        /// The channel.
        channel: String,
        /// The window.
        window: Window,
        /// The fraction of the window with valid samples, 0 to 1.
        valid_fraction: f64,
    },
    /// Too few whole beats with data in the window.
    TooFewBeats {
        /// The channel.
        channel: String,
        /// The window.
        window: Window,
        /// How many whole beats can be used.
        found: usize,
        /// How many are needed.
        needed: usize,
    },
    /// The data are there but do not determine the answer.
    Undetermined {
        /// What was to be found.
        what: &'static str,
        /// The channel.
        channel: String,
        /// Why not.
        reason: String,
    },
}

impl fmt::Display for MeasureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownChannel { name, nearest } => {
                write!(f, "there is no channel `{name}`")?;
                nearest.iter().try_for_each(|nearest| write!(f, "; did you mean `{nearest}`?"))
            }
            Self::ImproperWindow(window) => {
                write!(f, "the window {window} is empty: its end must come after its beginning")
            }
            Self::NeedsOther(statistic) => write!(f, "`{statistic}` needs a second channel (`other`)"),
            Self::NeedsBaseline(statistic) => write!(f, "`{statistic}` needs a `baseline` window"),
            Self::TooLittleData { channel, window, valid_fraction } => write!(
                f,
                "`{channel}` has valid samples in only {:.0} % of {window}; at least half is needed",
                100.0 * valid_fraction
            ),
            Self::TooFewBeats { channel, window, found, needed } => write!(
                f,
                "`{channel}` has {found} whole beats with data in {window}; at least {needed} are needed"
            ),
            Self::Undetermined { what, channel, reason } => {
                write!(f, "the {what} of `{channel}` cannot be determined: {reason}")
            }
        }
    }
}

impl std::error::Error for MeasureError {}

/// Why a statistic could not be built from its name and parameters.
#[derive(Clone, Debug, PartialEq)]
pub enum StatisticError {
    /// No statistic has that name.
    Unknown {
        /// The name that was asked for.
        name: String,
        /// The most similar name that exists.
        nearest: Option<&'static str>,
    },
    /// A parameter is missing.
    MissingParameter {
        /// The statistic.
        statistic: &'static str,
        /// The parameter.
        parameter: &'static str,
        /// The unit that it takes.
        unit: &'static str,
    },
    /// A parameter is outside of what makes sense.
    ParameterOutOfRange {
        /// The statistic.
        statistic: &'static str,
        /// The parameter.
        parameter: &'static str,
        /// What was given, in `unit`.
        value: f64,
        /// The smallest and largest value allowed, in `unit`.
        allowed: (f64, f64),
        /// The unit that it takes.
        unit: &'static str,
    },
}

impl fmt::Display for StatisticError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { name, nearest } => {
                write!(f, "there is no statistic `{name}`")?;
                nearest.iter().try_for_each(|nearest| write!(f, "; did you mean `{nearest}`?"))
            }
            Self::MissingParameter { statistic, parameter, unit } => {
                write!(f, "`{statistic}` needs the parameter `{parameter}` ({unit})")
            }
            Self::ParameterOutOfRange { statistic, parameter, value, allowed: (low, high), unit } => write!(
                f,
                "`{parameter}` of `{statistic}` is {value} {unit}; it must lie within {low} .. {high} {unit}"
            ),
        }
    }
}

impl std::error::Error for StatisticError {}

/// The candidate most similar to `name`, if any is similar at all.
pub(crate) fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(similarity, _)| *similarity > 0.7)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}
