//! PLY, as text or binary. Has no names: one file is one bone.

use std::io::Cursor;

use ply_rs_bw::parser::Parser;
use ply_rs_bw::ply::{DefaultElement, Property};

use crate::geometry::Vector;

use super::raw::Raw;

/// What the list of a face's points is called, by program.
const CORNERS: [&str; 2] = ["vertex_indices", "vertex_index"];

/// The mesh of a PLY file.
pub fn read(bytes: &[u8]) -> Result<Raw, String> {
    let ply = Parser::<DefaultElement>::new()
        .read_ply(&mut Cursor::new(bytes))
        .map_err(|error| error.to_string())?;
    let elements = |name: &str| ply.payload.get(name).ok_or(format!("there is no element `{name}`"));
    let mut raw =
        Raw { vertices: elements("vertex")?.iter().map(point).collect::<Result<_, _>>()?, ..Raw::default() };
    for face in elements("face")? {
        let list =
            CORNERS.iter().find_map(|name| face.get(*name)).ok_or("a face has no list `vertex_indices`")?;
        raw.add_polygon(&indices(list)?);
    }
    Ok(raw)
}

fn point(vertex: &DefaultElement) -> Result<Vector, String> {
    let coordinate = |name: &str| {
        let property = vertex.get(name).ok_or(format!("a vertex has no `{name}`"))?;
        number(property).ok_or(format!("`{name}` of a vertex is no single number"))
    };
    Ok(Vector::new(coordinate("x")?, coordinate("y")?, coordinate("z")?))
}

fn number(property: &Property) -> Option<f64> {
    Some(match *property {
        Property::Char(value) => value.into(),
        Property::UChar(value) => value.into(),
        Property::Short(value) => value.into(),
        Property::UShort(value) => value.into(),
        Property::Int(value) => value.into(),
        Property::UInt(value) => value.into(),
        Property::Float(value) => value.into(),
        Property::Double(value) => value,
        _ => return None,
    })
}

fn indices(property: &Property) -> Result<Vec<usize>, String> {
    let list =
        property.to_u32_list().ok_or("a face's list of points does not hold whole numbers from zero on")?;
    Ok(list.into_iter().map(|corner| corner as usize).collect())
}
