//! Numbers as a reader wants them: few digits, a true minus sign, words for what is missing.

/// A computed value with three significant digits (whole numbers from 1000 on);
/// powers of ten beyond a million or below a thousandth; `no value` for NaN.
pub(crate) fn number(value: f64) -> String {
    if value.is_nan() {
        return "no value".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "∞".to_owned() } else { "−∞".to_owned() };
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    // The exponent after rounding to three digits: 9.999 is 10.0, not 9.999 cut.
    let scientific = format!("{value:.2e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let text = match exponent {
        -3..=5 => format!("{value:.*}", (2 - exponent).max(0) as usize),
        _ => format!("{mantissa}×10{}", superscript(exponent)),
    };
    minus(&text)
}

/// A number from a document, exactly as it was given.
pub(crate) fn exact(value: f64) -> String {
    if !value.is_finite() || (value != 0.0 && !(1e-5..1e9).contains(&value.abs())) {
        return number(value);
    }
    minus(&format!("{value}"))
}

/// A number with a fixed count of decimals, for the ticks of an axis.
pub(crate) fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let is_zero = text.chars().all(|c| matches!(c, '-' | '0' | '.'));
    minus(if is_zero { text.trim_start_matches('-') } else { &text })
}

/// Ten to a whole power, as `10⁻³`.
pub(crate) fn power_of_ten(exponent: i32) -> String {
    format!("10{}", superscript(exponent))
}

/// A coordinate with at most two decimals and no trailing zeros, to keep pictures small.
pub(crate) fn coordinate(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn minus(text: &str) -> String {
    text.replace('-', "−")
}

fn superscript(exponent: i32) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    exponent.to_string().chars().map(|c| c.to_digit(10).map_or('⁻', |digit| DIGITS[digit as usize])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pressure_has_three_digits_and_a_true_minus() {
        assert_eq!(number(9.5248), "9.52");
        assert_eq!(number(-93.41), "−93.4");
        assert_eq!(number(5123.4), "5123");
        assert_eq!(number(9.999), "10.0");
        assert_eq!(number(0.0), "0");
    }

    #[test]
    fn a_tiny_residual_is_a_power_of_ten() {
        assert_eq!(number(-1.3e-12), "−1.30×10⁻¹²");
        assert_eq!(power_of_ten(-3), "10⁻³");
    }

    #[test]
    fn what_is_missing_is_said_in_words() {
        assert_eq!(number(f64::NAN), "no value");
        assert_eq!(exact(f64::INFINITY), "∞");
    }

    #[test]
    fn a_published_number_keeps_its_digits() {
        assert_eq!(exact(7.0), "7");
        assert_eq!(exact(-0.05), "−0.05");
    }

    #[test]
    fn a_tick_never_reads_minus_zero() {
        assert_eq!(fixed(-0.0001, 2), "0.00");
        assert_eq!(fixed(-2.5, 1), "−2.5");
        assert_eq!(coordinate(-0.001), "0");
    }
}
