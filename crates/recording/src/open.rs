//! Opening a recording of any kind.

use std::io;
use std::path::Path;

use crate::csv::csv_pieces;
use crate::edf::{edf_pieces, is_edf};
use crate::error::{Place, ReadError, nearest};
use crate::parquet::parquet_pieces;
use crate::pieces::Pieces;
use crate::source::Source;
use crate::types::Recording;
use crate::wfdb::pieces as wfdb_pieces;

/// What [`open`] reads.
const READABLE: &str = "a table of text (.csv, .tsv, .txt), a WFDB header (.hea), EDF or BDF (.edf, .bdf), \
     or Parquet (.parquet); any of them packed with gzip (.gz)";
/// Extensions of tables of text, which may stand beside a header of their name.
const TABLES: [&str; 4] = ["csv", "tsv", "txt", ""];
/// Bytes by which a file is told.
const BEGINNING: usize = 256;

/// How files begin that people take for recordings, and what they are.
const OTHERS: [(&[u8], &str); 10] = [
    (b"MATLAB 5.0", "a MATLAB file"),
    (b"\x89HDF", "an HDF5 file (MATLAB 7.3 writes them too)"),
    (b"PK\x03\x04", "a zip archive or an Excel workbook"),
    (b"RDX", "a file of R's own"),
    (b"BZh", "packed with bzip2 (R's own files often are)"),
    (b"\xfd7zXZ", "packed with xz (R's own files often are)"),
    (b"\x28\xb5\x2f\xfd", "packed with Zstandard"),
    (b"fLaC", "FLAC sound: the samples of a WFDB record without its header"),
    (b"%PDF", "a PDF document"),
    (b"SQLite format 3", "an SQLite database"),
];

/// Reads the recording at `path` as a whole.
///
/// It may be a table of text (`.csv`, `.tsv`, `.txt`), a WFDB record (its `.hea`, or the record's name without it),
/// an EDF, EDF+ or BDF file, or a Parquet file, told apart by content and then by extension; packed with gzip or
/// not. Times are in seconds from the start of the recording, or as the file counts them; values are in the unit
/// that the file names ([`Channel::unit`](crate::Channel), empty where it names none), never converted. NaN is
/// where nothing was recorded. What was assumed, left out or odd stands in the provenance; where the recording
/// took place in time, under `recorded at`.
///
/// # Errors
///
/// A [`ReadError`] names the file, the line, cell or byte, what is wrong there and what would be read; a file that is
/// no recording is told by what it is. Nothing is returned of a broken file, but for WFDB records whose segments
/// are not all there: these are read with gaps.
///
/// ```
/// use cisterna_recording::open;
///
/// let folder = std::env::temp_dir().join(format!("cisterna-open-{}", std::process::id()));
/// std::fs::create_dir_all(&folder)?;
/// let path = folder.join("bed7.csv");
/// std::fs::write(&path, "time [ms];ICP [mmHg]\n0;9,5\n10;9,7\n20;9,9\n")?;
/// let recording = open(&path)?;
/// let icp = recording.require("bed7.csv", "ICP")?;
/// assert_eq!((icp.rate, icp.unit.as_str(), icp.values[2]), (100.0, "mmHg", 9.9));
///
/// std::fs::write(&path, "ICP;ABP\n9,5;80\n9,7;81\n")?;
/// let refusal = open(&path).unwrap_err().to_string();
/// assert!(refusal.contains("line 1: no column of time among `ICP`, `ABP`; allowed: a column named `time [s]`"));
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn open(path: &Path) -> Result<Recording, ReadError> {
    open_pieces(path, f64::INFINITY)?.whole()
}

/// Reads the recording at `path` piece by piece, a piece every `seconds_per_piece` (over zero), so that a file
/// larger than memory can be gone through. What is readable is told at [`open`]. Recordings of ours in several
/// files are read whole and cut afterwards.
pub fn open_pieces(path: &Path, seconds_per_piece: f64) -> Result<Pieces, ReadError> {
    let name = path.display().to_string();
    let refuse = |problem: String, allowed: &str| Err(ReadError::new(&name, Place::File, problem, allowed));
    if seconds_per_piece.is_nan() || seconds_per_piece <= 0.0 {
        return refuse(format!("pieces of {seconds_per_piece} s"), "pieces longer than 0 s");
    }
    if path.is_dir() {
        return refuse("this is a folder".to_owned(), READABLE);
    }
    if path.extension().is_none() && !path.exists() && path.with_extension("hea").exists() {
        return open_pieces(&path.with_extension("hea"), seconds_per_piece);
    }
    let source = Source::file(path);
    let beginning = match source.beginning(BEGINNING) {
        Ok(beginning) => beginning,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Err(not_found(path, &name)),
        Err(cause) => {
            return refuse(format!("it could not be read: {cause}"), "a whole file that you may read");
        }
    };
    let extension = extension(path);
    let pieces = match extension.as_str() {
        _ if beginning.starts_with(b"PAR1") => parquet_pieces(source, seconds_per_piece),
        "parquet" => refuse("this is no Parquet (it does not begin with PAR1)".to_owned(), READABLE),
        "edf" | "bdf" => edf_pieces(source, seconds_per_piece),
        _ if is_edf(&beginning) => edf_pieces(source, seconds_per_piece),
        "hea" => wfdb_pieces(path, seconds_per_piece).map(Pieces::new),
        other if !TABLES.contains(&other) && path.with_extension("hea").exists() => {
            let header = file_name(&path.with_extension("hea"));
            let problem = "this belongs to a WFDB record (samples or annotations) and is not its header";
            refuse(problem.to_owned(), &format!("the header beside it, `{header}`"))
        }
        _ if what(&beginning).is_some() => {
            refuse(format!("this is {}", what(&beginning).unwrap_or_default()), READABLE)
        }
        _ => csv_pieces(source, seconds_per_piece),
    };
    // Readers know the bare name; the path as it was given is what can be found again.
    let bare = file_name(path);
    let named = move |error: ReadError| {
        if error.file == bare { ReadError { file: name.clone(), ..error } } else { error }
    };
    match pieces {
        Ok(pieces) => Ok(Pieces::new(pieces.map(move |piece| piece.map_err(&named)))),
        Err(error) => Err(named(error)),
    }
}

/// What a file is that is no recording, by its first bytes.
fn what(beginning: &[u8]) -> Option<&'static str> {
    OTHERS.iter().find(|(magic, _)| beginning.starts_with(magic)).map(|(_, what)| *what)
}

/// The extension in lower case, without that of gzip.
fn extension(path: &Path) -> String {
    let of = |path: &Path| path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match of(path).as_str() {
        "gz" => of(Path::new(path.file_stem().unwrap_or_default())),
        other => other.to_owned(),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn not_found(path: &Path, name: &str) -> ReadError {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside: Vec<String> = std::fs::read_dir(folder)
        .map(|entries| {
            entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
        })
        .unwrap_or_default();
    let allowed = match nearest(&file_name(path), beside.iter().map(String::as_str)) {
        Some(near) => format!("a file that exists; did you mean `{near}`?"),
        None => "a file that exists".to_owned(),
    };
    ReadError::new(name, Place::File, "there is no such file", allowed)
}
