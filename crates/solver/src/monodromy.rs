//! What a run makes of a small change of its start.

use crate::integrator::{Observer, Step};
use crate::{Four, Lanes, Real, SparseLu, System};

/// The parameter of the method: `1 - 1/sqrt(2)`.
const GAMMA: f64 = 1.0 - std::f64::consts::FRAC_1_SQRT_2;

/// Watches a run and carries a small change of each unknown at its start along with it: the linearised equations
/// `M w' = J(t) w` by the two-stage SDIRK method of order 2 (Alexander 1977), with the Jacobian in the middle of each
/// step of the run; short steps are taken together. Good to a few per cent, which is what the search for a periodic
/// state needs of it, at about the cost of the run itself.
pub struct Monodromy {
    lu: SparseLu<Four>,
    mass: Vec<f64>,
    jacobian: Vec<f64>,
    time_slope: Vec<f64>,
    entries: Vec<Four>,
    diagonal: Vec<Four>,
    point: Vec<f64>,
    /// The changes, four starts side by side, in the order of the differential unknowns.
    changes: Vec<Vec<Four>>,
    /// The unknown that was changed by one in each lane of `changes`.
    starts: Vec<usize>,
    stage: Vec<Four>,
    held: Vec<usize>,
    /// Up to where the changes have been carried, s.
    carried: f64,
    /// The end of the run, s.
    end: f64,
    /// The least that is carried at once, s.
    stride: f64,
}

/// A run is carried along in no more pieces than this.
const PIECES: f64 = 250.0;

impl Monodromy {
    /// For runs of a system; nothing has been carried yet. The unknowns in `held` are left out: they neither change at
    /// the start nor count at the end.
    pub fn new<S: System<f64> + ?Sized>(system: &S, held: &[usize]) -> Self {
        let n = system.dimension();
        let mass = system.mass().to_vec();
        let is_start = |unknown: &usize| mass[*unknown] != 0.0 && !held.contains(unknown);
        let starts: Vec<usize> = (0..n).filter(is_start).collect();
        let zeros = vec![Four::constant(0.0); n];
        let mut monodromy = Monodromy {
            lu: SparseLu::new(system.pattern()),
            mass,
            jacobian: vec![0.0; system.pattern().columns.len()],
            time_slope: vec![0.0; n],
            entries: vec![Four::constant(0.0); system.pattern().columns.len()],
            diagonal: zeros.clone(),
            point: vec![0.0; n],
            changes: vec![zeros.clone(); starts.len().div_ceil(Four::COUNT)],
            held: held.to_vec(),
            carried: 0.0,
            end: 0.0,
            stride: 0.0,
            starts,
            stage: zeros,
        };
        monodromy.reset(0.0, 0.0);
        monodromy
    }

    /// Begins afresh for a run from one time to another, s.
    pub fn reset(&mut self, start: f64, end: f64) {
        (self.carried, self.end, self.stride) = (start, end, (end - start) / PIECES);
        for (pack, starts) in self.changes.iter_mut().zip(self.starts.chunks(Four::COUNT)) {
            pack.fill(Four::constant(0.0));
            for (lane, &unknown) in starts.iter().enumerate() {
                pack[unknown].set_lane(lane, 1.0);
            }
        }
    }

    /// What the run made of the change `start`, to first order.
    pub fn carry(&self, start: &[f64], end: &mut [f64]) {
        end.fill(0.0);
        for (pack, starts) in self.changes.iter().zip(self.starts.chunks(Four::COUNT)) {
            for (lane, &unknown) in starts.iter().enumerate() {
                let size = start[unknown];
                end.iter_mut().zip(pack).for_each(|(end, change)| *end += size * change.lane(lane));
            }
        }
        self.held.iter().for_each(|&unknown| end[unknown] = 0.0);
    }

    fn advance(&mut self, step: f64) {
        let heaviness = 1.0 / (step * GAMMA);
        for (diagonal, &mass) in self.diagonal.iter_mut().zip(&self.mass) {
            *diagonal = Four::constant(mass * heaviness);
        }
        for (entry, &number) in self.entries.iter_mut().zip(&self.jacobian) {
            *entry = Four::constant(number);
        }
        let _ = self.lu.factor(&self.diagonal, &self.entries);
        let weight = Four::constant((1.0 - 2.0 * GAMMA) / GAMMA);
        for change in &mut self.changes {
            // w' = S (u + (1 - 2g)/g (u - w)) with u = S w and S = (M/(h g) - J)^-1 M/(h g).
            for ((stage, &w), &heavy) in self.stage.iter_mut().zip(change.iter()).zip(&self.diagonal) {
                *stage = heavy * w;
            }
            self.lu.solve(&mut self.stage);
            for ((w, &u), &heavy) in change.iter_mut().zip(&self.stage).zip(&self.diagonal) {
                *w = heavy * (u + weight * (u - *w));
            }
            self.lu.solve(change);
        }
    }
}

impl<S: System<f64> + ?Sized> Observer<f64, S> for Monodromy {
    fn step(&mut self, system: &mut S, step: &Step<'_, f64>) {
        let length = step.end() - self.carried;
        if length < self.stride && step.end() < self.end {
            return;
        }
        let middle = (self.carried + 0.5 * length).max(step.start());
        step.at(middle, &mut self.point);
        system.jacobian(middle, &self.point, &mut self.jacobian, &mut self.time_slope);
        self.advance(length);
        self.carried = step.end();
    }
}
