//! Where the files of a record come from: a folder, or memory.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Headers and annotations beyond this are refused: those of whole databases stay under a megabyte.
const MOST_TEXT: u64 = 1 << 24;

/// Entries of a folder that are looked through for headers, at most.
const MOST_ENTRIES: usize = 10_000;

/// Bytes that can be read from anywhere.
pub(super) trait Bytes: Read + Seek {
    /// How many there are.
    fn length(&mut self) -> io::Result<u64> {
        self.seek(SeekFrom::End(0))
    }
}

impl<T: Read + Seek> Bytes for T {}

/// The files that stand beside a header.
pub(super) trait Files {
    /// Opens the file called `name`.
    fn open(&self, name: &str) -> io::Result<Box<dyn Bytes>>;

    /// The headers that stand there, where that can be told.
    fn headers(&self) -> Vec<String> {
        Vec::new()
    }

    /// All of a small file.
    fn text(&self, name: &str) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open(name)?.take(MOST_TEXT + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MOST_TEXT {
            return Err(io::Error::other(format!("it is longer than {MOST_TEXT} bytes")));
        }
        Ok(bytes)
    }
}

/// Files of a folder.
pub(super) struct Folder(PathBuf);

impl Folder {
    /// The folder in which `path` lies.
    pub(super) fn of(path: &Path) -> Folder {
        Folder(path.parent().unwrap_or(Path::new("")).to_owned())
    }
}

impl Files for Folder {
    fn open(&self, name: &str) -> io::Result<Box<dyn Bytes>> {
        let path = self.0.join(name);
        // A pipe would wait for ever.
        if !std::fs::metadata(&path)?.is_file() {
            return Err(io::Error::other("it is no plain file"));
        }
        Ok(Box::new(BufReader::with_capacity(1 << 16, File::open(path)?)))
    }

    fn headers(&self) -> Vec<String> {
        let folder = if self.0.as_os_str().is_empty() { Path::new(".") } else { &self.0 };
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().take(MOST_ENTRIES);
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut headers: Vec<String> = names.filter(|name| name.ends_with(".hea")).collect();
        headers.sort();
        headers
    }
}

/// Files that a function gives.
pub(super) struct Fetched<F>(pub F);

impl<F: Fn(&str) -> io::Result<Vec<u8>>> Files for Fetched<F> {
    fn open(&self, name: &str) -> io::Result<Box<dyn Bytes>> {
        Ok(Box::new(Cursor::new((self.0)(name)?)))
    }
}
