//! Embeds every document of `models/` and their sources in the library.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let models = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../models").canonicalize()?;
    println!("cargo::rerun-if-changed={}", models.display());
    let mut files = Vec::new();
    collect(&models, &mut files)?;
    files.sort();
    let mut code = String::from("&[\n");
    for file in &files {
        let name = file.strip_prefix(&models)?.to_str().ok_or("a model's name is not UTF-8")?;
        let path = file.to_str().ok_or("a model's path is not UTF-8")?;
        writeln!(code, "    ({:?}, include_str!({path:?})),", name.replace('\\', "/"))?;
    }
    code.push_str("]\n");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("embedded.rs"), code)?;
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let kind = path.extension().and_then(|extension| extension.to_str());
        if path.is_dir() {
            collect(&path, files)?;
        } else if matches!(kind, Some("toml" | "bib")) {
            files.push(path);
        }
    }
    Ok(())
}
