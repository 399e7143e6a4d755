//! In which unit and frame the numbers of a file are.

use std::fmt;
use std::str::FromStr;

use cisterna_quantity::nearest;

use crate::geometry::{Matrix, Vector};

/// Unit and frame of a file's coordinates.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Convention {
    /// The unit.
    pub unit: LengthUnit,
    /// Where the axes point.
    pub frame: Frame,
}

impl Convention {
    /// A point of the file in mm and in the body's frame.
    #[must_use]
    pub fn into_body(&self, point: &Vector) -> Vector {
        self.unit.millimetres() * (self.frame.axes * point)
    }
}

/// A unit of length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LengthUnit {
    /// Millimetre.
    #[default]
    Millimetre,
    /// Centimetre.
    Centimetre,
    /// Metre.
    Metre,
}

impl LengthUnit {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Millimetre, Self::Centimetre, Self::Metre];

    /// How many millimetres it is.
    #[must_use]
    pub fn millimetres(self) -> f64 {
        match self {
            Self::Millimetre => 1.0,
            Self::Centimetre => 10.0,
            Self::Metre => 1000.0,
        }
    }

    /// Its sign.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Millimetre => "mm",
            Self::Centimetre => "cm",
            Self::Metre => "m",
        }
    }
}

impl FromStr for LengthUnit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|unit| unit.sign() == text);
        known.ok_or_else(|| format!("`{text}` is no unit of length here; valid: mm, cm, m"))
    }
}

/// Where the axes of a file point in the subject's body.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Columns: the directions of the file's x, y and z in the body's frame.
    axes: Matrix,
}

/// What an axis may point to, with its direction in the body's frame.
const SENSES: [(&str, [f64; 3]); 6] = [
    ("right", [1.0, 0.0, 0.0]),
    ("left", [-1.0, 0.0, 0.0]),
    ("forward", [0.0, 1.0, 0.0]),
    ("backward", [0.0, -1.0, 0.0]),
    ("up", [0.0, 0.0, 1.0]),
    ("down", [0.0, 0.0, -1.0]),
];

impl Frame {
    /// Whether right and left are exchanged on the way into the body's frame, as from a left-handed program; the
    /// triangles' sense then turns too.
    #[must_use]
    pub fn is_left_handed(&self) -> bool {
        self.axes.determinant() < 0.0
    }
}

impl Default for Frame {
    /// `right,forward,up`.
    fn default() -> Self {
        Self { axes: Matrix::identity() }
    }
}

impl FromStr for Frame {
    type Err = String;

    /// Reads `right,forward,up`: what x, y and z point to.
    fn from_str(text: &str) -> Result<Self, String> {
        let words: Vec<&str> = text.split(',').map(str::trim).collect();
        let [x, y, z] = words.as_slice() else {
            return Err(format!(
                "`{text}` does not say where three axes point; write for example `left,up,forward`"
            ));
        };
        let axes = Matrix::from_columns(&[sense(x)?, sense(y)?, sense(z)?]);
        if axes.determinant() == 0.0 {
            return Err(format!("two axes of `{text}` lie along one line"));
        }
        Ok(Self { axes })
    }
}

fn sense(word: &str) -> Result<Vector, String> {
    let known = SENSES.iter().find(|(name, _)| *name == word);
    known.map(|(_, direction)| Vector::from(*direction)).ok_or_else(|| {
        let names = SENSES.map(|(name, _)| name);
        let near = nearest(word, names).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        format!("an axis cannot point `{word}`; {near}valid: {}", names.join(", "))
    })
}

impl fmt::Display for Frame {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |axis: usize| {
            let column = self.axes.column(axis).into_owned();
            SENSES
                .iter()
                .find(|(_, direction)| Vector::from(*direction) == column)
                .map_or("?", |(name, _)| name)
        };
        write!(formatter, "{},{},{}", word(0), word(1), word(2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frame_of_the_gltf_standard_becomes_the_body_s() {
        let convention = Convention { unit: LengthUnit::Metre, frame: "left,up,forward".parse().unwrap() };
        let point = convention.into_body(&Vector::new(0.1, 1.6, 0.05));
        assert!((point - Vector::new(-100.0, 50.0, 1600.0)).norm() < 1e-9);
        assert!(!convention.frame.is_left_handed());
        assert_eq!(convention.frame.to_string(), "left,up,forward");
    }

    #[test]
    fn a_wrong_frame_is_told_with_the_nearest_right_one() {
        assert!("right,forward".parse::<Frame>().unwrap_err().contains("three axes"));
        assert!("right,left,up".parse::<Frame>().unwrap_err().contains("one line"));
        assert!("right,forwards,up".parse::<Frame>().unwrap_err().contains("did you mean `forward`?"));
        assert!("inch".parse::<LengthUnit>().unwrap_err().contains("valid: mm, cm, m"));
    }
}
