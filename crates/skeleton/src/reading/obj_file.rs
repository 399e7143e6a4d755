//! OBJ: each object or group is a bone.

use std::io::Cursor;

use crate::geometry::Vector;

use super::raw::Raw;

/// What `tobj` calls an object that the file gives no name.
const UNNAMED: &str = "unnamed_object";

/// The meshes of an OBJ file. Materials are not looked at.
pub fn read(bytes: &[u8]) -> Result<Vec<Raw>, String> {
    let options = tobj::LoadOptions { ignore_lines: true, ignore_points: true, ..Default::default() };
    let materials = |_: &std::path::Path| Ok(Default::default());
    let (models, _) = tobj::load_obj_buf(&mut Cursor::new(bytes), &options, materials)
        .map_err(|error| error.to_string())?;
    Ok(models.into_iter().map(raw).collect())
}

fn raw(model: tobj::Model) -> Raw {
    let mut raw = Raw { name: Some(model.name).filter(|name| name != UNNAMED), ..Raw::default() };
    let mesh = model.mesh;
    raw.vertices =
        mesh.positions.chunks_exact(3).map(|p| Vector::new(p[0].into(), p[1].into(), p[2].into())).collect();
    let corners: Vec<usize> = mesh.indices.iter().map(|&corner| corner as usize).collect();
    if mesh.face_arities.is_empty() {
        corners.chunks_exact(3).for_each(|polygon| raw.add_polygon(polygon));
        return raw;
    }
    let mut at = 0;
    for &count in &mesh.face_arities {
        let end = (at + count as usize).min(corners.len());
        raw.add_polygon(&corners[at..end]);
        at = end;
    }
    raw
}
