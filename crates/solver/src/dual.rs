//! Local duals: a value with its derivatives by `N` chosen inputs.

use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use crate::Real;

/// A value and its exact derivatives by `N` inputs (forward differentiation).
///
/// ```
/// use cisterna_solver::{Dual, Real};
/// let x = Dual::<f64, 2>::variable(3.0, 0);
/// let y = Dual::<f64, 2>::variable(2.0, 1);
/// let z = x * x * y;
/// assert_eq!((z.value, z.slopes), (18.0, [12.0, 9.0]));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Dual<F, const N: usize> {
    /// The value.
    pub value: F,
    /// The derivative by each input.
    pub slopes: [F; N],
}

impl<F: Real, const N: usize> Dual<F, N> {
    /// The input number `index`, at `value`.
    #[inline(always)]
    pub fn variable(value: F, index: usize) -> Self {
        let mut slopes = [F::constant(0.0); N];
        slopes[index] = F::constant(1.0);
        Dual { value, slopes }
    }

    /// A value that depends on no input.
    #[inline(always)]
    pub fn fixed(value: F) -> Self {
        Dual { value, slopes: [F::constant(0.0); N] }
    }

    /// `value` with the slopes of `self` times `factor` (the chain rule).
    #[inline(always)]
    fn chain(self, value: F, factor: F) -> Self {
        Dual { value, slopes: each(|i| self.slopes[i] * factor) }
    }

    /// The product rule.
    #[inline(always)]
    fn times(self, o: Self) -> Self {
        Dual {
            value: self.value * o.value,
            slopes: each(|i| self.slopes[i] * o.value + self.value * o.slopes[i]),
        }
    }
}

/// An array, number by number (a plain loop, which is always inlined).
#[inline(always)]
fn each<F: Real, const N: usize>(f: impl Fn(usize) -> F) -> [F; N] {
    let mut all = [F::constant(0.0); N];
    for (i, one) in all.iter_mut().enumerate() {
        *one = f(i);
    }
    all
}

impl<F: Real, const N: usize> Add for Dual<F, N> {
    type Output = Self;
    #[inline(always)]
    fn add(self, o: Self) -> Self {
        Dual { value: self.value + o.value, slopes: each(|i| self.slopes[i] + o.slopes[i]) }
    }
}

impl<F: Real, const N: usize> Sub for Dual<F, N> {
    type Output = Self;
    #[inline(always)]
    fn sub(self, o: Self) -> Self {
        Dual { value: self.value - o.value, slopes: each(|i| self.slopes[i] - o.slopes[i]) }
    }
}

impl<F: Real, const N: usize> Mul for Dual<F, N> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, o: Self) -> Self {
        self.times(o)
    }
}

impl<F: Real, const N: usize> Div for Dual<F, N> {
    type Output = Self;
    #[inline(always)]
    fn div(self, o: Self) -> Self {
        let value = self.value / o.value;
        let inverse = F::constant(1.0) / o.value;
        Dual { value, slopes: each(|i| (self.slopes[i] - value * o.slopes[i]) * inverse) }
    }
}

impl<F: Real, const N: usize> Neg for Dual<F, N> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Dual { value: -self.value, slopes: each(|i| -self.slopes[i]) }
    }
}

macro_rules! assign {
    ($trait:ident, $method:ident, $op:tt) => {
        impl<F: Real, const N: usize> $trait for Dual<F, N> {
            #[inline(always)]
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

impl<F: Real, const N: usize> Real for Dual<F, N> {
    #[inline(always)]
    fn constant(x: f64) -> Self {
        Dual::fixed(F::constant(x))
    }
    #[inline(always)]
    fn exp(self) -> Self {
        let e = self.value.exp();
        self.chain(e, e)
    }
    #[inline(always)]
    fn ln(self) -> Self {
        self.chain(self.value.ln(), F::constant(1.0) / self.value)
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        let root = self.value.sqrt();
        self.chain(root, F::constant(0.5) / root)
    }
    #[inline(always)]
    fn cos_turns(self) -> Self {
        self.chain(self.value.cos_turns(), self.value.sin_turns() * F::constant(-std::f64::consts::TAU))
    }
    #[inline(always)]
    fn sin_turns(self) -> Self {
        self.chain(self.value.sin_turns(), self.value.cos_turns() * F::constant(std::f64::consts::TAU))
    }
    #[inline(always)]
    fn floor(self) -> Self {
        Dual::fixed(self.value.floor())
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        (other - self).select(self, other)
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        (self - other).select(self, other)
    }
    #[inline(always)]
    fn select(self, positive: Self, negative: Self) -> Self {
        Dual {
            value: self.value.select(positive.value, negative.value),
            slopes: each(|i| self.value.select(positive.slopes[i], negative.slopes[i])),
        }
    }
    #[inline(always)]
    fn softplus(self) -> Self {
        let (value, slope) = self.value.softplus_and_slope();
        self.chain(value, slope)
    }
    #[inline(always)]
    fn sigmoid(self) -> Self {
        let s = self.value.sigmoid();
        self.chain(s, s * (F::constant(1.0) - s))
    }
}
