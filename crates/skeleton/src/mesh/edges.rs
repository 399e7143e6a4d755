//! Edges that do not close.

use std::collections::HashMap;

use super::shape::Mesh;

/// What is wrong with the edges of a mesh. Where nothing is, the mesh has an inside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edges {
    /// Edges, from and to, that only one triangle has: the rim of a hole.
    pub open: Vec<(usize, usize)>,
    /// How many edges two triangles run through in the same sense: one of them shows its back.
    pub turned: usize,
}

impl Edges {
    /// The edges of a mesh.
    ///
    /// An edge that triangles run through as often one way as the other closes, though there be four of them, as
    /// where two parts of a bone touch.
    #[must_use]
    pub fn of(mesh: &Mesh) -> Self {
        let mut balance: HashMap<(usize, usize), (i32, u32)> = HashMap::new();
        for &[a, b, c] in &mesh.triangles {
            for (from, to) in [(a, b), (b, c), (c, a)] {
                let entry = balance.entry((from.min(to), from.max(to))).or_default();
                entry.0 += if from < to { 1 } else { -1 };
                entry.1 += 1;
            }
        }
        let mut edges = Self::default();
        for ((low, high), (sum, count)) in balance {
            match (sum, count % 2) {
                (0, _) => {}
                (_, 0) => edges.turned += 1,
                (sum, _) => edges.open.push(if sum > 0 { (low, high) } else { (high, low) }),
            }
        }
        edges.open.sort_unstable();
        edges
    }

    /// Whether the mesh has an inside.
    #[must_use]
    pub fn closed(&self) -> bool {
        self.open.is_empty() && self.turned == 0
    }
}
