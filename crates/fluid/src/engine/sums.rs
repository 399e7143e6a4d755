//! Sums of slots with coefficients.

use super::pack::Packed;
use super::program::Slot;

/// Sums that do not need each other, sorted by their number of terms, so that there are no short loops over terms, whose
/// lengths the processor would have to guess.
#[derive(Clone, Debug)]
pub(crate) struct Sums<F> {
    /// How many sums have how many terms.
    runs: Vec<(usize, usize)>,
    /// Where each goes, and its offset.
    heads: Vec<(u32, F)>,
    terms: Vec<(Slot, F)>,
}

/// A sum: where it goes, its offset, its terms.
pub(crate) type Sum<F> = (u32, F, Vec<(Slot, F)>);

impl<F: Packed> Sums<F> {
    /// The given sums.
    pub fn new(mut sums: Vec<Sum<F>>) -> Self {
        sums.sort_by_key(|(_, _, terms)| terms.len());
        let runs = sums.chunk_by(|a, b| a.2.len() == b.2.len());
        Sums {
            runs: runs.map(|run| (run.len(), run[0].2.len())).collect(),
            heads: sums.iter().map(|&(to, offset, _)| (to, offset)).collect(),
            terms: sums.into_iter().flat_map(|(_, _, terms)| terms).collect(),
        }
    }

    /// Adds up the slots and puts each sum where it goes.
    #[inline(always)]
    pub fn add_up(&self, values: &mut [f64], mut put: impl FnMut(&mut [f64], u32, F)) {
        let (mut heads, mut terms) = (&self.heads[..], &self.terms[..]);
        for &(count, length) in &self.runs {
            let (heads_here, terms_here);
            (heads_here, heads) = heads.split_at(count);
            (terms_here, terms) = terms.split_at(count * length);
            match length {
                1 => run::<F, 1>(heads_here, terms_here, values, &mut put),
                2 => run::<F, 2>(heads_here, terms_here, values, &mut put),
                3 => run::<F, 3>(heads_here, terms_here, values, &mut put),
                4 => run::<F, 4>(heads_here, terms_here, values, &mut put),
                5 => run::<F, 5>(heads_here, terms_here, values, &mut put),
                6 => run::<F, 6>(heads_here, terms_here, values, &mut put),
                _ => {
                    for (index, &(to, offset)) in heads_here.iter().enumerate() {
                        let sum = total(offset, &terms_here[index * length..(index + 1) * length], values);
                        put(values, to, sum);
                    }
                }
            }
        }
    }
}

/// Sums of so many terms.
#[inline(always)]
fn run<F: Packed, const N: usize>(
    heads: &[(u32, F)],
    terms: &[(Slot, F)],
    values: &mut [f64],
    put: &mut impl FnMut(&mut [f64], u32, F),
) {
    for (&(to, offset), terms) in heads.iter().zip(terms.as_chunks::<N>().0) {
        let sum = total(offset, terms, values);
        put(values, to, sum);
    }
}

#[inline(always)]
fn total<F: Packed>(offset: F, terms: &[(Slot, F)], values: &[f64]) -> F {
    terms.iter().fold(offset, |sum, &(slot, coefficient)| coefficient.fused(F::load(values, slot), sum))
}
