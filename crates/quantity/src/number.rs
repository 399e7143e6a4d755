//! Decimal numbers: reading them strictly, printing them for people or for a later reader.

use crate::error::{ParseError, clipped};

/// Reads the number at the start of `text`; gives its value and its length in bytes.
///
/// `.` belongs to the number only where a digit follows, so that `0.5..2` is a range.
pub(crate) fn scan(text: &str) -> Result<(f64, usize), ParseError> {
    let bytes = text.as_bytes();
    let digits_from = |start: usize| {
        let rest = bytes.get(start..).unwrap_or_default();
        rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let sign = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let whole = digits_from(sign);
    if whole == 0 {
        let word = text.split_whitespace().next().unwrap_or_default();
        let message = if word.is_empty() {
            "a number is missing".to_owned()
        } else {
            format!("`{}` is no number", clipped(word))
        };
        return Err(ParseError::new(0..word.len(), message).help("write it as `0.5` or `1.2e-3`"));
    }
    let mut length = sign + whole;
    if bytes.get(length) == Some(&b'.') {
        let fraction = digits_from(length + 1);
        if fraction > 0 {
            length += 1 + fraction;
        }
    } else if bytes.get(length) == Some(&b',') && digits_from(length + 1) > 0 {
        let end = length + 1 + digits_from(length + 1);
        return Err(ParseError::new(0..end, "a decimal comma is not read").help(format!(
            "write `{}.{}`",
            &text[..length],
            &text[length + 1..end]
        )));
    }
    if matches!(bytes.get(length), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
        let power = digits_from(length + 1 + sign);
        if power > 0 {
            length += 1 + sign + power;
        }
    }
    match text[..length].parse::<f64>() {
        Ok(value) if value.is_finite() => Ok((value, length)),
        _ => Err(ParseError::new(0..length, "the number is too large")),
    }
}

/// A number for people: three significant digits, whole numbers in full.
#[must_use]
pub fn short_number(value: f64) -> String {
    let size = value.abs();
    if !value.is_finite() {
        return value.to_string();
    }
    if size == 0.0 {
        return "0".to_owned();
    }
    if !(1e-3..1e6).contains(&size) {
        let text = format!("{value:.2e}");
        return match text.split_once('e') {
            Some((mantissa, power)) => format!("{}e{power}", trim_zeros(mantissa)),
            None => text,
        };
    }
    let decimals = if size >= 100.0 {
        0
    } else if size >= 10.0 {
        1
    } else if size >= 1.0 {
        2
    } else if size >= 0.1 {
        3
    } else if size >= 0.01 {
        4
    } else {
        5
    };
    trim_zeros(&format!("{value:.decimals$}")).to_owned()
}

/// A number that reads back to the same bits: the shortest digits that do.
#[must_use]
pub fn exact_number(value: f64) -> String {
    let text = format!("{value:?}");
    match text.strip_suffix(".0") {
        Some(whole) => whole.to_owned(),
        None => text,
    }
}

fn trim_zeros(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}
