//! The size of a unit in SI, kept so that conversions stay exact.

/// Pascals in one conventional millimetre of mercury: 13 595.1 kg/m³ × 9.806 65 m/s² × 1 mm
/// (NIST Special Publication 811 (2008), appendix B.8).
pub const MERCURY: f64 = 133.322_387_415;

/// A unit's size in SI: `numerator / denominator × 10^tens × MERCURY^mercury`.
///
/// Whole powers cancel without rounding, so that `1 mmHg s/mL` is exactly 1 and
/// `8.6 mmHg/(mL/min)` exactly 516 mmHg s/mL.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    pub numerator: f64,
    pub denominator: f64,
    pub tens: i32,
    pub mercury: i32,
}

impl Scale {
    pub(crate) const ONE: Self = Self::new(1.0, 1.0, 0, 0);

    pub(crate) const fn new(numerator: f64, denominator: f64, tens: i32, mercury: i32) -> Self {
        Self { numerator, denominator, tens, mercury }
    }

    pub(crate) fn times(self, other: Self) -> Self {
        Self {
            numerator: self.numerator * other.numerator,
            denominator: self.denominator * other.denominator,
            tens: self.tens.saturating_add(other.tens),
            mercury: self.mercury.saturating_add(other.mercury),
        }
    }

    pub(crate) fn inverse(self) -> Self {
        Self {
            numerator: self.denominator,
            denominator: self.numerator,
            tens: self.tens.saturating_neg(),
            mercury: self.mercury.saturating_neg(),
        }
    }

    pub(crate) fn power(self, exponent: i16) -> Self {
        let whole = i32::from(exponent.unsigned_abs());
        let raised = Self {
            numerator: self.numerator.powi(whole),
            denominator: self.denominator.powi(whole),
            tens: self.tens.saturating_mul(whole),
            mercury: self.mercury.saturating_mul(whole),
        };
        if exponent < 0 { raised.inverse() } else { raised }
    }

    /// The size as one fraction, none where it leaves the range of numbers.
    pub(crate) fn fraction(self) -> Option<(f64, f64)> {
        let raise = |base: f64, exponent: i32| {
            let power = base.powi(exponent.saturating_abs());
            if exponent < 0 { (1.0, power) } else { (power, 1.0) }
        };
        let (tens_above, tens_below) = raise(10.0, self.tens);
        let (mercury_above, mercury_below) = raise(MERCURY, self.mercury);
        let numerator = self.numerator * tens_above * mercury_above;
        let denominator = self.denominator * tens_below * mercury_below;
        let sound = |part: f64| part.is_normal() && part > 0.0;
        (sound(numerator) && sound(denominator) && sound(numerator / denominator))
            .then_some((numerator, denominator))
    }
}
