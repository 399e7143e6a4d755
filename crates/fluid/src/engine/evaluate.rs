//! The hot path: values, derivatives and sums of a program.

use cisterna_solver::{Dual, Lanes, Real};

use super::Engine;
use super::program::{MOST_INPUTS, Operation};
use crate::law::Formula;

impl<F: Lanes> Engine<F> {
    /// Unknowns and inputs into their slots.
    fn take_in(&mut self, time: F, state: &[F], slopes: bool) {
        self.values[..state.len()].copy_from_slice(state);
        for (index, &(slot, gradient)) in self.program.drivers.iter().enumerate() {
            for lane in 0..F::COUNT {
                let passed = self.driver_passed[lane][index];
                let (value, slope) = self.drivers[lane][index].at(time.lane(lane), passed);
                self.values[slot as usize].set_lane(lane, value);
                if slopes {
                    self.gradients[gradient as usize].set_lane(lane, slope);
                }
            }
        }
    }

    /// Every slot at a time and a state.
    pub(super) fn evaluate(&mut self, time: F, state: &[F]) {
        self.take_in(time, state, false);
        for operation in &self.program.operations {
            let value = match operation.formula {
                None => sum(operation, &self.program.inputs, &self.coefficients, &self.values),
                Some(formula) => {
                    let (x, count) = inputs(operation, &self.program.inputs, &self.values);
                    formula.evaluate(&x[..count])
                }
            };
            self.values[operation.output as usize] = value;
        }
    }

    /// Every slot with its derivatives by the unknowns and by time.
    pub(super) fn differentiate(&mut self, time: F, state: &[F]) {
        self.take_in(time, state, true);
        for operation in &self.program.operations {
            let chain = &self.program.chain[operation.chain.range()];
            for gradient in &mut self.gradients[operation.gradients.range()] {
                *gradient = F::constant(0.0);
            }
            let value = match operation.formula {
                None => {
                    let coefficients = &self.coefficients[operation.inputs.range()];
                    for link in chain {
                        let product =
                            coefficients[link.partial as usize] * self.gradients[link.from as usize];
                        self.gradients[link.to as usize] += product;
                    }
                    sum(operation, &self.program.inputs, &self.coefficients, &self.values)
                }
                Some(formula) => {
                    let (x, count) = inputs(operation, &self.program.inputs, &self.values);
                    let active = &self.program.active[operation.active.range()];
                    let (value, partials) = partials(formula, &x[..count], active);
                    for link in chain {
                        let product = partials[link.partial as usize] * self.gradients[link.from as usize];
                        self.gradients[link.to as usize] += product;
                    }
                    value
                }
            };
            self.values[operation.output as usize] = value;
        }
    }

    /// The right-hand sides from the slots.
    pub(super) fn add_up(&self, rates: &mut [F]) {
        rates.fill(F::constant(0.0));
        for &(row, slot, factor) in &self.program.rows {
            rates[row as usize] += F::constant(factor) * self.values[slot as usize];
        }
    }

    /// The Jacobian from the gradients.
    pub(super) fn assemble(&self, jacobian: &mut [F], time_slope: &mut [F]) {
        jacobian.fill(F::constant(0.0));
        for &(gradient, factor, entry) in &self.program.entries {
            jacobian[entry as usize] += F::constant(factor) * self.gradients[gradient as usize];
        }
        time_slope.fill(F::constant(0.0));
        for &(gradient, factor, row) in &self.program.time_entries {
            time_slope[row as usize] += F::constant(factor) * self.gradients[gradient as usize];
        }
    }
}

#[inline(always)]
fn sum<F: Lanes>(operation: &Operation, inputs: &[u32], coefficients: &[F], values: &[F]) -> F {
    let range = operation.inputs.range();
    let mut total = F::constant(0.0);
    for (&slot, &coefficient) in inputs[range.clone()].iter().zip(&coefficients[range]) {
        total += coefficient * values[slot as usize];
    }
    total
}

#[inline(always)]
fn inputs<F: Lanes>(operation: &Operation, inputs: &[u32], values: &[F]) -> ([F; MOST_INPUTS], usize) {
    let mut x = [F::constant(0.0); MOST_INPUTS];
    let slots = &inputs[operation.inputs.range()];
    for (x, &slot) in x.iter_mut().zip(slots) {
        *x = values[slot as usize];
    }
    (x, slots.len())
}

/// A formula's value and its derivatives by the inputs that vary.
#[inline(always)]
fn partials<F: Lanes>(formula: Formula, x: &[F], active: &[u8]) -> (F, [F; MOST_INPUTS]) {
    match active.len() {
        0 => (formula.evaluate(x), [F::constant(0.0); MOST_INPUTS]),
        1 => duals::<F, 1>(formula, x, active),
        2 => duals::<F, 2>(formula, x, active),
        3 => duals::<F, 3>(formula, x, active),
        4 => duals::<F, 4>(formula, x, active),
        _ => duals::<F, MOST_INPUTS>(formula, x, active),
    }
}

#[inline(always)]
fn duals<F: Lanes, const N: usize>(formula: Formula, x: &[F], active: &[u8]) -> (F, [F; MOST_INPUTS]) {
    let mut seeded = [Dual::<F, N>::constant(0.0); MOST_INPUTS];
    for (seeded, &value) in seeded.iter_mut().zip(x) {
        *seeded = Dual::fixed(value);
    }
    for (index, &input) in active.iter().enumerate() {
        seeded[usize::from(input)].slopes[index] = F::constant(1.0);
    }
    let result = formula.evaluate(&seeded[..x.len()]);
    let mut partials = [F::constant(0.0); MOST_INPUTS];
    partials[..N].copy_from_slice(&result.slopes);
    (result.value, partials)
}
