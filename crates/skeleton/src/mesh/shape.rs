//! The mesh of one bone.

use crate::geometry::{Bounds, Facet, Vector};

use super::weld::weld;

/// The surface of one bone as triangles, in mm, x to the subject's right, y forward, z up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mesh {
    /// The bone.
    pub name: String,
    /// The file that it was read from.
    pub file: String,
    /// The points.
    pub vertices: Vec<Vector>,
    /// Three points each, counterclockwise as seen from outside.
    pub triangles: Vec<[usize; 3]>,
}

impl Mesh {
    /// A mesh of the given points and triangles; points that coincide are made one.
    #[must_use]
    pub fn new(name: &str, file: &str, vertices: &[Vector], triangles: &[[usize; 3]]) -> Self {
        let (vertices, triangles) = weld(vertices, triangles);
        Self { name: name.to_owned(), file: file.to_owned(), vertices, triangles }
    }

    /// The corners of a triangle.
    #[must_use]
    pub fn corners(&self, triangle: &[usize; 3]) -> [Vector; 3] {
        triangle.map(|corner| self.vertices[corner])
    }

    /// The triangles as facets that belong to `owner`.
    pub fn facets(&self, owner: usize) -> impl Iterator<Item = Facet> + '_ {
        self.triangles.iter().map(move |triangle| Facet::new(self.corners(triangle), owner))
    }

    /// The box along the axes.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        Bounds::of(&self.vertices)
    }

    /// Surface area, mm².
    #[must_use]
    pub fn area(&self) -> f64 {
        self.facets(0).map(|facet| facet.area()).sum()
    }

    /// The volume inside, mm³: a sixth of the sum of the corners' triple products, negative where the triangles
    /// are seen clockwise from outside. Means something for a closed mesh only.
    #[must_use]
    pub fn signed_volume(&self) -> f64 {
        let middle = self.bounds().middle();
        let triple = |triangle: &[usize; 3]| {
            let [a, b, c] = self.corners(triangle).map(|corner| corner - middle);
            a.dot(&b.cross(&c)) / 6.0
        };
        self.triangles.iter().map(triple).sum()
    }

    /// Turns every triangle over, so that inside becomes outside.
    pub fn turn_over(&mut self) {
        self.triangles.iter_mut().for_each(|triangle| triangle.swap(1, 2));
    }
}
