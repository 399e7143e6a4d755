//! What cannot go on says when, where and why, and keeps what it had.

#[cfg(test)]
mod problems;

use cisterna_solver::{Cause, Four, Integrator, Options, SparseLu};
use problems::smooth::{Explosion, Loose, Smooth};
use problems::{Notes, start, tolerance};

#[test]
fn an_explosion_is_reported_near_its_time_and_the_other_lanes_go_on() {
    let mut system = Smooth::<Explosion, 1>::new();
    let mut run = start::<Four, _>(&mut system, tolerance(1e-6), &[&[-1.0], &[1.0], &[0.01], &[-2.0]]);
    let mut notes = Notes::new(4, 0.1);
    let failure = run.advance(&mut system, 10.0, &mut notes).expect_err("lane 1 explodes");
    println!("{failure}");
    assert_eq!((failure.lane, failure.unknown), (1, Some(0)));
    assert!((failure.time - 1.0).abs() < 1e-3);
    assert!(matches!(failure.cause, Cause::Inaccurate { .. } | Cause::NotFinite));
    assert!(run.state(1)[0].is_finite() && notes.lanes[1].samples.len() >= 10);
    for (lane, start) in [(0, -1.0), (2, 0.01), (3, -2.0)] {
        assert!(run.time(lane) >= 10.0 && run.failure(lane).is_none());
        let exact = start / (1.0 - start * run.time(lane));
        assert!((run.state(lane)[0] - exact).abs() < 1e-5);
    }
    run.reset(&mut system, 1, 0.0, &[-1.0]).expect("the lane begins afresh");
    run.advance(&mut system, 10.0, &mut ()).expect("now it goes on");
    assert_eq!(run.state(1), run.state(0));
}

#[test]
fn an_unknown_that_no_equation_holds_is_named() {
    let mut system = Smooth::<Loose, 2>::new();
    let failure = Integrator::<f64>::new(&mut system, Options::default(), 0.0, &[vec![1.0, 0.0]])
        .err()
        .expect("the second unknown is free");
    println!("{failure}");
    assert_eq!((failure.cause, failure.unknown), (Cause::Singular, Some(1)));
}

#[test]
fn running_out_of_steps_is_no_end() {
    let mut system = Smooth::<Explosion, 1>::new();
    let options = Options { max_steps: 5, max_step: 0.01, ..Options::default() };
    let mut run = start::<f64, _>(&mut system, options, &[&[-1.0]]);
    let failure = run.advance(&mut system, 10.0, &mut ()).expect_err("five steps do not reach");
    assert_eq!(failure.cause, Cause::TooManySteps { allowed: 5 });
    assert_eq!(run.counts(0).accepted, 5);
    assert!(run.advance(&mut system, run.time(0) + 0.02, &mut ()).is_ok());
}

#[test]
fn contradictions_are_refused_at_the_start() {
    let mut system = Smooth::<Explosion, 1>::new();
    let mut begin = |options, states: &[Vec<f64>]| {
        Integrator::<f64>::new(&mut system, options, 0.0, states).err().map(|failure| failure.to_string())
    };
    let bad = Options { tolerance: -1.0, ..Options::default() };
    let refused = begin(bad, &[vec![1.0]]).expect("a negative tolerance");
    assert_eq!(refused, "at 0 s in lane 0: the tolerance must lie between 0 and 1");
    assert!(begin(Options::default(), &[]).is_some());
    assert!(begin(Options::default(), &[vec![1.0, 2.0]]).is_some());
    assert!(begin(Options::default(), &[vec![f64::NAN]]).is_some());
    assert!(begin(Options { min_step: 1.0, max_step: 0.1, ..Options::default() }, &[vec![1.0]]).is_some());
}

#[test]
fn a_zero_pivot_breaks_its_lane_only() {
    let pattern = cisterna_solver::Pattern { row_starts: vec![0, 1, 2], columns: vec![0, 1] };
    let mut lu = SparseLu::<Four>::new(&pattern);
    let health =
        lu.factor(&[Four::new([1.0; 4]), Four::new([1.0, 1.0, 3.0, 1.0])], &[Four::new([3.0; 4]); 2]);
    assert!(health.numbers()[0] == 0.0 && health.numbers()[3] == 0.0 && health.numbers()[2].is_nan());
    assert_eq!((lu.broken_pivot(1), lu.broken_pivot(2)), (None, Some(1)));
}
