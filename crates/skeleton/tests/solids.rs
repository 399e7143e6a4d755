//! What closed meshes hold, against solids whose measures are known.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may panic")]

mod common;

use std::f64::consts::PI;

use cisterna_skeleton::geometry::{Matrix, Vector};
use cisterna_skeleton::inner::Moments;
use cisterna_skeleton::mesh::{Edges, Mesh};
use cisterna_skeleton::solid::Solid;
use nalgebra::Rotation3;
use proptest::prelude::*;

use common::{ball, block, changed, moved, tetrahedron};

fn near(a: f64, b: f64, share: f64) -> bool {
    (a - b).abs() <= share * a.abs().max(b.abs()).max(1e-9)
}

#[test]
fn a_box_holds_what_its_edges_say() {
    let solid = Solid::of(&moved(&block("b", [2.0, 3.0, 5.0]), [100.0, -40.0, 1600.0]));
    assert!(near(solid.volume, 30.0, 1e-12));
    assert!((solid.centroid - Vector::new(100.0, -40.0, 1600.0)).norm() < 1e-10);
    let expected = Vector::new(9.0 + 25.0, 4.0 + 25.0, 4.0 + 9.0) * (30.0 / 12.0);
    assert!((solid.inertia() - Matrix::from_diagonal(&expected)).norm() < 1e-8);
}

#[test]
fn a_ball_holds_what_its_radius_says() {
    // A mesh inside the ball: its volume lacks a share that falls with the square of the edges.
    let solid = Solid::of(&ball("b", 10.0, 5));
    assert!(near(solid.volume, 4.0 / 3.0 * PI * 1e3, 2e-3), "{}", solid.volume);
    let inertia = 0.4 * solid.volume * 100.0;
    assert!((solid.inertia() - inertia * Matrix::identity()).norm() < 4e-3 * inertia);
}

#[test]
fn a_right_tetrahedron_holds_a_sixth_of_its_box() {
    let mesh = tetrahedron([[0.0, 0.0, 0.0], [6.0, 0.0, 0.0], [0.0, 4.0, 0.0], [0.0, 0.0, 2.0]]);
    let solid = Solid::of(&mesh);
    assert!(near(solid.volume, 8.0, 1e-12));
    assert!((solid.centroid - Vector::new(1.5, 1.0, 0.5)).norm() < 1e-12);
    // About the right corner `∫ x² dV = V a² / 10`.
    let about_corner = solid.inertia_about(&Vector::zeros());
    assert!(near(about_corner[(0, 0)], 8.0 / 10.0 * (16.0 + 4.0), 1e-12));
}

fn point() -> impl Strategy<Value = [f64; 3]> {
    [-50.0..50.0, -50.0..50.0, -50.0..50.0]
}

/// A tetrahedron that is no sheet.
fn solid_corner() -> impl Strategy<Value = Mesh> {
    [point(), point(), point(), point()]
        .prop_map(tetrahedron)
        .prop_filter("it is flat", |mesh| mesh.signed_volume() > 100.0)
}

proptest! {
    #[test]
    fn inertia_is_positive_and_obeys_the_triangle_of_axes(mesh in solid_corner()) {
        let moments = Solid::of(&mesh).inertia().symmetric_eigenvalues();
        prop_assert!(moments.min() > 0.0);
        prop_assert!(moments.sum() - 2.0 * moments.max() >= -1e-9 * moments.max());
    }

    #[test]
    fn inertia_about_another_point_adds_the_mass_there(mesh in solid_corner(), at in point()) {
        let solid = Solid::of(&mesh);
        // Seen from the point: the same mesh moved, its second moment about the origin.
        let arm = solid.centroid - Vector::from(at);
        let second = solid.second_moment + solid.volume * arm * arm.transpose();
        let expected = Matrix::identity() * second.trace() - second;
        prop_assert!((solid.inertia_about(&Vector::from(at)) - expected).norm() <= 1e-9 * expected.norm());
    }

    #[test]
    fn a_rigid_motion_turns_the_tensor_and_leaves_the_volume(
        mesh in solid_corner(), axis in point(), shift in point(),
    ) {
        let turn = Rotation3::new(Vector::from(axis) / 20.0);
        let solid = Solid::of(&mesh);
        let turned = Solid::of(&changed(&mesh, |vertex| turn * vertex + Vector::from(shift)));
        prop_assert!(near(turned.volume, solid.volume, 1e-9));
        prop_assert!((turned.centroid - (turn * solid.centroid + Vector::from(shift))).norm() < 1e-8);
        let expected = turn * solid.inertia() * turn.inverse();
        prop_assert!((turned.inertia() - expected).norm() <= 1e-8 * expected.norm());
    }

    #[test]
    fn lengths_ten_times_as_long_make_a_thousand_times_the_volume(mesh in solid_corner()) {
        let (small, large) = (Solid::of(&mesh), Solid::of(&changed(&mesh, |vertex| 10.0 * vertex)));
        prop_assert!(near(large.volume, 1e3 * small.volume, 1e-9));
        prop_assert!((large.inertia() - 1e5 * small.inertia()).norm() <= 1e-9 * large.inertia().norm());
    }

    #[test]
    fn the_vector_area_of_a_closed_surface_is_zero(mesh in solid_corner(), shift in point()) {
        let moments = moments(&moved(&mesh, shift), |_| true);
        prop_assert!(moments.vector_area.norm() <= 1e-9 * moments.area);
        prop_assert!(moments.moment.norm() <= 1e-6 * moments.area);
    }

    /// The share of a surface that moves: `dV = u · A + w · M`, against the volume of the mesh with that share moved
    /// and the gap at its rim bridged.
    #[test]
    fn a_part_that_moves_changes_the_volume_by_its_vector_area_and_moment(u in point(), w in point()) {
        let mesh = ball("b", 60.0, 3);
        let upper = |middle: &Vector| middle.z > 20.0;
        let about = Vector::new(5.0, -3.0, 40.0);
        let share = moments(&mesh, upper).share("b", &about, 1.0);
        let (shift, turn) = (1e-5 * Vector::from(u), 1e-7 * Vector::from(w));
        let motion = |p: &Vector| p + shift + turn.cross(&(p - about));
        let change = with_part_moved(&mesh, upper, motion).signed_volume() - mesh.signed_volume();
        let expected = shift.dot(&share.vector_area) + turn.dot(&share.moment);
        let size = shift.norm() * share.area + turn.norm() * share.area * 60.0;
        prop_assert!((change - expected).abs() <= 1e-4 * size + 1e-6, "{change} for {expected}");
    }
}

/// The moments of the triangles whose middles are chosen, exact as the mesh is flat in each.
fn moments(mesh: &Mesh, chosen: impl Fn(&Vector) -> bool) -> Moments {
    let mut moments = Moments::default();
    for facet in mesh.facets(0).filter(|facet| chosen(&facet.middle())) {
        moments.add(&facet.middle(), &facet.normal, facet.area());
    }
    moments
}

fn with_part_moved(
    mesh: &Mesh,
    chosen: impl Fn(&Vector) -> bool,
    motion: impl Fn(&Vector) -> Vector,
) -> Mesh {
    let count = mesh.vertices.len();
    let is_chosen = |triangle: &[usize; 3]| chosen(&(mesh.corners(triangle).iter().sum::<Vector>() / 3.0));
    let (part, rest): (Vec<[usize; 3]>, Vec<[usize; 3]>) =
        mesh.triangles.iter().copied().partition(|triangle| is_chosen(triangle));
    let rim = Edges::of(&Mesh { triangles: part.clone(), ..mesh.clone() }).open;
    let mut whole = mesh.clone();
    whole.vertices.extend(mesh.vertices.iter().map(motion));
    whole.triangles = rest;
    whole.triangles.extend(part.iter().map(|triangle| triangle.map(|corner| corner + count)));
    for (from, to) in rim {
        whole.triangles.extend([[to + count, from + count, from], [to + count, from, to]]);
    }
    assert!(Edges::of(&whole).closed());
    whole
}
