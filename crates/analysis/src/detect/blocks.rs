//! A channel of any length looked at in blocks of two minutes with what lies beside them, however it arrives in pieces.

/// The length of a block, s; a whole number of windows of a trend.
const CORE: f64 = 120.0;
/// How much is seen on either side of a block, s: more than the pieces in which a usual beat is looked up.
const CONTEXT: f64 = 15.0;

/// Cuts samples into blocks. The cuts lie at fixed numbers of samples, so that what is found does not depend on the pieces in
/// which the samples came.
pub(crate) struct Blocks {
    rate: f64,
    /// The samples that may still be needed.
    kept: Vec<f64>,
    /// The number of the first of them.
    first: usize,
    /// The number of the next block.
    next: usize,
}

/// One block: samples with their context.
#[derive(Clone, Copy)]
pub(crate) struct Block<'a> {
    /// The samples, context and all.
    pub samples: &'a [f64],
    /// The number of the first of them.
    pub first: usize,
    /// The numbers of the samples that are the block's own: from, to.
    pub core: (usize, usize),
}

impl Blocks {
    /// The length of a block, s.
    pub const LENGTH: f64 = CORE;

    pub fn new(rate: f64) -> Self {
        Blocks { rate, kept: Vec::new(), first: 0, next: 0 }
    }

    /// How many samples came so far.
    pub fn count(&self) -> usize {
        self.first + self.kept.len()
    }

    /// Takes samples and hands on every block that is complete with its context.
    pub fn push(&mut self, samples: &[f64], mut each: impl FnMut(Block<'_>)) {
        let mut rest = samples;
        while !rest.is_empty() {
            let wanted = self.index(self.next + 1, CONTEXT) - self.count();
            let (now, later) = rest.split_at(wanted.min(rest.len()));
            self.kept.extend_from_slice(now);
            rest = later;
            if now.len() == wanted {
                self.hand_on(&mut each);
            }
        }
    }

    /// Hands on what is left, at the end.
    pub fn finish(&mut self, mut each: impl FnMut(Block<'_>)) {
        while self.index(self.next, 0.0) < self.count() {
            self.hand_on(&mut each);
        }
    }

    /// The first sample at or after the beginning of a block and `beyond` (s) later.
    fn index(&self, block: usize, beyond: f64) -> usize {
        (((block as f64 * CORE + beyond) * self.rate - 1e-6).ceil().max(0.0)) as usize
    }

    fn hand_on(&mut self, each: &mut impl FnMut(Block<'_>)) {
        let from = self.index(self.next, -CONTEXT).max(self.first);
        let to = self.index(self.next + 1, CONTEXT).min(self.count());
        let core = (self.index(self.next, 0.0), self.index(self.next + 1, 0.0).min(self.count()));
        let samples = &self.kept[from - self.first..to - self.first];
        each(Block { samples, first: from, core });
        self.next += 1;
        let needed = self.index(self.next, -CONTEXT).max(self.first);
        self.kept.drain(..(needed - self.first).min(self.kept.len()));
        self.first = needed.min(self.first + self.kept.len() + (needed - self.first));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(rate: f64, pieces: &[usize]) -> Vec<(usize, Vec<f64>, (usize, usize))> {
        let (mut blocks, mut all, mut number) = (Blocks::new(rate), Vec::new(), 0);
        for piece in pieces {
            let samples: Vec<f64> = (number..number + piece).map(|i| i as f64).collect();
            number += piece;
            blocks.push(&samples, |block| all.push((block.first, block.samples.to_vec(), block.core)));
        }
        blocks.finish(|block| all.push((block.first, block.samples.to_vec(), block.core)));
        all
    }

    #[test]
    fn however_it_is_cut_the_blocks_are_the_same_and_leave_nothing_out() {
        for rate in [1.0, 62.4725] {
            let total = (500.0 * rate) as usize;
            let whole = seen(rate, &[total]);
            let cut: Vec<usize> = (0..total)
                .map(|i| i % 7)
                .scan(0, |sum, n| {
                    *sum += n;
                    (*sum <= total).then_some(n)
                })
                .collect();
            let left = total - cut.iter().sum::<usize>();
            assert_eq!(seen(rate, &[cut, vec![left]].concat()), whole);
            assert_eq!(whole.iter().map(|(_, _, core)| core.1 - core.0).sum::<usize>(), total);
            assert!(whole.iter().all(|(first, samples, _)| samples[0] == *first as f64));
        }
    }
}
