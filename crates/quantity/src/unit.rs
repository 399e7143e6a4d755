//! A unit: its dimension and how to convert to and from the canonical one.

use crate::dimension::Dimension;
use crate::error::ParseError;
use crate::nearest::{nearest, suggestion};
use crate::number::short_number;
use crate::scale::Scale;
use crate::symbols::{look_up, nearest_symbol};
use crate::{catalogue, unit_text};

/// A unit as somebody wrote it, with the conversion to the canonical unit of its dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    text: String,
    dimension: Dimension,
    numerator: f64,
    denominator: f64,
}

impl Unit {
    /// The canonical unit of a dimension.
    #[must_use]
    pub fn canonical(dimension: Dimension) -> Self {
        Self { text: dimension.canonical_unit().into_owned(), dimension, numerator: 1.0, denominator: 1.0 }
    }

    /// The unit as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the unit measures.
    #[must_use]
    pub fn dimension(&self) -> Dimension {
        self.dimension
    }

    /// Canonical units in one of this unit.
    #[must_use]
    pub fn factor(&self) -> f64 {
        self.numerator / self.denominator
    }

    /// A value in this unit, converted to the canonical unit.
    #[must_use]
    pub fn to_canonical(&self, value: f64) -> f64 {
        value * self.numerator / self.denominator
    }

    /// A value in the canonical unit, converted to this unit.
    #[must_use]
    pub fn from_canonical(&self, value: f64) -> f64 {
        value * self.denominator / self.numerator
    }

    /// A canonical value for people: three significant digits in this unit, `0.38 mL/min`.
    #[must_use]
    pub fn show(&self, canonical: f64) -> String {
        with_unit(short_number(self.from_canonical(canonical)), &self.text)
    }
}

/// A number and its unit, the unit left out where it says nothing.
pub(crate) fn with_unit(number: String, unit: &str) -> String {
    match unit {
        "1" | "" => number,
        "%" | "°" => number + unit,
        _ => number + " " + unit,
    }
}

/// Reads a unit expression of any dimension, such as `mmHg/(mL/min)` or `kg/m^3`.
///
/// # Errors
/// An unknown symbol, an ambiguous or unfinished expression, a power out of range.
pub fn parse_unit(text: &str) -> Result<Unit, ParseError> {
    let (scale, dimension) = unit_text::read(text)?;
    let (numerator, denominator) = scale
        .times(canonical_scale(dimension).inverse())
        .fraction()
        .ok_or_else(|| ParseError::new(0..text.len(), "the unit is too large or too small"))?;
    Ok(Unit { text: text.trim().to_owned(), dimension, numerator, denominator })
}

/// Reads a unit that must have the given dimension.
///
/// # Errors
/// As [`parse_unit`], and a unit of another dimension; the help lists the usual units.
pub fn parse_unit_of(text: &str, dimension: Dimension) -> Result<Unit, ParseError> {
    let usual = dimension.usual_units();
    let allowed = format!("{dimension} is written in {}", usual.join(", "));
    let of_kind = |near: &String| parse_unit(near).is_ok_and(|unit| unit.dimension == dimension);
    let near = || suggestion(nearest(text, &usual));
    match parse_unit(text) {
        Ok(unit) if unit.dimension == dimension => Ok(unit),
        Ok(unit) => Err(ParseError::new(
            0..text.len(),
            format!("`{}` is {}, not {dimension}", unit.text, unit.dimension),
        )
        .help(near() + &allowed)),
        Err(mut error) => {
            // A single wrong word has a better match than the text as a whole; a wrong word
            // inside an expression has a worse one.
            let own = error.help.take();
            let hint = match (nearest_symbol(text), near()) {
                (Some(word), _) if of_kind(&word) => suggestion(Some(&word)),
                (None, near) if near.is_empty() => own.map_or(near, |own| own + " "),
                (_, near) => near,
            };
            Err(error.help(hint + &allowed))
        }
    }
}

/// The size of a dimension's canonical unit in units of the SI.
pub(crate) fn canonical_size(dimension: Dimension) -> f64 {
    canonical_scale(dimension).fraction().map_or(1.0, |(numerator, denominator)| numerator / denominator)
}

fn canonical_scale(dimension: Dimension) -> Scale {
    if let Some(entry) = catalogue::entry(dimension)
        && let Some(Ok((scale, _))) = entry.units.first().map(|unit| unit_text::read(unit))
    {
        return scale;
    }
    let factors = dimension.factors();
    let sizes = factors
        .iter()
        .filter_map(|&(symbol, exponent)| look_up(symbol).map(|(scale, _)| scale.power(exponent)));
    sizes.fold(Scale::ONE, Scale::times)
}
