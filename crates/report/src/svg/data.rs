//! The samples once more, compact, for the script that zooms and reads values.

use super::path::extremes;
use std::fmt::Write as _;

/// Samples that one page carries for the script; beyond it, traces travel as extremes of columns.
/// At two bytes each, in base64, this is 1.6 MB.
const BUDGET: usize = 600_000;
/// The code that stands for a gap.
const GAP: i16 = i16::MIN;
/// The largest code.
const TOP: f64 = 32_767.0;

/// One trace for the script: evenly sampled `values` from `start` (s) at `rate` (1/s).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Samples<'a> {
    pub(crate) start: f64,
    pub(crate) rate: f64,
    pub(crate) values: &'a [f64],
}

/// How many samples share one pair of extremes so that `total` of them fit the page; 1 for all.
pub(crate) fn thinning(total: usize) -> usize {
    match total.div_ceil(BUDGET) {
        0 | 1 => 1,
        n => 2 * n,
    }
}

/// A JSON list with one `[start, rate, middle, step, "codes"]` for each trace, where
/// `value = middle + step × code` and the codes are 16-bit little-endian integers in base64.
pub(crate) fn block(traces: &[Samples<'_>]) -> String {
    let every = thinning(traces.iter().map(|trace| trace.values.len()).sum());
    let mut json = String::from("[");
    for (i, trace) in traces.iter().enumerate() {
        let (rate, codes) = if every == 1 {
            (trace.rate, quantised(trace.values))
        } else {
            (trace.rate * 2.0 / every as f64, quantised(&thinned(trace.values, every)))
        };
        let comma = if i == 0 { "" } else { "," };
        let text = base64(&codes.bytes);
        let _ = write!(
            json,
            "{comma}[{},{},{},{},\"{text}\"]",
            finite(trace.start),
            finite(rate),
            codes.middle,
            codes.step
        );
    }
    json.push(']');
    json
}

struct Codes {
    middle: f64,
    step: f64,
    bytes: Vec<u8>,
}

fn quantised(values: &[f64]) -> Codes {
    let finite = || values.iter().copied().filter(|v| v.is_finite());
    let low = finite().fold(f64::INFINITY, f64::min);
    let high = finite().fold(f64::NEG_INFINITY, f64::max);
    let (middle, half) =
        if low <= high { (0.5 * low + 0.5 * high, 0.5 * high - 0.5 * low) } else { (0.0, 0.0) };
    let step = if half > 0.0 { half / TOP } else { 1.0 };
    let code = |v: &f64| if v.is_finite() { ((v - middle) / step).round() as i16 } else { GAP };
    Codes { middle, step, bytes: values.iter().flat_map(|v| code(v).to_le_bytes()).collect() }
}

fn thinned(values: &[f64], every: usize) -> Vec<f64> {
    values
        .chunks(every)
        .flat_map(|chunk| {
            let mut pair = extremes(chunk).flatten().map(|(_, v)| v);
            let first = pair.next().unwrap_or(f64::NAN);
            [first, pair.next().unwrap_or(first)]
        })
        .collect()
}

fn finite(value: f64) -> f64 {
    if value.is_finite() { value } else { 0.0 }
}

/// Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |i: usize| u32::from(group.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * i) & 63) as usize];
            text.push(if i <= group.len() { letter as char } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_agrees_with_the_vectors_of_rfc_4648() {
        for (plain, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(plain.as_bytes()), text);
        }
    }

    #[test]
    fn codes_give_the_pressure_back_to_a_65_thousandth_of_its_range() {
        let values = [7.0, 9.123, f64::NAN, 120.0];
        let codes = quantised(&values);
        for (value, bytes) in values.iter().zip(codes.bytes.chunks(2)) {
            let code = i16::from_le_bytes([bytes[0], bytes[1]]);
            if value.is_nan() {
                assert_eq!(code, GAP);
            } else {
                assert!((codes.middle + codes.step * f64::from(code) - value).abs() <= 0.51 * codes.step);
            }
        }
    }

    #[test]
    fn an_hour_of_twelve_traces_is_thinned_to_the_budget() {
        let every = thinning(12 * 3600 * 125);
        assert_eq!(every, 18);
        let values: Vec<f64> = (0..1800).map(f64::from).collect();
        assert_eq!(thinned(&values, every).len(), 200);
        assert_eq!(thinned(&[f64::NAN, f64::NAN], 2).len(), 2);
    }
}
