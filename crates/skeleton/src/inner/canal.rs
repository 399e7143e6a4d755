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
    let fans: Vec<Fan> = rings.windows(2).flat_map(|pair| fans(&pair[0], &pair[1])).collect();
    if fans.is_empty() {
        return None;
    }
    let seen: Vec<Seen> = fans.par_iter().map(|fan| fan.look(tree)).collect();
    let mut by_bone = vec![Moments::default(); owners.len()];
    for wall in seen.iter().flat_map(|seen| &seen.walls) {
        by_bone[wall.owner].add(&wall.point, &wall.normal, wall.area);
    }
    let volume = seen.iter().map(|seen| seen.volume).sum();
    let count: usize = seen.iter().map(|seen| seen.walls.len()).sum();
    let named = by_bone.iter().zip(owners);
    let shares = named
        .filter(|(moments, _)| moments.area > 0.0)
        .map(|(moments, (name, centroid))| moments.share(name, centroid, 1.0))
        .collect();
    Some(Canal { line, volume, walled: count as f64 / (fans.len() * RAYS) as f64, shares })
}

/// Rays across the canal's line at one of its points.
struct Fan {
    point: Vector,
    axis: Vector,
    /// The length of the line that the fan stands for, mm.
    length: f64,
    /// The radius of the canal's largest circle there, mm.
    radius: f64,
}

/// What a fan sees.
#[derive(Default)]
struct Seen {
    walls: Vec<Wall>,
    volume: f64,
}

/// A piece of wall, its normal away from the canal.
struct Wall {
    owner: usize,
    point: Vector,
    normal: Vector,
    area: f64,
}

impl Fan {
    fn look(&self, tree: &Tree) -> Seen {
        let angle = TAU / RAYS as f64;
        let mut seen = Seen::default();
        for ray in rays(&self.axis, RAYS) {
            let hit = tree.first_hit(&self.point, &ray, WITHIN * self.radius);
            let wall = hit.map(|hit| (hit, -hit.facet.normal.dot(&ray))).filter(|(_, cosine)| *cosine > 0.0);
            let distance = wall.map_or(self.radius, |(hit, _)| hit.distance);
            seen.volume += 0.5 * distance * distance * angle * self.length;
            if let Some((hit, cosine)) = wall {
                let area = distance * angle * self.length * (1.0 / cosine).min(STEEPEST);
                let point = self.point + distance * ray;
                seen.walls.push(Wall { owner: hit.facet.owner, point, normal: -hit.facet.normal, area });
            }
        }
        seen
    }
}

/// The fans between two rings.
fn fans(from: &Ring, to: &Ring) -> Vec<Fan> {
    let whole = to.middle - from.middle;
    let Some(axis) = whole.try_normalize(1e-6) else { return Vec::new() };
    let count = (whole.norm() / STEP).ceil().max(1.0) as usize;
    let share = 1.0 / count as f64;
    (0..count)
        .map(|i| {
            let part = (i as f64 + 0.5) * share;
            let radius = from.radius + part * (to.radius - from.radius);
            Fan { point: from.middle + part * whole, axis, length: share * whole.norm(), radius }
        })
        .collect()
}
