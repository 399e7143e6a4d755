//! The inside of the skull, by rays.

use std::f64::consts::PI;

use rayon::prelude::*;

use crate::geometry::{Tree, Vector, directions};

use super::ring::Ring;
use super::share::{Moments, Share};

/// Rays from each origin, and while the best one is looked for.
const RAYS: usize = 200_000;
const ROUGH: usize = 30_000;
/// A ray that grazes a surface stands for no more than this many times its cross-section.
const STEEPEST: f64 = 50.0;
/// The first and the last step of the search for the best origin, mm.
const STEPS: [f64; 3] = [12.0, 6.0, 3.0];
/// The origins about the best one, mm.
const ORIGINS: [[f64; 3]; 4] = [[8.0, 0.0, 4.0], [-8.0, 0.0, 4.0], [0.0, 8.0, -4.0], [0.0, -8.0, -4.0]];

/// What is seen of the skull from inside.
#[derive(Clone, Debug, PartialEq)]
pub struct Vault {
    /// The point from which most of the inside is seen, mm.
    pub origin: Vector,
    /// The volume seen, mm³, a mean of the origins.
    pub volume: f64,
    /// The lowest and highest volume from one origin, mm³.
    pub volumes: [f64; 2],
    /// Shares of the bones, a mean of the origins.
    pub shares: Vec<Share>,
    /// The largest difference of a bone's area between an origin and the mean, as a share of it; of bones with
    /// more than a hundredth of the whole.
    pub scatter: f64,
}

/// What rays from one origin see: by bone of the tree, and the volume.
struct Seen {
    by_bone: Vec<Moments>,
    volume: f64,
}

impl Seen {
    fn area(&self) -> f64 {
        self.by_bone.iter().map(|bone| bone.area).sum()
    }
}

/// The vault's inside. `tree` holds the skull's bones and what closes it below; the first `bones` owners of its
/// triangles, with name and centroid, are those of the vault. `lid` closes it towards the canal, for the volume. None
/// where no cavity is seen.
///
/// A ray stands for the solid angle `dΩ = 4π / rays`; where it meets the surface at the distance `r` under the
/// angle `θ` to the normal it has seen the area `r² dΩ / cos θ` and the volume `r³ dΩ / 3`.
#[must_use]
pub fn vault(tree: &Tree, bones: &[(&str, Vector)], lid: Option<&Ring>) -> Option<Vault> {
    let start = bones.iter().map(|(_, centroid)| centroid).sum::<Vector>() / bones.len().max(1) as f64;
    let origin = best_origin(tree, start, bones.len())?;
    let all: Vec<Seen> = ORIGINS
        .into_iter()
        .map(|away| seen_from(tree, &(origin + Vector::from(away)), bones.len(), lid, RAYS))
        .collect::<Option<_>>()?;
    let weight = 1.0 / all.len() as f64;
    let shares: Vec<Share> = bones
        .iter()
        .enumerate()
        .map(|(bone, (name, centroid))| {
            let mut sum = Moments::default();
            for seen in &all {
                sum.area += seen.by_bone[bone].area;
                sum.vector_area += seen.by_bone[bone].vector_area;
                sum.moment += seen.by_bone[bone].moment;
            }
            sum.share(name, centroid, weight)
        })
        .collect();
    let whole: f64 = shares.iter().map(|share| share.area).sum();
    let scatter = all
        .iter()
        .flat_map(|seen| seen.by_bone.iter().zip(&shares))
        .filter(|(_, mean)| mean.area > 0.01 * whole)
        .map(|(own, mean)| (own.area / mean.area - 1.0).abs())
        .fold(0.0, f64::max);
    let volumes = all.iter().map(|seen| seen.volume);
    Some(Vault {
        origin,
        volume: weight * volumes.clone().sum::<f64>(),
        volumes: [volumes.clone().fold(f64::INFINITY, f64::min), volumes.fold(0.0, f64::max)],
        shares,
        scatter,
    })
}

/// The point from which the largest area is seen, climbed to along the axes: least hides behind ridges there.
fn best_origin(tree: &Tree, start: Vector, bones: usize) -> Option<Vector> {
    let area = |origin: &Vector| seen_from(tree, origin, bones, None, ROUGH).map(|seen| seen.area());
    let mut best = (area(&start)?, start);
    for step in STEPS {
        loop {
            let around =
                [Vector::y(), -Vector::y(), Vector::z(), -Vector::z()].map(|way| best.1 + step * way);
            let next = around.iter().filter_map(|origin| Some((area(origin)?, *origin)));
            match next.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|next| next.0 > best.0) {
                Some(better) => best = better,
                None => break,
            }
        }
    }
    Some(best.1)
}

fn seen_from(tree: &Tree, origin: &Vector, bones: usize, lid: Option<&Ring>, count: usize) -> Option<Seen> {
    let solid_angle = 4.0 * PI / count as f64;
    let rays: Vec<Vector> = directions(count).collect();
    let hits: Vec<_> = rays.par_iter().map(|ray| (ray, tree.first_hit(origin, ray, f64::INFINITY))).collect();
    let mut seen = Seen { by_bone: vec![Moments::default(); bones], volume: 0.0 };
    for (ray, hit) in hits {
        let wall = hit.map(|hit| (hit, -hit.facet.normal.dot(ray)));
        let wall = wall.filter(|(hit, cosine)| *cosine > 0.0 && hit.facet.owner < bones);
        let through = || lid.and_then(|lid| lid.crossed_by(origin, ray));
        let Some(distance) = wall.map(|(hit, _)| hit.distance).or_else(through) else { continue };
        seen.volume += distance.powi(3) * solid_angle / 3.0;
        if let Some((hit, cosine)) = wall {
            let area = distance * distance * solid_angle * (1.0 / cosine).min(STEEPEST);
            // The bone's own normal points into the vault.
            seen.by_bone[hit.facet.owner].add(&(origin + distance * ray), &-hit.facet.normal, area);
        }
    }
    (seen.volume > 0.0).then_some(seen)
}
