//! Four numbers side by side.

use std::array::from_fn;
use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use crate::{Lanes, Real};

/// Four `f64` that are computed together. Each operation is the scalar one in a loop of fixed length, which the
/// compiler turns into vector instructions: equal bits with a single run hold by construction.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
#[repr(C, align(32))]
pub struct Four(pub [f64; 4]);

macro_rules! operator {
    ($trait:ident, $method:ident, $assign:ident, $assign_method:ident, $op:tt) => {
        impl $trait for Four {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                Four(from_fn(|i| self.0[i] $op other.0[i]))
            }
        }
        impl $assign for Four {
            #[inline(always)]
            fn $assign_method(&mut self, other: Self) {
                *self = *self $op other;
            }
        }
    };
}

operator!(Add, add, AddAssign, add_assign, +);
operator!(Sub, sub, SubAssign, sub_assign, -);
operator!(Mul, mul, MulAssign, mul_assign, *);
operator!(Div, div, DivAssign, div_assign, /);

impl Neg for Four {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Four(from_fn(|i| -self.0[i]))
    }
}

impl Four {
    #[inline(always)]
    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Four(from_fn(|i| f(self.0[i])))
    }
}

impl Real for Four {
    #[inline(always)]
    fn constant(x: f64) -> Self {
        Four([x; 4])
    }
    #[inline(always)]
    fn exp(self) -> Self {
        self.map(Real::exp)
    }
    #[inline(always)]
    fn ln(self) -> Self {
        self.map(Real::ln)
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        self.map(f64::sqrt)
    }
    #[inline(always)]
    fn cos_turns(self) -> Self {
        self.map(Real::cos_turns)
    }
    #[inline(always)]
    fn sin_turns(self) -> Self {
        self.map(Real::sin_turns)
    }
    #[inline(always)]
    fn floor(self) -> Self {
        self.map(Real::floor)
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        Four(from_fn(|i| Real::min(self.0[i], other.0[i])))
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        Four(from_fn(|i| Real::max(self.0[i], other.0[i])))
    }
    #[inline(always)]
    fn select(self, positive: Self, negative: Self) -> Self {
        Four(from_fn(|i| self.0[i].select(positive.0[i], negative.0[i])))
    }
}

impl Lanes for Four {
    const COUNT: usize = 4;
    #[inline(always)]
    fn lane(&self, lane: usize) -> f64 {
        self.0[lane]
    }
    #[inline(always)]
    fn set_lane(&mut self, lane: usize, x: f64) {
        self.0[lane] = x;
    }
}
