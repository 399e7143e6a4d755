//! Numbers with as many digits as they are worth.

use crate::geometry::Vector;

/// A number to five digits.
#[must_use]
pub fn rounded(value: f64) -> f64 {
    const DIGITS: i32 = 5;
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    let decimals = DIGITS - 1 - value.abs().log10().floor() as i32;
    to_decimals(value, decimals)
}

/// A point to a hundredth of a millimetre.
#[must_use]
pub fn round_point(point: &Vector) -> [f64; 3] {
    decimals(point, 2)
}

/// The components of a vector to some decimals.
#[must_use]
pub fn decimals(vector: &Vector, count: i32) -> [f64; 3] {
    [vector.x, vector.y, vector.z].map(|component| to_decimals(component, count))
}

fn to_decimals(value: f64, count: i32) -> f64 {
    // Divided by a whole power of ten, the result is the number nearest to the decimal one and prints short.
    let rounded = match count {
        0.. => {
            let power = 10_f64.powi(count);
            (value * power).round() / power
        }
        _ => {
            let power = 10_f64.powi(-count);
            (value / power).round() * power
        }
    };
    rounded + 0.0
}

#[cfg(test)]
mod tests {
    #[test]
    fn five_digits_are_kept() {
        assert_eq!(super::rounded(123.456789), 123.46);
        assert_eq!(super::rounded(-0.000123456), -0.00012346);
        assert_eq!(super::rounded(1234567.0), 1234600.0);
        assert_eq!(super::rounded(-0.0).to_bits(), 0.0_f64.to_bits());
    }
}
