//! What a header says of its samples, beside what the file holds. A difference is told and stops nothing.

use super::signal::Signal;

/// The sum of the codes of one signal so far, in the order of the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Check {
    sum: u32,
    first: Option<i32>,
    /// The frame that must come next; frames in any other order end the check.
    next: u64,
}

impl Check {
    /// Counts the codes of some frames from frame `from`.
    pub(super) fn add(&mut self, from: u64, frames: u64, codes: impl Iterator<Item = i32>) {
        if from != self.next {
            return;
        }
        for code in codes {
            self.first.get_or_insert(code);
            self.sum = self.sum.wrapping_add(code as u32);
        }
        self.next += frames;
    }

    /// What differs, as a key and a text, once all of `frames` have been counted.
    pub(super) fn told(
        &self,
        name: &str,
        signal: &Signal,
        frames: u64,
        lowest: Option<i32>,
    ) -> Vec<(String, String)> {
        let mut told = Vec::new();
        if self.next != frames {
            return told;
        }
        let line = signal.line;
        if let Some(said) =
            signal.checksum.filter(|said| said.rem_euclid(65536) != i64::from(self.sum & 0xffff))
        {
            let sum = i64::from(self.sum as u16 as i16);
            told.push((
                "checksum".to_owned(),
                format!("`{name}` (line {line}): {sum}, the header says {said}"),
            ));
        }
        // Writers that leave out what was not recorded say nothing about it in the header.
        let first = self.first.filter(|first| Some(*first) != lowest).map(i64::from);
        if let (Some(first), Some(said)) = (first, signal.first)
            && first != said
        {
            let text = format!("`{name}` (line {line}): {first}, the header says {said}");
            told.push(("first value".to_owned(), text));
        }
        told
    }
}
