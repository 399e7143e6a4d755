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
/// Bytes by which a file is told.
const BEGINNING: usize = 256;

/// Reads the recording at `path`: a table of text, a WFDB record (its `.hea`, or the record's name without it),
/// an EDF, EDF+ or BDF file, or a Parquet file, told apart by content and extension; packed with gzip or not.
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
        "dat" if path.with_extension("hea").exists() => refuse(
            "these are the samples of a WFDB record".to_owned(),
            "its header, the `.hea` file beside it",
        ),
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
