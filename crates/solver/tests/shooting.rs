//! Periodic states found by shooting.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may panic")]

mod problems;

use cisterna_solver::{
    Failure, Integrator, Monodromy, NoFixedPoint, Options, Pattern, Period, Periodic, System, shoot,
};

/// Two vessels and a slow store in a closed loop, driven by a pump that beats once a second: the total volume is
/// conserved, the store fills over minutes, and the pressure between the vessels is an algebraic unknown.
struct Loop {
    pattern: Pattern,
    over: bool,
}

const SLOW: f64 = 300.0;

impl Loop {
    fn new() -> Self {
        Loop {
            pattern: Pattern { row_starts: vec![0, 4, 8, 12, 16], columns: [0, 1, 2, 3].repeat(4) },
            over: false,
        }
    }

    fn pump(time: f64) -> (f64, f64) {
        let turn = std::f64::consts::TAU * time;
        (4.0 * (1.0 - turn.cos()), 4.0 * std::f64::consts::TAU * turn.sin())
    }
}

/// Volume of a stiffening vessel to pressure, with its slope.
fn stiff(volume: f64) -> (f64, f64) {
    let growth = (0.05 * volume).exp();
    (10.0 * (growth - 1.0), 0.5 * growth)
}

impl System<f64> for Loop {
    fn dimension(&self) -> usize {
        4
    }
    fn mass(&self) -> &[f64] {
        &[1.0, 1.0, 1.0, 0.0]
    }
    fn scales(&self) -> &[f64] {
        &[1.0; 4]
    }
    fn pattern(&self) -> &Pattern {
        &self.pattern
    }
    fn rates(&mut self, time: f64, y: &[f64], f: &mut [f64]) {
        let [a, b, store, middle] = [y[0], y[1], y[2], y[3]];
        let (pa, pb) = (stiff(a).0, stiff(b).0);
        let (pump, leak) = (Loop::pump(time).0, (pb - store) / SLOW);
        f[0] = pump - (pa - middle);
        f[1] = (middle - pb) - pump - leak;
        f[2] = leak;
        f[3] = (pa - middle) - (middle - pb);
    }
    fn jacobian(&mut self, time: f64, y: &[f64], j: &mut [f64], slope: &mut [f64]) {
        let (sa, sb) = (stiff(y[0]).1, stiff(y[1]).1);
        j.copy_from_slice(&[
            -sa,
            0.0,
            0.0,
            1.0,
            0.0,
            -sb - sb / SLOW,
            1.0 / SLOW,
            1.0,
            0.0,
            sb / SLOW,
            -1.0 / SLOW,
            0.0,
            sa,
            sb,
            0.0,
            -2.0,
        ]);
        let pump = Loop::pump(time).1;
        slope.copy_from_slice(&[pump, -pump, 0.0, 0.0]);
    }
    fn next_break(&self, _lane: usize) -> f64 {
        if self.over { f64::INFINITY } else { 1.0 }
    }
    fn pass_break(&mut self, _lane: usize) {
        self.over = true;
    }
}

struct Beat {
    system: Loop,
    integrator: Integrator<f64>,
}

impl Beat {
    fn new(start: &[f64]) -> Self {
        let mut system = Loop::new();
        let options = Options { tolerance: 1e-9, ..Options::default() };
        let integrator = problems::start(&mut system, options, &[start]);
        Beat { system, integrator }
    }
}

impl Period for Beat {
    type Error = Failure;
    fn run(&mut self, from: &[f64], to: &mut [f64], slopes: Option<&mut Monodromy>) -> Result<(), Failure> {
        self.system.over = false;
        self.integrator.reset(&mut self.system, 0, 0.0, from)?;
        match slopes {
            Some(slopes) => {
                slopes.reset(0.0, 1.0);
                self.integrator.advance(&mut self.system, 1.0, slopes)?;
            }
            None => self.integrator.advance(&mut self.system, 1.0, &mut ())?,
        }
        to.copy_from_slice(&self.integrator.state(0));
        Ok(())
    }
}

fn wanted(most: usize) -> Periodic<'static> {
    Periodic {
        scales: &[1.0; 4],
        tolerance: 1e-8,
        max_evaluations: most,
        admissible: &|state| state[0] > -20.0 && state[1] > -20.0,
    }
}

#[test]
fn a_store_that_fills_over_minutes_is_full_after_a_dozen_beats() {
    let start = [12.0, 9.0, 0.0, 5.0];
    let mut beat = Beat::new(&start);
    let mut slopes = Monodromy::new(&beat.system, &[]);
    let found = shoot(&mut beat, &mut slopes, &start, &wanted(12)).unwrap();
    let total = |state: &[f64]| state[0] + state[1] + state[2];
    assert!((total(&found.state) - 21.0).abs() < 1e-7, "the total is conserved: {}", total(&found.state));
    let mut after = [0.0; 4];
    beat.run(&found.state, &mut after, None).unwrap();
    assert!(after.iter().zip(&found.state).all(|(a, b)| (a - b).abs() < 1e-7));
    assert!(found.state[2] > 1.0, "the store has filled: {:?}", found.state);
}

#[test]
fn slopes_agree_with_differences_of_two_runs() {
    let start = [12.0, 9.0, 3.0, 0.0];
    let mut beat = Beat::new(&start);
    let mut slopes = Monodromy::new(&beat.system, &[]);
    let (mut plain, mut carried, mut shifted) = ([0.0; 4], [0.0; 4], [0.0; 4]);
    beat.run(&start, &mut plain, Some(&mut slopes)).unwrap();
    for unknown in 0..3 {
        let mut change = [0.0; 4];
        change[unknown] = 1e-4;
        let other: Vec<f64> = start.iter().zip(change).map(|(x, change)| x + change).collect();
        beat.run(&other, &mut shifted, None).unwrap();
        slopes.carry(&change, &mut carried);
        for i in 0..4 {
            assert!((shifted[i] - plain[i] - carried[i]).abs() < 2e-6, "{unknown} -> {i}");
        }
    }
}

#[test]
fn unknowns_that_are_held_neither_start_nor_end_a_change() {
    let beat = Beat::new(&[12.0, 9.0, 3.0, 0.0]);
    let slopes = Monodromy::new(&beat.system, &[1]);
    let mut end = [9.0; 4];
    slopes.carry(&[0.0, 1.0, 0.0, 0.0], &mut end);
    assert_eq!(end, [0.0; 4]);
}

#[test]
fn too_few_beats_give_the_best_state_that_was_met() {
    let start = [12.0, 9.0, 0.0, 5.0];
    let mut beat = Beat::new(&start);
    let mut slopes = Monodromy::new(&beat.system, &[]);
    match shoot(&mut beat, &mut slopes, &start, &wanted(2)) {
        Err(NoFixedPoint::NotSettled(best)) => assert!(best.evaluations == 2 && best.residual < 10.0),
        other => panic!("{other:?}"),
    }
}
