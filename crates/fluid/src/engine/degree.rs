//! Whether a formula is linear in what varies, found by running it on degrees instead of numbers.

use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use cisterna_solver::Real;

use super::program::MOST_INPUTS;
use crate::law::Formula;

/// Whether a formula is a sum of its unknown inputs with coefficients made of the known ones.
pub(crate) fn is_affine(formula: Formula, known: &[Option<f64>]) -> bool {
    let mut degrees = [Degree::Constant; MOST_INPUTS];
    for (degree, known) in degrees.iter_mut().zip(known) {
        *degree = if known.is_some() { Degree::Constant } else { Degree::Linear };
    }
    formula.evaluate(&degrees[..known.len()]) != Degree::Bent
}

/// How something depends on what varies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Degree {
    Constant,
    Linear,
    Bent,
}

use Degree::{Bent, Constant};

impl Degree {
    /// Any function that is not linear.
    fn bend(self) -> Self {
        if self == Constant { Constant } else { Bent }
    }
}

impl Add for Degree {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Ord::max(self, other)
    }
}

impl Sub for Degree {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Ord::max(self, other)
    }
}

impl Mul for Degree {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        match (self, other) {
            (Constant, degree) | (degree, Constant) => degree,
            _ => Bent,
        }
    }
}

impl Div for Degree {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        if other == Constant { self } else { Bent }
    }
}

impl Neg for Degree {
    type Output = Self;
    fn neg(self) -> Self {
        self
    }
}

macro_rules! assign {
    ($trait:ident, $method:ident, $op:tt) => {
        impl $trait for Degree {
            fn $method(&mut self, other: Self) {
                *self = *self $op other;
            }
        }
    };
}

assign!(AddAssign, add_assign, +);
assign!(SubAssign, sub_assign, -);
assign!(MulAssign, mul_assign, *);
assign!(DivAssign, div_assign, /);

impl Real for Degree {
    fn constant(_: f64) -> Self {
        Constant
    }
    fn exp(self) -> Self {
        self.bend()
    }
    fn ln(self) -> Self {
        self.bend()
    }
    fn sqrt(self) -> Self {
        self.bend()
    }
    fn cos_turns(self) -> Self {
        self.bend()
    }
    fn sin_turns(self) -> Self {
        self.bend()
    }
    fn floor(self) -> Self {
        self.bend()
    }
    fn min(self, other: Self) -> Self {
        Ord::max(self, other).bend()
    }
    fn max(self, other: Self) -> Self {
        Ord::max(self, other).bend()
    }
    fn select(self, positive: Self, negative: Self) -> Self {
        Ord::max(positive, negative) + self.bend()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_resistance_is_linear_in_its_drive_and_a_varying_one_is_not() {
        assert!(is_affine(Formula::Resistance, &[None, Some(2.0)]));
        assert!(!is_affine(Formula::Resistance, &[None, None]));
        assert!(!is_affine(Formula::Resistance, &[Some(6.0), None]));
    }

    #[test]
    fn a_valve_and_a_stiffening_wall_bend_and_an_elastic_wall_does_not() {
        assert!(!is_affine(Formula::OneWay, &[None, Some(2.0), Some(0.1), Some(0.0)]));
        assert!(!is_affine(Formula::Exponential, &[None, Some(1.0), Some(1.0), Some(0.1), Some(0.0)]));
        assert!(is_affine(Formula::Elastic, &[None, Some(20.0), Some(1.5)]));
    }
}
