//! The bones of a body, ready to be measured.

use crate::geometry::{Tree, Vector};
use crate::mesh::Mesh;
use crate::solid::Solid;

/// The bones of a body, each with its solid and the tree of its surface.
pub struct Body {
    /// The meshes in the order of their names.
    pub meshes: Vec<Mesh>,
    /// What each holds.
    pub solids: Vec<Solid>,
    /// The surface of each.
    pub trees: Vec<(String, Tree)>,
    /// Where the plane between left and right lies, mm.
    pub middle: f64,
}

impl Body {
    /// The body of checked meshes.
    #[must_use]
    pub fn new(meshes: Vec<Mesh>) -> Self {
        let solids: Vec<Solid> = meshes.iter().map(Solid::of).collect();
        let trees = meshes.iter().map(|mesh| (mesh.name.clone(), Tree::new(mesh.facets(0)))).collect();
        let mut body = Self { meshes, solids, trees, middle: 0.0 };
        body.middle = body.middle_plane();
        body
    }

    /// The place of a bone in the lists.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<usize> {
        self.meshes.binary_search_by(|mesh| mesh.name.as_str().cmp(name)).ok()
    }

    /// The mesh of a bone.
    #[must_use]
    pub fn mesh(&self, name: &str) -> Option<&Mesh> {
        self.place(name).map(|place| &self.meshes[place])
    }

    /// The surface of a bone.
    #[must_use]
    pub fn tree(&self, name: &str) -> Option<&Tree> {
        self.place(name).map(|place| &self.trees[place].1)
    }

    /// The centroid of a bone, mm.
    #[must_use]
    pub fn centroid(&self, name: &str) -> Option<Vector> {
        self.place(name).map(|place| self.solids[place].centroid)
    }

    /// Those of some bones that are there, each with its centroid, and one tree of all their surfaces.
    pub fn together<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> (Vec<(&'a str, Vector)>, Tree) {
        let there: Vec<(&str, Vector)> =
            names.into_iter().filter_map(|name| Some((name, self.centroid(name)?))).collect();
        let facets =
            there.iter().enumerate().filter_map(|(owner, (name, _))| Some(self.mesh(name)?.facets(owner)));
        let tree = Tree::new(facets.flatten().collect::<Vec<_>>());
        (there, tree)
    }

    /// Halfway between bones that come in pairs, or the mean of all where none does.
    fn middle_plane(&self) -> f64 {
        let halfway: Vec<f64> = self
            .meshes
            .iter()
            .filter_map(|mesh| {
                let bone = mesh.name.strip_prefix("left_")?;
                let left = self.centroid(&mesh.name)?;
                Some(0.5 * (left.x + self.centroid(&format!("right_{bone}"))?.x))
            })
            .collect();
        let all: Vec<f64> = self.solids.iter().map(|solid| solid.centroid.x).collect();
        let mut of = if halfway.is_empty() { all } else { halfway };
        of.sort_by(f64::total_cmp);
        of.get(of.len() / 2).copied().unwrap_or(0.0)
    }
}
