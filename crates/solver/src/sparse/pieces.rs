//! The triangles of a factorisation as a solution walks through them.

use super::order::Elimination;
use crate::Lanes;

/// Which side of the diagonal.
#[derive(Clone, Copy, Debug)]
pub(super) enum Triangle {
    Lower,
    Upper,
}

/// The rows of a triangle, cut into pieces of one to four entries. Equally long pieces that do not wait for each other
/// stand together, so that there are no short loops, whose lengths the processor would have to guess, and a long row
/// begins while others that it needs are still being solved.
#[derive(Clone, Debug)]
pub(super) struct Pieces {
    /// How many pieces of which length follow each other.
    groups: Vec<(usize, usize)>,
    /// The unknown of each piece's row.
    rows: Vec<u32>,
    /// The unknown of each entry's column.
    columns: Vec<u32>,
}

/// A piece is no longer.
const LONGEST: usize = 4;

/// Some entries of a row, by their unknowns.
struct Piece {
    row: usize,
    columns: Vec<usize>,
}

impl Pieces {
    /// The pieces of a triangle, in an order in which they can be solved.
    pub fn new(elimination: &Elimination, triangle: Triangle) -> Self {
        let mut left = cut(elimination, triangle);
        let mut waits = vec![0; elimination.order.len()];
        left.iter().for_each(|piece| waits[piece.row] += 1);
        let mut pieces = Pieces { groups: Vec::new(), rows: Vec::new(), columns: Vec::new() };
        loop {
            let is_ready = |piece: &Piece| piece.columns.iter().all(|&column| waits[column] == 0);
            let (ready, rest): (Vec<Piece>, Vec<Piece>) = left.into_iter().partition(is_ready);
            let count = |length| ready.iter().filter(|piece| piece.columns.len() == length).count();
            let Some(length) =
                (1..=LONGEST).max_by_key(|&length| count(length)).filter(|_| !ready.is_empty())
            else {
                return pieces;
            };
            let (chosen, others) =
                ready.into_iter().partition::<Vec<_>, _>(|piece| piece.columns.len() == length);
            pieces.groups.push((chosen.len(), length));
            for Piece { row, columns } in chosen {
                waits[row] -= 1;
                pieces.rows.push(row as u32);
                pieces.columns.extend(columns.into_iter().map(|column| column as u32));
            }
            left = others.into_iter().chain(rest).collect();
        }
    }

    /// How many entries there are.
    pub fn count(&self) -> usize {
        self.columns.len()
    }

    /// The unknowns of row and column of each entry, in the order in which a solution reads them.
    pub fn entries(&self) -> impl Iterator<Item = (usize, usize)> {
        let lengths = self.groups.iter().flat_map(|&(count, length)| std::iter::repeat_n(length, count));
        let rows = self.rows.iter().zip(lengths);
        let row_of_each = rows.flat_map(|(&row, length)| std::iter::repeat_n(row as usize, length));
        row_of_each.zip(self.columns.iter().map(|&column| column as usize))
    }

    /// Solves: adds to each unknown its row times what was solved before.
    pub fn solve<F: Lanes>(&self, values: &[F], x: &mut [F]) {
        let (mut rows, mut values, mut columns) = (&self.rows[..], values, &self.columns[..]);
        for &(count, length) in &self.groups {
            let (rows_here, values_here, columns_here);
            (rows_here, rows) = rows.split_at(count);
            (values_here, values) = values.split_at(count * length);
            (columns_here, columns) = columns.split_at(count * length);
            match length {
                1 => add::<F, 1>(rows_here, values_here, columns_here, x),
                2 => add::<F, 2>(rows_here, values_here, columns_here, x),
                3 => add::<F, 3>(rows_here, values_here, columns_here, x),
                _ => add::<F, LONGEST>(rows_here, values_here, columns_here, x),
            }
        }
    }
}

/// The rows of a triangle in pieces, the remainder of a long one first; within a row those columns last that are solved
/// last.
fn cut(elimination: &Elimination, triangle: Triangle) -> Vec<Piece> {
    let n = elimination.order.len();
    let mut columns_of: Vec<Vec<usize>> = vec![Vec::new(); n];
    for (place, &pivot) in elimination.order.iter().enumerate() {
        if let Triangle::Lower = triangle {
            elimination.lower[place].iter().for_each(|&row| columns_of[row].push(pivot));
        }
    }
    if let Triangle::Upper = triangle {
        let mut place_of = vec![0; n];
        for (place, &pivot) in elimination.order.iter().enumerate() {
            place_of[pivot] = place;
            columns_of[pivot].clone_from(&elimination.upper[place]);
        }
        columns_of.iter_mut().for_each(|row| row.sort_unstable_by_key(|&column| n - place_of[column]));
    }
    let pieces = |(row, columns): (usize, Vec<usize>)| {
        let (first, rest) = columns.split_at(columns.len() % LONGEST);
        let parts = std::iter::once(first).chain(rest.chunks_exact(LONGEST));
        let filled = parts.filter(|part| !part.is_empty());
        filled.map(|part| Piece { row, columns: part.to_vec() }).collect::<Vec<_>>()
    };
    columns_of.into_iter().enumerate().flat_map(pieces).collect()
}

/// Adds pieces of a length that is known, so that there is no loop over their entries.
#[inline(always)]
fn add<F: Lanes, const N: usize>(rows: &[u32], values: &[F], columns: &[u32], x: &mut [F]) {
    let entries = values.as_chunks::<N>().0.iter().zip(columns.as_chunks::<N>().0);
    for (&row, (values, columns)) in rows.iter().zip(entries) {
        let terms = values.iter().zip(columns);
        let sum = terms.fold(x[row as usize], |sum, (value, &column)| value.fused(x[column as usize], sum));
        x[row as usize] = sum;
    }
}
