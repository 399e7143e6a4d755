//! The text in EDF+ files: when each record begins, and what happened.

use crate::types::{Mark, MarkKind};

/// Ends a duration.
const DURATION: u8 = 0x15;
/// Ends a time and each text.
const TEXT: u8 = 0x14;

/// What the annotations of one record say.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Annotations {
    /// When the record begins, s from the start of the file.
    pub onset: Option<f64>,
    /// What happened.
    pub marks: Vec<Mark>,
    /// How many annotations could not be read.
    pub broken: usize,
}

impl Annotations {
    /// Adds what the bytes of one annotation signal say; the first text of the first signal is the record's time.
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        for list in bytes.split(|byte| *byte == 0).filter(|list| !list.is_empty()) {
            if self.take(list).is_none() {
                self.broken += 1;
            }
        }
    }

    /// One list: `+time[0x15 duration]0x14 text 0x14 text 0x14`.
    fn take(&mut self, list: &[u8]) -> Option<()> {
        let mut parts = list.strip_suffix(&[TEXT]).unwrap_or(list).split(|byte| *byte == TEXT);
        let mut times = parts.next()?.splitn(2, |byte| *byte == DURATION);
        let start = number(times.next()?)?;
        let duration = match times.next() {
            Some(text) if !text.is_empty() => number(text)?.max(0.0),
            _ => 0.0,
        };
        for text in parts {
            if text.is_empty() {
                self.onset.get_or_insert(start);
                continue;
            }
            let label = String::from_utf8_lossy(text).trim().to_owned();
            self.marks.push(Mark { kind: MarkKind::Event, start, end: start + duration, label });
        }
        Some(())
    }
}

fn number(text: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(text).ok()?.trim();
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_durations_and_texts_are_read_and_the_rest_is_counted() {
        let mut found = Annotations::default();
        found.add(b"+12.5\x14\x14\0+13\x152.5\x14tilt\x14head down\x14\0-1\x14before\x14\0x\x14\0\0\0");
        assert_eq!(found.onset, Some(12.5));
        let told: Vec<_> = found.marks.iter().map(|m| (m.start, m.end, m.label.as_str())).collect();
        assert_eq!(told, [(13.0, 15.5, "tilt"), (13.0, 15.5, "head down"), (-1.0, -1.0, "before")]);
        assert_eq!(found.broken, 1);
    }
}
