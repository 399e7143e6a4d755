//! Bodies, tissue and cables against closed forms, an energy written down separately, and the laws of mechanics.
#![allow(clippy::unwrap_used, reason = "a helper of a test may panic")]

use cisterna_skeleton::structure::{
    Body, Cable, Equilibrium, Layer, Load, Structure, StructureError, Tissue,
};
use nalgebra::{DVector, Matrix6, Rotation3, Unit, Vector3};
use proptest::prelude::*;

fn body(structure: &mut Structure, name: &str, centre: [f64; 3]) -> usize {
    structure.add(Body { name: name.into(), centre: centre.into() }).unwrap()
}

/// A patch of tissue of 40 by 5 mm, 2 mm wide, across a direction.
fn patch(centre: [f64; 3], normal: Vector3<f64>, coherence: f64) -> Layer {
    let normal = normal.normalize();
    let other = normal.cross(&if normal.x.abs() < 0.9 { Vector3::x() } else { Vector3::y() }).normalize();
    let third = normal.cross(&other);
    let spread = other * other.transpose() * (40.0 * 40.0 / 12.0) + third * third.transpose() * (25.0 / 12.0);
    Layer { area: 200.0, gap: 2.0, centre: centre.into(), spread, normal, coherence }
}

/// Four bodies in a ring, joined by layers across the ring's sides and by cables across its middle; the first may be fixed.
fn ring(tension: f64, fix: bool) -> Structure {
    let mut ring = Structure::default();
    let places = [[40.0, 0.0, 3.0], [0.0, 45.0, -4.0], [-38.0, 2.0, 6.0], [1.0, -41.0, 0.0]];
    let bodies = [0, 1, 2, 3].map(|i| body(&mut ring, &format!("bone {i}"), places[i]));
    for i in 0..4 {
        let [a, b] = [bodies[i], bodies[(i + 1) % 4]];
        let [from, to] = [places[i], places[(i + 1) % 4]].map(Vector3::from);
        let layer = patch(((from + to) * 0.5).into(), to - from, 0.9);
        ring.join(&format!("suture {i}"), a, b, layer.tissue(8.0, 3.0)).unwrap();
    }
    for [a, b] in [[0, 2], [1, 3]] {
        let ends = [a, b].map(|i: usize| Vector3::from(places[i]) * 0.8);
        ring.string(
            &format!("falx {a}"),
            bodies[a],
            bodies[b],
            Cable { ends, tension, stiffness: 2.0, relaxation: Vec::new() },
        )
        .unwrap();
    }
    if fix {
        ring.fix(bodies[0]).unwrap();
    }
    ring
}

#[test]
fn a_layer_has_the_stiffness_of_its_closed_forms() {
    let tissue = patch([0.0; 3], Vector3::x(), 1.0).tissue(10.0, 4.0);
    let k = &tissue.stiffness;
    let (area, gap) = (200.0, 2.0);
    // `other` is z x ... : the long side lies along z or y; both turns are compared.
    let mut turns = [k[(4, 4)], k[(5, 5)]];
    turns.sort_by(f64::total_cmp);
    assert!((k[(0, 0)] - 10.0 / gap * area).abs() < 1e-9);
    assert!((k[(1, 1)] - 4.0 / gap * area).abs() < 1e-9 && (k[(2, 2)] - k[(1, 1)]).abs() < 1e-9);
    // Bending about the sides: E/gap A a^2/12; twisting about the normal: G/gap A (a^2 + b^2)/12.
    assert!((turns[0] - 10.0 / gap * area * 25.0 / 12.0).abs() < 1e-9);
    assert!((turns[1] - 10.0 / gap * area * 1600.0 / 12.0).abs() < 1e-9);
    assert!((k[(3, 3)] - 4.0 / gap * area * 1625.0 / 12.0).abs() < 1e-9);
}

#[test]
fn a_layer_equals_many_springs() {
    // The energy of springs at points of the patch, with the mean of their normals' outer products.
    let layer = patch([3.0, -2.0, 1.0], Vector3::new(1.0, 2.0, -0.5), 1.0);
    let (shift, turn) = (Vector3::new(0.1, -0.2, 0.05), Vector3::new(0.01, 0.02, -0.015));
    let axes = layer.spread.symmetric_eigen();
    let n = 400;
    let mut energy = 0.0;
    for i in 0..n {
        for j in 0..n {
            let along = |k: usize, at: usize| {
                let half = (3.0 * axes.eigenvalues[k].max(0.0)).sqrt();
                axes.eigenvectors.column(k) * (half * (2.0 * (at as f64 + 0.5) / n as f64 - 1.0))
            };
            let mut sides: Vec<usize> = (0..3).collect();
            sides.sort_by(|&a, &b| axes.eigenvalues[b].total_cmp(&axes.eigenvalues[a]));
            let arm: Vector3<f64> = along(sides[0], i) + along(sides[1], j);
            let gained = shift + turn.cross(&arm);
            let across = gained.dot(&layer.normal);
            let rest = gained - layer.normal * across;
            energy += (10.0 * across * across + 4.0 * rest.norm_squared()) / (2.0 * layer.gap) * layer.area
                / (n * n) as f64;
        }
    }
    let six = nalgebra::Vector6::new(shift.x, shift.y, shift.z, turn.x, turn.y, turn.z);
    let own = 0.5 * six.dot(&(layer.tissue(10.0, 4.0).stiffness * six));
    assert!((own / energy - 1.0).abs() < 1e-4, "{own} for {energy}");
}

/// The energy of a structure at a motion of all its bodies, written down from positions: tissue in its linear law, cables
/// by their true lengths after true rotations.
fn energy(ring: &Structure, motion: &DVector<f64>) -> f64 {
    let places = ring.bodies();
    let part = |body: usize, row: usize| Vector3::from_fn(|i, _| motion[6 * body + row + i]);
    let mut sum = 0.0;
    for i in 0..4 {
        let [a, b] = [i, (i + 1) % 4];
        let [from, to] = [places[a].centre, places[b].centre];
        let middle = (from + to) * 0.5;
        let tissue = patch(middle.into(), to - from, 0.9).tissue(8.0, 3.0);
        let at = |body: usize| part(body, 0) + part(body, 3).cross(&(middle - places[body].centre));
        let (shift, turn) = (at(b) - at(a), part(b, 3) - part(a, 3));
        let six = nalgebra::Vector6::new(shift.x, shift.y, shift.z, turn.x, turn.y, turn.z);
        sum += 0.5 * six.dot(&(tissue.stiffness * six));
    }
    for [a, b] in [[0, 2], [1, 3]] {
        let ends = [a, b].map(|i: usize| places[i].centre * 0.8);
        let moved = [0, 1].map(|end| {
            let body = [a, b][end];
            let turn = Rotation3::new(part(body, 3));
            places[body].centre + part(body, 0) + turn * (ends[end] - places[body].centre)
        });
        let rest = ends[1] - ends[0];
        let stretch = (moved[1] - moved[0]).norm() - rest.norm();
        sum += 0.5 * 2.0 * stretch * stretch;
    }
    sum
}

#[test]
fn the_stiffness_is_the_hessian_of_an_energy_written_separately() {
    let ring = ring(0.0, false);
    let stiffness = ring.stiffness();
    let n = stiffness.nrows();
    // Turns move points some 50 mm away: their steps are so much smaller.
    let step = |i: usize| if i % 6 < 3 { 1e-3 } else { 2e-5 };
    let at = |moves: &[(usize, f64)]| {
        let mut motion = DVector::zeros(n);
        moves.iter().for_each(|&(i, by)| motion[i] += by);
        energy(&ring, &motion)
    };
    let size = |i: usize| stiffness[(i, i)].sqrt();
    for i in 0..n {
        for j in 0..=i {
            let (a, b) = (step(i), step(j));
            let corners = at(&[(i, a), (j, b)]) - at(&[(i, a), (j, -b)]) - at(&[(i, -a), (j, b)])
                + at(&[(i, -a), (j, -b)]);
            let second = corners / (4.0 * a * b);
            let off = (second - stiffness[(i, j)]).abs() / (size(i) * size(j));
            assert!(off < 1e-6, "({i}, {j}): {second} for {}", stiffness[(i, j)]);
        }
    }
}

fn loads(numbers: &[f64]) -> Vec<Load> {
    let six = |body: usize, x: &[f64]| Load {
        body,
        force: Vector3::new(x[0], x[1], x[2]),
        moment: Vector3::new(x[3], x[4], x[5]),
    };
    numbers.chunks_exact(6).enumerate().map(|(body, x)| six(body, x)).collect()
}

/// Force and moment about the origin on the fixed body from the tissue that holds it.
fn reaction(ring: &Structure, found: &Equilibrium) -> (Vector3<f64>, Vector3<f64>) {
    let places = ring.bodies();
    let mut sum = (Vector3::zeros(), Vector3::zeros());
    // Sutures 0 (bone 0 first) and 3 (bone 0 second) hold bone 0.
    for (suture, sign) in [(0, 1.0), (3, -1.0)] {
        let carried = &found.carried[suture];
        let middle = (places[suture].centre + places[(suture + 1) % 4].centre) * 0.5;
        sum.0 += carried.force * sign;
        sum.1 += (carried.moment + middle.cross(&carried.force)) * sign;
    }
    sum
}

proptest! {
    #[test]
    fn a_rigid_motion_of_the_whole_costs_nothing(
        shift in prop::array::uniform3(-1.0..1.0),
        turn in prop::array::uniform3(-0.01..0.01),
        tension in 0.0..5.0,
    ) {
        let ring = ring(tension, false);
        let (shift, turn) = (Vector3::from(shift), Vector3::from(turn));
        let mut motion = DVector::zeros(24);
        for (index, body) in ring.bodies().iter().enumerate() {
            motion.fixed_rows_mut::<3>(6 * index).copy_from(&(shift + turn.cross(&body.centre)));
            motion.fixed_rows_mut::<3>(6 * index + 3).copy_from(&turn);
        }
        let stiffness = ring.stiffness();
        let cost = motion.dot(&(&stiffness * &motion));
        let scale: f64 = motion.iter().zip(stiffness.diagonal().iter()).map(|(x, k)| k * x * x).sum();
        prop_assert!(cost.abs() < 1e-12 * scale.max(1e-12), "{cost} of {scale}");
    }

    #[test]
    fn forces_and_moments_balance(numbers in prop::collection::vec(-1.0..1.0, 24)) {
        // Slack cables carry nothing here, so that the tissue has it all.
        let mut ring = ring(0.0, true);
        ring = without_cables(&ring);
        let loads = loads(&numbers);
        let found = ring.equilibrium(&loads).unwrap();
        let (force, moment) = reaction(&ring, &found);
        let (mut force_out, mut moment_out) = (Vector3::zeros(), Vector3::zeros());
        for load in loads.iter().skip(1) {
            force_out += load.force;
            moment_out += load.moment + ring.bodies()[load.body].centre.cross(&load.force);
        }
        // What the tissue does to the first body is what the others are loaded with.
        prop_assert!((force - force_out).norm() < 1e-9, "{force} for {force_out}");
        prop_assert!((moment - moment_out).norm() < 1e-9 * 50.0, "{moment} for {moment_out}");
    }

    #[test]
    fn what_a_force_here_moves_there_a_force_there_moves_here(
        first in prop::array::uniform6(-1.0..1.0),
        second in prop::array::uniform6(-1.0..1.0),
    ) {
        let ring = ring(2.0, true);
        let load = |body: usize, x: [f64; 6]| Load {
            body,
            force: Vector3::new(x[0], x[1], x[2]) * 1e-3,
            moment: Vector3::new(x[3], x[4], x[5]) * 1e-3,
        };
        let (one, other) = (load(1, first), load(2, second));
        let work = |load: &Load, found: &Equilibrium| {
            let motion = &found.motions[load.body];
            load.force.dot(&motion.shift) + load.moment.dot(&motion.turn)
        };
        let there = work(&other, &ring.equilibrium(&[one]).unwrap());
        let here = work(&one, &ring.equilibrium(&[other]).unwrap());
        let own = work(&one, &ring.equilibrium(&[one]).unwrap());
        prop_assert!(own > 0.0);
        prop_assert!((there - here).abs() < 1e-10 * own.abs().max(there.abs()), "{there} for {here}");
    }

    #[test]
    fn a_mirrored_structure_moves_as_in_a_mirror(numbers in prop::array::uniform6(-1.0..1.0)) {
        let build = |side: f64| {
            let mut pair = Structure::default();
            let base = body(&mut pair, "base", [0.0; 3]);
            let bone = body(&mut pair, "bone", [side * 30.0, 5.0, 8.0]);
            pair.fix(base).unwrap();
            let layer = patch([side * 12.0, 2.0, 3.0], Vector3::new(side, 0.4, 0.3), 0.8);
            pair.join("suture", base, bone, layer.tissue(9.0, 2.0)).unwrap();
            pair
        };
        let [x, y, z, a, b, c] = numbers;
        let right = Load { body: 1, force: Vector3::new(x, y, z), moment: Vector3::new(a, b, c) };
        // A mirror across x turns a force's x round, and of a moment the two others.
        let left = Load { body: 1, force: Vector3::new(-x, y, z), moment: Vector3::new(a, -b, -c) };
        let (right, left) = (build(1.0).equilibrium(&[right]).unwrap(), build(-1.0).equilibrium(&[left]).unwrap());
        let (right, left) = (right.motions[1], left.motions[1]);
        let mirrored = Vector3::new(-left.shift.x, left.shift.y, left.shift.z);
        prop_assert!((right.shift - mirrored).norm() < 1e-12 * right.shift.norm());
    }
}

fn without_cables(ring: &Structure) -> Structure {
    let mut bare = Structure::default();
    let places: Vec<Vector3<f64>> = ring.bodies().iter().map(|body| body.centre).collect();
    let bodies: Vec<usize> =
        ring.bodies().iter().map(|own| body(&mut bare, &own.name, own.centre.into())).collect();
    for i in 0..4 {
        let [from, to] = [places[i], places[(i + 1) % 4]];
        let layer = patch(((from + to) * 0.5).into(), to - from, 0.9);
        bare.join(&format!("suture {i}"), bodies[i], bodies[(i + 1) % 4], layer.tissue(8.0, 3.0)).unwrap();
    }
    bare.fix(bodies[0]).unwrap();
    bare
}

/// A body that slides along x between two cables.
fn between_two_cables(tension: f64, stiffness: f64) -> (Structure, usize) {
    let mut line = Structure::default();
    let posts = [-100.0, 100.0].map(|x| body(&mut line, &format!("post at {x}"), [x, 0.0, 0.0]));
    let bead = body(&mut line, "bead", [0.0; 3]);
    for post in posts {
        line.fix(post).unwrap();
        let ends = [line.bodies()[post].centre, Vector3::zeros()];
        line.string(
            &format!("cable {post}"),
            post,
            bead,
            Cable { ends, tension, stiffness, relaxation: Vec::new() },
        )
        .unwrap();
    }
    // A guide that lets the bead slide along x.
    let guide = Matrix6::from_diagonal(&nalgebra::Vector6::new(0.0, 1e3, 1e3, 1e3, 1e3, 1e3));
    line.support("guide", bead, Tissue { at: Vector3::zeros(), stiffness: guide, relaxation: Vec::new() })
        .unwrap();
    (line, bead)
}

#[test]
fn a_cable_that_would_have_to_push_hangs_slack() {
    let (tension, stiffness) = (2.0, 0.5);
    let (line, bead) = between_two_cables(tension, stiffness);
    let pushed = |force: f64| {
        let load = Load { body: bead, force: Vector3::new(force, 0.0, 0.0), moment: Vector3::zeros() };
        line.equilibrium(&[load]).unwrap()
    };
    // Both pull until one has lost its tension, at 2 T; from there on one alone.
    let gently = pushed(3.0);
    assert!((gently.motions[bead].shift.x - 3.0 / (2.0 * stiffness)).abs() < 1e-12);
    assert!((gently.tensions[0] - 3.5).abs() < 1e-12 && (gently.tensions[1] - 0.5).abs() < 1e-12);
    let hard = pushed(10.0);
    assert!((hard.motions[bead].shift.x - (10.0 - tension) / stiffness).abs() < 1e-10);
    assert!((hard.tensions[0] - 10.0).abs() < 1e-10 && hard.tensions[1] == 0.0);
}

#[test]
fn what_is_wrong_is_named() {
    let mut structure = Structure::default();
    let base = body(&mut structure, "base", [0.0; 3]);
    let bone = body(&mut structure, "bone", [10.0, 0.0, 0.0]);
    assert_eq!(
        structure.add(Body { name: "bone".into(), centre: Vector3::zeros() }),
        Err(StructureError::Twice("bone".into()))
    );
    structure.fix(base).unwrap();
    let push = Load { body: bone, force: Vector3::x(), moment: Vector3::zeros() };
    assert_eq!(structure.equilibrium(&[push]), Err(StructureError::Loose("bone".into())));
    // A hinge leaves one turn free.
    let hinge = Matrix6::from_diagonal(&nalgebra::Vector6::new(1.0, 1.0, 1.0, 0.0, 1.0, 1.0));
    let axis = Unit::new_normalize(Vector3::x());
    let frame = Rotation3::from_axis_angle(&axis, 0.3);
    structure.join("hinge", base, bone, Tissue::along(Vector3::zeros(), frame.matrix(), &hinge)).unwrap();
    assert_eq!(structure.equilibrium(&[push]), Err(StructureError::Loose("bone".into())));
    let lopsided = Matrix6::from_fn(|i, j| {
        if i == j {
            1.0
        } else if i < j {
            0.5
        } else {
            0.0
        }
    });
    assert_eq!(
        structure.support(
            "lopsided",
            bone,
            Tissue { at: Vector3::zeros(), stiffness: lopsided, relaxation: Vec::new() }
        ),
        Err(StructureError::Stiffness("lopsided".into()))
    );
    let pushing = Tissue { at: Vector3::zeros(), stiffness: -Matrix6::identity(), relaxation: Vec::new() };
    assert_eq!(structure.support("pushing", bone, pushing), Err(StructureError::Stiffness("pushing".into())));
    let none = Cable { ends: [Vector3::zeros(); 2], tension: 1.0, stiffness: 1.0, relaxation: Vec::new() };
    assert_eq!(structure.string("none", base, bone, none), Err(StructureError::Cable("none".into())));
    assert_eq!(structure.fix(7), Err(StructureError::NoBody(7)));
    let endless = Load { body: bone, force: Vector3::new(f64::NAN, 0.0, 0.0), moment: Vector3::zeros() };
    assert_eq!(structure.equilibrium(&[endless]), Err(StructureError::Load("bone".into())));
}
