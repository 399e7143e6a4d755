//! Writing a file so that it appears whole or not at all.

use std::fmt;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Why a file could not be written.
#[derive(Debug)]
pub struct WriteError {
    /// The file that was to be written.
    pub path: PathBuf,
    /// What the system said.
    pub cause: io::Error,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} could not be written: {}", self.path.display(), self.cause)
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

/// Writes `path` whole or not at all: `fill` writes into a temporary file in the same folder, which is synced
/// to disk and then renamed. On any error nothing is left behind and an older file stays as it was.
///
/// Devices and pipes (`/dev/stdout`) are written to directly.
///
/// ```
/// use std::io::Write;
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("summary.json");
/// cisterna_recording::write_whole(&path, |file| file.write_all(b"{}"))?;
/// assert_eq!(std::fs::read(&path)?, b"{}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_whole(
    path: &Path,
    fill: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
) -> Result<(), WriteError> {
    let named = |cause| WriteError { path: path.to_owned(), cause };
    if is_device(path) {
        let mut file = std::fs::OpenOptions::new().write(true).open(path).map_err(named)?;
        return fill(&mut file).and_then(|()| file.flush()).map_err(named);
    }
    Pending::write(path, fill)?.appear()
}

/// A file that is written and synced but does not yet have its name; dropped, it vanishes.
pub(crate) struct Pending {
    path: PathBuf,
    file: NamedTempFile,
}

impl Pending {
    /// Writes the contents of `path` into a temporary file beside it.
    pub(crate) fn write(
        path: &Path,
        fill: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
    ) -> Result<Self, WriteError> {
        let write = || {
            if is_device(path) {
                // A rename would put a plain file in the device's place.
                return Err(io::Error::new(
                    io::ErrorKind::InvalidInput,
                    "one of several files cannot be a device",
                ));
            }
            let file = temporary(folder_of(path))?;
            let mut buffer = BufWriter::with_capacity(1 << 16, file);
            fill(&mut buffer)?;
            let file = buffer.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.as_file().sync_all()?;
            Ok(Pending { path: path.to_owned(), file })
        };
        // The temporary name means nothing to a reader, so only the system's own words are kept.
        write().map_err(|cause: io::Error| WriteError { path: path.to_owned(), cause: plain(cause) })
    }

    /// Gives the file its name.
    pub(crate) fn appear(self) -> Result<(), WriteError> {
        let Pending { path, file } = self;
        match file.persist(&path) {
            Ok(_) => Ok(()),
            Err(refused) => Err(WriteError { path, cause: plain(refused.error) }),
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn is_device(path: &Path) -> bool {
    path.metadata().is_ok_and(|found| !found.is_file() && !found.is_dir())
}

/// A temporary file with the permissions of any newly made file (the plain default is closed to other users).
#[cfg(unix)]
fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    tempfile::Builder::new()
        .prefix(".cisterna-")
        .permissions(std::fs::Permissions::from_mode(0o666))
        .tempfile_in(folder)
}

/// A temporary file in `folder`.
#[cfg(not(unix))]
fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new().prefix(".cisterna-").tempfile_in(folder)
}

/// The system's error without the temporary path that `tempfile` adds to its text.
fn plain(cause: io::Error) -> io::Error {
    match cause.to_string().split_once(" at path ") {
        Some((said, _)) => io::Error::new(cause.kind(), said.to_owned()),
        None => cause,
    }
}
