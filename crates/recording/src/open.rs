//! Opening a recording of any kind.

use std::io;
use std::path::Path;

use crate::csv::read_csv_beside;
use crate::error::{Place, ReadError, nearest};
use crate::parquet::read_parquet_beside;
use crate::types::Recording;
use crate::wfdb::pieces;

/// What [`open`] reads.
const READABLE: &str =
    "a table of text (.csv, .tsv, .txt), a WFDB header (.hea), or Parquet of our own (.parquet)";

/// Reads the recording at `path`: a table of text, a WFDB record (its `.hea`, or the record's name without it)
/// or a Parquet file of ours, told apart by content and extension.
pub fn open(path: &Path) -> Result<Recording, ReadError> {
    let name = path.display().to_string();
    let refuse = |problem: String, allowed: &str| Err(ReadError::new(&name, Place::File, problem, allowed));
    if path.is_dir() {
        return refuse("this is a folder".to_owned(), READABLE);
    }
    if path.extension().is_none() && !path.exists() && path.with_extension("hea").exists() {
        return open(&path.with_extension("hea"));
    }
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Err(not_found(path, &name)),
        Err(cause) => return refuse(format!("it could not be read: {cause}"), "a file that you may read"),
    };
    let fetch = |file: &str| std::fs::read(path.with_file_name(file));
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let whole = match extension.as_str() {
        _ if bytes.starts_with(b"PAR1") => read_parquet_beside(&file_name(path), &bytes, &fetch),
        _ if bytes.starts_with(&[0x1f, 0x8b]) => {
            refuse("gzip is not read".to_owned(), "the file unpacked (`gunzip`)")
        }
        "edf" | "bdf" => refuse("EDF is not read yet".to_owned(), READABLE),
        "parquet" => refuse("this is no Parquet (it does not begin with PAR1)".to_owned(), READABLE),
        "hea" => pieces(path, f64::INFINITY).and_then(|pieces| pieces.whole()),
        "dat" if path.with_extension("hea").exists() => refuse(
            "these are the samples of a WFDB record".to_owned(),
            "its header, the `.hea` file beside it",
        ),
        _ => read_csv_beside(&file_name(path), &bytes, &fetch),
    };
    // Readers know the bare name; the path as it was given is what can be found again.
    whole.map_err(
        |error| if error.file == file_name(path) { ReadError { file: name, ..error } } else { error },
    )
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
