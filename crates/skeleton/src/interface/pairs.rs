//! All pairs of bones.

use rayon::prelude::*;

use crate::geometry::{Spread, Tree};

use super::course::course;
use super::facing::{Facing, facing};
use super::types::Interface;

/// Areas below this, mm², are a touch and no joint.
const LEAST: f64 = 2.0;

/// The interfaces of all pairs that face each other, in the order of the names; `distances` says of two bones how far
/// apart facing points may be, mm: the pair gets an interface for each distance.
pub fn interfaces(bones: &[(String, Tree)], distances: &dyn Fn(&str, &str) -> Vec<f64>) -> Vec<Interface> {
    let mut pairs = Vec::new();
    for (at, (name, tree)) in bones.iter().enumerate() {
        for (other_name, other) in &bones[at + 1..] {
            for within in distances(name, other_name) {
                if tree.bounds().wider(within).meets(&other.bounds()) {
                    pairs.push(([name, other_name], [tree, other], within));
                }
            }
        }
    }
    pairs.into_par_iter().filter_map(|(names, trees, within)| interface(names, trees, within)).collect()
}

fn interface(names: [&String; 2], [a, b]: [&Tree; 2], within: f64) -> Option<Interface> {
    let (on_a, on_b) = (facing(a, b, within), facing(b, a, within));
    let area = 0.5 * (on_a.area + on_b.area);
    (area >= LEAST && on_a.area > 0.0 && on_b.area > 0.0).then(|| joined(names, &on_a, &on_b, within))
}

/// One interface of what the two bones have, each counting half.
fn joined(names: [&String; 2], on_a: &Facing, on_b: &Facing, within: f64) -> Interface {
    let (half_a, half_b) = (0.5 / on_a.area, 0.5 / on_b.area);
    let mut both = Spread::default();
    both.add_all(&on_a.spread, half_a);
    both.add_all(&on_b.spread, half_b);
    let normal = half_a * on_a.normal - half_b * on_b.normal;
    let (spread, axes) = both.principal();
    let weighted = |facing: &Facing, half: f64| {
        facing.points.iter().map(|(point, area)| (*point, half * area)).collect::<Vec<_>>()
    };
    let points = [weighted(on_a, half_a), weighted(on_b, half_b)].concat();
    Interface {
        bones: names.map(Clone::clone),
        within,
        area: 0.5 * (on_a.area + on_b.area),
        gap: half_a * on_a.gap + half_b * on_b.gap,
        centroid: both.mean(),
        spread,
        axes,
        normal: normal.try_normalize(f64::MIN_POSITIVE).unwrap_or_default(),
        coherence: normal.norm(),
        course: course(&points, &axes[0]),
    }
}
