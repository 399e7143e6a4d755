//! A mesh as its file has it.

use crate::geometry::Vector;
use crate::mesh::Mesh;

use super::convention::Convention;

/// A mesh in the units and the frame of its file.
#[derive(Debug, Default)]
pub struct Raw {
    /// The bone, where the file names it.
    pub name: Option<String>,
    /// The points.
    pub vertices: Vec<Vector>,
    /// Three points each.
    pub triangles: Vec<[usize; 3]>,
}

impl Raw {
    /// Adds a polygon as a fan of triangles.
    pub fn add_polygon(&mut self, corners: &[usize]) {
        if let [first, rest @ ..] = corners {
            self.triangles.extend(rest.windows(2).map(|pair| [*first, pair[0], pair[1]]));
        }
    }

    /// Why the numbers cannot be those of a mesh.
    pub fn fault(&self) -> Option<String> {
        if self.triangles.is_empty() {
            return Some("there are no triangles in it".to_owned());
        }
        if let Some(corner) = self.triangles.iter().flatten().find(|&&corner| corner >= self.vertices.len()) {
            return Some(format!("a triangle names point {corner} of {}", self.vertices.len()));
        }
        let finite = |vertex: &Vector| vertex.iter().all(|coordinate| coordinate.is_finite());
        (!self.vertices.iter().all(finite)).then(|| "a coordinate is not a number".to_owned())
    }

    /// The same in mm and in the body's frame.
    pub fn into_mesh(self, name: &str, file: &str, convention: &Convention) -> Mesh {
        let vertices: Vec<Vector> = self.vertices.iter().map(|vertex| convention.into_body(vertex)).collect();
        let mut mesh = Mesh::new(name, file, &vertices, &self.triangles);
        if convention.frame.is_left_handed() {
            mesh.turn_over();
        }
        mesh
    }
}
