//! Making points that coincide one.

use std::collections::HashMap;

use crate::geometry::{Bounds, Vector};

/// Points nearer to each other than this share of the largest coordinate are one: some 2 µm in a standing body, far
/// below any detail of a bone and above the rounding of single precision.
const SHARE: f64 = 1e-6;

/// Makes points that coincide one, and drops triangles that lose their area by it.
#[must_use]
pub fn weld(vertices: &[Vector], triangles: &[[usize; 3]]) -> (Vec<Vector>, Vec<[usize; 3]>) {
    let bounds = Bounds::of(vertices);
    let reach = (SHARE * bounds.low.abs().sup(&bounds.high.abs()).max()).max(f64::MIN_POSITIVE);
    let mut cells: HashMap<[i64; 3], Vec<usize>> = HashMap::new();
    let mut kept: Vec<Vector> = Vec::new();
    let new_place: Vec<usize> = vertices
        .iter()
        .map(|vertex| {
            let cell = ((vertex - bounds.low) / (2.0 * reach)).map(|c| c.floor() as i64);
            let known = neighbours([cell.x, cell.y, cell.z])
                .filter_map(|cell| cells.get(&cell))
                .flatten()
                .copied()
                .find(|&place| (kept[place] - vertex).norm() <= reach);
            known.unwrap_or_else(|| {
                kept.push(*vertex);
                cells.entry([cell.x, cell.y, cell.z]).or_default().push(kept.len() - 1);
                kept.len() - 1
            })
        })
        .collect();
    let triangles = triangles
        .iter()
        .map(|triangle| triangle.map(|corner| new_place[corner]))
        .filter(|[a, b, c]| a != b && b != c && c != a)
        .collect();
    (kept, triangles)
}

/// A cell and the 26 around it.
fn neighbours([x, y, z]: [i64; 3]) -> impl Iterator<Item = [i64; 3]> {
    (0..27).map(move |i| [x + i % 3 - 1, y + i / 3 % 3 - 1, z + i / 9 - 1])
}
