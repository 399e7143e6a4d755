//! The header file of a record, after header(5) of the WFDB applications guide (Moody, physionet.org).

use crate::error::{Place, ReadError};
use crate::text::lenient;

/// Samples per second where the header names no rate, header(5).
const DEFAULT_RATE: f64 = 250.0;
/// Codes per unit where the header names no gain, header(5).
const DEFAULT_GAIN: f64 = 200.0;
/// Gains outside this are mistakes, and their values could overflow.
const GAINS: std::ops::RangeInclusive<f64> = 1e-12..=1e12;

/// What the header says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Header {
    /// The record's name.
    pub record: String,
    /// Frames per second.
    pub frame_rate: f64,
    /// The number of frames, if given.
    pub frames: Option<u64>,
    /// Time and date of the first sample as they stand, if given.
    pub recorded_at: String,
    /// The signals, in order.
    pub signals: Vec<Signal>,
    /// The comment lines after the record line.
    pub comments: Vec<String>,
}

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
    /// Frames that precede the record's first one.
    pub skew: u64,
    /// Bytes before the first sample of the file.
    pub offset: u64,
    /// Codes per unit.
    pub gain: f64,
    /// Whether the header gives that gain or it is the default.
    pub calibration: Calibration,
    /// The code that means zero.
    pub baseline: f64,
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

/// A place in the header to complain about.
struct Line<'a> {
    file: &'a str,
    number: u64,
}

impl Line<'_> {
    fn error(&self, problem: impl Into<String>, allowed: impl Into<String>) -> ReadError {
        ReadError::new(self.file, Place::Line(self.number), problem, allowed)
    }

    fn whole(&self, what: &str, text: &str) -> Result<u64, ReadError> {
        text.parse().map_err(|_| self.error(format!("{what} `{text}`"), "a whole number, zero or more"))
    }
}

impl Header {
    /// Reads the header called `name`.
    pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Header, ReadError> {
        let text = lenient(bytes);
        let mut header: Option<(Header, u64)> = None;
        for (index, raw) in text.lines().enumerate() {
            let line = Line { file: name, number: index as u64 + 1 };
            let text = raw.trim();
            match (&mut header, text.strip_prefix('#')) {
                (None, Some(_)) => {}
                (Some((header, _)), Some(comment)) => header.comments.push(comment.trim().to_owned()),
                _ if text.is_empty() => {}
                (None, None) => header = Some(record_line(&line, text)?),
                (Some((header, signals)), None) if (header.signals.len() as u64) < *signals => {
                    header.signals.push(signal_line(&line, text)?);
                }
                (Some((_, signals)), None) => {
                    let problem = format!("a signal more than the {signals} of the record line");
                    return Err(line.error(problem, "as many signal lines as the record line says"));
                }
            }
        }
        let whole = |problem: String, allowed: &str| ReadError::new(name, Place::File, problem, allowed);
        let (header, signals) = header.ok_or_else(|| {
            whole("the header is empty".to_owned(), "a record line such as `a103 3 250 82500`")
        })?;
        if signals == 0 {
            return Err(whole("the record has no signals".to_owned(), "one signal or more"));
        }
        if header.signals.len() as u64 != signals {
            return Err(whole(
                format!("{} signal lines, but the record line says {signals}", header.signals.len()),
                "as many signal lines as the record line says",
            ));
        }
        Ok(header)
    }
}

/// `name signals [rate[/counter]] [frames] [time] [date]`; the header and the number of signals.
fn record_line(line: &Line<'_>, text: &str) -> Result<(Header, u64), ReadError> {
    let mut fields = text.split_whitespace();
    let record = fields.next().unwrap_or_default();
    if record.contains('/') {
        return Err(line.error(
            format!("`{record}` is a record of several segments, which is not read yet"),
            "the header of one segment",
        ));
    }
    check_name(line, record)?;
    let signals = fields
        .next()
        .ok_or_else(|| line.error("no number of signals", "a record line such as `a103 3 250 82500`"))?;
    let signals = line.whole("number of signals", signals)?;
    let rate = fields.next();
    // After a slash stands the rate of a tape counter.
    let frame_rate = match rate.map(|rate| rate.split('/').next().unwrap_or(rate)) {
        None => DEFAULT_RATE,
        Some(rate) => match rate.parse::<f64>() {
            Ok(number) if number.is_finite() && number > 0.0 => number,
            _ => return Err(line.error(format!("sampling rate `{rate}`"), "frames per second, over zero")),
        },
    };
    let frames = fields.next().map(|frames| line.whole("number of samples", frames)).transpose()?;
    let header = Header {
        record: record.to_owned(),
        frame_rate,
        frames: frames.filter(|frames| *frames > 0),
        // Dates in the wild read `2006` or `199`; they are kept as text and never a reason to fail.
        recorded_at: fields.collect::<Vec<_>>().join(" "),
        signals: Vec::new(),
        comments: Vec::new(),
    };
    Ok((header, signals))
}

/// `file format [gain [resolution [zero [first [checksum [block [description]]]]]]]`.
fn signal_line(line: &Line<'_>, text: &str) -> Result<Signal, ReadError> {
    let mut rest = text;
    let mut field = || {
        let trimmed = rest.trim_start();
        let end = trimmed.find(char::is_whitespace).unwrap_or(trimmed.len());
        let (field, after) = trimmed.split_at(end);
        rest = after;
        field
    };
    let file = field().to_owned();
    check_name(line, &file)?;
    let (format, gain, _resolution, zero) = (field(), field(), field(), field());
    let (_first, _checksum, _block) = (field(), field(), field());
    let description = rest.trim().to_owned();

    let (format, per_frame, skew, offset) = format_field(line, format)?;
    let (gain, baseline, unit) = gain_field(line, gain)?;
    let calibration = if gain == 0.0 { Calibration::Default } else { Calibration::Given };
    let gain = if gain == 0.0 { DEFAULT_GAIN } else { gain };
    let baseline = match baseline {
        Some(baseline) => baseline,
        None if zero.is_empty() => 0.0,
        None => code(line, "ADC zero", zero)?,
    };
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
fn gain_field(line: &Line<'_>, text: &str) -> Result<(f64, Option<f64>, String), ReadError> {
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

fn code(line: &Line<'_>, what: &str, text: &str) -> Result<f64, ReadError> {
    match text.parse::<i32>() {
        Ok(code) => Ok(f64::from(code)),
        Err(_) => Err(line.error(format!("{what} `{text}`"), "a whole number of at most 32 bits")),
    }
}

/// Names come from a file that may be hostile: they must stay in its folder.
fn check_name(line: &Line<'_>, name: &str) -> Result<(), ReadError> {
    let leaves = name.contains(['/', '\\', ':', '\0']) || matches!(name, "" | "." | ".." | "-" | "~");
    if leaves {
        return Err(line.error(
            format!("`{name}` is no file beside the header"),
            "a plain file name in the same folder",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signal(text: &str) -> Signal {
        signal_line(&Line { file: "x.hea", number: 2 }, text).unwrap()
    }

    fn refusal(header: &str) -> String {
        Header::read("x.hea", header.as_bytes()).unwrap_err().to_string()
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
        assert_eq!((s.format, s.per_frame, s.skew, s.offset), (16, 4, 3, 24));
        assert_eq!(s.description, "ART  left arm");
    }

    #[test]
    fn a_bad_date_and_comments_anywhere_do_no_harm() {
        let text = b"# before\nx 1 250/24000(7) 0 15:08:24 2006\n\nx.dat 16\n# 69 M\n";
        let header = Header::read("x.hea", text).unwrap();
        assert_eq!((header.frame_rate, header.frames), (250.0, None));
        assert_eq!(header.recorded_at, "15:08:24 2006");
        assert_eq!(header.comments, ["69 M"]);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        assert!(refusal("x/18 3 125 543240\n").contains("line 1: `x/18` is a record of several segments"));
        assert!(refusal("x 1\n../../etc/passwd 16\n").contains("line 2: `../../etc/passwd` is no file"));
        assert!(refusal("x 2\nx.dat 16\n").contains("1 signal lines, but the record line says 2"));
        assert!(refusal("x 1 -5\nx.dat 16\n").contains("line 1: sampling rate `-5`"));
        assert!(refusal("x 1\nx.dat 16x0\n").contains("line 2: storage format `16x0`"));
        assert!(refusal("x 1\nx.dat 16 1e300\n").contains("line 2: gain `1e300`"));
        assert!(refusal("").contains("the header is empty"));
    }
}
