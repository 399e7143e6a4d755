//! Screws: nothing is lost by them, and they are of the motion, not of the point it is counted from.
#![allow(clippy::unwrap_used, reason = "a helper of a test may panic")]

use cisterna_skeleton::geometry::Vector;
use cisterna_skeleton::screw::{Screw, Sense, between_axes};
use cisterna_skeleton::structure::Motion;
use proptest::prelude::*;

fn vector(size: f64) -> impl Strategy<Value = Vector> {
    [-size..size, -size..size, -size..size].prop_map(Vector::from)
}

/// Motions with a turn that is not small beside the shift, of some um and mrad.
fn motion() -> impl Strategy<Value = Motion> {
    (vector(0.1), vector(0.001))
        .prop_filter("it turns", |(_, turn)| turn.norm() > 1e-5)
        .prop_map(|(shift, turn)| Motion { shift, turn })
}

fn close(found: &Screw, wanted: &Screw) {
    assert!((found.axis - wanted.axis).norm() < 1e-9, "{found:?} {wanted:?}");
    assert!((found.point - wanted.point).norm() < 1e-6 * (1.0 + wanted.point.norm()), "{found:?} {wanted:?}");
    assert!((found.pitch - wanted.pitch).abs() < 1e-6 * (1.0 + wanted.pitch.abs()), "{found:?} {wanted:?}");
    assert!((found.angle - wanted.angle).abs() < 1e-12, "{found:?} {wanted:?}");
}

proptest! {
    #[test]
    fn a_screw_gives_the_motion_back(motion in motion(), centre in vector(200.0)) {
        let back = Screw::of(&motion, &centre).unwrap().motion(&centre);
        prop_assert!((back.shift - motion.shift).norm() < 1e-12);
        prop_assert!((back.turn - motion.turn).norm() < 1e-15);
    }

    #[test]
    fn the_screw_is_the_same_from_whichever_point_the_motion_is_counted(
        motion in motion(), centre in vector(200.0), other in vector(200.0),
    ) {
        let there = Motion { shift: motion.of_point(&(other - centre)), turn: motion.turn };
        let [here, there] = [Screw::of(&motion, &centre).unwrap(), Screw::of(&there, &other).unwrap()];
        close(&there, &here.seen_from(&other));
    }

    #[test]
    fn points_of_the_axis_only_slide_along_it_and_none_is_nearer(motion in motion(), centre in vector(200.0)) {
        let screw = Screw::of(&motion, &centre).unwrap();
        let moved = motion.of_point(&(screw.point - centre));
        prop_assert!((moved - screw.axis * screw.pitch * screw.angle).norm() < 1e-12);
        prop_assert!(screw.axis.dot(&(screw.point - centre)).abs() < 1e-6);
    }

    #[test]
    fn the_mirrored_motion_has_the_mirrored_screw(motion in motion(), centre in vector(200.0), x in -5.0..5.0) {
        let [s, w] = [motion.shift, motion.turn];
        let other = Motion { shift: Vector::new(-s.x, s.y, s.z), turn: Vector::new(w.x, -w.y, -w.z) };
        let across = Vector::new(2.0 * x - centre.x, centre.y, centre.z);
        let screw = Screw::of(&motion, &centre).unwrap();
        close(&Screw::of(&other, &across).unwrap(), &screw.mirrored(x));
        close(&screw.mirrored(x).mirrored(x), &screw);
    }

    #[test]
    fn one_axis_lies_to_another_as_that_to_it(a in motion(), b in motion(), centre in vector(50.0)) {
        let [a, b] = [&a, &b].map(|motion| Screw::of(motion, &centre).unwrap());
        let [ab, ba] = [a.beside(&b), b.beside(&a)];
        prop_assert!((ab.angle - ba.angle).abs() < 1e-12 && ab.sense == ba.sense);
        prop_assert!((ab.ratio * ba.ratio - 1.0).abs() < 1e-12);
        prop_assert!((0.0..=std::f64::consts::FRAC_PI_2).contains(&ab.angle));
    }
}

#[test]
fn a_mere_shift_has_no_screw() {
    let shift = Motion { shift: Vector::new(0.0, 0.01, 0.0), turn: Vector::zeros() };
    assert_eq!(Screw::of(&shift, &Vector::zeros()), None);
    assert_eq!(Screw::of(&Motion { turn: Vector::new(1e-16, 0.0, 0.0), ..shift }, &Vector::zeros()), None);
    assert_eq!(Screw::of(&Motion { shift: Vector::zeros(), ..shift }, &Vector::zeros()), None);
}

#[test]
fn sphenoid_and_occiput_turn_about_one_line_in_opposite_sense() {
    let (angle, sense) = between_axes(&-Vector::x(), &Vector::new(2.0, 0.0, 0.0));
    assert_eq!((angle, sense), (0.0, Sense::Opposite));
}
