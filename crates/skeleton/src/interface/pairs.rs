//! All pairs of bones.

use rayon::prelude::*;

use crate::geometry::{Spread, Tree};

use super::course::course;
use super::facing::{Facing, facing};
use super::types::Interface;

/// Areas below this, mm², are a touch and no joint.
const LEAST: f64 = 2.0;

/// How far apart the points of two bones may be that face each other, mm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// The distance for every pair.
    pub near: f64,
    /// A wider one for joints, whose cartilage is not in the meshes: these get an interface at each distance.
    pub wide: f64,
}

impl Default for Reach {
    /// 2 mm, the width of a wide suture, and 5 mm, that of two layers of joint cartilage.
    fn default() -> Self {
        Self { near: 2.0, wide: 5.0 }
    }
}

/// The interfaces of all pairs that face each other, in the order of the names; `is_joint` says of two bones
/// whether they may meet in cartilage, `done` hears of each pair that was looked at.
pub fn interfaces(
    bones: &[(String, Tree)],
    reach: Reach,
    is_joint: &(dyn Fn(&str, &str) -> bool + Sync),
) -> Vec<Interface> {
    let mut pairs = Vec::new();
    for (at, (name, tree)) in bones.iter().enumerate() {
        for (other_name, other) in &bones[at + 1..] {
            let joint = is_joint(name, other_name);
            for within in [Some(reach.near), joint.then_some(reach.wide)].into_iter().flatten() {
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
