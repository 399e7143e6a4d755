//! The even clock behind a column of time stamps.
//!
//! The rate comes from the whole column, never from its first two rows: stamps are rounded, and exports drop
//! samples. Stamps go through once and are not kept, so that a day of them costs no memory.

mod find;
mod fit;
mod sparse;

use std::fmt;

pub(crate) use find::Finder;

/// Grid places per stamp that gaps may add, so that two far stamps cannot ask for all memory.
const PLACES_PER_STAMP: usize = 16;
/// Grid places that gaps may always add.
const FREE_PLACES: usize = 4096;

/// An even clock, and where on it each stamp lies.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Clock {
    /// Time of the first sample, s.
    pub start: f64,
    /// Samples per second.
    pub rate: f64,
    /// How far a stamp lies from its place at most, s.
    pub jitter: f64,
    /// The number of stamps.
    pub rows: usize,
    /// How stamps are spread over the grid.
    pub spread: Spread,
}

/// Where the stamps lie on the grid.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Spread {
    /// One after the other, but for jumps: the row that comes after a gap, and its place.
    Even(Vec<(usize, usize)>),
    /// As above, from stamps of which several rows share one: about so many.
    Shared(Vec<(usize, usize)>, f64),
    /// On a finer grid, most places of which are empty: the place of each row, and what was uneven.
    Sparse(Vec<usize>, Uneven),
}

/// Why stamps lie on no even clock.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Uneven {
    /// Stamp `row` (s) does not come after the one before.
    Backwards { row: usize, from: f64, to: f64 },
    /// Too many steps differ from the usual one; the first rows that come after such a step.
    Irregular { rows: Vec<usize>, step: f64, usual: f64, count: usize },
    /// The gap before stamp `row` is out of proportion to what was recorded.
    Vast { row: usize, gap: f64 },
    /// Fewer than two stamps tell no rate.
    TooFew,
}

impl fmt::Display for Uneven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Uneven::Backwards { from, to, .. } => write!(f, "time goes from {from} s to {to} s"),
            Uneven::Irregular { step, usual, count, .. } => {
                write!(f, "a step of {step:.6} s where {usual:.6} s is usual; {count} such steps")
            }
            Uneven::Vast { gap, .. } => write!(f, "a gap of {gap} s is out of proportion to its values"),
            Uneven::TooFew => write!(f, "fewer than two values tell no rate"),
        }
    }
}

impl Clock {
    /// How long it goes, from the first sample to the last, s.
    pub(crate) fn length(&self) -> f64 {
        let last = self.rows.checked_sub(1).map_or(0, |last| self.run(last).0);
        last as f64 / self.rate
    }

    /// A clock that is told, not found: so many samples without a gap.
    pub(crate) fn told(start: f64, rate: f64, rows: usize) -> Self {
        Clock { start, rate, jitter: 0.0, rows, spread: Spread::Even(Vec::new()) }
    }

    /// Runs of places without a stamp: the first missing and the first present again. None on a sparse grid,
    /// where most places are empty.
    pub(crate) fn gaps(&self) -> Vec<(usize, usize)> {
        let (Spread::Even(jumps) | Spread::Shared(jumps, _)) = &self.spread else { return Vec::new() };
        let mut ahead = 0;
        let gap = |(row, place): &(usize, usize)| {
            let from = row + ahead;
            ahead = place - row;
            (from, *place)
        };
        jumps.iter().map(gap).collect()
    }

    /// The place of row `row`, and how many rows from there on lie side by side.
    pub(crate) fn run(&self, row: usize) -> (usize, usize) {
        match &self.spread {
            Spread::Sparse(places, _) => (places.get(row).copied().unwrap_or(row), 1),
            Spread::Even(jumps) | Spread::Shared(jumps, _) => {
                let next = jumps.partition_point(|jump| jump.0 <= row);
                let ahead =
                    next.checked_sub(1).and_then(|i| jumps.get(i)).map_or(0, |(row, place)| place - row);
                let end = jumps.get(next).map_or(usize::MAX, |jump| jump.0);
                (row + ahead, end - row)
            }
        }
    }
}
