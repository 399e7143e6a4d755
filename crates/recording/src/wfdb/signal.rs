//! One signal line of a header, after header(5).

use super::header::{Line, check_name};
use crate::error::ReadError;

/// Codes per unit where the header names no gain, header(5).
const DEFAULT_GAIN: f64 = 200.0;
/// Gains outside this are mistakes, and their values could overflow.
const GAINS: std::ops::RangeInclusive<f64> = 1e-12..=1e12;

/// One signal line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Signal {
    /// Its line in the header, counted from 1.
    pub line: u64,
    /// The file that holds its samples.
    pub file: String,
    /// The storage format by number.
    pub format: u32,
    /// Samples per frame.
    pub per_frame: u64,
    /// Frames of the file that precede the record's first one.
    pub skew: u64,
    /// Bytes before the first sample of the file.
    pub offset: u64,
    /// Codes per unit.
    pub gain: f64,
    /// Whether the header gives that gain or it is the default.
    pub calibration: Calibration,
    /// The code that means zero.
    pub baseline: f64,
    /// The code at the middle of the converter's range; zero if not given.
    pub zero: i32,
    /// The code of the first sample in the file, if given; differences (format 8) begin there.
    pub first: Option<i64>,
    /// What is left of the sum of all codes modulo 65536, if given.
    pub checksum: Option<i64>,
    /// The unit.
    pub unit: String,
    /// What the signal is; empty if not given.
    pub description: String,
}

/// Where a gain comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Calibration {
    /// The header.
    Given,
    /// The default, because the header gives none or zero: the numbers mean nothing but their shape.
    Default,
}

/// `file format [gain [resolution [zero [first [checksum [block [description]]]]]]]`.
pub(super) fn signal_line(line: &Line<'_>, text: &str) -> Result<Signal, ReadError> {
    let mut rest = text;
    let mut field = || {
        let trimmed = rest.trim_start();
        let end = trimmed.find(char::is_whitespace).unwrap_or(trimmed.len());
        let (field, after) = trimmed.split_at(end);
        rest = after;
        field
    };
    let file = field().to_owned();
    let (format, gain, _resolution, zero) = (field(), field(), field(), field());
    let (first, checksum, _block) = (field().parse().ok(), field().parse().ok(), field());
    let description = rest.trim().to_owned();

    let (format, per_frame, skew, offset) = format_field(line, format)?;
    // Format 0 has no file; its name is `~` by custom.
    if format != 0 {
        check_name(line, &file)?;
    }
    // The skew is counted in samples and kept in frames, as the C library does.
    let skew = skew.saturating_add(per_frame / 2) / per_frame;
    let (gain, baseline, unit) = gain_field(line, gain)?;
    let calibration = if gain == 0.0 { Calibration::Default } else { Calibration::Given };
    let gain = if gain == 0.0 { DEFAULT_GAIN } else { gain };
    let zero = if zero.is_empty() { 0 } else { code(line, "ADC zero", zero)? };
    let baseline = f64::from(baseline.unwrap_or(zero));
    Ok(Signal {
        line: line.number,
        file,
        format,
        per_frame,
        skew,
        offset,
        gain,
        calibration,
        baseline,
        zero,
        first,
        checksum,
        unit,
        description,
    })
}

/// `212`, `212x4`, `16:3`, `16+24` or all of them: format, samples per frame, skew, byte offset.
fn format_field(line: &Line<'_>, text: &str) -> Result<(u32, u64, u64, u64), ReadError> {
    let bad = || {
        let problem =
            if text.is_empty() { "no storage format".to_owned() } else { format!("storage format `{text}`") };
        line.error(problem, "a format such as `16`, `212`, `212x4`, `16:3` or `16+24`")
    };
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (format, mut rest) = text.split_at(digits(text));
    let format = format.parse().map_err(|_| bad())?;
    let (mut per_frame, mut skew, mut offset) = (1, 0, 0);
    while let Some(sign) = rest.chars().next() {
        let after = rest.get(1..).ok_or_else(bad)?;
        let (number, next) = after.split_at(digits(after));
        let number: u64 = number.parse().map_err(|_| bad())?;
        match sign {
            'x' if number > 0 => per_frame = number,
            ':' => skew = number,
            '+' => offset = number,
            _ => return Err(bad()),
        }
        rest = next;
    }
    Ok((format, per_frame, skew, offset))
}

/// `gain[(baseline)][/unit]`; a gain of zero stands for none.
fn gain_field(line: &Line<'_>, text: &str) -> Result<(f64, Option<i32>, String), ReadError> {
    let (numbers, unit) = text.split_once('/').unwrap_or((text, ""));
    let unit = if unit.is_empty() { "mV" } else { unit };
    let (gain, baseline) = match numbers.split_once('(') {
        Some((gain, baseline)) => {
            let baseline = baseline.strip_suffix(')').unwrap_or(baseline);
            (gain, Some(code(line, "baseline", baseline)?))
        }
        None => (numbers, None),
    };
    let gain = if gain.is_empty() { Ok(0.0) } else { gain.parse::<f64>() };
    match gain {
        Ok(gain) if gain == 0.0 || GAINS.contains(&gain.abs()) => Ok((gain, baseline, unit.to_owned())),
        _ => Err(line
            .error(format!("gain `{text}`"), "codes per unit such as `200`, `200/mV`, `12.8(-1605)/mmHg`")),
    }
}

fn code(line: &Line<'_>, what: &str, text: &str) -> Result<i32, ReadError> {
    text.parse().map_err(|_| line.error(format!("{what} `{text}`"), "a whole number of at most 32 bits"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signal(text: &str) -> Signal {
        signal_line(&Line { file: "x.hea", number: 2 }, text).unwrap()
    }

    #[test]
    fn every_form_of_the_gain_field_is_read() {
        let gain = |field: &str| {
            let s = signal(&format!("x.dat 16 {field}"));
            (s.gain, s.baseline, s.unit, s.calibration)
        };
        assert_eq!(gain("200(1024)/mV"), (200.0, 1024.0, "mV".into(), Calibration::Given));
        assert_eq!(gain("1(0)/mmHg"), (1.0, 0.0, "mmHg".into(), Calibration::Given));
        assert_eq!(gain("-19.34(3064)/degC"), (-19.34, 3064.0, "degC".into(), Calibration::Given));
        assert_eq!(gain("1.052e+04/NU"), (10520.0, 0.0, "NU".into(), Calibration::Given));
        assert_eq!(gain("0/mmHg"), (200.0, 0.0, "mmHg".into(), Calibration::Default));
        assert_eq!(gain(""), (200.0, 0.0, "mV".into(), Calibration::Default));
    }

    #[test]
    fn the_adc_zero_is_the_baseline_where_none_is_given() {
        assert_eq!(signal("x.dat 212 200 11 1024 995 -22131 0 MLII").baseline, 1024.0);
        assert_eq!(signal("x.dat 212 200(7)/mV 11 1024").baseline, 7.0);
    }

    #[test]
    fn frames_skew_offset_and_description_are_read() {
        let s = signal("x.dat 16x4:3+24 12/mmHg 12 0 67 -11266 0 ART  left arm ");
        assert_eq!((s.format, s.per_frame, s.skew, s.offset), (16, 4, 1, 24));
        assert_eq!(s.description, "ART  left arm");
    }

    #[test]
    fn skew_is_counted_in_samples_and_kept_in_frames() {
        assert_eq!(signal("x.dat 16x4:8 1").skew, 2);
        assert_eq!(signal("x.dat 16x4:2 1").skew, 1);
        assert_eq!(signal("x.dat 16x4:1 1").skew, 0);
    }

    #[test]
    fn blank_units_are_millivolts_and_odd_numbers_at_the_end_are_not_given() {
        let s = signal("x.dat 16 200/ 12 0 x y 0 ECG");
        assert_eq!((s.unit.as_str(), s.first, s.checksum), ("mV", None, None));
    }
}
