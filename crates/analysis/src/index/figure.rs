//! A number with all that it rests on, or the reason why there is none.

use super::IndexInfo;
use std::fmt;

/// A number found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// The ends of its 95 % interval, where one can be had.
    pub interval: Option<(f64, f64)>,
}

/// A number of an index, or the reason in words why there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The index it belongs to.
    pub info: &'static IndexInfo,
    /// Which number of the index, for example "gain, low frequencies"; empty where it has one only.
    pub part: String,
    /// Its unit.
    pub unit: String,
    /// The number, or why there is none.
    pub value: Result<Estimate, String>,
    /// The share of the time looked at that it rests on, 0 to 1.
    pub valid_fraction: f64,
}

impl Estimate {
    /// A number without an interval.
    pub(crate) fn plain(value: f64) -> Self {
        Estimate { value, interval: None }
    }
}

impl Figure {
    /// The number alone, if there is one.
    pub fn number(&self) -> Option<f64> {
        self.value.as_ref().ok().map(|found| found.value)
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.info.title)?;
        if !self.part.is_empty() {
            write!(f, ", {}", self.part)?;
        }
        let unit = if self.unit == "1" { String::new() } else { format!(" {}", self.unit) };
        match &self.value {
            Ok(Estimate { value, interval: Some((low, high)) }) => {
                write!(f, ": {value:.3}{unit} ({low:.3} to {high:.3})")?;
            }
            Ok(Estimate { value, interval: None }) => write!(f, ": {value:.3}{unit}")?,
            Err(reason) => return write!(f, ": none, as {reason}"),
        }
        write!(f, ", of {:.0} % of the time", 100.0 * self.valid_fraction)
    }
}
