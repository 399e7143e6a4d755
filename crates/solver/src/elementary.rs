//! Branch-free elementary functions.
//!
//! One algorithm serves single runs and lanes, so that both give the same bits on every machine; the standard
//! library's versions differ between platforms and do not vectorise. Relative error is below 3e-16 for
//! [`exp`], below 5e-16 for [`ln`]; absolute error below 4e-16 for [`cos_turns`] and [`sin_turns`].

use crate::Real;

/// One number or several side by side: what the functions below are made of.
pub(crate) trait Vector: Real {
    /// `if self > limit { self } else { otherwise }`.
    fn greater_or(self, limit: Self, otherwise: Self) -> Self;
    /// `if self < limit { self } else { otherwise }`.
    fn less_or(self, limit: Self, otherwise: Self) -> Self;
    /// Two to the power of the integer in the low bits of a number that was rounded by [`ROUND`].
    fn low_bits_to_exponent(self) -> Self;
    /// One, negative if the integer in the low bits is odd.
    fn low_bit_to_sign(self) -> Self;
    /// The mantissa in `[sqrt(1/2), sqrt(2))`, and the exponent of two that goes with it, twelve bits without a sign,
    /// added to 2^52.
    fn split(self) -> (Self, Self);
}

/// The bits of the square root of one half: mantissas are taken from there to the square root of two.
pub(crate) const HALF_ROOT: u64 = 0x3fe6_a09e_667f_3bcd;
/// The bits of sign and exponent.
pub(crate) const EXPONENT: u64 = 0xfff0_0000_0000_0000;
/// The bits of 2^52, to whose mantissa an integer can be added without a conversion.
pub(crate) const WHOLE: u64 = 0x4330_0000_0000_0000;

impl Vector for f64 {
    #[inline(always)]
    fn greater_or(self, limit: Self, otherwise: Self) -> Self {
        if self > limit { self } else { otherwise }
    }
    #[inline(always)]
    fn less_or(self, limit: Self, otherwise: Self) -> Self {
        if self < limit { self } else { otherwise }
    }
    #[inline(always)]
    fn low_bits_to_exponent(self) -> Self {
        f64::from_bits(self.to_bits().wrapping_add(1023) << 52)
    }
    #[inline(always)]
    fn low_bit_to_sign(self) -> Self {
        f64::from_bits(self.to_bits() << 63 | 1.0_f64.to_bits())
    }
    #[inline(always)]
    fn split(self) -> (Self, Self) {
        let offset = self.to_bits().wrapping_sub(HALF_ROOT);
        let mantissa = self.to_bits().wrapping_sub(offset & EXPONENT);
        let exponent = (offset >> 52).wrapping_add(0x800) & 0xfff;
        (f64::from_bits(mantissa), f64::from_bits(exponent | WHOLE))
    }
}

/// `a b + c`, rounded once where the processor can do so (a library's emulation would be far slower than two
/// roundings).
#[inline(always)]
pub(crate) fn fused(a: f64, b: f64, c: f64) -> f64 {
    if cfg!(target_feature = "fma") { a.mul_add(b, c) } else { a * b + c }
}

/// A polynomial with its lowest coefficient first, summed in a tree (Estrin 1960) rather than in a chain: the
/// latency of the chain was half the cost of a right-hand side.
#[inline(always)]
fn polynomial<V: Vector, const N: usize>(x: V, coefficients: [f64; N]) -> V {
    const { assert!(N >= 8 && N <= 16) };
    let c = |i: usize| V::constant(if i < N { coefficients[i] } else { 0.0 });
    let pair = |i: usize| x.fused(c(i + 1), c(i));
    let x2 = x * x;
    let four = |i: usize| x2.fused(pair(i + 2), pair(i));
    let x4 = x2 * x2;
    let low = x4.fused(four(4), four(0));
    // Coefficients beyond the last are zero: their products fall away.
    let high = match N {
        8 => return low,
        9 => c(8),
        10 => pair(8),
        11 => x2.fused(c(10), pair(8)),
        12 => four(8),
        _ => x4.fused(four(12), four(8)),
    };
    (x4 * x4).fused(high, low)
}

/// Adding and subtracting this rounds a number below 2^51 to the nearest integer, kept in the low mantissa bits.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// `e^x`. Arguments are clamped to ±708, so that the result stays a normal number.
#[inline(always)]
pub(crate) fn exp<V: Vector>(x: V) -> V {
    let (least, most) = (V::constant(-708.0), V::constant(708.0));
    let x = x.less_or(most, most).greater_or(least, least);
    let shifted = x.fused(V::constant(std::f64::consts::LOG2_E), V::constant(ROUND));
    let n = shifted - V::constant(ROUND);
    // ln 2 in two parts (Cody & Waite 1980), so that the reduced argument keeps its last bits.
    let r = n.fused(V::constant(-6.931_471_803_691_238e-1), x);
    let r = n.fused(V::constant(-1.908_214_929_270_587_7e-10), r);
    // Taylor polynomial of degree 13; |r| <= ln 2 / 2 leaves a remainder below 2e-17.
    let p = polynomial(
        r,
        [
            0.5,
            1.0 / 6.0,
            1.0 / 24.0,
            1.0 / 120.0,
            1.0 / 720.0,
            1.0 / 5_040.0,
            1.0 / 40_320.0,
            1.0 / 362_880.0,
            1.0 / 3_628_800.0,
            1.0 / 39_916_800.0,
            1.0 / 479_001_600.0,
            1.0 / 6_227_020_800.0,
        ],
    );
    let e = V::constant(1.0) + (r * r).fused(p, r);
    // A clamped argument has |n| <= 1022, so that 2^n is normal.
    e * shifted.low_bits_to_exponent()
}

/// Natural logarithm of a positive normal number; of anything else, the logarithm of the smallest one.
#[inline(always)]
pub(crate) fn ln<V: Vector>(x: V) -> V {
    let least = V::constant(f64::MIN_POSITIVE);
    let (m, k) = x.greater_or(least, least).split();
    // The exponent with its sign: what is added in `split` wraps the negative ones round to the top.
    let k = k - V::constant(4_503_599_627_370_496.0 + 2_048.0);
    // ln m = 2 artanh((m - 1)/(m + 1)); |s| <= 0.1716.
    let f = m - V::constant(1.0);
    let s = f / (V::constant(2.0) + f);
    let z = s * s;
    let p = polynomial(
        z,
        [
            2.0 / 3.0,
            2.0 / 5.0,
            2.0 / 7.0,
            2.0 / 9.0,
            2.0 / 11.0,
            2.0 / 13.0,
            2.0 / 15.0,
            2.0 / 17.0,
            2.0 / 19.0,
            2.0 / 21.0,
        ],
    );
    // f - s (f - z p) keeps the leading term exact (as in the classic fdlibm form).
    let tail = (-s).fused((-z).fused(p, f), f);
    let low = k.fused(V::constant(1.908_214_929_270_587_7e-10), tail);
    k.fused(V::constant(6.931_471_803_691_238e-1), low)
}

/// `cos(2 pi x)` for |x| below 2^50.
#[inline(always)]
pub(crate) fn cos_turns<V: Vector>(x: V) -> V {
    sin_turns(x + V::constant(0.25))
}

/// `sin(2 pi x)` for |x| below 2^50.
#[inline(always)]
pub(crate) fn sin_turns<V: Vector>(x: V) -> V {
    // sin(2 pi x) = (-1)^n sin(pi y), y = 2x - n in [-1/2, 1/2].
    let twice = V::constant(2.0) * x;
    let shifted = twice + V::constant(ROUND);
    let n = shifted - V::constant(ROUND);
    let y = twice - n;
    let sign = shifted.low_bit_to_sign();
    let t = y * V::constant(std::f64::consts::PI);
    let z = t * t;
    let p = polynomial(
        z,
        [
            -1.0 / 6.0,
            1.0 / 120.0,
            -1.0 / 5_040.0,
            1.0 / 362_880.0,
            -1.0 / 39_916_800.0,
            1.0 / 6_227_020_800.0,
            -1.0 / 1_307_674_368_000.0,
            1.0 / 355_687_428_096_000.0,
            -1.0 / 121_645_100_408_832_000.0,
            1.0 / 51_090_942_171_709_440_000.0,
        ],
    );
    sign * t.fused(z * p, t)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Four;

    fn sweep(low: f64, high: f64) -> impl Iterator<Item = f64> {
        (0..100_001).map(move |i| low + (high - low) * f64::from(i) / 100_000.0)
    }

    #[test]
    fn exponential_agrees_with_the_standard_library() {
        for x in sweep(-700.0, 700.0).chain(sweep(-1.0, 1.0)) {
            assert!((exp(x) / x.exp() - 1.0).abs() < 5e-16, "exp({x})");
        }
        assert!(exp(1e9).is_finite() && exp(-1e9) > 0.0);
    }

    #[test]
    fn logarithm_agrees_with_the_standard_library() {
        for x in sweep(-600.0, 600.0).map(f64::exp).chain(sweep(0.5, 2.0)) {
            let exact = x.ln();
            assert!((ln(x) - exact).abs() <= 5e-16 * exact.abs().max(1e-3), "ln({x}) {} {exact}", ln(x));
        }
        assert!(ln(0.0).is_finite() && ln(-3.0).is_finite());
    }

    #[test]
    fn four_numbers_and_one_get_the_same_bits() {
        for x in sweep(-30.0, 30.0) {
            let four = Four::new([x, 0.3 * x, -x, x + 400.0]);
            let agree = |together: Four, alone: fn(f64) -> f64| {
                for (one, x) in together.numbers().into_iter().zip(four.numbers()) {
                    assert_eq!(one.to_bits(), alone(x).to_bits(), "at {x}");
                }
            };
            agree(four.exp(), Real::exp);
            agree(four.ln(), Real::ln);
            agree(four.sin_turns(), Real::sin_turns);
            agree(four.softplus(), Real::softplus);
            agree(four.sigmoid(), Real::sigmoid);
            agree(four.floor(), Real::floor);
        }
    }

    #[test]
    fn circular_functions_agree_with_the_standard_library() {
        for x in sweep(-3.0, 3.0) {
            let angle = x * std::f64::consts::TAU;
            assert!((sin_turns(x) - angle.sin()).abs() < 4e-15, "sin_turns({x})");
            assert!((cos_turns(x) - angle.cos()).abs() < 4e-15, "cos_turns({x})");
        }
        assert_eq!(sin_turns(1000.25), 1.0);
    }
}
