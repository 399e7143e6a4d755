//! The pages of a column, none of which takes more memory than it can hold.
//!
//! The library's own reader of pages sets aside whatever a page claims to unpack to, so that a file of a hundred
//! bytes could ask for two gigabytes. Here a page may unpack to what the rows of its group need and no more.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};

use bytes::Bytes;
use parquet::basic::{Compression, Encoding};
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};

use super::thrift::PageHeader;
use super::unpack::unpack;

/// Bytes of a row in a page, at most: a number of eight, and as much for levels and the tables of encodings.
const PER_ROW: usize = 16;
/// Bytes that a page may take beside its rows.
const FREE: usize = 1 << 16;

/// Fields of a page's header: its own, and those of the structures in it.
const TYPE: (i16, i16) = (0, 1);
const UNPACKED: (i16, i16) = (0, 2);
const PACKED: (i16, i16) = (0, 3);
const DATA: i16 = 5;
const DICTIONARY: i16 = 7;
const DATA_2: i16 = 8;

/// Where pages are: the bytes of a file.
pub(crate) trait Raw: Read + Seek + Send {}
impl Raw for BufReader<File> {}
impl Raw for Cursor<Bytes> {}

/// Whether pages may be encoded otherwise than as plain values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnlyPlain {
    Yes,
    No,
}

/// The pages of one column in one group of rows.
pub(crate) struct Pages {
    raw: Box<dyn Raw>,
    /// Where the next page begins, and where the column ends.
    at: u64,
    end: u64,
    packing: Compression,
    /// Rows of the group.
    rows: usize,
    /// We write plain values only; some decoders of the library trust the lengths in a page so far that a
    /// hostile one makes them panic.
    only_plain: OnlyPlain,
}

impl Pages {
    /// The pages between bytes `at` and `end`, which lie in the file.
    pub(crate) fn new(
        raw: Box<dyn Raw>,
        (at, end): (u64, u64),
        packing: Compression,
        rows: usize,
        only_plain: OnlyPlain,
    ) -> Self {
        Pages { raw, at, end, packing, rows, only_plain }
    }

    fn page(&mut self) -> Result<Option<Page>> {
        loop {
            if self.at >= self.end {
                return Ok(None);
            }
            self.raw.seek(SeekFrom::Start(self.at))?;
            let header = PageHeader::read(&mut self.raw)?;
            let (body, bytes) = self.body(&header)?;
            self.at = body;
            // An index between pages is passed over.
            if header.number(TYPE.0, TYPE.1) != Some(1) {
                return self.decoded(&header, bytes).map(Some);
            }
        }
    }

    /// The bytes of a page behind its header, and where they end.
    fn body(&mut self, header: &PageHeader) -> Result<(u64, Vec<u8>)> {
        let start = self.raw.stream_position()?;
        let length = header.number(PACKED.0, PACKED.1).and_then(|length| u64::try_from(length).ok());
        let end = length.and_then(|length| start.checked_add(length)).filter(|end| *end <= self.end);
        let Some(end) = end else { return wrong("a page goes on behind its column".to_owned()) };
        let mut bytes = Vec::new();
        self.raw.by_ref().take(end - start).read_to_end(&mut bytes)?;
        if bytes.len() as u64 != end - start {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        Ok((end, bytes))
    }

    fn decoded(&self, header: &PageHeader, bytes: Vec<u8>) -> Result<Page> {
        let whole = |outer: i16, inner: i16| -> Result<u32> {
            let number = header.number(outer, inner).and_then(|number| u32::try_from(number).ok());
            number.ok_or_else(|| ParquetError::General("the header of a page lacks a number".to_owned()))
        };
        let size = whole(UNPACKED.0, UNPACKED.1)? as usize;
        let most = self.rows.saturating_mul(PER_ROW).saturating_add(FREE);
        if size > most {
            return wrong(format!("a page of {size} bytes where {} rows need {most} at most", self.rows));
        }
        let unpacked = |from: usize| -> Result<Bytes> {
            let (levels, packed) = bytes.split_at(from);
            let rest = unpack(self.packing, packed, size.saturating_sub(from))?;
            Ok([levels, &rest].concat().into())
        };
        match header.number(TYPE.0, TYPE.1) {
            Some(0) => Ok(Page::DataPage {
                num_values: self.values(whole(DATA, 1)?, self.rows)?,
                encoding: self.encoding(whole(DATA, 2)?)?,
                def_level_encoding: encoding(whole(DATA, 3)?)?,
                rep_level_encoding: encoding(whole(DATA, 4)?)?,
                buf: unpacked(0)?,
                statistics: None,
            }),
            Some(2) => Ok(Page::DictionaryPage {
                // The narrowest values that are read take four bytes.
                num_values: self.values(whole(DICTIONARY, 1)?, size / 4)?,
                encoding: self.encoding(whole(DICTIONARY, 2)?)?,
                is_sorted: header.number(DICTIONARY, 3) == Some(1),
                buf: unpacked(0)?,
            }),
            Some(3) => {
                let (definitions, repetitions) = (whole(DATA_2, 5)?, whole(DATA_2, 6)?);
                let levels = definitions as usize + repetitions as usize;
                if levels > bytes.len() || levels > size {
                    return wrong("the levels of a page are longer than the page".to_owned());
                }
                // Levels are never packed; a header that says nothing of the rest means that it is.
                let is_packed = header.number(DATA_2, 7) != Some(0);
                Ok(Page::DataPageV2 {
                    num_values: self.values(whole(DATA_2, 1)?, self.rows)?,
                    encoding: self.encoding(whole(DATA_2, 4)?)?,
                    num_nulls: whole(DATA_2, 2)?,
                    num_rows: whole(DATA_2, 3)?,
                    def_levels_byte_len: definitions,
                    rep_levels_byte_len: repetitions,
                    is_compressed: false,
                    buf: if is_packed && size > levels { unpacked(levels)? } else { bytes.into() },
                    statistics: None,
                })
            }
            other => wrong(format!("a page of a kind that is not known ({other:?})")),
        }
    }

    fn values(&self, values: u32, most: usize) -> Result<u32> {
        if values as usize <= most {
            return Ok(values);
        }
        wrong(format!("a page claims {values} values where {most} can be"))
    }

    fn encoding(&self, number: u32) -> Result<Encoding> {
        let encoding = encoding(number)?;
        if self.only_plain == OnlyPlain::Yes && encoding != Encoding::PLAIN {
            return wrong(format!("a page is encoded as {encoding}, not PLAIN"));
        }
        Ok(encoding)
    }
}

fn wrong<T>(problem: String) -> Result<T> {
    Err(ParquetError::General(problem))
}

#[allow(deprecated, reason = "old files have levels in the deprecated encoding")]
fn encoding(number: u32) -> Result<Encoding> {
    Ok(match number {
        0 => Encoding::PLAIN,
        2 => Encoding::PLAIN_DICTIONARY,
        3 => Encoding::RLE,
        4 => Encoding::BIT_PACKED,
        5 => Encoding::DELTA_BINARY_PACKED,
        8 => Encoding::RLE_DICTIONARY,
        9 => Encoding::BYTE_STREAM_SPLIT,
        _ => return wrong(format!("a page of numbers in encoding {number}")),
    })
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        self.page()
    }

    // Columns are read from the front and never skipped.
    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        wrong("pages are not looked at beforehand".to_owned())
    }

    fn skip_next_page(&mut self) -> Result<()> {
        wrong("pages are not skipped".to_owned())
    }

    /// A column without lists has a record in every value.
    fn at_record_boundary(&mut self) -> Result<bool> {
        Ok(true)
    }
}

impl Iterator for Pages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.page().transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of two doubles as it stands in a file; what it claims to unpack to, and how many values.
    fn page(claimed: u32, values: u8) -> Vec<u8> {
        let mut bytes = vec![0x15, 0, 0x15];
        let mut zigzag = u64::from(claimed) << 1;
        while zigzag > 0x7f {
            bytes.push(zigzag as u8 | 0x80);
            zigzag >>= 7;
        }
        bytes.extend([zigzag as u8, 0x15, 32, 0x2c, 0x15, values << 1, 0x15, 0, 0x15, 6, 0x15, 6, 0, 0]);
        bytes.extend([1.5f64, 2.5].iter().flat_map(|value| value.to_le_bytes()));
        bytes
    }

    fn first(bytes: Vec<u8>, end: u64) -> Result<Option<Page>> {
        let raw = Box::new(Cursor::new(Bytes::from(bytes)));
        Pages::new(raw, (0, end), Compression::UNCOMPRESSED, 2, OnlyPlain::Yes).get_next_page()
    }

    #[test]
    fn a_page_is_read_and_one_that_claims_two_gigabytes_asks_for_none() {
        let whole = page(16, 2);
        let length = whole.len() as u64;
        assert!(matches!(first(whole.clone(), length), Ok(Some(Page::DataPage { num_values: 2, .. }))));
        assert!(matches!(first(whole.clone(), 0), Ok(None)));
        for (bytes, end, told) in [
            (
                page(i32::MAX as u32, 2),
                length + 4,
                "a page of 2147483647 bytes where 2 rows need 65568 at most",
            ),
            (page(16, 9), length, "a page claims 9 values where 2 can be"),
            (page(17, 2), length, "a page unpacks to 16 bytes and claims 17"),
            (whole, length - 1, "a page goes on behind its column"),
        ] {
            let refusal = first(bytes, end).unwrap_err().to_string();
            assert!(refusal.contains(told), "{refusal}");
        }
    }
}
