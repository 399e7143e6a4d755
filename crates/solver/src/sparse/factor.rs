//! The numbers of a factorisation whose pattern is fixed.

use std::ops::Range;

use super::order::eliminate;
use crate::{Lanes, Pattern};

/// A sparse LU factorisation of `diag(d) - J` with pivots on the diagonal, in one or several lanes.
///
/// Order, fill and the target of every single update are found once, from the pattern; factoring is then one
/// sweep over a list of updates without searches, branches or allocation.
///
/// ```
/// use cisterna_solver::{Pattern, SparseLu};
/// // J = [[-1, 2], [0, -3]], d = [1, 1]: the matrix is [[2, -2], [0, 4]].
/// let pattern = Pattern { row_starts: vec![0, 2, 3], columns: vec![0, 1, 1] };
/// let mut lu = SparseLu::<f64>::new(&pattern);
/// assert!(lu.factor(&[1.0, 1.0], &[-1.0, 2.0, -3.0]).is_finite());
/// let mut x = [2.0, 8.0];
/// lu.solve(&mut x);
/// assert_eq!(x, [3.0, 2.0]);
/// ```
#[derive(Clone, Debug)]
pub struct SparseLu<F> {
    /// Pivot by pivot: the diagonal, its row of U, its column of L.
    values: Vec<F>,
    /// One over each pivot.
    inverses: Vec<F>,
    /// One per pivot, in the order of elimination.
    pivots: Vec<Pivot>,
    /// What a solution subtracts on its way down, then on its way up: without loops in loops, whose lengths the
    /// processor would have to guess.
    lower: Vec<Step<F>>,
    upper: Vec<Step<F>>,
    lower_origins: Vec<Origin>,
    upper_origins: Vec<Origin>,
    /// Where each update lands, counted from the end of its pivot's block.
    targets: Vec<u32>,
    /// Where each entry of the pattern is stored.
    slots: Vec<u32>,
}

/// One subtraction of a solution: `factor` times the number of unknown `from` from that of `to`. Small, as a solution
/// walks through hundreds of them.
#[derive(Clone, Debug)]
struct Step<F> {
    to: u32,
    from: u32,
    factor: F,
}

/// Where the factor of a [`Step`] comes from.
#[derive(Clone, Debug)]
struct Origin {
    /// Where it stands among the values.
    value: u32,
    /// The place of the pivot of the row, whose inverse scales what lies above the diagonal.
    place: u32,
}

/// The block of one pivot in the list of values.
#[derive(Clone, Debug)]
struct Pivot {
    unknown: usize,
    diagonal: usize,
    upper_end: usize,
    lower_end: usize,
    targets: Range<usize>,
}

impl<F: Lanes> SparseLu<F> {
    /// Orders the unknowns of a pattern and lays out its factors. The diagonal counts as present.
    pub fn new(pattern: &Pattern) -> Self {
        let elimination = eliminate(pattern);
        let n = elimination.order.len();
        let mut slot_of = vec![vec![u32::MAX; n]; n];
        let mut stored = 0;
        let mut pivots = Vec::with_capacity(n);
        for (place, &unknown) in elimination.order.iter().enumerate() {
            let diagonal = stored;
            let mut take = |row: usize, column: usize| {
                slot_of[row][column] = stored as u32;
                stored += 1;
            };
            take(unknown, unknown);
            elimination.upper[place].iter().for_each(|&column| take(unknown, column));
            let upper_end = diagonal + 1 + elimination.upper[place].len();
            elimination.lower[place].iter().for_each(|&row| take(row, unknown));
            let lower_end = stored;
            pivots.push(Pivot { unknown, diagonal, upper_end, lower_end, targets: 0..0 });
        }
        let mut targets = Vec::new();
        for (place, pivot) in pivots.iter_mut().enumerate() {
            let start = targets.len();
            for &row in &elimination.lower[place] {
                for &column in &elimination.upper[place] {
                    targets.push(slot_of[row][column] - pivot.lower_end as u32);
                }
            }
            pivot.targets = start..targets.len();
        }
        let mut slots = Vec::with_capacity(pattern.columns.len());
        for (row, slot_of_row) in slot_of.iter().enumerate() {
            let entries = pattern.row_starts[row]..pattern.row_starts[row + 1];
            slots.extend(entries.map(|entry| slot_of_row[pattern.columns[entry]]));
        }
        let zero = F::constant(0.0);
        let step = |to: usize, from: usize, place: usize| {
            let origin = Origin { value: slot_of[to][from], place: place as u32 };
            (Step { to: to as u32, from: from as u32, factor: zero }, origin)
        };
        let (mut lower, mut upper) = (Vec::new(), Vec::new());
        for (place, &unknown) in elimination.order.iter().enumerate() {
            lower.extend(elimination.lower[place].iter().map(|&row| step(row, unknown, place)));
        }
        for &unknown in elimination.order.iter().rev() {
            for (place, &row) in elimination.order.iter().enumerate() {
                if elimination.upper[place].contains(&unknown) {
                    upper.push(step(row, unknown, place));
                }
            }
        }
        let (lower, lower_origins) = lower.into_iter().unzip();
        let (upper, upper_origins) = upper.into_iter().unzip();
        SparseLu {
            values: vec![zero; stored],
            inverses: vec![zero; n],
            pivots,
            lower,
            upper,
            lower_origins,
            upper_origins,
            targets,
            slots,
        }
    }

    /// Factors `diag(diagonal) - J`, where `jacobian` holds the entries of `J` in the order of the pattern.
    ///
    /// Returns zero in each lane that went well, and something that is not finite in a lane that met a pivot
    /// of zero or one that is not finite; [`broken_pivot`](Self::broken_pivot) then tells which.
    pub fn factor(&mut self, diagonal: &[F], jacobian: &[F]) -> F {
        self.values.fill(F::constant(0.0));
        for (&slot, &entry) in self.slots.iter().zip(jacobian) {
            self.values[slot as usize] = -entry;
        }
        let zero = F::constant(0.0);
        let mut health = zero;
        for (pivot, inverse) in self.pivots.iter().zip(&mut self.inverses) {
            self.values[pivot.diagonal] += diagonal[pivot.unknown];
            let (head, tail) = self.values.split_at_mut(pivot.lower_end);
            let (head, lower) = head.split_at_mut(pivot.upper_end);
            let upper = &head[pivot.diagonal + 1..];
            let reciprocal = F::constant(1.0) / head[pivot.diagonal];
            *inverse = reciprocal;
            // Zero times a number is zero exactly if the number is finite.
            health += zero * reciprocal;
            let mut targets = &self.targets[pivot.targets.clone()];
            for factor in lower {
                let multiple = *factor * reciprocal;
                *factor = multiple;
                let (row, rest) = targets.split_at(upper.len());
                targets = rest;
                for (&target, &entry) in row.iter().zip(upper) {
                    let target = &mut tail[target as usize];
                    *target = (-multiple).fused(entry, *target);
                }
            }
        }
        for (step, origin) in self.lower.iter_mut().zip(&self.lower_origins) {
            step.factor = -self.values[origin.value as usize];
        }
        for (step, origin) in self.upper.iter_mut().zip(&self.upper_origins) {
            step.factor = -(self.values[origin.value as usize] * self.inverses[origin.place as usize]);
        }
        health
    }

    /// Solves with the last factorisation, in place.
    pub fn solve(&self, x: &mut [F]) {
        subtract(&self.lower, x);
        for (pivot, &inverse) in self.pivots.iter().zip(&self.inverses) {
            x[pivot.unknown] *= inverse;
        }
        subtract(&self.upper, x);
    }

    /// The unknown whose pivot was zero or not finite in a lane of the last factorisation.
    pub fn broken_pivot(&self, lane: usize) -> Option<usize> {
        let broken = self.inverses.iter().position(|inverse| !inverse.lane(lane).is_finite());
        broken.map(|place| self.pivots[place].unknown)
    }

    /// How many numbers the factors hold, the fill included.
    pub fn stored(&self) -> usize {
        self.values.len()
    }
}

#[inline(always)]
fn subtract<F: Lanes>(steps: &[Step<F>], x: &mut [F]) {
    for step in steps {
        x[step.to as usize] = step.factor.fused(x[step.from as usize], x[step.to as usize]);
    }
}
