//! Writes a [`Program`] one operation at a time, folding constants and keeping track of what varies with what.

use cisterna_solver::Pattern;

use super::program::{Link, Operation, Program, Slot, Span};
use crate::law::Formula;

/// The gradient that is always one: of an unknown by itself.
const UNIT: u32 = 0;

/// A program being written, with the constants of one lane.
pub(crate) struct Tape {
    dimension: usize,
    places: Vec<Place>,
    gradients: u32,
    constants: Vec<Slot>,
    drivers: Vec<(Slot, u32)>,
    modes: Vec<Slot>,
    operations: Vec<Operation>,
    inputs: Vec<Slot>,
    coefficients: Vec<f64>,
    active: Vec<u8>,
    chain: Vec<Link>,
}

/// The numbers of one lane.
#[derive(Clone, Debug)]
pub(crate) struct Numbers {
    /// The constants, in the order of the program's.
    pub constants: Vec<f64>,
    /// The coefficients of the sums, in the order of the program's inputs; zero for inputs of formulas.
    pub coefficients: Vec<f64>,
}

/// What is known of a slot.
struct Place {
    /// Its value, where it is the same throughout a run.
    constant: Option<f64>,
    /// The columns that it varies with and the places of the derivatives; column `dimension` is time.
    varies: Vec<(u32, u32)>,
}

impl Tape {
    /// A tape for so many unknowns.
    pub fn new(dimension: usize) -> Self {
        let places = (0..dimension as u32)
            .map(|column| Place { constant: None, varies: vec![(column, UNIT)] })
            .collect();
        Tape {
            dimension,
            places,
            gradients: UNIT + 1,
            constants: Vec::new(),
            drivers: Vec::new(),
            modes: Vec::new(),
            operations: Vec::new(),
            inputs: Vec::new(),
            coefficients: Vec::new(),
            active: Vec::new(),
            chain: Vec::new(),
        }
    }

    fn place(&mut self, place: Place) -> Slot {
        self.places.push(place);
        self.places.len() as Slot - 1
    }

    /// A number that holds throughout a run.
    pub fn constant(&mut self, value: f64) -> Slot {
        let slot = self.place(Place { constant: Some(value), varies: Vec::new() });
        self.constants.push(slot);
        slot
    }

    /// An input that is given as a function of time.
    pub fn driver(&mut self) -> Slot {
        let gradient = self.gradients;
        self.gradients += 1;
        let varies = vec![(self.dimension as u32, gradient)];
        let slot = self.place(Place { constant: None, varies });
        self.drivers.push((slot, gradient));
        slot
    }

    /// A switch, zero or one.
    pub fn mode(&mut self) -> Slot {
        let slot = self.place(Place { constant: None, varies: Vec::new() });
        self.modes.push(slot);
        slot
    }

    /// The value of a slot that holds throughout a run.
    pub fn constant_value(&self, slot: Slot) -> Option<f64> {
        self.places[slot as usize].constant
    }

    /// The sum of slots with coefficients.
    pub fn sum(&mut self, terms: &[(Slot, f64)]) -> Slot {
        if let &[(slot, 1.0)] = terms {
            return slot;
        }
        let known = |&(slot, factor): &(Slot, f64)| self.constant_value(slot).map(|value| value * factor);
        if let Some(value) = terms.iter().map(known).sum::<Option<f64>>() {
            return self.constant(value);
        }
        let slots: Vec<Slot> = terms.iter().map(|term| term.0).collect();
        self.coefficients.resize(self.inputs.len(), 0.0);
        self.coefficients.extend(terms.iter().map(|term| term.1));
        let links = terms.iter().enumerate().map(|(i, term)| (i as u32, term.0)).collect();
        self.operation(None, &slots, Vec::new(), links)
    }

    /// A formula of its inputs.
    pub fn formula(&mut self, formula: Formula, inputs: &[Slot]) -> Slot {
        if formula == Formula::OwnState || formula == Formula::Constant || formula == Formula::Source {
            return inputs[0];
        }
        let known: Option<Vec<f64>> = inputs.iter().map(|&slot| self.constant_value(slot)).collect();
        if let Some(values) = known {
            return self.constant(formula.evaluate(&values));
        }
        let varying = |&i: &usize| !self.places[inputs[i] as usize].varies.is_empty();
        let active: Vec<u8> = (0..inputs.len()).filter(varying).map(|i| i as u8).collect();
        let links = active.iter().enumerate().map(|(a, &i)| (a as u32, inputs[usize::from(i)])).collect();
        self.operation(Some(formula), inputs, active, links)
    }

    fn operation(
        &mut self,
        formula: Option<Formula>,
        inputs: &[Slot],
        active: Vec<u8>,
        sources: Vec<(u32, Slot)>,
    ) -> Slot {
        let mut varies: Vec<(u32, u32)> = Vec::new();
        let first_gradient = self.gradients;
        let first_link = self.chain.len() as u32;
        for (partial, slot) in sources {
            for &(column, from) in &self.places[slot as usize].varies {
                let to = match varies.iter().find(|v| v.0 == column) {
                    Some(&(_, gradient)) => gradient,
                    None => {
                        varies.push((column, self.gradients));
                        self.gradients += 1;
                        self.gradients - 1
                    }
                };
                self.chain.push(Link { partial, from, to });
            }
        }
        let input_start = self.inputs.len() as u32;
        self.inputs.extend_from_slice(inputs);
        let active_start = self.active.len() as u32;
        self.active.extend_from_slice(&active);
        let output = self.place(Place { constant: None, varies });
        self.operations.push(Operation {
            formula,
            output,
            inputs: Span { start: input_start, end: self.inputs.len() as u32 },
            active: Span { start: active_start, end: self.active.len() as u32 },
            chain: Span { start: first_link, end: self.chain.len() as u32 },
            gradients: Span { start: first_gradient, end: self.gradients },
        });
        output
    }

    /// The program whose right-hand sides are the given sums of slots, with the constants of this lane.
    pub fn finish(
        mut self,
        mass: Vec<f64>,
        scales: Vec<f64>,
        rows: &[Vec<(Slot, f64)>],
        margins: Vec<Slot>,
    ) -> (Program, Numbers) {
        self.coefficients.resize(self.inputs.len(), 0.0);
        let pattern = self.pattern(rows);
        let (mut flat_rows, mut entries, mut time_entries) = (Vec::new(), Vec::new(), Vec::new());
        for (row, terms) in rows.iter().enumerate() {
            let start = pattern.row_starts[row];
            let columns = &pattern.columns[start..pattern.row_starts[row + 1]];
            for &(slot, factor) in terms {
                flat_rows.push((row as u32, slot, factor));
                for &(column, gradient) in &self.places[slot as usize].varies {
                    if column as usize == self.dimension {
                        time_entries.push((gradient, factor, row as u32));
                    } else if let Ok(offset) = columns.binary_search(&(column as usize)) {
                        entries.push((gradient, factor, (start + offset) as u32));
                    }
                }
            }
        }
        let constants = self.constants.iter().filter_map(|&slot| self.constant_value(slot)).collect();
        let numbers = Numbers { constants, coefficients: self.coefficients };
        let program = Program {
            dimension: self.dimension,
            slots: self.places.len(),
            gradients: self.gradients as usize,
            mass,
            scales,
            pattern,
            constants: self.constants,
            drivers: self.drivers,
            modes: self.modes,
            margins,
            operations: self.operations,
            inputs: self.inputs,
            active: self.active,
            chain: self.chain,
            rows: flat_rows,
            entries,
            time_entries,
        };
        (program, numbers)
    }

    fn pattern(&self, rows: &[Vec<(Slot, f64)>]) -> Pattern {
        let mut row_starts = vec![0];
        let mut columns = Vec::new();
        for (row, terms) in rows.iter().enumerate() {
            let varying = terms.iter().flat_map(|&(slot, _)| &self.places[slot as usize].varies);
            let mut here: Vec<usize> = varying.map(|v| v.0 as usize).collect();
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
