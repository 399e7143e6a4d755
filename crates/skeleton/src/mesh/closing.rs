//! Closing small holes.

use std::collections::HashMap;

use super::edges::Edges;
use super::shape::Mesh;
use crate::geometry::{Facet, Vector};

impl Mesh {
    /// The same mesh with each hole closed by a fan of triangles round the middle of its rim, and the area of all
    /// fans, mm². None where a rim does not come back to where it began, or triangles show their backs.
    #[must_use]
    pub fn holes_closed(&self, edges: &Edges) -> Option<(Self, f64)> {
        let rims = rims(edges)?;
        let mut whole = self.clone();
        let mut area = 0.0;
        for rim in rims {
            let middle = rim.iter().map(|&i| self.vertices[i]).sum::<Vector>() / rim.len() as f64;
            let place = whole.vertices.len();
            whole.vertices.push(middle);
            for (at, &from) in rim.iter().enumerate() {
                let to = rim[(at + 1) % rim.len()];
                // Against the sense of the triangle that has the edge.
                whole.triangles.push([to, from, place]);
                area += Facet::new([self.vertices[to], self.vertices[from], middle], 0).area();
            }
        }
        Some((whole, area))
    }
}

/// The rims of all holes as points in order.
fn rims(edges: &Edges) -> Option<Vec<Vec<usize>>> {
    if edges.turned > 0 {
        return None;
    }
    let mut after: HashMap<usize, Vec<usize>> = HashMap::new();
    for &(from, to) in &edges.open {
        after.entry(from).or_default().push(to);
    }
    let mut rims = Vec::new();
    for &(start, _) in &edges.open {
        let mut rim = Vec::new();
        let mut at = start;
        while let Some(next) = after.get_mut(&at).and_then(Vec::pop) {
            rim.push(at);
            at = next;
        }
        match rim.len() {
            0 => {}
            _ if at == start => rims.push(rim),
            _ => return None,
        }
    }
    Some(rims)
}
