//! The method against exact solutions and published reference values.
#![cfg(test)]

mod problems;

use cisterna_solver::System;
use problems::smooth::*;
use problems::{LaneNotes, Notes, fixed_steps, start, tolerance};

/// The largest errors of the step ends and of the dense output over a run with steps of one length.
fn errors<S: System<f64>>(mut system: S, step: f64, exact: impl Fn(f64) -> Vec<f64>) -> (f64, f64) {
    let mut run = start::<f64, S>(&mut system, fixed_steps(step), &[&exact(0.0)]);
    let mut notes = Notes::new(1, 0.00137);
    run.advance(&mut system, 1.0, &mut notes).expect("the run reaches its end");
    let difference =
        |(a, b): (&[f64], Vec<f64>)| a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    let LaneNotes { steps, samples, .. } = &notes.lanes[0];
    let ends = steps.iter().map(|(_, t, y)| difference((y, exact(*t)))).fold(0.0, f64::max);
    let dense = samples.iter().map(|(t, y)| difference((y, exact(*t)))).fold(0.0, f64::max);
    (ends, dense)
}

/// The orders seen when the step is halved.
fn orders<S: System<f64>>(system: impl Fn() -> S, step: f64, exact: impl Fn(f64) -> Vec<f64>) -> (f64, f64) {
    let (coarse, fine) = (errors(system(), step, &exact), errors(system(), 0.5 * step, &exact));
    ((coarse.0 / fine.0).log2(), (coarse.1 / fine.1).log2())
}

#[test]
fn the_order_is_four_and_that_of_the_dense_output_three() {
    let logistic = orders(Smooth::<Logistic, 1>::new, 0.05, |t| vec![Logistic::exact(t)]);
    let tide = orders(Smooth::<Tide, 1>::new, 0.02, |t| vec![Tide::exact(t)]);
    let outflow = orders(Smooth::<Outflow, 2>::new, 0.02, |t| Outflow::exact(t).to_vec());
    println!("orders (end, dense): logistic {logistic:.2?}, tide {tide:.2?}, outflow {outflow:.2?}");
    for (end, dense) in [logistic, tide, outflow] {
        assert!(end > 3.8, "order {end}");
        assert!(dense > 2.9, "order of the dense output {dense}");
    }
}

#[test]
fn a_tighter_tolerance_gives_a_smaller_error() {
    let mut last = f64::INFINITY;
    for exponent in [3, 5, 7, 9, 11] {
        let limit = 10_f64.powi(-exponent);
        let mut system = Smooth::<Tide, 1>::new();
        let mut run = start::<f64, _>(&mut system, tolerance(limit), &[&[1.0]]);
        run.advance(&mut system, 3.0, &mut ()).expect("the run reaches its end");
        let error = (run.state(0)[0] - Tide::exact(run.time(0))).abs();
        println!("tolerance {limit:e}: error {error:.1e} in {:?}", run.counts(0));
        assert!(error < 30.0 * limit && error < last);
        last = error;
    }
}

/// Reference at t = 40 by Hindmarsh's LSODE documentation and the Hairer & Wanner test set.
const ROBERTSON_AT_40: [f64; 3] = [0.715_827_068_718_9, 9.185_534_764_56e-6, 0.284_163_745_746_4];

#[test]
fn robertsons_reaction_meets_its_reference_and_conserves_its_total() {
    let mut system = Smooth::<Robertson, 3>::new();
    let mut run = start::<f64, _>(&mut system, tolerance(1e-8), &[&[1.0, 0.0, 0.0]]);
    run.advance(&mut system, 40.0, &mut ()).expect("the run reaches its end");
    let step = run.last_step(0).expect("a step was taken");
    for (i, wanted) in ROBERTSON_AT_40.iter().enumerate() {
        let relative = step.value(40.0, i) / wanted - 1.0;
        println!("unknown {i}: {:e} relative error {relative:.1e}", step.value(40.0, i));
        assert!(relative.abs() < 1e-6);
    }
    run.advance(&mut system, 1e6, &mut ()).expect("the run reaches its end");
    let total: f64 = run.state(0).iter().sum();
    println!("total after 1e6 s: 1 + {:.1e}, {:?}", total - 1.0, run.counts(0));
    assert!((total - 1.0).abs() < 1e-13);
}

#[test]
fn an_algebraic_total_gives_the_same_reaction() {
    let mut system = Smooth::<RobertsonTotal, 3>::new();
    // The third is wrong on purpose: the start makes it fit.
    let mut run = start::<f64, _>(&mut system, tolerance(1e-8), &[&[1.0, 0.0, 0.3]]);
    assert!(run.state(0)[2].abs() < 1e-15);
    run.advance(&mut system, 40.0, &mut ()).expect("the run reaches its end");
    let step = run.last_step(0).expect("a step was taken");
    for (i, wanted) in ROBERTSON_AT_40.iter().enumerate() {
        assert!((step.value(40.0, i) / wanted - 1.0).abs() < 1e-6);
    }
}

/// Reference values of the test set of Hairer & Wanner (1996), epsilon = 1e-6.
#[test]
fn the_stiff_oscillator_of_van_der_pol_meets_its_reference() {
    let mut system = Smooth::<VanDerPol, 2>::new();
    let mut run = start::<f64, _>(&mut system, tolerance(1e-8), &[&[2.0, -0.66]]);
    let references = [
        (1.0, [-1.863_646_254_808_13, 0.753_543_086_543_546]),
        (2.0, [1.706_167_732_170_456, -0.892_809_701_024_825_7]),
    ];
    for (time, wanted) in references {
        run.advance(&mut system, time, &mut ()).expect("the run reaches its end");
        let step = run.last_step(0).expect("a step was taken");
        for (i, wanted) in wanted.iter().enumerate() {
            println!("{time} s: {} against {wanted}", step.value(time, i));
            assert!((step.value(time, i) / wanted - 1.0).abs() < 1e-6);
        }
    }
    println!("{:?}", run.counts(0));
}

#[test]
fn algebraic_unknowns_fit_even_from_a_bad_start() {
    for guess in [-50.0, -0.2, 0.0, 0.17, 3.0, 1e4] {
        let mut system = Smooth::<Cubic, 2>::new();
        let run = start::<f64, _>(&mut system, tolerance(1e-6), &[&[1.1, guess]]);
        assert!((run.state(0)[1] - 1.0).abs() < 1e-12, "from {guess}: {}", run.state(0)[1]);
        assert_eq!(run.state(0)[0], 1.1);
    }
}
