//! Fills the corpus: every document that comes along, and small recordings in every form that is read. All of them
//! are made here, the same every time.

mod annotations;
mod csv;
mod edf;
mod flac;
mod parquet;
mod wfdb;

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use flate2::{Compression, GzBuilder};

/// Seeds, each with its file's name.
type Seeds = Vec<(String, Vec<u8>)>;

fn main() -> Result<(), Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = here.join("..");
    documents(&project.join("models"), &corpus(here, "models")?)?;
    for folder in ["scenarios", "validation"] {
        documents(&project.join(folder), &corpus(here, "scenarios")?)?;
    }
    let (csv, edf, parquet) = (csv::seeds()?, edf::seeds(), parquet::seeds()?);
    let gzip = packed(&[&csv[..], &edf[..], &parquet[..]].concat())?;
    let (wfdb, annotations) = (wfdb::seeds(), annotations::seeds());
    for (target, seeds) in [
        ("csv", csv),
        ("edf", edf),
        ("parquet", parquet),
        ("gzip", gzip),
        ("wfdb", wfdb),
        ("annotations", annotations),
    ] {
        let folder = corpus(here, target)?;
        for (name, seed) in seeds {
            fs::write(folder.join(name), seed)?;
        }
    }
    println!("seeds are in {}", here.join("corpus").display());
    Ok(())
}

fn corpus(here: &Path, target: &str) -> io::Result<PathBuf> {
    let folder = here.join("corpus").join(target);
    fs::create_dir_all(&folder).map(|()| folder)
}

/// Copies the documents of a folder and of the folders in it.
fn documents(from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        if path.is_dir() {
            documents(&path, to)?;
        } else if path.extension().is_some_and(|kind| kind == "toml") {
            let name = path.strip_prefix(from)?.display().to_string();
            let folder = from.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            fs::copy(&path, to.join(format!("{folder}-{name}")))?;
        }
    }
    Ok(())
}

/// One in four of other readers' seeds packed, some in two members, some cut short, and a file that unpacks to
/// more than is allowed.
fn packed(others: &[(String, Vec<u8>)]) -> io::Result<Seeds> {
    let mut seeds = Vec::new();
    for (index, (name, seed)) in others.iter().step_by(4).enumerate() {
        let (first, second) = seed.split_at(if index % 3 == 0 { seed.len() / 2 } else { seed.len() });
        let mut bytes = member(first)?;
        if index % 3 == 0 {
            bytes.extend(member(second)?);
        }
        if index % 5 == 4 {
            bytes.truncate(bytes.len() - 6);
        }
        seeds.push((format!("{name}.gz"), bytes));
    }
    seeds.push(("bomb.gz".to_owned(), member(&vec![b'0'; 4 << 20])?));
    Ok(seeds)
}

fn member(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().filename("x").write(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}
