//! Tables of text as UTF-8, whatever they were saved as.

use std::io::{self, BufReader, Read};

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use encoding_rs_io::DecodeReaderBytesBuilder;

use crate::error::{Place, ReadError};
use crate::source::Source;

/// Bytes on which the encoding and the layout are judged.
pub(crate) const BEGINNING: usize = 1 << 17;

/// A source and how its bytes become text.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub source: Source,
    /// UTF-16 without a byte order mark; a mark is found by itself, all else is left as it is.
    encoding: Option<&'static Encoding>,
}

impl Text {
    /// Looks at the beginning of `source`; refuses what is no text.
    pub(crate) fn of(source: Source) -> Result<Text, ReadError> {
        let beginning = source.beginning(BEGINNING).map_err(|cause| source.failed(cause))?;
        let whole =
            |problem: &str, allowed: &str| Err(ReadError::new(&source.name, Place::File, problem, allowed));
        let marked = beginning.starts_with(&[0xff, 0xfe]) || beginning.starts_with(&[0xfe, 0xff]);
        let encoding = match beginning.as_slice() {
            _ if marked => None,
            [first, 0, second, 0, ..] if *first != 0 && *second != 0 => Some(UTF_16LE),
            [0, first, 0, second, ..] if *first != 0 && *second != 0 => Some(UTF_16BE),
            bytes if bytes.contains(&0) => {
                return whole(
                    "this is no text (it holds zero bytes)",
                    "a table of text, a WFDB header, EDF, or Parquet",
                );
            }
            _ => None,
        };
        let text = Text { source, encoding };
        let mut beginning = Vec::new();
        text.from(0)
            .and_then(|text| text.take(BEGINNING as u64).read_to_end(&mut beginning))
            .map_err(|cause| text.source.failed(cause))?;
        if beginning.trim_ascii().is_empty() {
            return Err(ReadError::new(
                &text.source.name,
                Place::File,
                "the file is empty",
                "a row of column names, then rows of numbers",
            ));
        }
        Ok(text)
    }

    /// The text from byte `skipped` of its UTF-8 form on.
    pub(crate) fn from(&self, skipped: u64) -> io::Result<BufReader<Box<dyn Read + Send>>> {
        let decoded = DecodeReaderBytesBuilder::new()
            .encoding(self.encoding)
            .utf8_passthru(true)
            .strip_bom(true)
            .bom_override(true)
            .build(self.source.reader()?);
        let decoded: Box<dyn Read + Send> = Box::new(decoded);
        let mut decoded = BufReader::with_capacity(1 << 16, decoded);
        io::copy(&mut decoded.by_ref().take(skipped), &mut io::sink())?;
        Ok(decoded)
    }

    /// An error at the first line with content at or behind byte `byte`.
    pub(crate) fn at(&self, byte: u64, problem: impl Into<String>, allowed: impl Into<String>) -> ReadError {
        ReadError::new(&self.source.name, Place::Line(self.line_of(byte)), problem, allowed)
    }

    /// The line of the record that begins at byte `byte`, counted from 1. Read again, because only an error
    /// asks for it.
    pub(crate) fn line_of(&self, byte: u64) -> u64 {
        use std::io::BufRead;
        let Ok(mut text) = self.from(0) else { return 0 };
        let (mut line, mut at) = (0, 0);
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            line += 1;
            let read = text.read_until(b'\n', &mut bytes).unwrap_or(0);
            // A record begins before the blank and comment lines that were skipped for it.
            let skipped = bytes.trim_ascii().is_empty() || bytes.starts_with(b"#");
            if read == 0 || (at >= byte && !skipped) {
                return line;
            }
            at += read as u64;
        }
    }
}
