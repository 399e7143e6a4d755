//! A run in pieces, in lanes, or taken up again equals one run to the bit.
#![cfg(test)]

mod problems;

use cisterna_solver::{Four, Integrator, Options, Snapshot};
use problems::reservoir::{Reservoir, Subject};
use problems::{Notes, start, tolerance};
use proptest::prelude::*;

const END: f64 = 12.0;
const SUBJECTS: [Subject; 4] = [(0.7, 1.0), (1.1, 1.4), (0.9, 0.3), (0.37, 2.0)];
const STARTS: [[f64; 2]; 4] = [[1.5, 0.0], [0.6, 1.0], [2.5, 0.0], [1.0, 3.0]];

fn one_run(subject: usize, interval: f64) -> (Notes, Vec<f64>) {
    let mut system = Reservoir::<f64>::new(&[SUBJECTS[subject]]);
    let mut run = start::<f64, _>(&mut system, tolerance(1e-5), &[&STARTS[subject]]);
    let mut notes = Notes::new(1, interval);
    run.advance(&mut system, END, &mut notes).expect("the run reaches its end");
    assert!(notes.lanes[0].crossings.len() > 3 && run.counts(0).discarded > 10);
    (notes, run.state(0))
}

#[test]
fn four_lanes_equal_their_single_runs_to_the_bit() {
    let mut system = Reservoir::<Four>::new(&SUBJECTS);
    let states: Vec<&[f64]> = STARTS.iter().map(|state| state.as_slice()).collect();
    let mut run = start::<Four, _>(&mut system, tolerance(1e-5), &states);
    let mut notes = Notes::new(4, 0.01);
    run.advance(&mut system, END, &mut notes).expect("the run reaches its end");
    for lane in 0..4 {
        let (alone, state) = one_run(lane, 0.01);
        assert_eq!(notes.lanes[lane], alone.lanes[0], "lane {lane}");
        assert_eq!(run.state(lane), state);
    }
}

#[test]
fn the_order_of_the_lanes_does_not_matter() {
    let order = [2, 0, 3, 1];
    let subjects: Vec<Subject> = order.iter().map(|&subject| SUBJECTS[subject]).collect();
    let states: Vec<&[f64]> = order.iter().map(|&subject| STARTS[subject].as_slice()).collect();
    let mut system = Reservoir::<Four>::new(&subjects);
    let mut run = start::<Four, _>(&mut system, tolerance(1e-5), &states);
    run.advance(&mut system, END, &mut ()).expect("the run reaches its end");
    for (lane, &subject) in order.iter().enumerate() {
        assert_eq!(run.state(lane), one_run(subject, 1.0).1);
    }
}

#[test]
fn results_do_not_depend_on_the_output_interval() {
    let (coarse, fine) = (one_run(0, 0.25).0, one_run(0, 0.0625).0);
    assert_eq!(coarse.lanes[0].steps, fine.lanes[0].steps);
    assert_eq!(coarse.lanes[0].crossings, fine.lanes[0].crossings);
    let every_fourth: Vec<_> = fine.lanes[0].samples.iter().step_by(4).cloned().collect();
    let shared = every_fourth.len().min(coarse.lanes[0].samples.len());
    assert_eq!(coarse.lanes[0].samples[..shared], every_fourth[..shared]);
}

/// Through text and back, as a file would.
fn written_and_read(snapshot: &Snapshot) -> Snapshot {
    let text = serde_json::to_string(snapshot).expect("a snapshot is plain data");
    serde_json::from_str(&text).expect("what was written can be read")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_run_in_pieces_equals_one_run(mut cuts in prop::collection::vec(0.0..END, 1..40)) {
        cuts.sort_by(f64::total_cmp);
        let mut system = Reservoir::<f64>::new(&[SUBJECTS[0]]);
        let mut run = start::<f64, _>(&mut system, tolerance(1e-5), &[&STARTS[0]]);
        let mut notes = Notes::new(1, 0.01);
        for cut in cuts.into_iter().chain([END]) {
            run.advance(&mut system, cut, &mut notes).expect("the run reaches its end");
            let last = run.last_step(0).expect("a step was taken");
            prop_assert!(last.start() < cut && cut <= last.end());
        }
        let (whole, state) = one_run(0, 0.01);
        prop_assert_eq!(notes, whole);
        prop_assert_eq!(run.state(0), state);
    }

    /// With one trial in a go a snapshot may fall right after a rejected step or into the search for a crossing
    /// (which is then begun anew).
    #[test]
    fn a_restart_after_any_trial_equals_one_run(restarts in prop::collection::vec(1..40_u32, 1..60)) {
        let options = Options { max_steps: 1, ..tolerance(1e-5) };
        let mut system = Reservoir::<f64>::new(&[SUBJECTS[1]]);
        let mut run = start::<f64, _>(&mut system, options, &[&STARTS[1]]);
        let mut notes = Notes::new(1, 0.01);
        let mut rejected = 0;
        for trials in restarts.into_iter().chain([u32::MAX]) {
            for _ in 0..trials {
                if run.time(0) >= END {
                    break;
                }
                let _not_done_after_one_trial = run.advance(&mut system, END, &mut notes);
            }
            if run.time(0) >= END {
                break;
            }
            let snapshot = written_and_read(&run.snapshot(&system, 0));
            rejected += u32::from(snapshot.rejected);
            system = Reservoir::new(&[SUBJECTS[1]]);
            run = Integrator::new(&mut system, options, 0.0, &[vec![0.3, 7.0]]).expect("it starts");
            run.restore(&mut system, 0, &snapshot).expect("the snapshot fits");
            prop_assert_eq!(&run.snapshot(&system, 0), &snapshot);
        }
        println!("{rejected} restarts after a rejected step");
        let (whole, state) = one_run(1, 0.01);
        prop_assert_eq!(notes, whole);
        prop_assert_eq!(run.state(0), state);
    }
}

#[test]
fn a_lane_may_take_up_the_snapshot_of_a_single_run() {
    let mut alone = Reservoir::<f64>::new(&[SUBJECTS[3]]);
    let mut first = start::<f64, _>(&mut alone, tolerance(1e-5), &[&STARTS[3]]);
    first.advance(&mut alone, 5.0, &mut ()).expect("the run reaches its end");
    let snapshot = first.snapshot(&alone, 0);
    let mut system = Reservoir::<Four>::new(&[SUBJECTS[3]; 4]);
    let mut run = start::<Four, _>(&mut system, tolerance(1e-5), &[STARTS[3].as_slice(); 4]);
    run.restore(&mut system, 2, &snapshot).expect("the snapshot fits");
    run.advance(&mut system, END, &mut ()).expect("the run reaches its end");
    for lane in 0..4 {
        assert_eq!(run.state(lane), one_run(3, 1.0).1);
    }
}
