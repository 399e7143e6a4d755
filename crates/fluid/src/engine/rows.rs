//! The right-hand sides as sums of what was computed.

use super::pack::Packed;
use super::program::Slot;
use super::{Compiled, gather};

/// The sums of all rows.
#[derive(Clone, Debug)]
pub(crate) struct Rows<F> {
    /// Offset of each row and the end of its terms.
    rows: Vec<(F, u32)>,
    terms: Vec<(Slot, F)>,
}

impl<F: Packed> Rows<F> {
    /// The rows of a program with the numbers of the lanes.
    pub fn new(lanes: &[Compiled]) -> Self {
        let mut all = Rows { rows: Vec::new(), terms: Vec::new() };
        for (row, slots) in lanes[0].built.program.rows.iter().enumerate() {
            for (term, &slot) in slots.iter().enumerate() {
                let coefficient = gather(lanes, |built| built.numbers.rows[row].coefficients[term]);
                all.terms.push((slot, coefficient));
            }
            let offset = gather(lanes, |built| built.numbers.rows[row].offset);
            all.rows.push((offset, all.terms.len() as u32));
        }
        all
    }

    /// The right-hand sides from the slots.
    #[inline]
    pub fn add_up(&self, values: &[f64], rates: &mut [F]) {
        let mut start = 0;
        for (&(offset, end), rate) in self.rows.iter().zip(rates) {
            let mut total = offset;
            for &(slot, coefficient) in &self.terms[start..end as usize] {
                total += coefficient * F::load(values, slot);
            }
            start = end as usize;
            *rate = total;
        }
    }
}
