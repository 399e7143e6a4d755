//! What is seen of bones: solids whose outlines are known.

mod common;

use cisterna_skeleton::geometry::Vector;
use cisterna_skeleton::mesh::Mesh;
use cisterna_skeleton::outline::{Camera, seen};
use common::{ball, block};

const FROM_THE_RIGHT: Camera = Camera {
    right: Vector::new(0.0, 1.0, 0.0),
    up: Vector::new(0.0, 0.0, 1.0),
    towards: Vector::new(1.0, 0.0, 0.0),
    below: None,
};

fn moved(mut mesh: Mesh, by: [f64; 3]) -> Mesh {
    mesh.vertices.iter_mut().for_each(|vertex| *vertex += Vector::from(by));
    mesh
}

fn area(ring: &[[f64; 2]]) -> f64 {
    let cross = |i: usize| {
        let [a, b] = [ring[i], ring[(i + 1) % ring.len()]];
        a[0] * b[1] - b[0] * a[1]
    };
    0.5 * (0..ring.len()).map(cross).sum::<f64>()
}

#[test]
fn a_ball_is_seen_as_a_round_outline_of_few_points() {
    let ball = ball("ball", 30.0, 5);
    let found = seen(&[&ball], &FROM_THE_RIGHT, 0.5);
    let [ring] = found[0].rings.as_slice() else { panic!("{found:?}") };
    assert!(ring.iter().all(|at| (at[0].hypot(at[1]) - 30.0).abs() < 0.5));
    assert!((area(ring) - std::f64::consts::PI * 900.0).abs() < 30.0);
    assert!(ring.len() < 100, "{} points", ring.len());
}

#[test]
fn the_nearer_bone_hides_the_farther_and_leaves_a_hole_in_it() {
    let plate = block("plate", [2.0, 40.0, 40.0]);
    let knob = moved(block("knob", [2.0, 10.0, 10.0]), [20.0, 0.0, 0.0]);
    let found = seen(&[&plate, &knob], &FROM_THE_RIGHT, 0.5);
    let [plate_seen, knob_seen] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((plate_seen.rings.len(), knob_seen.rings.len()), (2, 1));
    let whole: f64 = plate_seen.rings.iter().map(|ring| area(ring)).sum();
    assert!((whole - 1500.0).abs() < 30.0, "{whole}");
    let behind = Camera { below: Some(10.0), ..FROM_THE_RIGHT };
    let cut = seen(&[&plate, &knob], &behind, 0.5);
    assert_eq!(cut.len(), 1, "the knob is cut off");
    assert_eq!(cut[0].rings.len(), 1);
}

#[test]
fn nothing_is_seen_of_nothing() {
    assert!(seen(&[], &FROM_THE_RIGHT, 0.5).is_empty());
}
