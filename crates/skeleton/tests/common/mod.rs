//! Solids whose measures are known.
#![allow(dead_code, reason = "shared by tests, each of which uses some of these")]

use std::collections::HashMap;

use cisterna_skeleton::geometry::Vector;
use cisterna_skeleton::mesh::Mesh;

/// A box with edges of the given lengths about the origin.
pub fn block(name: &str, size: [f64; 3]) -> Mesh {
    let half = 0.5 * Vector::from(size);
    let corner = |i: usize| {
        let sign = |bit: usize| if i >> bit & 1 == 1 { 1.0 } else { -1.0 };
        Vector::new(sign(0) * half.x, sign(1) * half.y, sign(2) * half.z)
    };
    let faces = [[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]];
    let triangles: Vec<[usize; 3]> =
        faces.iter().flat_map(|[a, b, c, d]| [[*a, *b, *c], [*a, *c, *d]]).collect();
    Mesh::new(name, "test", &(0..8).map(corner).collect::<Vec<_>>(), &triangles)
}

/// A tetrahedron of four corners, whichever way round they are given.
pub fn tetrahedron(corners: [[f64; 3]; 4]) -> Mesh {
    let vertices = corners.map(Vector::from);
    let mut mesh =
        Mesh::new("frontal_bone", "test", &vertices, &[[0, 2, 1], [0, 1, 3], [1, 2, 3], [2, 0, 3]]);
    if mesh.signed_volume() < 0.0 {
        mesh.turn_over();
    }
    mesh
}

/// A ball about the origin: an octahedron whose triangles were cut in four `rounds` times.
pub fn ball(name: &str, radius: f64, rounds: usize) -> Mesh {
    let mut vertices: Vec<Vector> =
        vec![Vector::x(), -Vector::x(), Vector::y(), -Vector::y(), Vector::z(), -Vector::z()];
    let mut triangles: Vec<[usize; 3]> =
        vec![[0, 2, 4], [2, 1, 4], [1, 3, 4], [3, 0, 4], [2, 0, 5], [1, 2, 5], [3, 1, 5], [0, 3, 5]];
    for _ in 0..rounds {
        let mut halves: HashMap<(usize, usize), usize> = HashMap::new();
        let mut half = |a: usize, b: usize| {
            *halves.entry((a.min(b), a.max(b))).or_insert_with(|| {
                vertices.push((vertices[a] + vertices[b]).normalize());
                vertices.len() - 1
            })
        };
        triangles = triangles
            .iter()
            .flat_map(|&[a, b, c]| {
                let (ab, bc, ca) = (half(a, b), half(b, c), half(c, a));
                [[a, ab, ca], [b, bc, ab], [c, ca, bc], [ab, bc, ca]]
            })
            .collect();
    }
    let vertices: Vec<Vector> = vertices.iter().map(|vertex| radius * vertex).collect();
    Mesh::new(name, "test", &vertices, &triangles)
}

/// The mesh at another place.
pub fn moved(mesh: &Mesh, by: [f64; 3]) -> Mesh {
    changed(mesh, |vertex| vertex + Vector::from(by))
}

/// The mesh with every point changed.
pub fn changed(mesh: &Mesh, change: impl Fn(&Vector) -> Vector) -> Mesh {
    Mesh { vertices: mesh.vertices.iter().map(change).collect(), ..mesh.clone() }
}

/// The mesh by another name.
pub fn named(mut mesh: Mesh, name: &str) -> Mesh {
    mesh.name = name.to_owned();
    mesh
}
