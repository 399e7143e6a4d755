//! Records in pieces, so that one longer than memory can be gone through.

use std::io;
use std::path::Path;
use std::rc::Rc;

use super::files::{Fetched, Files, Folder};
use super::record::Record;
use crate::error::{Place, ReadError};
use crate::types::Recording;

/// Values that a piece may have without a byte in the signal files for each: gaps and FLAC cost nothing on disk.
const FREE_ON_DISK: u64 = 1 << 26;
/// The same for records that are given as bytes.
const FREE_IN_MEMORY: u64 = 1 << 17;
/// Values that a byte of a signal file may become beyond that.
const VALUES_PER_BYTE: u64 = 32;

/// A record, piece by piece: recordings with the same channels, each of which begins where the last ended.
///
/// A mark stands in the piece in which it begins. What checksums and first values told is in the provenance of
/// the last piece. After an error nothing follows.
pub struct Pieces<'a> {
    record: Record<'a>,
    frames: u64,
    next: u64,
    marked: usize,
}

/// The record whose header is at `path` in pieces of so many seconds; infinitely many give one piece.
///
/// All formats of signal(5) are read, each channel at its own rate, each segment with its own gain. A sample
/// whose code means that nothing was recorded, a gap and a segment that is missing are NaN; gaps are marks, and
/// what is missing stands in the provenance. The recording ends with the last frame that was recorded.
pub fn pieces(path: &Path, seconds: f64) -> Result<Pieces<'static>, ReadError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let folder = Folder::of(path);
    let header = folder.text(&name).map_err(|cause| {
        ReadError::new(
            &name,
            Place::File,
            format!("it could not be read: {cause}"),
            "a header that you may read",
        )
    })?;
    Pieces::new(Record::open(&name, &header, Rc::new(folder))?, seconds, FREE_ON_DISK)
}

/// Reads a WFDB record whole from its header; `fetch` gives the bytes of a file beside it by name.
///
/// See [`pieces`] for what is read. A record much larger than its files (gaps, FLAC) is refused.
///
/// ```
/// let header = b"bed 1 125 2\nbed.dat 16 10/mmHg 12 0 900 1810 0 ABP\n";
/// let recording = cisterna_recording::read_wfdb("bed.hea", header, |_| Ok(vec![0x84, 3, 0x8e, 3]))?;
/// assert_eq!(recording.channels[0].values, [90.0, 91.0]);
/// # Ok::<(), cisterna_recording::ReadError>(())
/// ```
pub fn read_wfdb(
    name: &str,
    header: &[u8],
    fetch: impl Fn(&str) -> io::Result<Vec<u8>>,
) -> Result<Recording, ReadError> {
    let record = Record::open(name, header, Rc::new(Fetched(fetch)))?;
    Pieces::new(record, f64::INFINITY, FREE_IN_MEMORY)?.whole()
}

impl<'a> Pieces<'a> {
    fn new(record: Record<'a>, seconds: f64, free: u64) -> Result<Self, ReadError> {
        // The cast holds at the ends of what a whole number can be; no number at all is one piece.
        let wanted = if seconds.is_nan() { u64::MAX } else { (seconds * record.frame_rate).round() as u64 };
        let frames = wanted.clamp(1, record.frames);
        let values = frames.saturating_mul(record.per_frame);
        if values > record.bytes.saturating_mul(VALUES_PER_BYTE).saturating_add(free) {
            let problem = format!("{values} samples at once, out of signal files of {} bytes", record.bytes);
            return Err(ReadError::new(&record.name, Place::File, problem, "the same in shorter pieces"));
        }
        Ok(Pieces { record, frames, next: 0, marked: 0 })
    }

    /// All pieces in one recording, for a reader of one piece.
    pub fn whole(mut self) -> Result<Recording, ReadError> {
        let mut whole = Recording::default();
        for piece in &mut self {
            let piece = piece?;
            if whole.channels.is_empty() {
                whole = piece;
                continue;
            }
            for (channel, next) in whole.channels.iter_mut().zip(piece.channels) {
                channel.values.extend(next.values);
            }
            whole.marks.extend(piece.marks);
            whole.provenance = piece.provenance;
        }
        Ok(whole)
    }

    fn piece(&mut self) -> Result<Recording, ReadError> {
        let count = self.frames.min(self.record.frames - self.next);
        let channels = self.record.read(self.next, count)?;
        self.next += count;
        let last = self.next == self.record.frames;
        let end = self.next as f64 / self.record.frame_rate;
        let marks = &self.record.gaps[self.marked..];
        let upto = if last { marks.len() } else { marks.partition_point(|mark| mark.start < end) };
        let marks = marks[..upto].to_vec();
        self.marked += upto;
        let mut provenance = self.record.provenance.clone();
        if last {
            provenance.extend(self.record.told());
        }
        Ok(Recording { title: self.record.title.clone(), channels, marks, facts: Vec::new(), provenance })
    }
}

impl Iterator for Pieces<'_> {
    type Item = Result<Recording, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.record.frames {
            return None;
        }
        let piece = self.piece();
        if piece.is_err() {
            self.next = self.record.frames;
        }
        Some(piece)
    }
}
