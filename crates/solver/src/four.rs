//! Four numbers side by side.

use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use crate::elementary::{self, Vector};
use crate::{Lanes, Real};

/// Four `f64` that are computed together. Each operation is the scalar one, lane by lane, which the
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
                let (a, b) = (self.0, other.0);
                Four([a[0] $op b[0], a[1] $op b[1], a[2] $op b[2], a[3] $op b[3]])
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
        self.each(|x| -x)
    }
}

impl Four {
    /// A small function of two numbers in each lane.
    #[inline(always)]
    fn pairs(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        let (a, b) = (self.0, other.0);
        Four([f(a[0], b[0]), f(a[1], b[1]), f(a[2], b[2]), f(a[3], b[3])])
    }
}

impl Vector for Four {
    #[inline(always)]
    fn splat(x: f64) -> Self {
        Four([x; 4])
    }
    #[inline(always)]
    fn each(self, f: impl Fn(f64) -> f64) -> Self {
        let a = self.0;
        Four([f(a[0]), f(a[1]), f(a[2]), f(a[3])])
    }
    #[inline(always)]
    fn fused(self, b: Self, c: Self) -> Self {
        let (a, b, c) = (self.0, b.0, c.0);
        let one = |i: usize| elementary::fused(a[i], b[i], c[i]);
        Four([one(0), one(1), one(2), one(3)])
    }
}

impl Real for Four {
    #[inline(always)]
    fn constant(x: f64) -> Self {
        Four([x; 4])
    }
    #[inline(always)]
    fn exp(self) -> Self {
        elementary::exp(self)
    }
    #[inline(always)]
    fn ln(self) -> Self {
        elementary::ln(self)
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        self.each(f64::sqrt)
    }
    #[inline(always)]
    fn cos_turns(self) -> Self {
        elementary::cos_turns(self)
    }
    #[inline(always)]
    fn sin_turns(self) -> Self {
        elementary::sin_turns(self)
    }
    #[inline(always)]
    fn floor(self) -> Self {
        elementary::floor(self)
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        self.pairs(other, Real::min)
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        self.pairs(other, Real::max)
    }
    #[inline(always)]
    fn select(self, positive: Self, negative: Self) -> Self {
        let one = |i: usize| self.0[i].select(positive.0[i], negative.0[i]);
        Four([one(0), one(1), one(2), one(3)])
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
