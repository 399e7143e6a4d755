//! Writes a [`Program`] one expression at a time.
//!
//! Most of a network is linear: pressures add, a constant resistance divides, a lag subtracts. Whatever is linear is
//! therefore kept as a sum of *atoms* (unknowns, inputs, switches and results of formulas) with coefficients and
//! folded into whatever uses it; only formulas that bend become computations, and the Jacobian of the rest is a
//! constant.

use cisterna_solver::{Dual, Pattern};

use super::degree::is_affine;
use super::program::{MOST_INPUTS, Numbers, Operation, Program, Rule, Slot, Weights};
use crate::law::Formula;

/// Sums of more atoms than this are computed once rather than folded into every user.
const MOST_TERMS: usize = 12;

/// An expression on a [`Tape`]; the first ones are the unknowns.
pub(crate) type Handle = u32;

/// A sum of atoms.
#[derive(Clone, Debug, Default)]
struct Expression {
    /// Atoms, ascending, with their coefficients.
    terms: Vec<(Slot, f64)>,
    offset: f64,
}

/// A program being written, with the numbers of one lane.
pub(crate) struct Tape {
    dimension: usize,
    expressions: Vec<Expression>,
    /// For each expression the slot that holds its value, where there is one.
    places: Vec<Option<Slot>>,
    /// For each slot the columns that it varies with; column `dimension` is time.
    varies: Vec<Vec<u32>>,
    constants: Vec<(Slot, f64)>,
    drivers: Vec<Slot>,
    modes: Vec<Slot>,
    operations: Vec<Operation>,
    sums: Vec<Weights>,
}

impl Tape {
    /// A tape for so many unknowns.
    pub fn new(dimension: usize) -> Self {
        let mut tape = Tape {
            dimension,
            expressions: Vec::new(),
            places: Vec::new(),
            varies: Vec::new(),
            constants: Vec::new(),
            drivers: Vec::new(),
            modes: Vec::new(),
            operations: Vec::new(),
            sums: Vec::new(),
        };
        for column in 0..dimension as u32 {
            let slot = tape.slot(vec![column]);
            tape.atom(slot);
        }
        tape
    }

    fn slot(&mut self, varies: Vec<u32>) -> Slot {
        self.varies.push(varies);
        self.varies.len() as Slot - 1
    }

    fn express(&mut self, expression: Expression) -> Handle {
        self.expressions.push(expression);
        self.places.push(None);
        self.expressions.len() as Handle - 1
    }

    fn atom(&mut self, slot: Slot) -> Handle {
        self.express(Expression { terms: vec![(slot, 1.0)], offset: 0.0 })
    }

    /// A number that holds throughout a run.
    pub fn constant(&mut self, value: f64) -> Handle {
        self.express(Expression { terms: Vec::new(), offset: value })
    }

    /// An input that is given as a function of time.
    pub fn driver(&mut self) -> Handle {
        let slot = self.slot(vec![self.dimension as u32]);
        self.drivers.push(slot);
        self.atom(slot)
    }

    /// A switch, zero or one.
    pub fn mode(&mut self) -> Handle {
        let slot = self.slot(Vec::new());
        self.modes.push(slot);
        self.atom(slot)
    }

    /// The value of an expression that holds throughout a run.
    pub fn constant_value(&self, handle: Handle) -> Option<f64> {
        let Expression { terms, offset } = &self.expressions[handle as usize];
        terms.is_empty().then_some(*offset)
    }

    /// The sum of expressions with coefficients.
    pub fn sum(&mut self, terms: &[(Handle, f64)]) -> Handle {
        if let &[(handle, 1.0)] = terms {
            return handle;
        }
        let expression = self.combine(terms, 0.0);
        self.fold(expression)
    }

    /// A formula of expressions.
    pub fn formula(&mut self, formula: Formula, inputs: &[Handle]) -> Handle {
        let known: Vec<Option<f64>> = inputs.iter().map(|&input| self.constant_value(input)).collect();
        if let Some(values) = known.iter().copied().collect::<Option<Vec<f64>>>() {
            return self.constant(formula.evaluate(&values));
        }
        if let Some(affine) =
            is_affine(formula, &known).then(|| self.linear(formula, inputs, &known)).flatten()
        {
            return self.fold(affine);
        }
        let inputs: Vec<Slot> = inputs.iter().map(|&input| self.place(input)).collect();
        let varying = |&i: &usize| !self.varies[inputs[i] as usize].is_empty();
        let active = (0..inputs.len()).filter(varying).map(|i| i as u8).collect();
        let output = self.operation(Rule::Formula { formula, active }, inputs, Weights::default());
        self.atom(output)
    }

    /// The expression that a formula is which is linear in what varies; none where its numbers are not finite.
    fn linear(&self, formula: Formula, inputs: &[Handle], known: &[Option<f64>]) -> Option<Expression> {
        let mut x = [Dual::<f64, MOST_INPUTS>::fixed(0.0); MOST_INPUTS];
        for (index, known) in known.iter().enumerate() {
            x[index] = known.map_or(Dual::variable(0.0, index), Dual::fixed);
        }
        let result = formula.evaluate(&x[..inputs.len()]);
        let varying = inputs.iter().zip(result.slopes).zip(known).filter(|(_, known)| known.is_none());
        let terms: Vec<(Handle, f64)> = varying.map(|((&input, slope), _)| (input, slope)).collect();
        let finite = result.value.is_finite() && terms.iter().all(|term| term.1.is_finite());
        finite.then(|| self.combine(&terms, result.value))
    }

    /// The atoms of a sum, each once.
    fn combine(&self, terms: &[(Handle, f64)], offset: f64) -> Expression {
        let mut sum = Expression { terms: Vec::new(), offset };
        for &(handle, factor) in terms {
            let part = &self.expressions[handle as usize];
            sum.offset += factor * part.offset;
            for &(slot, coefficient) in &part.terms {
                match sum.terms.binary_search_by_key(&slot, |term| term.0) {
                    Ok(place) => sum.terms[place].1 += factor * coefficient,
                    Err(place) => sum.terms.insert(place, (slot, factor * coefficient)),
                }
            }
        }
        sum.terms.retain(|term| term.1 != 0.0);
        sum
    }

    /// An expression to be used by others: long ones are computed once.
    fn fold(&mut self, expression: Expression) -> Handle {
        let long = expression.terms.len() > MOST_TERMS;
        let handle = self.express(expression);
        if long {
            let slot = self.place(handle);
            return self.atom(slot);
        }
        handle
    }

    /// The slot that holds the value of an expression.
    pub fn place(&mut self, handle: Handle) -> Slot {
        if let Some(slot) = self.places[handle as usize] {
            return slot;
        }
        let Expression { terms, offset } = self.expressions[handle as usize].clone();
        let slot = match terms[..] {
            [] => {
                let slot = self.slot(Vec::new());
                self.constants.push((slot, offset));
                slot
            }
            [(slot, 1.0)] if offset == 0.0 => slot,
            _ => {
                let (inputs, coefficients) = terms.into_iter().unzip();
                self.operation(Rule::Sum, inputs, Weights { coefficients, offset })
            }
        };
        self.places[handle as usize] = Some(slot);
        slot
    }

    fn operation(&mut self, rule: Rule, inputs: Vec<Slot>, weights: Weights) -> Slot {
        let mut varies: Vec<u32> =
            inputs.iter().flat_map(|&slot| self.varies[slot as usize].iter().copied()).collect();
        varies.sort_unstable();
        varies.dedup();
        let output = self.slot(varies);
        self.operations.push(Operation { rule, output, inputs });
        self.sums.push(weights);
        output
    }

    /// The program whose right-hand sides are the given sums, with the numbers of this lane.
    pub fn finish(
        mut self,
        mass: Vec<f64>,
        scales: Vec<f64>,
        rows: &[Vec<(Handle, f64)>],
        margins: &[Handle],
    ) -> (Program, Numbers) {
        let margins = margins.iter().map(|&margin| self.place(margin)).collect();
        let rows: Vec<Expression> = rows.iter().map(|terms| self.combine(terms, 0.0)).collect();
        let pattern = self.pattern(&rows);
        let (mut row_slots, mut row_weights) = (Vec::new(), Vec::new());
        for Expression { terms, offset } in rows {
            let (slots, coefficients) = terms.into_iter().unzip();
            row_slots.push(slots);
            row_weights.push(Weights { coefficients, offset });
        }
        let (constants, constant_values) = self.constants.into_iter().unzip();
        let numbers = Numbers { constants: constant_values, sums: self.sums, rows: row_weights };
        let program = Program {
            dimension: self.dimension,
            slots: self.varies.len(),
            mass,
            scales,
            pattern,
            constants,
            drivers: self.drivers,
            modes: self.modes,
            margins,
            operations: self.operations,
            rows: row_slots,
        };
        (program, numbers)
    }

    fn pattern(&self, rows: &[Expression]) -> Pattern {
        let mut row_starts = vec![0];
        let mut columns = Vec::new();
        for (row, expression) in rows.iter().enumerate() {
            let varying = expression.terms.iter().flat_map(|&(slot, _)| &self.varies[slot as usize]);
            let mut here: Vec<usize> = varying.map(|&column| column as usize).collect();
            here.retain(|&column| column < self.dimension);
            here.push(row);
            here.sort_unstable();
            here.dedup();
            columns.extend(here);
            row_starts.push(columns.len());
        }
        Pattern { row_starts, columns }
    }
}
