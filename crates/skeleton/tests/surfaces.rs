//! Where bones face each other, and what is seen from inside.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may panic")]

mod common;

use std::f64::consts::PI;

use cisterna_skeleton::geometry::{Bounds, Tree, Vector};
use cisterna_skeleton::inner::{Ring, canal, vault};
use cisterna_skeleton::interface::{Interface, interfaces};
use cisterna_skeleton::mesh::Mesh;
use nalgebra::Rotation3;

use common::{ball, block, changed, moved, named};

fn tree(mesh: &Mesh) -> (String, Tree) {
    (mesh.name.clone(), Tree::new(mesh.facets(0)))
}

fn between(a: &Mesh, b: &Mesh) -> Vec<Interface> {
    interfaces(&[tree(a), tree(b)], &|_, _| vec![2.0])
}

#[test]
fn two_boxes_with_a_gap_face_each_other_over_their_common_side() {
    let left = block("left", [20.0, 30.0, 40.0]);
    let right = moved(&block("right", [20.0, 30.0, 40.0]), [21.0, 0.0, 0.0]);
    let found = between(&left, &right);
    let [face] = found.as_slice() else { panic!("{} interfaces", found.len()) };
    assert!((face.area - 1200.0).abs() < 1e-6, "{}", face.area);
    assert!((face.gap - 1.0).abs() < 1e-9);
    assert!((face.centroid - Vector::new(10.5, 0.0, 0.0)).norm() < 1e-6);
    assert!((face.normal - Vector::x()).norm() < 1e-9 && (face.coherence - 1.0).abs() < 1e-9);
    // A uniform length l spreads by l / √12; across, the two sides lie half a gap from the middle.
    let expected = [40.0 / 12.0_f64.sqrt(), 30.0 / 12.0_f64.sqrt(), 0.5];
    for (found, expected) in face.spread.iter().zip(expected) {
        assert!((found - expected).abs() < 0.01 * expected + 1e-3, "{found} for {expected}");
    }
    // Pieces are points, so that the slant of each is missing: a thousandth of the spread.
    assert!((face.axes[0] - Vector::z()).norm() < 5e-3, "{}", face.axes[0]);
    assert_eq!(face.course.len(), 5);
    assert!(face.course[0].z < -15.0 && face.course[4].z > 15.0);
}

#[test]
fn boxes_too_far_apart_or_side_by_side_do_not_face_each_other() {
    let left = block("left", [20.0, 30.0, 40.0]);
    assert!(between(&left, &moved(&named(left.clone(), "right"), [22.5, 0.0, 0.0])).is_empty());
    assert!(between(&left, &moved(&named(left.clone(), "right"), [0.0, 32.2, 0.0])).is_empty());
}

#[test]
fn a_pair_gets_an_interface_at_each_distance_over_which_it_faces() {
    let left = block("left", [20.0, 30.0, 40.0]);
    let right = moved(&named(left.clone(), "right"), [24.0, 0.0, 0.0]);
    let found = interfaces(&[tree(&left), tree(&right)], &|_, _| vec![2.0, 5.0]);
    assert_eq!(found.iter().map(|face| face.within).collect::<Vec<_>>(), [5.0]);
}

#[test]
fn an_interface_moves_with_its_bones() {
    let (left, right) =
        (block("left", [20.0, 30.0, 40.0]), moved(&block("right", [20.0, 30.0, 40.0]), [21.0, 0.0, 0.0]));
    let turn = Rotation3::new(Vector::new(0.4, -0.8, 0.3));
    let shift = Vector::new(10.0, 50.0, 1600.0);
    let motion = |p: &Vector| turn * p + shift;
    let (still, moved) = (between(&left, &right), between(&changed(&left, motion), &changed(&right, motion)));
    assert!((moved[0].area - still[0].area).abs() < 1e-6 * still[0].area);
    assert!((moved[0].centroid - motion(&still[0].centroid)).norm() < 1e-6);
    assert!((moved[0].normal - turn * still[0].normal).norm() < 1e-6);
}

/// A hollow ball of two halves, upper and lower, seen from inside.
fn hollow() -> (Tree, Vec<(&'static str, Vector)>) {
    let mut shell = ball("shell", 70.0, 5);
    shell.turn_over();
    let halves = shell.facets(0).map(|mut facet| {
        facet.owner = usize::from(facet.middle().z < 0.0);
        facet
    });
    (Tree::new(halves), vec![("upper", Vector::new(0.0, 0.0, 35.0)), ("lower", Vector::new(0.0, 0.0, -35.0))])
}

#[test]
fn half_a_hollow_ball_is_pushed_by_the_area_of_its_rim() {
    let (tree, bones) = hollow();
    let vault = vault(&tree, &bones, None).unwrap();
    assert!((vault.volume / (4.0 / 3.0 * PI * 70.0_f64.powi(3)) - 1.0).abs() < 5e-3);
    for (share, sign) in vault.shares.iter().zip([1.0, -1.0]) {
        assert!((share.area / (2.0 * PI * 4900.0) - 1.0).abs() < 5e-3, "{}", share.area);
        let rim = PI * 4900.0;
        assert!((share.vector_area - sign * rim * Vector::z()).norm() < 0.01 * rim);
        // All pushes pass through the middle, so the moment about a point on the axis is none.
        assert!(share.moment.norm() < 0.01 * rim * 35.0);
    }
}

#[test]
fn a_bone_with_a_hole_has_its_ring_and_a_hollow_has_none() {
    let ring = pipe(12.0, 30.0, 20.0);
    let tree = Tree::new(ring.facets(0));
    let around = Bounds::of(&ring.vertices);
    let level = Vector::new(0.0, 1.0, 0.0);
    let found = Ring::on_plane(&tree, &level, &Vector::z(), &around, 40.0).unwrap();
    assert!((found.radius - 12.0).abs() < 0.5 && found.middle.norm() < 0.7, "{found:?}");
    let ball = ball("bowl", 20.0, 3);
    assert!(Ring::on_plane(&Tree::new(ball.facets(0)), &level, &Vector::z(), &around, 40.0).is_none());
}

#[test]
fn a_straight_canal_holds_its_cylinder() {
    let pipe = pipe(10.0, 15.0, 100.0);
    let tree = Tree::new(pipe.facets(0));
    let ring = |z: f64| Ring { middle: Vector::new(0.0, 0.0, z), radius: 10.0, axis: Vector::z() };
    let canal = canal(&tree, &[ring(40.0), ring(0.0), ring(-40.0)], &[("pipe", Vector::zeros())]).unwrap();
    assert!((canal.volume / (PI * 100.0 * 80.0) - 1.0).abs() < 0.01);
    assert!((canal.shares[0].area / (2.0 * PI * 10.0 * 80.0) - 1.0).abs() < 0.01);
    assert!(canal.shares[0].vector_area.norm() < 0.01 * canal.shares[0].area && canal.walled == 1.0);
}

/// A pipe about the z axis.
fn pipe(inner: f64, outer: f64, length: f64) -> Mesh {
    const SIDES: usize = 96;
    let at = |radius: f64, z: f64, i: usize| {
        let (sine, cosine) = (2.0 * PI * i as f64 / SIDES as f64).sin_cos();
        Vector::new(radius * cosine, radius * sine, z)
    };
    let corners = [(outer, -0.5), (outer, 0.5), (inner, 0.5), (inner, -0.5)];
    let mut vertices = Vec::new();
    let mut triangles = Vec::new();
    for i in 0..SIDES {
        vertices.extend(corners.map(|(radius, z)| at(radius, z * length, i)));
        for corner in 0..4 {
            let (here, up) = (4 * i + corner, 4 * i + (corner + 1) % 4);
            let next = |place: usize| (place + 4) % (4 * SIDES);
            triangles.extend([[here, next(here), next(up)], [here, next(up), up]]);
        }
    }
    let pipe = Mesh::new("pipe", "test", &vertices, &triangles);
    assert!(pipe.signed_volume() > 0.0);
    pipe
}
