//! Whose outlines are drawn.

use super::curve::Node;
use super::plate::{Plate, Shape};
use super::view::View;
use cisterna_skeleton::mesh::Mesh;
use cisterna_skeleton::outline::{Camera, seen};
use std::collections::BTreeMap;

/// How finely meshes are looked at, mm.
const CELL: f64 = 0.5;

/// The outlines of the bones: our own drawings of an adult where nothing else is said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outlines {
    traced: BTreeMap<View, Plate>,
}

impl Outlines {
    /// The true outlines: what is seen of meshes in each view, of the bones that are drawn in it. Of views without any of
    /// them the drawing stays.
    #[must_use]
    pub fn of_meshes(meshes: &[Mesh]) -> Self {
        let traced = |view: View| {
            let drawn = Plate::of(view).unwrap_or_default();
            let bones = drawn.bones();
            let own: Vec<&Mesh> = meshes.iter().filter(|mesh| bones.contains(&mesh.name.as_str())).collect();
            let [right, up, towards] = view.axes().map(Into::into);
            let camera = Camera { right, up, towards, below: view.cut() };
            let shapes = seen(&own, &camera, CELL).into_iter().map(|seen| Shape {
                bone: Some(seen.bone),
                rings: seen
                    .rings
                    .iter()
                    .map(|ring| ring.iter().map(|&at| Node { at, corner: false }).collect())
                    .collect(),
                ..Shape::default()
            });
            (view, Plate { shapes: shapes.collect() })
        };
        let found = View::ALL.into_iter().map(traced).filter(|(_, plate)| !plate.shapes.is_empty());
        Outlines { traced: found.collect() }
    }

    pub(crate) fn plate(&self, view: View) -> Plate {
        // Our own drawings are read by a test.
        self.traced.get(&view).cloned().unwrap_or_else(|| Plate::of(view).unwrap_or_default())
    }

    /// Whether a view shows what is seen of meshes.
    pub(crate) fn is_traced(&self, view: View) -> bool {
        self.traced.contains_key(&view)
    }
}
