//! Trajectories against a solver that others wrote, on the same equations.
//!
//! Each solver runs at a tight tolerance and at ten times that. Refining tenfold at least halves the error of either
//! method, so that the distance between its two runs bounds the error of the tight one: what is left between the
//! tight runs of both solvers can be no more than the sum of the two bounds, if both solve the same equations. That
//! sum lies a hundredfold below the default tolerance, so that a mistake as large as an ordinary error is seen.

mod independent;

use std::error::Error;

use cisterna_fluid::{Change, Driver, Schedule};
use cisterna_model::Model;
use cisterna_solver::{Integrator, Options, System};
use independent::{Algebra, Method, Peer, Subject, integrate, solve};

/// Tolerance of Cisterna's solver.
const OWN: f64 = 1e-9;
/// Moments at which the trajectories are compared.
const MOMENTS: usize = 400;
/// diffsol with its most accurate method.
const BDF: Peer = Peer { method: Method::Bdf, algebra: Algebra::Sparse, tolerance: 1e-10 };

/// Compares both solvers over `duration` (s).
fn agree(subject: &Subject, duration: f64, peer: Peer) -> Result<(), Box<dyn Error>> {
    let engine = subject.engine()?;
    // Algebraic unknowns that fit, for both.
    let start = std::slice::from_ref(&subject.start);
    let start = Integrator::new(&mut engine.clone(), Options::default(), 0.0, start)?.state(0);
    let times: Vec<f64> = (1..=MOMENTS).map(|i| duration * i as f64 / MOMENTS as f64).collect();
    let own =
        |tolerance| integrate(&mut engine.clone(), 0.0, &start, &times, tolerance, subject.sizes.as_deref());
    let other = |tolerance| solve(&mut engine.clone(), 0.0, &start, &times, Peer { tolerance, ..peer });
    let apart = |a: &[Vec<f64>], b: &[Vec<f64>]| distance(a, b, engine.scales());
    let (tight, oracle) = (own(OWN)?, other(peer.tolerance)?);
    let between = apart(&tight, &oracle);
    let own_bound = apart(&own(10.0 * OWN)?, &tight);
    let other_bound = apart(&other(10.0 * peer.tolerance)?, &oracle);
    let bound = own_bound + other_bound;
    let moved = apart(std::slice::from_ref(&start), &tight[MOMENTS / 3..=MOMENTS / 3]);
    let found = format!(
        "{}, {}: apart {between:.1e}, bounds {own_bound:.1e} and {other_bound:.1e}, moved {moved:.1e}",
        subject.model.title, peer.method
    );
    println!("{found}");
    assert!(moved > 0.01, "hardly anything happened: {found}");
    assert!(between <= bound, "further apart than the bounds: {found}");
    assert!(bound < Options::default().tolerance / 100.0, "not tight enough: {found}");
    Ok(())
}

/// The largest difference of any unknown at any moment, as a share of `max(scale, |y|)`.
fn distance(a: &[Vec<f64>], b: &[Vec<f64>], scales: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len());
    let states = a.iter().zip(b).flat_map(|(a, b)| a.iter().zip(b).zip(scales));
    states.map(|((a, b), scale)| (a - b).abs() / a.abs().max(*scale)).fold(0.0, f64::max)
}

#[test]
fn a_constant_infusion_into_marmarous_exponential_store() -> Result<(), Box<dyn Error>> {
    let model = Model::load("published/marmarou")?;
    let (rate, _) = model.address("formation.rate")?;
    let initial = model.network.values(rate.owner)[rate.parameter];
    let begin = Change { start: 30.0, end: 30.0, to: initial + 1.5 / 60.0, turn: 0.0 };
    let fade = Change { start: 700.0, end: 760.0, to: initial, turn: 0.0 };
    let infusion = Driver::Schedule(Schedule { initial, changes: vec![begin, fade] });
    agree(&Subject::driven(model, vec![(rate, infusion)])?, 1200.0, BDF)
}

#[test]
fn beats_into_the_windkessels_by_every_method() -> Result<(), Box<dyn Error>> {
    for name in ["published/windkessel2", "published/windkessel3"] {
        let subject = Subject::fresh(Model::load(name)?)?;
        for method in Method::ALL {
            agree(&subject, 5.0, Peer { method, ..BDF })?;
        }
    }
    Ok(())
}

#[test]
fn self_sustained_waves_of_ursino_and_lodi() -> Result<(), Box<dyn Error>> {
    let mut model = Model::load("published/ursino_lodi")?;
    for (name, value) in [("absorption.resistance", 6320.0), ("vault.elastance_coefficient", 0.23)] {
        model = model.set(model.address(name)?.0, value)?;
    }
    agree(&Subject::fresh(model)?, 1300.0, BDF)
}

#[test]
fn three_beats_of_the_closed_loop_of_cvsim() -> Result<(), Box<dyn Error>> {
    let subject = Subject::fresh(Model::load("published/cvsim6")?)?;
    agree(&subject, 3.0, BDF)?;
    agree(&subject, 3.0, Peer { algebra: Algebra::Dense, ..BDF })
}

#[test]
fn two_beats_of_the_adult_at_rest() -> Result<(), Box<dyn Error>> {
    // With valves and collapsing veins a hundredth of the tolerance is needed for the same bound.
    agree(&Subject::at_rest(None)?, 2.0, Peer { tolerance: 0.01 * BDF.tolerance, ..BDF })
}
