//! The hot path: the values of a schedule, with or without the derivatives of its formulas.

use cisterna_solver::{Dual, Four, Real};

use super::pack::{Packed, WIDTH, gather, scatter};
use super::program::MOST_INPUTS;
use super::schedule::{Formulas, Group, Schedule};
use crate::law::{Body, Kernel};

impl<F: Packed> Schedule<F> {
    /// Writes the outputs of all operations.
    #[inline]
    pub fn evaluate(&self, values: &mut [f64]) {
        for group in &self.groups {
            match group {
                Group::Sums(sums) => self.add_up(*sums, values),
                Group::Formulas(formulas) => compute(formulas, &self.places, values),
            }
        }
    }

    /// Writes the outputs of all operations and the derivatives of each formula by its inputs that vary.
    #[inline]
    pub fn differentiate(&self, values: &mut [f64], partials: &mut [f64]) {
        for group in &self.groups {
            match group {
                Group::Sums(sums) => self.add_up(*sums, values),
                Group::Formulas(formulas) => differentiate(formulas, &self.places, values, partials),
            }
        }
    }

    #[inline(always)]
    fn add_up(&self, sums: usize, values: &mut [f64]) {
        self.sums[sums].add_up(values, |values, output, total| total.store(values, output));
    }
}

/// Writes the outputs of a group of formulas.
fn compute(formulas: &Formulas, places: &[u32], values: &mut [f64]) {
    formulas.formula.choose(&mut Values { formulas, places, values });
}

/// Writes the outputs of a group of formulas and their derivatives by the inputs that vary, three at a time.
fn differentiate(formulas: &Formulas, places: &[u32], values: &mut [f64], partials: &mut [f64]) {
    let count = formulas.active_count as usize;
    if count == 0 {
        return compute(formulas, places, values);
    }
    for done in (0..count).step_by(3) {
        let slopes = Slopes { formulas, places, values: &mut *values, partials: &mut *partials, done };
        match count - done {
            1 => formulas.formula.choose(&mut By::<1>(slopes)),
            2 => formulas.formula.choose(&mut By::<2>(slopes)),
            _ => formulas.formula.choose(&mut By::<3>(slopes)),
        }
    }
}

impl Formulas {
    /// The places of a chunk: those of its inputs and those of its outputs.
    #[inline(always)]
    fn chunk<'a>(&self, places: &'a [u32], chunk: usize) -> (&'a [u32], &'a [u32]) {
        let inputs = self.arity as usize * WIDTH;
        let first = self.first as usize + chunk * (inputs + WIDTH);
        places[first..first + inputs + WIDTH].split_at(inputs)
    }
}

/// Computes the values of a group of formulas.
struct Values<'a> {
    formulas: &'a Formulas,
    places: &'a [u32],
    values: &'a mut [f64],
}

impl Kernel for Values<'_> {
    #[inline(never)]
    fn run<B: Body>(&mut self) {
        let mut x = [Four::constant(0.0); MOST_INPUTS];
        for chunk in 0..self.formulas.chunks as usize {
            let (inputs, outputs) = self.formulas.chunk(self.places, chunk);
            for (x, places) in x.iter_mut().zip(inputs.chunks_exact(WIDTH)) {
                *x = gather(self.values, places, self.formulas.adjacent);
            }
            scatter(B::value(&x), self.values, outputs, self.formulas.adjacent);
        }
    }
}

/// What it takes to differentiate a group of formulas.
struct Slopes<'a> {
    formulas: &'a Formulas,
    places: &'a [u32],
    values: &'a mut [f64],
    partials: &'a mut [f64],
    /// How many of the inputs that vary are done.
    done: usize,
}

/// Computes the values of a group of formulas and their derivatives by the next `N` inputs that vary.
struct By<'a, const N: usize>(Slopes<'a>);

impl<const N: usize> Kernel for By<'_, N> {
    #[inline(never)]
    fn run<B: Body>(&mut self) {
        let Slopes { formulas, places, values, partials, done } = &mut self.0;
        let count = formulas.active_count as usize;
        let mut x = [Dual::<Four, N>::constant(0.0); MOST_INPUTS];
        for (index, &input) in formulas.active[*done..count].iter().take(N).enumerate() {
            x[usize::from(input)].slopes[index] = Four::constant(1.0);
        }
        let mut first = formulas.partials as usize + *done * WIDTH;
        for chunk in 0..formulas.chunks as usize {
            let (inputs, outputs) = formulas.chunk(places, chunk);
            for (x, places) in x.iter_mut().zip(inputs.chunks_exact(WIDTH)) {
                x.value = gather(values, places, formulas.adjacent);
            }
            let result = B::value(&x);
            scatter(result.value, values, outputs, formulas.adjacent);
            for (index, slope) in result.slopes.into_iter().enumerate() {
                let start = first + index * WIDTH;
                partials[start..start + WIDTH].copy_from_slice(&slope.numbers());
            }
            first += count * WIDTH;
        }
    }
}
