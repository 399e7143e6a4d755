//! The header of a page, in Thrift's compact protocol (`parquet.thrift` of the Apache project tells the fields), and
//! whether the end of a file is sound.
//!
//! The library believes what is claimed: it sets aside whatever size a page's header names, goes through lists of any
//! length, and reads a field that it knows as what it should be, whatever kind the file gives it. So headers are read
//! here, and the end of a file is gone through before the library sees it, with the kinds that the format gives.

use std::io::{self, Read};

use super::shapes::{FILE, Form, PAGE, Shape, form};

/// Structures and lists within each other, at most; the ends of files have eight.
const DEEPEST: usize = 12;
/// Bytes of a header, at most: statistics may hold two whole texts.
const LONGEST: u64 = 1 << 20;

/// What of a page's header counts here: whole numbers and truth values by the field's number and that of the
/// structure round it (nought outside).
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct PageHeader(Vec<(i16, i16, i64)>);

impl PageHeader {
    /// Reads a header from where a page begins.
    pub(super) fn read(from: &mut dyn Read) -> io::Result<PageHeader> {
        let mut header = PageHeader::default();
        let mut bytes = Compact { from: from.take(LONGEST) };
        bytes.structure(0, 0, PAGE, &mut header.0)?;
        Ok(header)
    }

    /// The number in field `inner` of the structure in field `outer`, or of the header itself where that is nought.
    pub(super) fn number(&self, outer: i16, inner: i16) -> Option<i64> {
        self.0.iter().find(|(o, i, _)| (*o, *i) == (outer, inner)).map(|(.., number)| *number)
    }
}

/// Goes through the structure that stands at the end of a file: whatever it claims to hold is there.
pub(super) fn check(end: &[u8]) -> io::Result<()> {
    Compact { from: end }.structure(0, 0, FILE, &mut Vec::new())
}

/// Bytes in the compact protocol.
struct Compact<R> {
    from: R,
}

impl<R: Read> Compact<R> {
    fn byte(&mut self) -> io::Result<u8> {
        let mut byte = [0];
        self.from.read_exact(&mut byte).map(|()| byte[0])
    }

    /// Seven bits a byte, the lowest first.
    fn varint(&mut self) -> io::Result<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(broken("a number is too long"))
    }

    /// A number whose lowest bit is its sign.
    fn signed(&mut self) -> io::Result<i64> {
        self.varint().map(|bits| (bits >> 1) as i64 ^ -((bits & 1) as i64))
    }

    /// Fields up to the end of a structure that is field `outer`; numbers of the two outermost levels are kept.
    fn structure(
        &mut self,
        outer: i16,
        depth: usize,
        shape: Shape,
        kept: &mut Vec<(i16, i16, i64)>,
    ) -> io::Result<()> {
        let mut id = 0i16;
        loop {
            let start = self.byte()?;
            if start == 0 {
                return Ok(());
            }
            id = match start >> 4 {
                0 => self.signed()? as i16,
                more => id.wrapping_add(i16::from(more)),
            };
            let (kind, form) = (start & 0xf, form(shape, id));
            if !form.allows(kind) {
                return Err(broken("a field of another kind than the format gives it"));
            }
            let number = match kind {
                truth @ (1 | 2) => Some(i64::from(truth == 1)),
                kind => self.value(kind, id, depth, form, kept)?,
            };
            if let Some(number) = number.filter(|_| depth < 2) {
                kept.push((outer, id, number));
            }
        }
    }

    /// A value of some kind, its number if it is one.
    fn value(
        &mut self,
        kind: u8,
        id: i16,
        depth: usize,
        form: Form,
        kept: &mut Vec<(i16, i16, i64)>,
    ) -> io::Result<Option<i64>> {
        match kind {
            3 => return self.byte().map(|byte| Some(i64::from(byte))),
            4..=6 => return self.signed().map(Some),
            7 => self.skip(8)?,
            8 => {
                let length = self.varint()?;
                self.skip(length)?;
            }
            9 | 10 if depth < DEEPEST => {
                let start = self.byte()?;
                let count = if start >> 4 == 15 { self.varint()? } else { u64::from(start >> 4) };
                // No such list is in the format, and the library counts to its end without reading a byte.
                if matches!(start & 0xf, 1 | 2) && count > 0 {
                    return Err(broken("a list of truth values"));
                }
                let element = form.element();
                if count > 0 && !element.allows(start & 0xf) {
                    return Err(broken("a list of another kind than the format gives it"));
                }
                for _ in 0..count {
                    self.value(start & 0xf, id, depth + 1, element, kept)?;
                }
            }
            12 if depth < DEEPEST => self.structure(id, depth + 1, form.shape(), kept)?,
            _ => return Err(broken("a field of a kind that the format has not")),
        }
        Ok(None)
    }

    fn skip(&mut self, length: u64) -> io::Result<()> {
        match io::copy(&mut self.from.by_ref().take(length), &mut io::sink())? {
            copied if copied == length => Ok(()),
            _ => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

fn broken(problem: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("what it says of itself is broken: {problem}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_by_field_and_the_rest_is_skipped() {
        // type 0, unpacked 12, packed 10; in field 5: 3 values, encoding 0, statistics with a text and a truth.
        let bytes =
            [0x15, 0, 0x15, 24, 0x15, 20, 0x2c, 0x15, 6, 0x15, 0, 0x3c, 0x18, 2, b'a', b'b', 0x61, 0, 0, 0];
        let header = PageHeader::read(&mut &bytes[..]).unwrap();
        let found = [(0, 1), (0, 2), (0, 3), (5, 1), (5, 2), (5, 9)].map(|(o, i)| header.number(o, i));
        assert_eq!(found, [Some(0), Some(12), Some(10), Some(3), Some(0), None]);
    }

    #[test]
    fn what_ends_early_nests_without_end_or_lies_about_a_length_is_refused() {
        for bytes in [
            &[0x15][..],
            &[0x1c; 40],
            &[0x18, 0xff, 0xff, 0x7f, 0],
            &[0x15; 99],
            &[0x1d, 0],
            &[0x19, 0xf1, 0xff, 0x7f, 0],
            // A truth where a whole number belongs, and what the library would take for a list of 2^31 truths.
            &[0x11, 0x2c, 0, 0, 0],
        ] {
            assert!(PageHeader::read(&mut &bytes[..]).is_err() && check(bytes).is_err(), "{bytes:?}");
        }
    }
}
