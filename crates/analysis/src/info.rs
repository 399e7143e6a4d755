//! What a statistic declares about itself; document reader, schema and error messages are made from it.

use crate::unit;

/// A statistic's name, meaning, parameters and needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StatisticInfo {
    /// Its name in documents, for example `amplitude_peak_to_peak`.
    pub name: &'static str,
    /// One line that says what it is.
    pub doc: &'static str,
    /// How its unit follows from that of the channel.
    pub unit: UnitRule,
    /// Its parameters; every one of them must be given.
    pub parameters: &'static [ParameterInfo],
    /// What it needs beside the channel.
    pub needs: &'static [Need],
}

/// A parameter of a statistic.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParameterInfo {
    /// Its name in documents.
    pub name: &'static str,
    /// One line that says what it is.
    pub doc: &'static str,
    /// The unit in which the number is passed (`s`, `Hz` or `1`); documents may use any of the same dimension.
    pub unit: &'static str,
    /// The smallest and the largest value that make sense, in `unit`.
    pub allowed: (f64, f64),
}

/// What a statistic needs beside the channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Need {
    /// A window; only `value_at` goes without.
    Window,
    /// A second channel to compare with.
    Other,
    /// A second window to compare with.
    Baseline,
    /// Whole beats: marks of kind beat, or found by `detect_beats`.
    Beats,
}

/// How the unit of a statistic follows from the unit of its channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnitRule {
    /// The unit of the channel.
    Same,
    /// Its square: mmHg gives mmHg^2.
    Squared,
    /// Integrated over time: mL/s and mL/min give mL, mmHg gives mmHg s.
    TimesSeconds,
    /// Per second: mmHg gives mmHg/s.
    PerSecond,
    /// Divided by the unit of the other channel.
    PerOther,
    /// One over the unit of the other channel.
    PerOtherAlone,
    /// Always this unit.
    Always(&'static str),
}

impl UnitRule {
    /// The unit, and the factor by which a number computed in the channels' units and seconds is multiplied to be
    /// in it (a flow in mL/min integrated over seconds is multiplied by 1/60 to be in mL).
    pub fn apply(self, channel: &str, other: Option<&str>) -> (f64, String) {
        match self {
            Self::Same => (1.0, channel.to_owned()),
            Self::Squared => unit::product(channel, 1, channel, 1),
            Self::TimesSeconds => unit::product(channel, 1, "s", 1),
            Self::PerSecond => unit::product(channel, 1, "s", -1),
            Self::PerOther => unit::product(channel, 1, other.unwrap_or("1"), -1),
            Self::PerOtherAlone => unit::product("1", 1, other.unwrap_or("1"), -1),
            Self::Always(unit) => (1.0, unit.to_owned()),
        }
    }
}
