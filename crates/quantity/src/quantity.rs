//! A number with its dimension.

use std::fmt;

use crate::dimension::Dimension;
use crate::error::ParseError;
use crate::number::{self, exact_number};
use crate::unit::{Unit, parse_unit, parse_unit_of, with_unit};

/// A value in the canonical unit of its dimension.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// The value in the canonical unit of `dimension`.
    pub value: f64,
    /// What the value measures.
    pub dimension: Dimension,
}

impl Quantity {
    /// Reads `14 cmH2O` as a value in the canonical unit of the dimension it must have.
    ///
    /// # Errors
    /// No number, a missing or unknown unit, a unit of another dimension, a value too large.
    pub fn parse(text: &str, dimension: Dimension) -> Result<f64, ParseError> {
        parse_with_unit(text, dimension).map(|(value, _)| value)
    }

    /// Reads a quantity of whatever dimension its unit has; without a unit it is a plain number.
    ///
    /// # Errors
    /// No number, an unknown unit, a value too large.
    pub fn parse_any(text: &str) -> Result<Self, ParseError> {
        let (number, unit, at) = split(text)?;
        let unit = if unit.is_empty() {
            Unit::canonical(Dimension::NUMBER)
        } else {
            parse_unit(unit).map_err(|error| error.shifted(at))?
        };
        Ok(Self { value: convert(number, &unit, text)?, dimension: unit.dimension() })
    }

    /// The quantity with all its digits in the canonical unit; reads back to the same bits.
    #[must_use]
    pub fn exact(self) -> String {
        with_unit(exact_number(self.value), &self.dimension.canonical_unit())
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&display(self.value, self.dimension))
    }
}

/// A canonical value for people, in the canonical unit: `0.38 mL/s`.
///
/// Another unit of choice prints with [`Unit::show`].
#[must_use]
pub fn display(value: f64, dimension: Dimension) -> String {
    Unit::canonical(dimension).show(value)
}

/// The canonical value together with the unit in which it was written.
pub(crate) fn parse_with_unit(text: &str, dimension: Dimension) -> Result<(f64, Unit), ParseError> {
    let (number, unit, at) = split(text)?;
    let unit = if !unit.is_empty() {
        parse_unit_of(unit, dimension).map_err(|error| error.shifted(at))?
    } else if dimension == Dimension::NUMBER {
        Unit::canonical(dimension)
    } else {
        let units = dimension.usual_units().join(", ");
        return Err(
            ParseError::new(at..at, "the unit is missing").help(format!("{dimension} is written in {units}"))
        );
    };
    Ok((convert(number, &unit, text)?, unit))
}

/// The number, the text of the unit, and the byte at which that begins.
fn split(text: &str) -> Result<(f64, &str, usize), ParseError> {
    let start = text.len() - text.trim_start().len();
    let (number, length) = number::scan(&text[start..]).map_err(|error| error.shifted(start))?;
    let rest = &text[start + length..];
    let unit = rest.trim();
    let gap = if unit.is_empty() { 0 } else { rest.len() - rest.trim_start().len() };
    Ok((number, unit, start + length + gap))
}

fn convert(number: f64, unit: &Unit, text: &str) -> Result<f64, ParseError> {
    let value = unit.to_canonical(number);
    if value.is_finite() { Ok(value) } else { Err(ParseError::new(0..text.len(), "the value is too large")) }
}
