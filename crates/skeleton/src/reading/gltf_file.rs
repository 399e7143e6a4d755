//! glTF and GLB: each node with a mesh is a bone.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use gltf::buffer::Source;
use gltf::mesh::Mode;
use gltf::{Document, Gltf};

use crate::geometry::Vector;

use super::gltf_fault::fault;
use super::raw::Raw;

type Placement = nalgebra::Matrix4<f64>;

/// The meshes of a glTF or GLB file; buffers of their own lie in `folder`.
pub fn read(bytes: &[u8], folder: &Path) -> Result<Vec<Raw>, String> {
    let Gltf { document, mut blob } =
        Gltf::from_slice_without_validation(bytes).map_err(|error| error.to_string())?;
    let root = document.into_json();
    fault(&root).map_or(Ok(()), |fault| Err(fault.to_owned()))?;
    let document = Document::from_json(root).map_err(|error| error.to_string())?;
    let buffers: Vec<Vec<u8>> = document
        .buffers()
        .map(|buffer| match buffer.source() {
            Source::Bin => blob.take().ok_or_else(|| "the binary part is missing".to_owned()),
            Source::Uri(uri) => external(uri, folder),
        })
        .collect::<Result<_, _>>()?;
    let scene =
        document.default_scene().or_else(|| document.scenes().next()).ok_or("there is no scene in it")?;
    let mut raws = Vec::new();
    let mut open: Vec<(gltf::Node, Placement)> =
        scene.nodes().map(|node| (node, Placement::identity())).collect();
    open.reverse();
    let mut seen = vec![false; document.nodes().len()];
    while let Some((node, above)) = open.pop() {
        if std::mem::replace(&mut seen[node.index()], true) {
            return Err(format!("node {} hangs below itself or below two others", node.index()));
        }
        let placement = above * nalgebra::Matrix4::<f32>::from(node.transform().matrix()).map(f64::from);
        raws.extend(bone(&node, &placement, &buffers)?);
        open.extend(node.children().map(|child| (child, placement)));
    }
    Ok(raws)
}

/// The bytes that an address of a glTF stands for: held in the address itself, or in a file beside.
fn external(uri: &str, folder: &Path) -> Result<Vec<u8>, String> {
    match uri.strip_prefix("data:") {
        Some(data) => {
            let (_, text) = data.split_once(";base64,").ok_or("a buffer is not written in base64")?;
            STANDARD.decode(text).map_err(|error| format!("a buffer is not written in base64: {error}"))
        }
        None => fs::read(folder.join(uri)).map_err(|error| format!("its buffer `{uri}`: {error}")),
    }
}

/// All triangles of a node, in the frame of the scene.
fn bone(node: &gltf::Node, placement: &Placement, buffers: &[Vec<u8>]) -> Result<Option<Raw>, String> {
    let Some(mesh) = node.mesh() else { return Ok(None) };
    let name = node.name().or(mesh.name()).map(str::to_owned);
    let mut raw = Raw { name, ..Raw::default() };
    for primitive in mesh.primitives() {
        let told = || raw.name.clone().unwrap_or_default();
        let begin = raw.vertices.len();
        let reader = primitive.reader(|buffer| buffers.get(buffer.index()).map(Vec::as_slice));
        let positions = reader.read_positions().ok_or_else(|| format!("`{}` has no positions", told()))?;
        if primitive.mode() != Mode::Triangles {
            return Err(format!("`{}` is not made of plain triangles", told()));
        }
        let points: Vec<Vector> = positions
            .map(|position| placement.transform_point(&position.map(f64::from).into()).coords)
            .collect();
        let corners: Vec<usize> = match reader.read_indices() {
            Some(indices) => indices.into_u32().map(|corner| begin + corner as usize).collect(),
            None => (begin..begin + points.len()).collect(),
        };
        raw.vertices.extend(points);
        raw.triangles.extend(corners.chunks_exact(3).map(|corner| [corner[0], corner[1], corner[2]]));
    }
    if placement.determinant() < 0.0 {
        // The standard says so: a node that mirrors shows the other side of its triangles.
        raw.triangles.iter_mut().for_each(|triangle| triangle.swap(1, 2));
    }
    Ok(Some(raw))
}
