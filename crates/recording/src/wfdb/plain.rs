//! Signal files that are not compressed, read by frames.

use std::io::{self, SeekFrom};

use super::files::Bytes;
use super::format::Format;

/// Samples that are decoded at once.
const CHUNK: u64 = 1 << 16;

/// A signal file and how its samples lie in it.
pub(super) struct Plain {
    bytes: Box<dyn Bytes>,
    format: Format,
    /// Bytes before the first sample.
    offset: u64,
    /// Samples in one frame.
    per_frame: u64,
    /// Whole frames in the file.
    pub frames: u64,
    buffer: Vec<u8>,
    running: Option<Running>,
}

/// Where the sums of first differences (format 8) stand.
struct Running {
    /// For each sample of a frame, the signal it belongs to.
    signal_of: Vec<usize>,
    /// The codes before the first frame.
    initial: Vec<i32>,
    /// The codes before frame `next`.
    codes: Vec<i32>,
    next: u64,
}

impl Plain {
    /// `signals` are the samples per frame and the initial code of each signal in the file.
    pub(super) fn open(
        mut bytes: Box<dyn Bytes>,
        format: Format,
        offset: u64,
        signals: &[(u64, i32)],
        per_frame: u64,
    ) -> io::Result<Plain> {
        let held = format.samples(bytes.length()?.saturating_sub(offset));
        let frames = held / per_frame;
        let running = (format == Format::Differences && frames > 0).then(|| {
            let signal_of =
                signals.iter().enumerate().flat_map(|(index, (n, _))| (0..*n).map(move |_| index)).collect();
            let initial: Vec<i32> = signals.iter().map(|(_, initial)| *initial).collect();
            Running { signal_of, codes: initial.clone(), initial, next: 0 }
        });
        Ok(Plain { bytes, format, offset, per_frame, frames, buffer: Vec::new(), running })
    }

    /// Some frames from frame `from`, `most` at most and one at least, appended to `codes`; how many.
    pub(super) fn read(&mut self, from: u64, most: u64, codes: &mut Vec<i32>) -> io::Result<u64> {
        if self.running.is_some() {
            self.catch_up(from)?;
        }
        let frames = most.min((CHUNK / self.per_frame).max(1));
        let start = codes.len();
        self.raw(from, frames, codes)?;
        if let Some(running) = &mut self.running {
            running.sum(&mut codes[start..], frames);
        }
        Ok(frames)
    }

    /// Codes as they stand in the file.
    fn raw(&mut self, from: u64, frames: u64, codes: &mut Vec<i32>) -> io::Result<()> {
        let (samples, size) = self.format.block();
        let (first, end) = (from * self.per_frame, (from + frames) * self.per_frame);
        let (block, skip) = (first / samples, (first % samples) as usize);
        // A last block that is cut short ends with the file.
        let wanted = (end.div_ceil(samples) - block) * size;
        self.bytes.seek(SeekFrom::Start(self.offset + block * size))?;
        self.buffer.clear();
        io::Read::read_to_end(&mut io::Read::take(&mut self.bytes, wanted), &mut self.buffer)?;
        let start = codes.len();
        self.format.decode(&self.buffer, codes);
        let held = codes.len() - start;
        if held < skip + (end - first) as usize {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it has become shorter meanwhile"));
        }
        codes.drain(start..start + skip);
        codes.truncate(start + (end - first) as usize);
        Ok(())
    }

    /// Sums differences up to frame `from`.
    fn catch_up(&mut self, from: u64) -> io::Result<()> {
        let mut skipped = Vec::new();
        loop {
            let Some(running) = &mut self.running else { return Ok(()) };
            if running.next > from {
                running.codes.clone_from(&running.initial);
                running.next = 0;
            }
            let next = running.next;
            if next == from {
                return Ok(());
            }
            let frames = (from - next).min((CHUNK / self.per_frame).max(1));
            skipped.clear();
            self.raw(next, frames, &mut skipped)?;
            if let Some(running) = &mut self.running {
                running.sum(&mut skipped, frames);
            }
        }
    }
}

impl Running {
    /// Turns the differences of the next frames into codes.
    fn sum(&mut self, differences: &mut [i32], frames: u64) {
        for frame in differences.chunks_exact_mut(self.signal_of.len()) {
            for (code, signal) in frame.iter_mut().zip(&self.signal_of) {
                self.codes[*signal] = self.codes[*signal].wrapping_add(*code);
                *code = self.codes[*signal];
            }
        }
        self.next += frames;
    }
}
