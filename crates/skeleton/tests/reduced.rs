//! A reduced structure against the full one: its answers at every speed, its final value, reciprocity and passivity.
#![allow(clippy::unwrap_used, reason = "a helper of a test may panic")]

use cisterna_skeleton::structure::{Body, Cable, Drive, Layer, Load, Reduced, Relaxation, Structure};
use nalgebra::{DMatrix, DVector, Vector3};

const SUTURE: [Relaxation; 1] = [Relaxation { share: 0.5, time: 20.0 }];
const DURA: [Relaxation; 2] = [Relaxation { share: 0.2, time: 1.0 }, Relaxation { share: 0.25, time: 60.0 }];

/// How stiff tissue is to what grows with `exp(rate t)`.
fn felt(terms: &[Relaxation], rate: f64) -> f64 {
    1.0 - terms.iter().map(|term| term.share / (1.0 + rate * term.time)).sum::<f64>()
}

/// A chain of bones that is closed by cables, on a pillow; relaxing, or with the stiffness that is felt at one rate.
fn chain(at: Option<f64>) -> Structure {
    let mut chain = Structure::default();
    let count = 7;
    let place = |i: usize| {
        let angle = i as f64 * 0.8;
        Vector3::new(60.0 * angle.cos(), 50.0 * angle.sin(), 4.0 * (i as f64).sin())
    };
    for i in 0..count {
        chain.add(Body { name: format!("bone {i}"), centre: place(i) }).unwrap();
    }
    let of = |terms: &[Relaxation]| match at {
        None => (1.0, terms.to_vec()),
        Some(rate) => (felt(terms, rate), Vec::new()),
    };
    let layer = |centre: Vector3<f64>, normal: Vector3<f64>| Layer {
        area: 200.0,
        gap: 1.0,
        centre,
        spread: nalgebra::Matrix3::from_diagonal(&Vector3::new(20.0, 30.0, 40.0)),
        normal: normal.normalize(),
        coherence: 0.8,
    };
    for i in 1..count {
        let (share, terms) = of(&SUTURE);
        let tissue = layer((place(i) + place(i - 1)) * 0.5, place(i) - place(i - 1));
        let tissue = tissue.tissue(10.0 * share, 4.0 * share).relaxing(terms);
        chain.join(&format!("suture {i}"), i - 1, i, tissue).unwrap();
    }
    for (a, b) in [(0, 3), (1, 5), (2, 6), (0, 6)] {
        let (share, relaxation) = of(&DURA);
        let ends = [place(a) * 0.9, place(b) * 0.9];
        let cable = Cable { ends, tension: 5.0, stiffness: 30.0 * share, relaxation };
        chain.string(&format!("falx {a}"), a, b, cable).unwrap();
    }
    chain.support("pillow", 0, layer(place(0), Vector3::y()).tissue(0.5, 0.2)).unwrap();
    chain
}

fn drives(structure: &Structure) -> Vec<Drive> {
    let push = |body: usize, force: [f64; 3]| {
        Load::at(body, &(structure.bodies()[body].centre * 1.1), force.into(), structure)
    };
    vec![
        Drive { loads: (0..7).map(|i| push(i, [0.1 * i as f64, 0.2, -0.05])).collect(), size: 1.0 },
        Drive { loads: vec![push(3, [0.0, 0.0, 1.0])], size: 0.05 },
        Drive { loads: vec![push(6, [1.0, 0.0, 0.0]), push(2, [-1.0, 0.0, 0.0])], size: 1.0 },
    ]
}

/// Forces by drives, to take responses along the drives themselves.
fn forces(structure: &Structure, drives: &[Drive]) -> DMatrix<f64> {
    let mut forces = DMatrix::zeros(6 * structure.bodies().len(), drives.len());
    for (column, drive) in drives.iter().enumerate() {
        for load in &drive.loads {
            for axis in 0..3 {
                forces[(6 * load.body + axis, column)] += load.force[axis];
                forces[(6 * load.body + 3 + axis, column)] += load.moment[axis];
            }
        }
    }
    forces
}

/// What the reduced structure answers to drives that grow with `exp(rate t)`.
fn answer(reduced: &Reduced, rate: f64) -> DMatrix<f64> {
    let follow = reduced.rates.iter().map(|own| if rate.is_infinite() { 0.0 } else { own / (own + rate) });
    let follow = DMatrix::from_diagonal(&DVector::from_iterator(reduced.rates.len(), follow));
    &reduced.at_once + &reduced.by_states * follow * &reduced.gains
}

fn full(rate: f64, drives: &[Drive]) -> DMatrix<f64> {
    let still = chain(Some(rate));
    let columns: Vec<DVector<f64>> = drives
        .iter()
        .map(|drive| {
            let found = still.equilibrium(&drive.loads).unwrap();
            let six = found.motions.iter().flat_map(|motion| {
                [motion.shift.x, motion.shift.y, motion.shift.z, motion.turn.x, motion.turn.y, motion.turn.z]
            });
            DVector::from_iterator(6 * found.motions.len(), six)
        })
        .collect();
    DMatrix::from_columns(&columns)
}

#[test]
fn all_states_answer_as_the_full_structure_does_at_every_rate() {
    let chain = chain(None);
    let drives = drives(&chain);
    let reduced = chain.reduce(&drives, 0.0, None).unwrap();
    for rate in [0.0, 0.003, 0.03, 0.1, 0.5, 3.0, 1e3] {
        let (own, wanted) = (answer(&reduced, rate), full(rate, &drives));
        let miss = (&own - &wanted).norm() / wanted.norm();
        assert!(miss < 1e-6, "at {rate} 1/s: {miss:e}");
    }
}

#[test]
fn few_states_keep_the_final_value_and_stay_within_their_bound() {
    let chain = chain(None);
    let drives = drives(&chain);
    let forces = forces(&chain, &drives);
    for states in [1, 3, 6] {
        let reduced = chain.reduce(&drives, 0.0, Some(states)).unwrap();
        assert_eq!(reduced.rates.len(), states);
        let end = (answer(&reduced, 0.0) - full(0.0, &drives)).norm() / full(0.0, &drives).norm();
        // The basis leaves out what is a millionth of a motion and less.
        assert!(end < 1e-6, "{states} states end {end:e} off");
        // Each drive is weighed by its own response at once, as the bound is.
        let scale = DMatrix::from_diagonal(
            &(forces.transpose() * full(1e9, &drives)).diagonal().map(|own| 1.0 / own.sqrt()),
        );
        for rate in [0.01, 0.1, 1.0, 10.0] {
            let miss = forces.transpose() * (answer(&reduced, rate) - full(rate, &drives));
            let miss = (&scale * miss * &scale).norm();
            assert!(
                miss <= reduced.error + 1e-9,
                "{states} states at {rate} 1/s: {miss:e} of {:e}",
                reduced.error
            );
        }
    }
    let fine = chain.reduce(&drives, 1e-3, None).unwrap();
    assert!(fine.error <= 1e-3 && fine.rates.len() < 20, "{} states", fine.rates.len());
}

#[test]
fn the_reduced_structure_is_reciprocal_and_passive() {
    let chain = chain(None);
    let drives = drives(&chain);
    let forces = forces(&chain, &drives);
    let reduced = chain.reduce(&drives, 1e-2, None).unwrap();
    assert!(reduced.rates.iter().all(|&rate| rate > 0.0), "{:?}", reduced.rates);
    for rate in [0.0, 0.02, 0.7, f64::INFINITY] {
        let response = forces.transpose() * answer(&reduced, rate);
        let asymmetry = (&response - response.transpose()).norm() / response.norm();
        assert!(asymmetry < 1e-9, "at {rate} 1/s: {asymmetry:e}");
        assert!(((&response + response.transpose()) * 0.5).symmetric_eigenvalues().min() > 0.0);
    }
    // What yields goes on yielding: the response at once is the smallest, that in the end the largest.
    let creep = forces.transpose() * (answer(&reduced, 0.0) - answer(&reduced, f64::INFINITY));
    assert!(((&creep + creep.transpose()) * 0.5).symmetric_eigenvalues().min() > -1e-12);
}

#[test]
fn a_structure_that_nothing_drives_has_no_states() {
    let reduced = chain(None).reduce(&[], 0.0, Some(3)).unwrap();
    assert_eq!((reduced.gains.shape(), reduced.at_once.shape()), ((3, 0), (42, 0)));
    let mut loose = Structure::default();
    loose.add(Body { name: "bone".into(), centre: Vector3::zeros() }).unwrap();
    assert!(loose.reduce(&[], 0.0, None).is_err(), "what is loose is told with or without a drive");
}
