//! What the reader of glTF takes for granted, and would panic without.

use gltf::Semantic;
use gltf::accessor::{DataType, Dimensions};
use gltf::json::accessor::{Accessor, Type};
use gltf::json::mesh::Primitive;
use gltf::json::validation::Checked;
use gltf::json::{Index, Root};

/// No count or offset is beyond this many bytes.
const MOST: u64 = 1 << 32;

/// What is wrong with the numbers of a glTF, if anything is.
pub fn fault(root: &Root) -> Option<&'static str> {
    let mut primitives = root.meshes.iter().flat_map(|mesh| &mesh.primitives);
    if !primitives.all(|primitive| has_points(root, primitive)) {
        return Some("a mesh has no points, or points and corners of another kind than the standard says");
    }
    if root.accessors.iter().any(|own| own.sparse.is_some()) {
        return Some("it holds changes to its numbers (sparse accessors), which are not read");
    }
    (!is_countable(root)).then_some("a count or an offset in it cannot be true")
}

/// Whether positions are three single-precision numbers each, and corners whole ones.
fn has_points(root: &Root, primitive: &Primitive) -> bool {
    let kind = |place: &Index<Accessor>| {
        let accessor = root.accessors.get(place.value())?;
        match (&accessor.component_type, &accessor.type_) {
            (Checked::Valid(component), Checked::Valid(shape)) => Some((component.0, *shape)),
            _ => None,
        }
    };
    let positions = primitive.attributes.get(&Checked::Valid(Semantic::Positions)).and_then(kind);
    let corners = primitive.indices.as_ref().map(kind);
    let whole = |corner: Option<(DataType, Type)>| {
        matches!(corner, Some((DataType::U8 | DataType::U16 | DataType::U32, Dimensions::Scalar)))
    };
    matches!(positions, Some((DataType::F32, Dimensions::Vec3))) && corners.is_none_or(whole)
}

fn is_countable(root: &Root) -> bool {
    let in_reach = |number: u64| number < MOST;
    let views = root
        .buffer_views
        .iter()
        .all(|view| in_reach(view.byte_length.0) && view.byte_offset.is_none_or(|offset| in_reach(offset.0)));
    let accessors = root.accessors.iter().all(|own| {
        own.count.0 > 0 && in_reach(own.count.0) && own.byte_offset.is_none_or(|offset| in_reach(offset.0))
    });
    views && accessors
}
