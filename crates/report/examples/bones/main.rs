//! Writes a page of bones with made-up motion, to look at the drawing; with the true outlines where meshes are given:
//!
//! ```sh
//! cargo run -p cisterna-report --example bones -- /some/folder [meshes.glb]
//! ```

mod motion;

use cisterna_report::Outlines;
use cisterna_skeleton::finding::Findings;
use cisterna_skeleton::reading::{Convention, read_meshes};
use std::{env, error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1).map(PathBuf::from);
    let folder = arguments.next().unwrap_or_else(|| PathBuf::from("."));
    let meshes: Vec<PathBuf> = arguments.collect();
    let outlines = if meshes.is_empty() {
        Outlines::default()
    } else {
        Outlines::of_meshes(&read_meshes(&meshes, &Convention::default(), &mut Findings::default()))
    };
    let html = cisterna_report::render(&motion::page(outlines)?);
    let path = folder.join("bones.html");
    fs::write(&path, &html)?;
    println!("{} ({} kB)", path.display(), html.len() / 1000);
    Ok(())
}
