//! STL, as text or binary. Has no names: one file is one bone.

use std::io::Cursor;

use crate::geometry::Vector;

use super::raw::Raw;

/// The mesh of an STL file.
pub fn read(bytes: &[u8]) -> Result<Raw, String> {
    let mesh = stl_io::read_stl(&mut Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let point = |vertex: &stl_io::Vertex| Vector::from(vertex.0.map(f64::from));
    Ok(Raw {
        name: None,
        vertices: mesh.vertices.iter().map(point).collect(),
        triangles: mesh.faces.iter().map(|face| face.vertices).collect(),
    })
}
