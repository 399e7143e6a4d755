//! A reservoir with a relay, a jumping inflow and an algebraic outflow.

use cisterna_solver::{Dual, Lanes, Pattern, Real, System};

/// `level' = inflow(t) - outflow`, `0 = level - resistance (outflow + 0.1 outflow^3)`.
///
/// The outlet opens (low resistance) when the level exceeds 2 and closes (high resistance) when it falls
/// below 1; the inflow swings with a period of one second and jumps at every multiple of `interval`.
pub struct Reservoir<F> {
    pattern: Pattern,
    interval: Vec<f64>,
    swing: F,
    resistance: F,
    jump: F,
    open: Vec<bool>,
    cursor: Vec<u64>,
}

/// What differs between subjects: the interval of the jumps and the swing of the inflow.
pub type Subject = (f64, f64);

pub const OUTLET: usize = 0;

impl<F: Lanes> Reservoir<F> {
    pub fn new(subjects: &[Subject]) -> Self {
        let mut swing = F::constant(0.0);
        for (lane, subject) in subjects.iter().enumerate() {
            swing.set_lane(lane, subject.1);
        }
        let mut reservoir = Reservoir {
            pattern: Pattern { row_starts: vec![0, 2, 4], columns: vec![0, 1, 0, 1] },
            interval: subjects.iter().map(|subject| subject.0).collect(),
            swing,
            resistance: F::constant(0.0),
            jump: F::constant(0.0),
            open: vec![false; subjects.len()],
            cursor: vec![0; subjects.len()],
        };
        (0..subjects.len()).for_each(|lane| reservoir.refresh(lane));
        reservoir
    }

    fn refresh(&mut self, lane: usize) {
        self.resistance.set_lane(lane, if self.open[lane] { 0.4 } else { 4.0 });
        self.jump.set_lane(lane, if self.cursor[lane] % 2 == 1 { 0.6 } else { 0.0 });
    }

    fn law<R: Real>(time: R, [level, outflow]: [R; 2], [swing, resistance, jump]: [R; 3]) -> [R; 2] {
        let inflow = R::constant(1.5) + swing * time.sin_turns() + jump;
        let drop = outflow + R::constant(0.1) * outflow * outflow * outflow;
        [inflow - outflow, level - resistance * drop]
    }
}

impl<F: Lanes> System<F> for Reservoir<F> {
    fn dimension(&self) -> usize {
        2
    }
    fn mass(&self) -> &[f64] {
        &[1.0, 0.0]
    }
    fn scales(&self) -> &[f64] {
        &[1.0, 1.0]
    }
    fn pattern(&self) -> &Pattern {
        &self.pattern
    }
    fn rates(&mut self, time: F, state: &[F], rates: &mut [F]) {
        let inputs = [self.swing, self.resistance, self.jump];
        rates.copy_from_slice(&Self::law(time, [state[0], state[1]], inputs));
    }
    fn jacobian(&mut self, time: F, state: &[F], jacobian: &mut [F], time_slope: &mut [F]) {
        let inputs = [self.swing, self.resistance, self.jump].map(Dual::<F, 3>::fixed);
        let y = [Dual::variable(state[0], 0), Dual::variable(state[1], 1)];
        let rates = Self::law(Dual::variable(time, 2), y, inputs);
        for (row, rate) in rates.iter().enumerate() {
            jacobian[2 * row] = rate.slopes[0];
            jacobian[2 * row + 1] = rate.slopes[1];
            time_slope[row] = rate.slopes[2];
        }
    }
    fn crossing_count(&self) -> usize {
        1
    }
    fn margins(&mut self, _: F, state: &[F], margins: &mut [F]) {
        for lane in 0..F::COUNT {
            let level = state[0].lane(lane);
            margins[OUTLET].set_lane(lane, if self.open[lane] { level - 1.0 } else { 2.0 - level });
        }
    }
    fn cross(&mut self, lane: usize, _: usize) {
        self.open[lane] = !self.open[lane];
        self.refresh(lane);
    }
    fn next_break(&self, lane: usize) -> f64 {
        (self.cursor[lane] + 1) as f64 * self.interval[lane]
    }
    fn pass_break(&mut self, lane: usize) {
        self.cursor[lane] += 1;
        self.refresh(lane);
    }
    fn discrete(&self, lane: usize) -> Vec<u64> {
        vec![u64::from(self.open[lane]), self.cursor[lane]]
    }
    fn set_discrete(&mut self, lane: usize, discrete: &[u64]) {
        self.open[lane] = discrete[0] == 1;
        self.cursor[lane] = discrete[1];
        self.refresh(lane);
    }
}
