//! Signal files compressed with FLAC, read from the front: a channel of sound is a signal.
//!
//! `claxon` decodes: on files with bytes changed at random it alone answered with errors and never a panic. It
//! cannot seek, so that going back starts from the front.

use std::io::{self, Read, SeekFrom};

use claxon::{FlacReader, FlacReaderOptions};

use super::files::{Bytes, Files};

/// A FLAC file as frames.
pub(super) struct Flac {
    source: Source,
    reader: FlacReader<Stream>,
    /// Channels, each a signal.
    channels: usize,
    /// Samples of each signal in one frame.
    per_signal: u64,
    /// Whole frames in the file, if it says so.
    pub frames: Option<u64>,
    /// Samples that are decoded and not yet given, one list for each channel.
    waiting: Vec<Vec<i32>>,
    /// The first of them.
    waiting_from: u64,
    spare: Vec<i32>,
}

/// Where the file is.
struct Source {
    name: String,
    offset: u64,
}

/// Bytes from the start of the stream.
struct Stream(Box<dyn Bytes>);

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Source {
    fn open(&self, files: &dyn Files) -> io::Result<FlacReader<Stream>> {
        let mut bytes = files.open(&self.name)?;
        bytes.seek(SeekFrom::Start(self.offset))?;
        let options = FlacReaderOptions { metadata_only: false, read_vorbis_comment: false };
        FlacReader::new_ext(Stream(bytes), options).map_err(|error| io::Error::other(error.to_string()))
    }
}

impl Flac {
    /// Opens the file called `name` as `signals` signals of `per_signal` samples in a frame.
    pub(super) fn open(
        files: &dyn Files,
        name: &str,
        offset: u64,
        bits: u32,
        signals: usize,
        per_signal: u64,
    ) -> io::Result<Flac> {
        let source = Source { name: name.to_owned(), offset };
        let reader = source.open(files)?;
        let said = reader.streaminfo();
        let refuse = |problem: String| Err(io::Error::other(problem));
        if said.channels as usize != signals {
            return refuse(format!("it has {} channels for {signals} signals", said.channels));
        }
        if said.bits_per_sample > bits {
            return refuse(format!("it has samples of {} bits, more than {bits}", said.bits_per_sample));
        }
        let frames = said.samples.filter(|samples| *samples > 0).map(|samples| samples / per_signal);
        let waiting = vec![Vec::new(); signals];
        let spare = Vec::new();
        Ok(Flac { source, reader, channels: signals, per_signal, frames, waiting, waiting_from: 0, spare })
    }

    /// Some frames from frame `from`, `most` at most and one at least, appended to `codes`; how many.
    pub(super) fn read(
        &mut self,
        files: &dyn Files,
        from: u64,
        most: u64,
        codes: &mut Vec<i32>,
    ) -> io::Result<u64> {
        let first = from * self.per_signal;
        if first < self.waiting_from {
            self.reader = self.source.open(files)?;
            self.waiting.iter_mut().for_each(Vec::clear);
            self.waiting_from = 0;
        }
        loop {
            self.drop_before(first);
            let held = self.waiting.first().map_or(0, Vec::len) as u64;
            if self.waiting_from == first && held >= self.per_signal {
                let frames = most.min(held / self.per_signal);
                self.give(frames, codes);
                return Ok(frames);
            }
            self.decode_block()?;
        }
    }

    fn drop_before(&mut self, sample: u64) {
        let held = self.waiting.first().map_or(0, Vec::len);
        let gone = usize::try_from(sample - self.waiting_from).unwrap_or(usize::MAX).min(held);
        self.waiting.iter_mut().for_each(|samples| drop(samples.drain(..gone)));
        self.waiting_from += gone as u64;
    }

    /// Appends frames in the order of a plain file; they stay waiting, and go when the next are asked for.
    fn give(&mut self, frames: u64, codes: &mut Vec<i32>) {
        let each = self.per_signal as usize;
        for frame in 0..frames as usize {
            for samples in &self.waiting {
                codes.extend(samples.iter().skip(frame * each).take(each));
            }
        }
    }

    fn decode_block(&mut self) -> io::Result<()> {
        let spare = std::mem::take(&mut self.spare);
        let block =
            self.reader.blocks().read_next_or_eof(spare).map_err(|e| io::Error::other(e.to_string()))?;
        let Some(block) = block else {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it ends before the record does"));
        };
        if block.channels() as usize != self.channels {
            return Err(io::Error::other("its number of channels changes"));
        }
        for (channel, samples) in (0..).zip(&mut self.waiting) {
            samples.extend_from_slice(block.channel(channel));
        }
        self.spare = block.into_buffer();
        Ok(())
    }
}
