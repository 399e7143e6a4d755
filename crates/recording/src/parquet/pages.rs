//! Pages that claim no more than they can hold.

use parquet::basic::Encoding;
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};

/// Passes on pages and refuses those whose numbers of values cannot be true: the library sets memory aside for
/// as many as a page claims.
pub(crate) struct SoundPages {
    pub inner: Box<dyn PageReader>,
    /// Rows of the group.
    pub rows: usize,
    /// We write plain values only; some decoders of the library trust the lengths in a page so far that a
    /// hostile one makes them panic.
    pub only_plain: OnlyPlain,
}

/// Whether pages may be encoded otherwise than as plain values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnlyPlain {
    Yes,
    No,
}

impl PageReader for SoundPages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let page = self.inner.get_next_page()?;
        let Some(found) = &page else { return Ok(page) };
        let refuse = |problem: String| Err(ParquetError::General(problem));
        if self.only_plain == OnlyPlain::Yes && found.encoding() != Encoding::PLAIN {
            return refuse(format!("a page is encoded as {}, not PLAIN", found.encoding()));
        }
        let values = found.num_values() as usize;
        // The narrowest values that are read take four bytes.
        let most = if found.is_dictionary_page() { found.buffer().len() / 4 } else { self.rows };
        if values > most {
            return refuse(format!("a page claims {values} values where {most} can be"));
        }
        Ok(page)
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.inner.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.inner.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        self.inner.at_record_boundary()
    }
}

impl Iterator for SoundPages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}
