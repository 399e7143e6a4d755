//! The inside of the spinal canal, by rays across its line.

use std::f64::consts::TAU;

use rayon::prelude::*;

use crate::geometry::{Tree, Vector};

use super::ring::{Ring, rays};
use super::share::{Moments, Share};

/// Distance of the fans of rays along the line, mm.
const STEP: f64 = 0.5;
/// Rays in a fan.
const RAYS: usize = 180;
/// Walls further than so many radii of the nearest ring lie outside, beyond a gap between two bones: the canal is up
/// to half as wide again as its largest circle.
const WITHIN: f64 = 1.8;
/// A ray that grazes a surface stands for no more than this many times its cross-section.
const STEEPEST: f64 = 20.0;

/// What is seen of the spine from inside its canal.
#[derive(Clone, Debug, PartialEq)]
pub struct Canal {
    /// The line through the middles of its rings, from top to bottom, mm.
    pub line: Vec<Vector>,
    /// Volume between walls and where a line of sight leaves between bones, to the width of the nearest ring, mm³.
    pub volume: f64,
    /// The share of the wall's directions in which bone or disk is seen.
    pub walled: f64,
    /// Shares of the bones that are seen.
    pub shares: Vec<Share>,
}

/// The canal through some rings, from top to bottom. `owners` are name and centroid of the bones of the tree.
///
/// A ray of a fan stands for the angle `dφ` and the length `ds` of the line; where it meets a wall at the distance
/// `r` under the angle `θ` to the normal it has seen the area `r dφ ds / cos θ` and the volume `r² dφ ds / 2`.
#[must_use]
pub fn canal(tree: &Tree, rings: &[Ring], owners: &[(&str, Vector)]) -> Option<Canal> {
    let line: Vec<Vector> = rings.iter().map(|ring| ring.middle).collect();
    let fans: Vec<(Vector, Vector, f64, f64)> =
        rings.windows(2).flat_map(|pair| fans(&pair[0], &pair[1])).collect();
    if fans.is_empty() {
        return None;
    }
    let angle = TAU / RAYS as f64;
    let seen: Vec<(Vec<(usize, Vector, Vector, f64)>, f64)> = fans
        .par_iter()
        .map(|(point, axis, length, radius)| {
            let mut walls = Vec::new();
            let mut volume = 0.0;
            for ray in rays(axis, RAYS) {
                let hit = tree.first_hit(point, &ray, WITHIN * radius);
                let wall =
                    hit.map(|hit| (hit, -hit.facet.normal.dot(&ray))).filter(|(_, cosine)| *cosine > 0.0);
                let distance = wall.map_or(*radius, |(hit, _)| hit.distance);
                volume += 0.5 * distance * distance * angle * length;
                if let Some((hit, cosine)) = wall {
                    let area = distance * angle * length * (1.0 / cosine).min(STEEPEST);
                    walls.push((hit.facet.owner, point + distance * ray, -hit.facet.normal, area));
                }
            }
            (walls, volume)
        })
        .collect();
    let mut by_bone = vec![Moments::default(); owners.len()];
    let (mut volume, mut count) = (0.0, 0);
    for (walls, own) in seen {
        volume += own;
        count += walls.len();
        walls.iter().for_each(|(owner, point, normal, area)| by_bone[*owner].add(point, normal, *area));
    }
    let named = by_bone.iter().zip(owners);
    let shares = named
        .filter(|(moments, _)| moments.area > 0.0)
        .map(|(moments, (name, centroid))| moments.share(name, centroid, 1.0))
        .collect();
    Some(Canal { line, volume, walled: count as f64 / (fans.len() * RAYS) as f64, shares })
}

/// The fans between two rings: point, direction of the line, length of the line that it stands for, radius.
fn fans(from: &Ring, to: &Ring) -> Vec<(Vector, Vector, f64, f64)> {
    let whole = to.middle - from.middle;
    let Some(axis) = whole.try_normalize(1e-6) else { return Vec::new() };
    let count = (whole.norm() / STEP).ceil().max(1.0) as usize;
    let share = 1.0 / count as f64;
    (0..count)
        .map(|i| {
            let part = (i as f64 + 0.5) * share;
            let radius = from.radius + part * (to.radius - from.radius);
            (from.middle + part * whole, axis, share * whole.norm(), radius)
        })
        .collect()
}
