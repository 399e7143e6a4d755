//! Bytes of a recording that can be read more than once: a file, or memory; gzip is unpacked on the way.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use flate2::read::MultiGzDecoder;

use crate::error::{Place, ReadError};

/// How many times its size a packed file may unpack to, beyond the first megabyte. Signals shrink to a tenth at
/// best; what shrinks more is made to fill a memory.
const UNPACKING: u64 = 256;
/// What any packed file may unpack to, in bytes.
const FREE: u64 = 1 << 20;

/// Where bytes come from.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// The file's bare name, for messages.
    pub name: String,
    held: Held,
}

#[derive(Clone, Debug)]
enum Held {
    Memory(Bytes),
    File(PathBuf),
}

impl Source {
    /// Bytes in memory, called `name`.
    pub(crate) fn memory(name: &str, bytes: &[u8]) -> Self {
        Source { name: name.to_owned(), held: Held::Memory(Bytes::copy_from_slice(bytes)) }
    }

    /// The file at `path`.
    pub(crate) fn file(path: &Path) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Source { name, held: Held::File(path.to_owned()) }
    }

    /// The bytes from the beginning, unpacked.
    pub(crate) fn reader(&self) -> io::Result<Box<dyn Read + Send>> {
        let (raw, size): (Box<dyn Read + Send>, u64) = match &self.held {
            Held::Memory(bytes) => (Box::new(Cursor::new(bytes.clone())), bytes.len() as u64),
            Held::File(path) => {
                let file = File::open(path)?;
                let size = file.metadata()?.len();
                (Box::new(BufReader::with_capacity(1 << 17, file)), size)
            }
        };
        unpacked(raw, size)
    }

    /// All bytes, unpacked; for files that are read from the end.
    pub(crate) fn bytes(&self) -> io::Result<Bytes> {
        match &self.held {
            Held::Memory(bytes) if !is_packed(bytes) => Ok(bytes.clone()),
            _ => {
                let mut all = Vec::new();
                self.reader()?.read_to_end(&mut all)?;
                Ok(all.into())
            }
        }
    }

    /// How many bytes there are once unpacked.
    pub(crate) fn size(&self) -> io::Result<u64> {
        match self.at_random() {
            Some(file) => Ok(file.metadata()?.len()),
            None => Ok(self.bytes()?.len() as u64),
        }
    }

    /// The file, where bytes can be read at any place of it: on disk and not packed.
    pub(crate) fn at_random(&self) -> Option<File> {
        let Held::File(path) = &self.held else { return None };
        let mut magic = [0; 2];
        File::open(path).and_then(|mut file| file.read_exact(&mut magic)).ok()?;
        if is_packed(&magic) { None } else { File::open(path).ok() }
    }

    /// The bytes of a file beside this one.
    pub(crate) fn beside(&self, file: &str) -> io::Result<Vec<u8>> {
        match &self.held {
            Held::Memory(_) => Err(io::Error::new(io::ErrorKind::NotFound, "only one file was given")),
            Held::File(path) => std::fs::read(path.with_file_name(file)),
        }
    }

    /// The first bytes, at most `most` of them, unpacked.
    pub(crate) fn beginning(&self, most: usize) -> io::Result<Vec<u8>> {
        let mut beginning = Vec::new();
        self.reader()?.take(most as u64).read_to_end(&mut beginning)?;
        Ok(beginning)
    }

    /// What went wrong while reading, told of this file.
    pub(crate) fn failed(&self, cause: io::Error) -> ReadError {
        ReadError::new(
            &self.name,
            Place::File,
            format!("it could not be read ({cause})"),
            "a whole file that you may read",
        )
    }
}

fn is_packed(beginning: &[u8]) -> bool {
    beginning.starts_with(&[0x1f, 0x8b])
}

fn unpacked(mut raw: Box<dyn Read + Send>, size: u64) -> io::Result<Box<dyn Read + Send>> {
    let mut magic = Vec::with_capacity(2);
    raw.by_ref().take(2).read_to_end(&mut magic)?;
    let packed = is_packed(&magic);
    let whole = Cursor::new(magic).chain(raw);
    if !packed {
        return Ok(Box::new(whole));
    }
    let left = size.saturating_mul(UNPACKING).saturating_add(FREE);
    Ok(Box::new(Unpacked { inner: MultiGzDecoder::new(whole), left }))
}

/// Unpacks, but not without end.
struct Unpacked<R> {
    inner: MultiGzDecoder<R>,
    left: u64,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer).map_err(|cause| {
            io::Error::new(cause.kind(), format!("its gzip is broken or cut short: {cause}"))
        })?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                format!("its gzip unpacks to over {UNPACKING} times its size"),
            )
        })?;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn packed_and_plain_bytes_read_the_same_twice() {
        for bytes in [b"t,icp\n".to_vec(), packed(b"t,icp\n"), [packed(b"t,"), packed(b"icp\n")].concat()] {
            let source = Source::memory("x", &bytes);
            assert_eq!(source.bytes().unwrap().as_ref(), b"t,icp\n");
            assert_eq!(source.beginning(3).unwrap(), b"t,i");
        }
    }

    #[test]
    fn half_a_gzip_and_a_gzip_of_nothing_but_noughts_are_refused() {
        let whole = packed(b"time,icp\n1,2\n3,4\n");
        let told = Source::memory("x", &whole[..whole.len() - 9]).bytes().unwrap_err().to_string();
        assert!(told.contains("broken or cut short"), "{told}");
        let told = Source::memory("x", &packed(&vec![0; 20 << 20])).bytes().unwrap_err().to_string();
        assert!(told.contains("over 256 times"), "{told}");
    }
}
