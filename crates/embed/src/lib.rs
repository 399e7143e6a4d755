//! Embeds a folder of documents in a library; called by build scripts only.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Writes `embedded.rs` for `include!`: a slice of `(path inside the folder, text)` of every file of a folder of the
/// project, and of the folders in it, whose name ends in one of `kinds`.
///
/// # Errors
/// When the folder cannot be read, a name is not UTF-8, or this is called outside of a build script.
pub fn embed(folder: &str, kinds: &[&str]) -> Result<(), Box<dyn Error>> {
    embed_as(folder, kinds, "embedded.rs")
}

/// The same into a file of another name, for a library that embeds several folders.
///
/// # Errors
/// As for [`embed`].
pub fn embed_as(folder: &str, kinds: &[&str], into: &str) -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../..").join(folder).canonicalize()?;
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = Vec::new();
    collect(&folder, kinds, &mut files)?;
    files.sort();
    let mut code = String::from("&[\n");
    for file in &files {
        let name = file.strip_prefix(&folder)?.to_str().ok_or("a document's name is not UTF-8")?;
        let path = file.to_str().ok_or("a document's path is not UTF-8")?;
        writeln!(code, "    ({:?}, include_str!({path:?})),", name.replace('\\', "/"))?;
    }
    code.push_str("]\n");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join(into), code)?;
    Ok(())
}

fn collect(folder: &Path, kinds: &[&str], files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, kinds, files)?;
        } else if path.extension().and_then(|kind| kind.to_str()).is_some_and(|kind| kinds.contains(&kind)) {
            files.push(path);
        }
    }
    Ok(())
}
