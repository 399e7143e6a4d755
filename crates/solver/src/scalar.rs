//! The numbers that laws and the solver compute with.

use std::fmt::Debug;
use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use crate::elementary;

/// A number that a law may compute with: `f64`, several lanes of it, or a dual over either.
///
/// There are no comparisons: a law that branched could not run several subjects at once. Use the smooth
/// functions, [`min`](Real::min), [`max`](Real::max) and [`select`](Real::select).
pub trait Real:
    Copy
    + Debug
    + Send
    + Sync
    + 'static
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
    + DivAssign
{
    /// The constant `x` (in every lane, with zero derivative).
    fn constant(x: f64) -> Self;
    /// `e^self`.
    fn exp(self) -> Self;
    /// Natural logarithm.
    fn ln(self) -> Self;
    /// Square root.
    fn sqrt(self) -> Self;
    /// `cos(2 pi self)`.
    fn cos_turns(self) -> Self;
    /// `sin(2 pi self)`.
    fn sin_turns(self) -> Self;
    /// The greatest integer not above `self`; its derivative is zero.
    fn floor(self) -> Self;
    /// The smaller of two.
    fn min(self, other: Self) -> Self;
    /// The greater of two.
    fn max(self, other: Self) -> Self;
    /// `if self >= 0 { positive } else { negative }`, lane by lane.
    fn select(self, positive: Self, negative: Self) -> Self;

    /// `self b + c`, rounded once on processors that can.
    #[inline(always)]
    fn fused(self, b: Self, c: Self) -> Self {
        self * b + c
    }

    /// `ln(1 + e^self)`, a smooth `max(0, self)` of width one with exponential tails.
    #[inline(always)]
    fn softplus(self) -> Self {
        self.softplus_and_slope().0
    }

    /// [`softplus`](Real::softplus) with its derivative, the [`sigmoid`](Real::sigmoid), from one exponential.
    #[inline(always)]
    fn softplus_and_slope(self) -> (Self, Self) {
        let (zero, one) = (Self::constant(0.0), Self::constant(1.0));
        let small = self.select(-self, self).exp();
        let whole = one + small;
        (self.select(self, zero) + whole.ln(), self.select(one, small) / whole)
    }

    /// `width ln(1 + e^(self / width))`: a smooth `max(0, self)` that bends over `width`.
    ///
    /// By the inverse of the width, which is there before `self` is: the laws wait for results rather than for room
    /// in the processor.
    #[inline(always)]
    fn positive_part(self, width: Self) -> Self {
        (self * width.inverse()).softplus() * width
    }

    /// `1 / self`.
    #[inline(always)]
    fn inverse(self) -> Self {
        Self::constant(1.0) / self
    }

    /// `1 / (1 + e^-self)`.
    #[inline(always)]
    fn sigmoid(self) -> Self {
        let one = Self::constant(1.0);
        one / (one + (-self).exp())
    }

    /// Square.
    #[inline(always)]
    fn squared(self) -> Self {
        self * self
    }

    /// `self^exponent` for a positive number.
    #[inline(always)]
    fn powf(self, exponent: Self) -> Self {
        (exponent * self.ln()).exp()
    }

    /// Hyperbolic tangent.
    #[inline(always)]
    fn tanh(self) -> Self {
        let two = Self::constant(2.0);
        two * (two * self).sigmoid() - Self::constant(1.0)
    }
}

/// A [`Real`] that the solver stores: one lane (`f64`) or several side by side ([`Four`](crate::Four)).
pub trait Lanes: Real {
    /// How many lanes.
    const COUNT: usize;
    /// The number in lane `lane`.
    fn lane(&self, lane: usize) -> f64;
    /// Replaces the number in lane `lane`.
    fn set_lane(&mut self, lane: usize, x: f64);
}

impl Real for f64 {
    #[inline(always)]
    fn constant(x: f64) -> Self {
        x
    }
    #[inline(always)]
    fn fused(self, b: Self, c: Self) -> Self {
        elementary::fused(self, b, c)
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
        f64::sqrt(self)
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
        f64::floor(self)
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        if self < other { self } else { other }
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        if self > other { self } else { other }
    }
    #[inline(always)]
    fn select(self, positive: Self, negative: Self) -> Self {
        if self >= 0.0 { positive } else { negative }
    }
}

impl Lanes for f64 {
    const COUNT: usize = 1;
    #[inline(always)]
    fn lane(&self, _lane: usize) -> f64 {
        *self
    }
    #[inline(always)]
    fn set_lane(&mut self, _lane: usize, x: f64) {
        *self = x;
    }
}
