//! The spinal canal as a closed tube.

use std::f64::consts::PI;
use std::sync::Arc;

use cisterna_skeleton::facts::{CanalFacts, Edge, Facts, InnerFacts};
use cisterna_skeleton::geometry::Vector;
use cisterna_skeleton::plan::Anatomy;

use crate::facts;

const BONES: [&str; 5] = ["occipital_bone", "atlas", "axis", "third_cervical_vertebra", "sacrum"];

fn adult() -> Anatomy {
    let regions = ["cranium", "cervical", "thoracic", "lumbar", "sacrum"];
    Anatomy::of(Arc::new(Facts::embedded("adult").unwrap()), &regions).unwrap()
}

/// A canal through five rings; the last point is the end of the sac.
fn canal(points: [[f64; 3]; 5], radii: [f64; 5]) -> Anatomy {
    let mut known = Facts::default();
    for (bone, [x, y, z]) in BONES.iter().zip(points) {
        known.bone.insert((*bone).to_owned(), facts::bone([x, y + 20.0, z]));
    }
    let rings = &BONES[..4];
    known.canal = Some(CanalFacts {
        rings: rings.iter().map(|&bone| bone.to_owned()).collect(),
        radii: radii[..4].to_vec(),
        line: points[..4].to_vec(),
        volume: 0.0,
        walled: 1.0,
        inner: Default::default(),
    });
    let end = Edge { basis: String::new(), bones: vec!["sacrum".to_owned()], points: vec![points[4]] };
    let tube = known.membrane.entry("dural_tube".to_owned()).or_default();
    tube.edge.insert("second_sacral_segment".to_owned(), end);
    Anatomy::of(Arc::new(known), &["test"]).unwrap()
}

fn pressed(anatomy: &Anatomy) -> Vec<(String, InnerFacts)> {
    let stretches = anatomy.closed_canal().unwrap();
    stretches.iter().map(|stretch| (stretch.bone.clone(), stretch.pressed())).collect()
}

/// Force and moment about the origin of all shares (cm^2, cm^2 mm), with what they would be if none took from another.
fn sum(anatomy: &Anatomy, shares: &[(String, InnerFacts)]) -> [(Vector, f64); 2] {
    let mut sums = [(Vector::zeros(), 0.0), (Vector::zeros(), 0.0)];
    for (bone, share) in shares {
        let force = Vector::from(share.vector_area);
        let moment = Vector::from(share.moment) * 10.0 + anatomy.bones[bone].centre.cross(&force);
        for (sum, own) in sums.iter_mut().zip([force, moment]) {
            *sum = (sum.0 + own, sum.1 + own.norm());
        }
    }
    sums
}

#[test]
fn pressure_in_canal_and_vault_pushes_the_body_nowhere() {
    let anatomy = adult();
    let canal = pressed(&anatomy);
    let both: Vec<_> = canal.iter().cloned().chain(anatomy.closed_vault().unwrap()).collect();
    for shares in [canal, both] {
        for (sum, size) in sum(&anatomy, &shares) {
            assert!(size > 1.0 && sum.norm() < 1e-9 * size, "{sum} of {size}");
        }
    }
}

#[test]
fn pressure_in_a_straight_canal_pushes_no_vertebra() {
    let straight = canal([0.0, 20.0, 35.0, 60.0, 80.0].map(|z| [0.0, 0.1 * z, -z]), [9.0; 5]);
    let shares = pressed(&straight);
    for (bone, share) in &shares[1..4] {
        let [force, moment] = [share.vector_area, share.moment].map(|triple| Vector::from(triple).norm());
        assert!(force < 1e-12 && moment < 1e-12, "{bone}: {force} cm^2, {moment} cm^3");
    }
    // What is left is what presses on the two ends.
    let end = PI * 0.81;
    assert!((Vector::from(shares[0].1.vector_area).norm() - end).abs() < 1e-12);
    assert!((Vector::from(shares[4].1.vector_area).norm() - end).abs() < 1e-12);
}

#[test]
fn a_bend_is_pushed_by_what_its_direction_changes() {
    let points =
        [[0.0, 0.0, 0.0], [0.0, 0.0, -20.0], [0.0, 12.0, -36.0], [0.0, 24.0, -52.0], [0.0, 36.0, -68.0]];
    let shares = pressed(&canal(points, [9.0; 5]));
    let area = PI * 0.81;
    // From straight down to down and forward by 3 in 5: outward, which is backward and down … of the atlas.
    let expected = (Vector::new(0.0, -0.6, 0.8) - Vector::z()) * area;
    assert!((Vector::from(shares[1].1.vector_area) - expected).norm() < 1e-12, "{:?}", shares[1]);
    assert!(Vector::from(shares[2].1.vector_area).norm() < 1e-12);
}

#[test]
fn a_canal_that_narrows_downwards_is_pushed_down() {
    let line = [0.0, 20.0, 40.0, 60.0, 80.0].map(|z| [0.0, 0.0, -z]);
    let shares = pressed(&canal(line, [12.0, 10.0, 8.0, 8.0, 8.0]));
    let ring = PI * (0.9_f64.powi(2) - 1.1_f64.powi(2));
    assert!((shares[1].1.vector_area[2] - ring).abs() < 1e-12, "{:?}", shares[1]);
}

/// Lying or standing, a canal carries the weight of its fluid, whatever its shape; the stretches' shares are for a point each.
#[test]
fn a_canal_carries_the_weight_of_its_fluid() {
    let anatomy = adult();
    let stretches = anatomy.closed_canal().unwrap();
    let volume: f64 = stretches.iter().map(|stretch| stretch.volume).sum();
    assert!((volume / 1e3 - 170.0).abs() < 15.0, "{volume} mm^3");
    let moment: Vector = stretches.iter().map(|stretch| stretch.middle * stretch.volume).sum();
    for axis in 0..3 {
        let shares: Vec<_> = stretches
            .iter()
            .map(|stretch| (stretch.bone.clone(), stretch.weighed(axis, &Vector::new(10.0, 20.0, 30.0))))
            .collect();
        let [(force, size), (turn, _)] = sum(&anatomy, &shares);
        let mut down = Vector::zeros();
        down[axis] = -volume * 1e-2;
        assert!((force - down).norm() < 1e-9 * size, "{force} for {down}");
        let expected = (moment / volume).cross(&down);
        assert!((turn - expected).norm() < 1e-9 * size * 1500.0, "{turn} for {expected}");
    }
}

#[test]
fn a_bone_without_a_ring_is_no_bone_of_the_canal() {
    let error = adult().canal_of(&["atlas", "axiss"]).unwrap_err();
    assert_eq!(error.message, "there is no bone of the canal `axiss`; did you mean `axis`?");
}
