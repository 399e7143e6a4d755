//! In which order unknowns are eliminated, and where that fills the matrix.

use std::ops::Range;

use crate::Pattern;

/// An elimination order with the pattern of the factors that it leaves.
#[derive(Clone, Debug)]
pub(super) struct Elimination {
    /// The unknown that is eliminated at each place.
    pub(super) order: Vec<usize>,
    /// For each place, the unknowns right of the pivot in its row of the upper factor.
    pub(super) upper: Vec<Vec<usize>>,
    /// For each place, the unknowns below the pivot in its column of the lower factor.
    pub(super) lower: Vec<Vec<usize>>,
}

impl Elimination {
    /// The order once more, such that pivots that need not wait for each other stand side by side: the places of each
    /// such level.
    pub fn level(&mut self) -> Vec<Range<usize>> {
        let n = self.order.len();
        let mut level_of = vec![0; n];
        for (place, &unknown) in self.order.iter().enumerate() {
            for &later in self.lower[place].iter().chain(&self.upper[place]) {
                level_of[later] = level_of[later].max(level_of[unknown] + 1);
            }
        }
        let mut places: Vec<usize> = (0..n).collect();
        places.sort_by_key(|&place| level_of[self.order[place]]);
        let order = places.iter().map(|&place| self.order[place]).collect();
        let pick = |of: &[Vec<usize>]| places.iter().map(|&place| of[place].clone()).collect();
        (self.lower, self.upper) = (pick(&self.lower), pick(&self.upper));
        self.order = order;
        let levels = self.order.chunk_by(|a, b| level_of[*a] == level_of[*b]);
        let mut start = 0;
        levels
            .map(|level| {
                let from = start;
                start += level.len();
                from..start
            })
            .collect()
    }
}

/// Eliminates along the diagonal, each time the unknown with the least Markowitz count
/// `(entries in its row - 1) * (entries in its column - 1)` (Markowitz 1957), which bounds the fill; of equals
/// the one that waits for the shortest chain of pivots before it, so that neighbouring pivots can be computed at
/// the same time (along a chain of spaces every other one goes first).
///
/// Symbolic and dense in memory (`n^2` marks): meant for some hundred unknowns, once.
pub(super) fn eliminate(pattern: &Pattern) -> Elimination {
    let n = pattern.row_starts.len().saturating_sub(1);
    let mut filled = vec![vec![false; n]; n];
    for (row, marks) in filled.iter_mut().enumerate() {
        marks[row] = true;
        for entry in pattern.row_starts[row]..pattern.row_starts[row + 1] {
            marks[pattern.columns[entry]] = true;
        }
    }
    let mut left: Vec<usize> = (0..n).collect();
    let mut waits = vec![0; n];
    let mut elimination = Elimination { order: Vec::new(), upper: Vec::new(), lower: Vec::new() };
    while let Some(place) = cheapest(&left, &filled, &waits) {
        let pivot = left.remove(place);
        let upper: Vec<usize> = left.iter().copied().filter(|&column| filled[pivot][column]).collect();
        let lower: Vec<usize> = left.iter().copied().filter(|&row| filled[row][pivot]).collect();
        for &row in &lower {
            for &column in &upper {
                filled[row][column] = true;
            }
        }
        for &unknown in lower.iter().chain(&upper) {
            waits[unknown] = waits[unknown].max(waits[pivot] + 1);
        }
        elimination.order.push(pivot);
        elimination.upper.push(upper);
        elimination.lower.push(lower);
    }
    elimination
}

/// The place in `left` of the unknown with the least Markowitz count, then the shortest wait; the first of equals.
fn cheapest(left: &[usize], filled: &[Vec<bool>], waits: &[usize]) -> Option<usize> {
    (0..left.len()).min_by_key(|&place| {
        let pivot = left[place];
        let row = left.iter().filter(|&&column| filled[pivot][column]).count();
        let column = left.iter().filter(|&&row| filled[row][pivot]).count();
        ((row - 1) * (column - 1), waits[pivot])
    })
}
