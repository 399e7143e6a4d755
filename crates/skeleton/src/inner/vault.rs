//! The inside of the skull, by rays.

use std::f64::consts::PI;

use rayon::prelude::*;

use crate::geometry::{Tree, Vector, directions};

use super::share::{Moments, Share};

/// Rays from each origin.
const RAYS: usize = 200_000;
/// A ray that grazes a surface stands for no more than this many times its cross-section.
const STEEPEST: f64 = 50.0;
/// How often the middle of what is seen is taken as the next origin.
const ROUNDS: usize = 3;
/// The origins about the middle, mm.
const ORIGINS: [[f64; 3]; 4] = [[0.0, 0.0, 0.0], [0.0, 20.0, 5.0], [0.0, -20.0, 5.0], [0.0, 0.0, 20.0]];

/// What is seen of the skull from inside.
#[derive(Clone, Debug, PartialEq)]
pub struct Vault {
    /// The middle of what is seen, mm.
    pub middle: Vector,
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
    middle: Vector,
}

/// The vault's inside. `tree` holds the skull's bones and what closes it below; the first `bones` owners of its
/// triangles, with name and centroid, are those of the vault. None where no cavity is seen.
///
/// A ray stands for the solid angle `dΩ = 4π / rays`; where it meets the surface at the distance `r` under the
/// angle `θ` to the normal it has seen the area `r² dΩ / cos θ` and the volume `r³ dΩ / 3`.
#[must_use]
pub fn vault(tree: &Tree, bones: &[(&str, Vector)]) -> Option<Vault> {
    let mut middle = bones.iter().map(|(_, centroid)| centroid).sum::<Vector>() / bones.len().max(1) as f64;
    for _ in 0..ROUNDS {
        middle = seen_from(tree, &middle, bones.len())?.middle;
    }
    let all: Vec<Seen> = ORIGINS
        .into_iter()
        .map(|away| seen_from(tree, &(middle + Vector::from(away)), bones.len()))
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
        middle,
        volume: weight * volumes.clone().sum::<f64>(),
        volumes: [volumes.clone().fold(f64::INFINITY, f64::min), volumes.fold(0.0, f64::max)],
        shares,
        scatter,
    })
}

fn seen_from(tree: &Tree, origin: &Vector, bones: usize) -> Option<Seen> {
    let solid_angle = 4.0 * PI / RAYS as f64;
    let rays: Vec<Vector> = directions(RAYS).collect();
    let hits: Vec<_> = rays
        .par_iter()
        .filter_map(|ray| {
            let hit = tree.first_hit(origin, ray, f64::INFINITY)?;
            let cosine = -hit.facet.normal.dot(ray);
            (cosine > 0.0 && hit.facet.owner < bones).then_some((ray, hit, cosine))
        })
        .collect();
    let mut seen = Seen { by_bone: vec![Moments::default(); bones], volume: 0.0, middle: Vector::zeros() };
    for (ray, hit, cosine) in hits {
        let distance = hit.distance;
        let area = distance * distance * solid_angle * (1.0 / cosine).min(STEEPEST);
        let point = origin + distance * ray;
        // The bone's own normal points into the vault.
        seen.by_bone[hit.facet.owner].add(&point, &-hit.facet.normal, area);
        let volume = distance.powi(3) * solid_angle / 3.0;
        seen.volume += volume;
        seen.middle += volume * (origin + 0.75 * distance * ray);
    }
    (seen.volume > 0.0).then(|| Seen { middle: seen.middle / seen.volume, ..seen })
}
