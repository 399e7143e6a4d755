//! The numbers of a factorisation whose pattern is fixed.

use std::ops::Range;

use super::order::{Elimination, eliminate};
use super::pieces::{Pieces, Triangle};
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
    /// The matrix with the other sign, so that everything adds: the diagonal in the order of elimination, then both
    /// triangles in the order in which a solution reads them.
    values: Vec<F>,
    /// One over each pivot (with its own sign), by unknown.
    inverses: Vec<F>,
    /// The unknown of each pivot.
    unknowns: Vec<u32>,
    /// Pivots that need not wait for each other, level by level.
    levels: Vec<Level>,
    /// Where each entry outside the diagonal is stored, and the unknown of its pivot.
    below: Vec<(u32, u32)>,
    right: Vec<(u32, u32)>,
    updates: Vec<Update>,
    /// Where each entry of the pattern is stored.
    slots: Vec<u32>,
    lower: Pieces,
    upper: Pieces,
}

/// The work of some pivots at once: long lists instead of many short ones, whose lengths the processor would have to
/// guess.
#[derive(Clone, Debug)]
struct Level {
    pivots: Range<usize>,
    below: Range<usize>,
    updates: Range<usize>,
}

/// What a pivot adds to an entry: the entry of its column below it times that of its row.
#[derive(Clone, Copy, Debug)]
struct Update {
    target: u32,
    below: u32,
    right: u32,
}

impl<F: Lanes> SparseLu<F> {
    /// Orders the unknowns of a pattern and lays out its factors. The diagonal counts as present.
    pub fn new(pattern: &Pattern) -> Self {
        let mut elimination = eliminate(pattern);
        let levels = elimination.level();
        let n = elimination.order.len();
        let mut slot_of = vec![vec![u32::MAX; n]; n];
        for (place, &unknown) in elimination.order.iter().enumerate() {
            slot_of[unknown][unknown] = place as u32;
        }
        let mut stored = n as u32;
        let mut triangle = |side| {
            let pieces = Pieces::new(&elimination, side);
            for (row, column) in pieces.entries() {
                slot_of[row][column] = stored;
                stored += 1;
            }
            pieces
        };
        let (lower, upper) = (triangle(Triangle::Lower), triangle(Triangle::Upper));
        let mut lu = SparseLu {
            values: vec![F::constant(0.0); stored as usize],
            inverses: vec![F::constant(0.0); n],
            unknowns: elimination.order.iter().map(|&unknown| unknown as u32).collect(),
            levels: Vec::new(),
            below: Vec::new(),
            right: Vec::new(),
            updates: Vec::new(),
            slots: Vec::with_capacity(pattern.columns.len()),
            lower,
            upper,
        };
        lu.plan(levels, &elimination, &slot_of);
        for (row, slot_of_row) in slot_of.iter().enumerate() {
            let entries = pattern.row_starts[row]..pattern.row_starts[row + 1];
            lu.slots.extend(entries.map(|entry| slot_of_row[pattern.columns[entry]]));
        }
        lu
    }

    /// Lists the work of the pivots, level by level.
    fn plan(&mut self, levels: Vec<Range<usize>>, elimination: &Elimination, slot_of: &[Vec<u32>]) {
        for places in levels {
            let (first_below, first_update) = (self.below.len(), self.updates.len());
            for place in places.clone() {
                let pivot = elimination.order[place];
                let right = elimination.upper[place].iter().map(|&column| slot_of[pivot][column]);
                self.right.extend(right.map(|slot| (slot, pivot as u32)));
                for &row in &elimination.lower[place] {
                    let below = slot_of[row][pivot];
                    self.below.push((below, pivot as u32));
                    self.updates.extend(elimination.upper[place].iter().map(|&column| Update {
                        target: slot_of[row][column],
                        below,
                        right: slot_of[pivot][column],
                    }));
                }
            }
            self.levels.push(Level {
                pivots: places,
                below: first_below..self.below.len(),
                updates: first_update..self.updates.len(),
            });
        }
    }

    /// Factors `diag(diagonal) - J`, where `jacobian` holds the entries of `J` in the order of the pattern.
    ///
    /// Returns zero in each lane that went well, and something that is not finite in a lane that met a pivot
    /// of zero or one that is not finite; [`broken_pivot`](Self::broken_pivot) then tells which.
    pub fn factor(&mut self, diagonal: &[F], jacobian: &[F]) -> F {
        let SparseLu { values, inverses, .. } = self;
        values.fill(F::constant(0.0));
        for (value, &unknown) in values.iter_mut().zip(&self.unknowns) {
            *value = -diagonal[unknown as usize];
        }
        for (&slot, &entry) in self.slots.iter().zip(jacobian) {
            values[slot as usize] += entry;
        }
        let zero = F::constant(0.0);
        let mut health = zero;
        for level in &self.levels {
            let pivots = values[level.pivots.clone()].iter().zip(&self.unknowns[level.pivots.clone()]);
            for (&pivot, &unknown) in pivots {
                let inverse = F::constant(-1.0) / pivot;
                inverses[unknown as usize] = inverse;
                // Zero times a number is zero exactly if the number is finite.
                health += zero * inverse;
            }
            for &(slot, pivot) in &self.below[level.below.clone()] {
                values[slot as usize] *= inverses[pivot as usize];
            }
            for update in &self.updates[level.updates.clone()] {
                let (below, right) = (values[update.below as usize], values[update.right as usize]);
                values[update.target as usize] = below.fused(right, values[update.target as usize]);
            }
        }
        for &(slot, pivot) in &self.right {
            values[slot as usize] *= inverses[pivot as usize];
        }
        health
    }

    /// Solves with the last factorisation, in place.
    pub fn solve(&self, x: &mut [F]) {
        let (lower, upper) = self.values[self.inverses.len()..].split_at(self.lower.count());
        self.lower.solve(lower, x);
        for (x, &inverse) in x.iter_mut().zip(&self.inverses) {
            *x *= inverse;
        }
        self.upper.solve(upper, x);
    }

    /// The unknown whose pivot was zero or not finite in a lane of the last factorisation.
    pub fn broken_pivot(&self, lane: usize) -> Option<usize> {
        let broken = |&&unknown: &&u32| !self.inverses[unknown as usize].lane(lane).is_finite();
        self.unknowns.iter().find(broken).map(|&unknown| unknown as usize)
    }

    /// How many numbers the factors hold, the fill included.
    pub fn stored(&self) -> usize {
        self.values.len()
    }
}
