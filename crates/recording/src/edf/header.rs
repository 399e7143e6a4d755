//! The header of an EDF, EDF+ or BDF file.

use crate::error::{Place, ReadError};
use crate::text::lenient;

/// Bytes of the header, and again of each signal's part of it.
const PART: usize = 256;

/// Whether the first bytes of a file are those of an EDF or BDF header: the version, then a size of the header
/// that fits the number of signals.
pub(crate) fn is_edf(beginning: &[u8]) -> bool {
    let number = |at: usize, length: usize| -> Option<usize> {
        std::str::from_utf8(beginning.get(at..at + length)?).ok()?.trim().parse().ok()
    };
    let version = beginning.starts_with(b"0       ") || beginning.starts_with(b"\xffBIOSEMI");
    version
        && matches!((number(184, 8), number(252, 4)), (Some(size), Some(count)) if size == PART * (1 + count))
}

/// What the header says.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    /// Date and time of the start as written, if they are a date and a time.
    pub recorded_at: Option<String>,
    /// Whether each record tells its own time (EDF+C, EDF+D, BDF+C, BDF+D).
    pub plus: bool,
    /// The number of records, if the header tells it.
    pub records: Option<u64>,
    /// Length of a record, s.
    pub duration: f64,
    pub signals: Vec<Signal>,
    /// Bytes of one sample: 2, or 3 in BDF.
    pub width: usize,
}

/// What the header says of one signal.
#[derive(Clone, Debug)]
pub(crate) struct Signal {
    pub label: String,
    pub unit: String,
    pub transducer: String,
    pub prefilter: String,
    /// Physical value of digital zero, and of one digital step.
    pub scale: Scale,
    /// Samples in a record.
    pub samples: usize,
}

/// How digital values become physical ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Scale {
    /// `(digital - lowest) * step + physical`: digital minimum, physical minimum and step.
    Linear { lowest: f64, physical: f64, step: f64 },
    /// Both ends of a range are the same, so nothing can be told of the values.
    Dead,
}

impl Signal {
    /// Whether this holds text instead of samples.
    pub(crate) fn is_annotations(&self) -> bool {
        matches!(self.label.as_str(), "EDF Annotations" | "BDF Annotations")
    }
}

impl Header {
    /// Bytes of one record.
    pub(crate) fn record_size(&self) -> usize {
        self.signals.iter().map(|signal| signal.samples * self.width).sum()
    }

    /// Bytes before the first record.
    pub(crate) fn size(&self) -> usize {
        PART * (1 + self.signals.len())
    }

    /// Reads the header from the first bytes of the file.
    pub(crate) fn read(name: &str, read: &mut dyn std::io::Read) -> Result<Header, ReadError> {
        let fixed = Fields { name, bytes: part(name, read, PART, 0)?, base: 0 };
        let width = match fixed.bytes.get(..8) {
            Some(b"0       ") => 2,
            Some(b"\xffBIOSEMI") => 3,
            _ => return Err(fixed.wrong(0, "this is no EDF or BDF", "a file that begins with `0       `")),
        };
        let reserved = fixed.text(192, 44);
        let records = fixed.whole(236, 8)?;
        let duration = fixed.number(244, 8)?;
        let count = fixed.whole(252, 4)?;
        let count = usize::try_from(count)
            .map_err(|_| fixed.wrong(252, format!("{count} signals"), "a number of signals"))?;
        let table = Fields { name, bytes: part(name, read, PART * count, PART)?, base: PART };
        let signals = (0..count).map(|index| table.signal(index, count)).collect::<Result<Vec<_>, _>>()?;
        let header = Header {
            recorded_at: recorded_at(&fixed.text(168, 8), &fixed.text(176, 8)),
            plus: reserved.starts_with("EDF+") || reserved.starts_with("BDF+"),
            // Nought is what devices leave that were switched off before they counted.
            records: u64::try_from(records).ok().filter(|records| *records > 0),
            duration,
            signals,
            width,
        };
        let timeless = !(duration.is_finite() && duration > 0.0);
        if timeless && header.signals.iter().any(|signal| !signal.is_annotations() && signal.samples > 0) {
            return Err(fixed.wrong(244, format!("records of {duration} s"), "records longer than 0 s"));
        }
        Ok(header)
    }
}

fn part(name: &str, read: &mut dyn std::io::Read, size: usize, at: usize) -> Result<Vec<u8>, ReadError> {
    let wrong = |problem: String| {
        ReadError::new(name, Place::Byte(at as u64), problem, "a whole EDF, EDF+ or BDF file")
    };
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut std::io::Read::take(read, size as u64), &mut bytes)
        .map_err(|cause| wrong(format!("it could not be read ({cause})")))?;
    if bytes.len() < size {
        return Err(wrong(format!("the header ends after {} of {size} bytes", bytes.len())));
    }
    Ok(bytes)
}

/// A stretch of the header and its fields.
struct Fields<'a> {
    name: &'a str,
    bytes: Vec<u8>,
    /// Where the stretch begins in the file.
    base: usize,
}

impl Fields<'_> {
    /// A field without the blanks round it; bytes that are no ASCII are read all the same, for units have them.
    fn text(&self, at: usize, length: usize) -> String {
        let field = self.bytes.get(at..at + length).unwrap_or_default();
        lenient(field).trim_matches(|c: char| c.is_whitespace() || c == '\0').to_owned()
    }

    fn wrong(&self, at: usize, problem: impl Into<String>, allowed: &str) -> ReadError {
        ReadError::new(self.name, Place::Byte((self.base + at) as u64), problem, allowed)
    }

    fn whole(&self, at: usize, length: usize) -> Result<i64, ReadError> {
        let text = self.text(at, length);
        text.parse().map_err(|_| self.wrong(at, format!("`{text}` is no whole number"), "a whole number"))
    }

    fn number(&self, at: usize, length: usize) -> Result<f64, ReadError> {
        let text = self.text(at, length);
        // Some writers leave a decimal comma.
        let number = text.replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
        number.ok_or_else(|| self.wrong(at, format!("`{text}` is no number"), "a number"))
    }

    /// Signal `index` of `count`: the header lists all labels, then all transducers, and so on.
    fn signal(&self, index: usize, count: usize) -> Result<Signal, ReadError> {
        let at = |before: usize, length: usize| before * count + index * length;
        let samples = self.whole(at(216, 8), 8)?;
        let samples = usize::try_from(samples)
            .map_err(|_| self.wrong(at(216, 8), format!("{samples} samples in a record"), "none or more"))?;
        let mut signal = Signal {
            label: self.text(at(0, 16), 16),
            transducer: self.text(at(16, 80), 80),
            unit: self.text(at(96, 8), 8),
            prefilter: self.text(at(136, 80), 80),
            scale: Scale::Dead,
            samples,
        };
        if !signal.is_annotations() {
            let (low, high) = (self.number(at(104, 8), 8)?, self.number(at(112, 8), 8)?);
            let (lowest, highest) = (self.number(at(120, 8), 8)?, self.number(at(128, 8), 8)?);
            let step = (high - low) / (highest - lowest);
            if step != 0.0 && step.is_finite() {
                signal.scale = Scale::Linear { lowest, physical: low, step };
            }
        }
        Ok(signal)
    }
}

/// `16.05.11`, `23.59.00` as `2011-05-16T23:59:00`: years from 85 on are of the last century, as the format says.
fn recorded_at(date: &str, time: &str) -> Option<String> {
    let three = |text: &str| -> Option<[u32; 3]> {
        let parts =
            text.split(['.', ':']).map(|part| part.trim().parse().ok()).collect::<Option<Vec<u32>>>()?;
        parts.try_into().ok()
    };
    let ([day, month, year], [hour, minute, second]) = (three(date)?, three(time)?);
    let sound = (1..=31).contains(&day)
        && (1..=12).contains(&month)
        && year < 100
        && hour < 24
        && minute < 60
        && second < 61;
    let year = if year >= 85 { 1900 + year } else { 2000 + year };
    sound.then(|| format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"))
}
