//! Pages of plain values only.

use parquet::basic::Encoding;
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};

/// Passes on pages of plain values and refuses all others: we write no others, and some decoders of the library
/// trust the lengths in a page so far that a hostile one makes them panic.
pub(crate) struct PlainPages(pub Box<dyn PageReader>);

impl PageReader for PlainPages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let page = self.0.get_next_page()?;
        match &page {
            Some(page) if page.encoding() != Encoding::PLAIN => {
                Err(ParquetError::General(format!("a page is encoded as {}, not PLAIN", page.encoding())))
            }
            _ => Ok(page),
        }
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.0.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.0.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        self.0.at_record_boundary()
    }
}

impl Iterator for PlainPages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}
