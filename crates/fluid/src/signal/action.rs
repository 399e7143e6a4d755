//! How a signal acts on a parameter.

use cisterna_solver::Real;

/// `base * signal`.
#[inline(always)]
pub(crate) fn scale<S: Real>(x: &[S]) -> S {
    x[0] * x[1]
}

/// `base * exp(signal)`.
#[inline(always)]
pub(crate) fn exponent<S: Real>(x: &[S]) -> S {
    x[0] * x[1].exp()
}
