//! Annotation files in the MIT format, after annot(5) of the WFDB applications guide.

use std::path::Path;

use super::files::{Files, Folder};
use super::header::Header;
use crate::error::{Place, ReadError};
use crate::types::{Mark, MarkKind};

/// What follows the six bits of a code: a longer interval, numbers that are kept, and text.
const SKIP: u16 = 59;
const NUMBER: u16 = 60;
const SUBTYPE: u16 = 61;
const CHANNEL: u16 = 62;
const TEXT: u16 = 63;
/// The code of a comment.
const NOTE: u8 = 22;

/// Codes of beats of any kind, as in `isqrs` of ecgcodes.h: 1 to 13 and these.
const OTHER_BEATS: [u8; 6] = [25, 30, 34, 35, 38, 41];

/// Mnemonics by code, ecgcodes.h and ecgmap.h.
const SYMBOLS: [&str; 42] = [
    " ", "N", "L", "R", "a", "V", "F", "J", "A", "S", "E", "j", "/", "Q", "~", "[15]", "|", "[17]", "s", "T",
    "*", "D", "\"", "=", "p", "B", "^", "t", "+", "u", "?", "!", "[", "]", "e", "n", "@", "x", "f", "(", ")",
    "r",
];

/// What somebody or something marked in a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// When, s from the start of the record.
    pub time: f64,
    /// What, as a number from 1 to 49.
    pub code: u8,
    /// A number of finer meaning.
    pub subtype: i8,
    /// The signal it was seen in, counted from 0.
    pub channel: u8,
    /// A number that the program that wrote it chose.
    pub number: i8,
    /// Text, for example a rhythm.
    pub text: String,
}

impl Annotation {
    /// Whether this is a heart beat of any kind.
    pub fn is_beat(&self) -> bool {
        (1..=13).contains(&self.code) || OTHER_BEATS.contains(&self.code)
    }

    /// The usual sign, for example `N` for a normal beat and `V` for a ventricular one; empty for codes that a
    /// file defines for itself.
    pub fn symbol(&self) -> &'static str {
        SYMBOLS.get(usize::from(self.code)).copied().unwrap_or_default()
    }

    /// The same as a mark: a moment, as only the moment is known.
    pub fn mark(&self) -> Mark {
        let kind = if self.is_beat() { MarkKind::Beat } else { MarkKind::Event };
        let label = format!("{} {}", self.symbol(), self.text).trim().to_owned();
        Mark { kind, start: self.time, end: self.time, label }
    }
}

/// The annotations in the file at `path`, for example `100.atr`; its rate is its own or that of `100.hea`.
pub fn annotations(path: &Path) -> Result<Vec<Annotation>, ReadError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let folder = Folder::of(path);
    let bytes = folder.text(&name).map_err(|cause| {
        ReadError::new(
            &name,
            Place::File,
            format!("it could not be read: {cause}"),
            "annotations in MIT format",
        )
    })?;
    let header = format!("{}.hea", path.file_stem().unwrap_or_default().to_string_lossy());
    let rate = folder.text(&header).ok().and_then(|text| Some(Header::read(&header, &text).ok()?.frame_rate));
    read_annotations(&name, &bytes, rate)
}

/// The annotations in bytes; `rate` (Hz) is that of the record, for files that name none.
///
/// ```
/// // A normal beat 18 and one 77 samples after the start, at 100 Hz.
/// let beats = cisterna_recording::wfdb::read_annotations("x.atr", &[18, 4, 59, 4, 0, 0], Some(100.0))?;
/// assert_eq!(beats.iter().map(|beat| beat.time).collect::<Vec<_>>(), [0.18, 0.77]);
/// # Ok::<(), cisterna_recording::ReadError>(())
/// ```
pub fn read_annotations(name: &str, bytes: &[u8], rate: Option<f64>) -> Result<Vec<Annotation>, ReadError> {
    let raw = Reader { name, bytes, at: 0 }.all()?;
    let mut rate = rate;
    let mut kept = Vec::new();
    let mut defining = true;
    for (ticks, mut annotation) in raw {
        defining &= ticks == 0 && annotation.code == NOTE;
        if let Some(said) = annotation.text.strip_prefix("## time resolution:").filter(|_| defining) {
            rate = said.trim().parse().ok().or(rate);
        }
        if defining && defines(&annotation.text) {
            continue;
        }
        // Ticks, until the rate is known: a file may name it after its first notes.
        annotation.time = ticks as f64;
        kept.push(annotation);
    }
    let Some(rate) = rate.filter(|rate| *rate > 0.0 && rate.is_finite()) else {
        let problem = "neither the file nor a header beside it says the sampling rate";
        return Err(ReadError::new(
            name,
            Place::File,
            problem,
            "the header of the record in the same folder",
        ));
    };
    kept.iter_mut().for_each(|annotation| annotation.time /= rate);
    Ok(kept)
}

/// Whether a first note speaks of the file itself: `## ...`, or the code, sign and meaning of a kind.
fn defines(text: &str) -> bool {
    let number = text.split_whitespace().next().is_some_and(|word| word.parse::<u8>().is_ok());
    text.starts_with("##") || (number && text.split_whitespace().count() >= 3)
}

/// Words of 16 bits, one after the other.
struct Reader<'a> {
    name: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    /// All annotations with their times in ticks.
    fn all(mut self) -> Result<Vec<(i64, Annotation)>, ReadError> {
        if self.bytes.first() == Some(&0) && !matches!(self.bytes.get(1), None | Some(0 | b'X')) {
            // Every annotation of the AHA format begins with a zero and a letter.
            let second = self.bytes[1];
            if self.bytes.len().is_multiple_of(16) && second.is_ascii_uppercase() {
                return Err(
                    self.error("this looks like annotations in AHA format", "annotations in MIT format")
                );
            }
        }
        let mut all: Vec<(i64, Annotation)> = Vec::new();
        let (mut ticks, mut channel, mut number) = (0i64, 0u8, 0i8);
        // Nought and nothing end the file; some writers leave the end out.
        while let Some(word) = self.word().filter(|word| *word != 0) {
            let (code, low) = (word >> 10, word & 0x3ff);
            match code {
                SKIP => ticks = ticks.saturating_add(self.long()?),
                NUMBER | SUBTYPE | CHANNEL | TEXT => {
                    let text = if code == TEXT { self.text(low)? } else { String::new() };
                    let Some((_, last)) = all.last_mut() else { continue };
                    match code {
                        NUMBER => last.number = low as i8,
                        SUBTYPE => last.subtype = low as i8,
                        CHANNEL => last.channel = low as u8,
                        _ => last.text = text,
                    }
                    (channel, number) = (last.channel, last.number);
                }
                _ => {
                    ticks = ticks.saturating_add(i64::from(low));
                    let code = code as u8;
                    all.push((
                        ticks,
                        Annotation { time: 0.0, code, subtype: 0, channel, number, text: String::new() },
                    ));
                }
            }
        }
        // Code 0 only moves the clock.
        all.retain(|(_, annotation)| annotation.code != 0);
        Ok(all)
    }

    fn error(&self, problem: &str, allowed: &str) -> ReadError {
        ReadError::new(self.name, Place::Byte(self.at as u64), problem, allowed)
    }

    fn word(&mut self) -> Option<u16> {
        let pair = self.bytes.get(self.at..self.at + 2)?;
        self.at += 2;
        Some(u16::from_le_bytes([pair[0], pair[1]]))
    }

    /// An interval of 32 bits, the high word first.
    fn long(&mut self) -> Result<i64, ReadError> {
        match (self.word(), self.word()) {
            (Some(high), Some(low)) => Ok(i64::from((u32::from(high) << 16 | u32::from(low)) as i32)),
            _ => Err(self.error("the file ends within an interval", "whole annotations")),
        }
    }

    /// Text of so many bytes, and one more where the count is odd.
    fn text(&mut self, length: u16) -> Result<String, ReadError> {
        let length = usize::from(length);
        let Some(bytes) = self.bytes.get(self.at..self.at + length) else {
            return Err(self.error("the file ends within a text", "whole annotations"));
        };
        self.at += length + length % 2;
        Ok(crate::text::lenient(bytes).trim_matches(['\0', ' ']).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(code: u16, low: u16) -> [u8; 2] {
        (code << 10 | low).to_le_bytes()
    }

    #[test]
    fn numbers_stay_and_subtypes_do_not() {
        let words = [
            word(1, 100),
            word(CHANNEL, 1),
            word(NUMBER, 5),
            word(SUBTYPE, 2),
            word(5, 50),
            word(TEXT, 3),
            *b"abc\0".first_chunk().unwrap(),
            *b"c\0".first_chunk().unwrap(),
            word(0, 0),
        ];
        let list = read_annotations("x.atr", &words.concat(), Some(100.0)).unwrap();
        let first = Annotation { time: 1.0, code: 1, subtype: 2, channel: 1, number: 5, text: String::new() };
        let second = Annotation { time: 1.5, code: 5, subtype: 0, text: "abc".to_owned(), ..first.clone() };
        assert_eq!(list, [first, second]);
        assert_eq!((list[1].symbol(), list[1].mark().kind), ("V", MarkKind::Beat));
    }

    #[test]
    fn long_intervals_go_both_ways() {
        let bytes: Vec<u8> =
            [word(SKIP, 0), [1, 0], [0, 0], word(1, 0), word(SKIP, 0), [0xff; 2], [0xff; 2], word(1, 0)]
                .concat();
        let list = read_annotations("x.atr", &bytes, Some(1.0)).unwrap();
        assert_eq!(list.iter().map(|a| a.time).collect::<Vec<_>>(), [65536.0, 65535.0]);
    }

    #[test]
    fn what_ends_too_early_or_has_no_rate_is_told() {
        let refused = |bytes: &[u8], rate| read_annotations("x.atr", bytes, rate).unwrap_err().to_string();
        assert!(refused(&word(SKIP, 0), Some(1.0)).contains("byte 2: the file ends within an interval"));
        assert!(refused(&[word(1, 1), word(TEXT, 9)].concat(), Some(1.0)).contains("within a text"));
        assert!(refused(&word(1, 1), None).contains("says the sampling rate"));
        assert!(read_annotations("x.atr", &[], Some(1.0)).unwrap().is_empty());
    }
}
