//! Four numbers side by side.

use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use bytemuck::cast;
use wide::{f64x4, u64x4};

use crate::elementary::{self, Vector};
use crate::{Lanes, Real};

/// Four `f64` that are computed together, by vector instructions where the processor has them. Every operation is that
/// of one `f64`, rounded alike, so that lanes and single runs agree to the bit.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Four(f64x4);

impl Four {
    /// Four numbers.
    #[inline(always)]
    pub fn new(numbers: [f64; 4]) -> Self {
        Four(f64x4::new(numbers))
    }

    /// The four numbers.
    #[inline(always)]
    pub fn numbers(self) -> [f64; 4] {
        self.0.to_array()
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident, $assign:ident, $assign_method:ident, $op:tt) => {
        impl $trait for Four {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                Four(self.0 $op other.0)
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
        Four(self.0 ^ f64x4::splat(-0.0))
    }
}

impl Vector for Four {
    #[inline(always)]
    fn greater_or(self, limit: Self, otherwise: Self) -> Self {
        Four(self.0.simd_gt(limit.0).select(self.0, otherwise.0))
    }
    #[inline(always)]
    fn less_or(self, limit: Self, otherwise: Self) -> Self {
        Four(self.0.simd_lt(limit.0).select(self.0, otherwise.0))
    }
    #[inline(always)]
    fn low_bits_to_exponent(self) -> Self {
        let bits: u64x4 = cast(self.0);
        Four(cast((bits + u64x4::splat(1023)) << 52_u32))
    }
    #[inline(always)]
    fn low_bit_to_sign(self) -> Self {
        let bits: u64x4 = cast(self.0);
        Four(cast((bits << 63_u32) | u64x4::splat(1.0_f64.to_bits())))
    }
    #[inline(always)]
    fn split(self) -> (Self, Self) {
        let bits: u64x4 = cast(self.0);
        let offset = bits - u64x4::splat(elementary::HALF_ROOT);
        let mantissa = bits - (offset & u64x4::splat(elementary::EXPONENT));
        let exponent = ((offset >> 52_u32) + u64x4::splat(0x800)) & u64x4::splat(0xfff);
        (Four(cast(mantissa)), Four(cast(exponent | u64x4::splat(elementary::WHOLE))))
    }
}

impl Real for Four {
    #[inline(always)]
    fn constant(x: f64) -> Self {
        Four(f64x4::splat(x))
    }
    #[inline(always)]
    fn fused(self, b: Self, c: Self) -> Self {
        Four(self.0.mul_add(b.0, c.0))
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
        Four(self.0.sqrt())
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
        Four(self.0.floor())
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        self.less_or(other, other)
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        self.greater_or(other, other)
    }
    #[inline(always)]
    fn select(self, positive: Self, negative: Self) -> Self {
        Four(self.0.simd_ge(f64x4::splat(0.0)).select(positive.0, negative.0))
    }
}

impl Lanes for Four {
    const COUNT: usize = 4;
    #[inline(always)]
    fn lane(&self, lane: usize) -> f64 {
        self.0.as_array()[lane]
    }
    #[inline(always)]
    fn set_lane(&mut self, lane: usize, x: f64) {
        self.0.as_mut_array()[lane] = x;
    }
}
