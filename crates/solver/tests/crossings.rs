//! Switches: found where they are, passed cleanly, never overlooked.

#[cfg(test)]
mod problems;

use cisterna_solver::{Cause, Integrator, Pattern, Real, System};
use problems::reservoir::{OUTLET, Reservoir};
use problems::{Notes, start, tolerance};

/// A room that is heated to 30 degrees and left to cool to 20: `T' = (surroundings - T) / tau`.
struct Thermostat {
    pattern: Pattern,
    heating: bool,
}

const TAU: f64 = 3.0;
const HEATER: f64 = 40.0;

impl System<f64> for Thermostat {
    fn dimension(&self) -> usize {
        1
    }
    fn mass(&self) -> &[f64] {
        &[1.0]
    }
    fn scales(&self) -> &[f64] {
        &[10.0]
    }
    fn pattern(&self) -> &Pattern {
        &self.pattern
    }
    fn rates(&mut self, _: f64, y: &[f64], rates: &mut [f64]) {
        let surroundings = if self.heating { HEATER } else { 0.0 };
        rates[0] = (surroundings - y[0]) / TAU;
    }
    fn jacobian(&mut self, _: f64, _: &[f64], jacobian: &mut [f64], time_slope: &mut [f64]) {
        jacobian[0] = -1.0 / TAU;
        time_slope[0] = 0.0;
    }
    fn crossing_count(&self) -> usize {
        1
    }
    fn margins(&mut self, _: f64, y: &[f64], margins: &mut [f64]) {
        margins[0] = if self.heating { 30.0 - y[0] } else { y[0] - 20.0 };
    }
    fn cross(&mut self, _: usize, _: usize) {
        self.heating = !self.heating;
    }
}

#[test]
fn a_thermostat_switches_at_the_times_of_its_closed_form() {
    let mut room = Thermostat { pattern: single(), heating: true };
    let mut run = start::<f64, _>(&mut room, tolerance(1e-12), &[&[25.0]]);
    let mut notes = Notes::new(1, 1.0);
    run.advance(&mut room, 100.0, &mut notes).expect("the run reaches its end");
    // Relaxation from a to b towards c takes tau ln((c - a) / (c - b)).
    let (first, heat, cool) =
        (TAU * (15.0_f64 / 10.0).ln(), TAU * 2.0_f64.ln(), TAU * (30.0_f64 / 20.0).ln());
    let mut wanted = first;
    let mut worst: f64 = 0.0;
    for (k, &(time, _)) in notes.lanes[0].crossings.iter().enumerate() {
        worst = worst.max((time - wanted).abs());
        wanted += if k % 2 == 0 { cool } else { heat };
    }
    let count = notes.lanes[0].crossings.len();
    println!("{count} crossings, the worst off by {worst:.1e} s; {:?}", run.counts(0));
    assert!(count == 60 && worst < 1e-9);
}

#[test]
fn a_crossing_does_not_depend_on_the_steps_before_it() {
    for limit in [1e-2, 1e-3, 1e-4] {
        let mut room = Thermostat { pattern: single(), heating: true };
        let mut run = start::<f64, _>(&mut room, tolerance(limit), &[&[25.0]]);
        let mut notes = Notes::new(1, 1.0);
        run.advance(&mut room, 2.0, &mut notes).expect("the run reaches its end");
        let off = (notes.lanes[0].crossings[0].0 - TAU * 1.5_f64.ln()).abs();
        println!("tolerance {limit:e}: off by {off:.1e} s");
        assert!(off < limit * TAU);
        assert!((notes.lanes[0].steps.iter().any(|(_, end, y)| *end > 1.2 && (y[0] - 30.0).abs() < 1e-9)));
    }
}

/// A swing `y' = 2 pi cos(2 pi t)` whose tip above 0.95 is counted, however short against the steps.
struct Swing {
    pattern: Pattern,
    above: bool,
}

impl System<f64> for Swing {
    fn dimension(&self) -> usize {
        1
    }
    fn mass(&self) -> &[f64] {
        &[1.0]
    }
    fn scales(&self) -> &[f64] {
        &[1.0]
    }
    fn pattern(&self) -> &Pattern {
        &self.pattern
    }
    fn rates(&mut self, time: f64, _: &[f64], rates: &mut [f64]) {
        rates[0] = std::f64::consts::TAU * Real::cos_turns(time);
    }
    fn jacobian(&mut self, time: f64, _: &[f64], jacobian: &mut [f64], time_slope: &mut [f64]) {
        jacobian[0] = 0.0;
        time_slope[0] = -std::f64::consts::TAU * std::f64::consts::TAU * Real::sin_turns(time);
    }
    fn crossing_count(&self) -> usize {
        1
    }
    fn margins(&mut self, _: f64, y: &[f64], margins: &mut [f64]) {
        margins[0] = if self.above { y[0] - 0.95 } else { 0.95 - y[0] };
    }
    fn cross(&mut self, _: usize, _: usize) {
        self.above = !self.above;
    }
}

#[test]
fn a_short_excursion_within_a_step_is_not_overlooked() {
    for phase in 0..40 {
        let start_time = f64::from(phase) / 160.0 - 0.5;
        let mut swing = Swing { pattern: single(), above: false };
        let state = [vec![(start_time * std::f64::consts::TAU).sin()]];
        let mut run = Integrator::new(&mut swing, tolerance(1e-2), start_time, &state).expect("it starts");
        let mut notes = Notes::new(1, 1.0);
        run.advance(&mut swing, 10.0, &mut notes).expect("the run reaches its end");
        assert_eq!(notes.lanes[0].crossings.len(), 20, "from {start_time} s");
    }
}

#[test]
fn steps_join_at_breaks_and_crossings_and_the_outflow_fits_after_each() {
    let mut reservoir = Reservoir::<f64>::new(&[(0.7, 1.0)]);
    let mut run = start::<f64, _>(&mut reservoir, tolerance(1e-6), &[&[1.5, 0.0]]);
    let mut notes = Notes::new(1, 0.1);
    for tenth in 1..=200 {
        run.advance(&mut reservoir, 0.1 * f64::from(tenth), &mut notes).expect("the run reaches its end");
        let mut rates = [0.0; 2];
        reservoir.rates(run.time(0), &run.state(0), &mut rates);
        assert!(rates[1].abs() < 1e-4, "outflow off by {}", rates[1]);
    }
    let lane = &notes.lanes[0];
    assert!(lane.steps.windows(2).all(|pair| pair[0].1 == pair[1].0));
    for k in 1..=28 {
        let jump = f64::from(k) * 0.7;
        assert!(lane.steps.iter().any(|step| step.1 == jump), "no step ends on the jump at {jump} s");
    }
    assert!(lane.crossings.len() > 10);
    for (time, crossing) in &lane.crossings {
        assert_eq!(*crossing, OUTLET);
        assert!(lane.steps.iter().any(|step| step.1 == *time));
    }
}

/// A relay that contradicts itself: whatever its mode, it wants the other.
struct Undecided(Pattern);

impl System<f64> for Undecided {
    fn dimension(&self) -> usize {
        1
    }
    fn mass(&self) -> &[f64] {
        &[1.0]
    }
    fn scales(&self) -> &[f64] {
        &[1.0]
    }
    fn pattern(&self) -> &Pattern {
        &self.0
    }
    fn rates(&mut self, _: f64, _: &[f64], rates: &mut [f64]) {
        rates[0] = 1.0;
    }
    fn jacobian(&mut self, _: f64, _: &[f64], jacobian: &mut [f64], time_slope: &mut [f64]) {
        (jacobian[0], time_slope[0]) = (0.0, 0.0);
    }
    fn crossing_count(&self) -> usize {
        1
    }
    fn margins(&mut self, _: f64, y: &[f64], margins: &mut [f64]) {
        margins[0] = 0.5 - y[0];
    }
}

#[test]
fn a_relay_that_does_not_settle_is_reported() {
    let mut system = Undecided(single());
    let mut run = start::<f64, _>(&mut system, tolerance(1e-6), &[&[0.0]]);
    let failure = run.advance(&mut system, 1.0, &mut ()).expect_err("the relay never settles");
    assert_eq!(failure.cause, Cause::Chatter { crossing: 0 });
    assert!((failure.time - 0.5).abs() < 1e-9);
}

fn single() -> Pattern {
    Pattern { row_starts: vec![0, 1], columns: vec![0] }
}
