//! Folders and files of meshes.

use std::fs;
use std::path::{Path, PathBuf};

use cisterna_quantity::nearest;

use crate::finding::Findings;
use crate::mesh::Mesh;

use super::convention::Convention;
use super::raw::Raw;
use super::{gltf_file, obj_file, ply_file, stl_file};

/// The endings of files that can be read.
pub const KINDS: [&str; 5] = ["glb", "gltf", "stl", "obj", "ply"];

/// Reads the meshes of some files, and of all files in some folders that end in one of [`KINDS`]. What cannot be
/// read is added to the findings.
pub fn read_meshes(paths: &[PathBuf], convention: &Convention, findings: &mut Findings) -> Vec<Mesh> {
    let mut meshes = Vec::new();
    for file in all_files(paths, findings) {
        let told = file.display().to_string();
        match read_file(&file) {
            Ok(raws) => meshes.extend(named(raws, &file).filter_map(|(name, raw)| match raw.fault() {
                Some(fault) => {
                    findings.error(&told, format!("`{name}` is no mesh: {fault}"), "");
                    None
                }
                None => Some(raw.into_mesh(&name, &told, convention)),
            })),
            Err(cause) => findings.error(&told, format!("the file could not be read: {cause}"), ""),
        }
    }
    meshes
}

fn all_files(paths: &[PathBuf], findings: &mut Findings) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let own = files_in(path);
        if own.is_empty() {
            let help = format!("files are read that end in {}", KINDS.join(", "));
            findings.error(&path.display().to_string(), "no mesh is in the folder", help);
        }
        files.extend(own);
    }
    files
}

/// The files of a folder that can be read, in order of their names.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.is_file() && KINDS.contains(&ending(path).as_str()))
        .collect();
    files.sort();
    files
}

fn read_file(path: &Path) -> Result<Vec<Raw>, String> {
    let ending = ending(path);
    if !KINDS.contains(&ending.as_str()) {
        let near = nearest(&ending, KINDS).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        return Err(format!("`.{ending}` is no kind of mesh; {near}valid: {}", KINDS.join(", ")));
    }
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    match ending.as_str() {
        "stl" => stl_file::read(&bytes).map(|raw| vec![raw]),
        "ply" => ply_file::read(&bytes).map(|raw| vec![raw]),
        "obj" => obj_file::read(&bytes),
        _ => gltf_file::read(&bytes, path.parent().unwrap_or(Path::new("."))),
    }
}

/// Each mesh with its name; a mesh without one has the name of its file.
fn named(raws: Vec<Raw>, file: &Path) -> impl Iterator<Item = (String, Raw)> {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    raws.into_iter().map(move |mut raw| {
        let name = raw.name.take().filter(|name| !name.trim().is_empty());
        (name.unwrap_or_else(|| stem.clone()), raw)
    })
}

fn ending(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}
