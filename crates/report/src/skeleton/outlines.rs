//! Whose outlines are drawn.

use super::curve::Node;
use super::plate::{Plate, Shape};
use super::view::View;
use cisterna_skeleton::catalogue::Catalogue;
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
        // What comes along is read by a test.
        let catalogue = Catalogue::embedded().unwrap_or_default();
        let name = |mesh: &Mesh| catalogue.bone_named(&mesh.name).unwrap_or(&mesh.name).to_owned();
        let named: Vec<(String, &Mesh)> = meshes.iter().map(|mesh| (name(mesh), mesh)).collect();
        let found = View::ALL.into_iter().map(|view| (view, traced(view, &named)));
        Outlines { traced: found.filter(|(_, plate)| !plate.shapes.is_empty()).collect() }
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

/// What is seen of the meshes in a view, of the bones that are drawn in it.
fn traced(view: View, named: &[(String, &Mesh)]) -> Plate {
    let drawn = Plate::of(view).unwrap_or_default();
    let bones = drawn.bones();
    let (names, own): (Vec<&String>, Vec<&Mesh>) = named
        .iter()
        .filter(|(name, _)| bones.contains(&name.as_str()))
        .map(|(name, mesh)| (name, *mesh))
        .unzip();
    let [right, up, towards] = view.axes().map(Into::into);
    let below = if view == View::Inside { vault(named) } else { None };
    let shapes = seen(&own, &Camera { right, up, towards, below }, CELL).into_iter().map(|seen| Shape {
        bone: names
            .iter()
            .zip(&own)
            .find(|(_, mesh)| mesh.name == seen.bone)
            .map(|(name, _)| (*name).clone()),
        rings: seen.rings.iter().map(|ring| ring.iter().map(smooth).collect()).collect(),
        ..Shape::default()
    });
    Plate { shapes: shapes.collect() }
}

fn smooth(&at: &[f64; 2]) -> Node {
    Node { at, corner: false }
}

/// The height at which the vault is taken off, mm: a little above the temporal bones.
fn vault(named: &[(String, &Mesh)]) -> Option<f64> {
    const ABOVE: f64 = 3.0;
    let temporals = named.iter().filter(|(name, _)| name.ends_with("temporal_bone"));
    temporals.map(|(_, mesh)| mesh.bounds().high.z + ABOVE).reduce(f64::max)
}
