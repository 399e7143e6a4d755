//! A network as straight-line code: what is computed from what, and which derivatives there are.

use cisterna_solver::Pattern;

use crate::law::Formula;

/// A place that holds a number while the network is evaluated.
pub(crate) type Slot = u32;

/// The most inputs that a formula may have.
pub(crate) const MOST_INPUTS: usize = 8;

/// Everything about a network that is the same for all lanes: its structure without any of its numbers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Program {
    /// The number of unknowns; they are the first slots.
    pub dimension: usize,
    pub slots: usize,
    pub mass: Vec<f64>,
    pub scales: Vec<f64>,
    pub pattern: Pattern,
    /// Slots of constants, in the order in which each lane gives their values.
    pub constants: Vec<Slot>,
    /// Slots of the driven inputs.
    pub drivers: Vec<Slot>,
    /// Slots of the modes.
    pub modes: Vec<Slot>,
    /// For each mode the slot of its margin.
    pub margins: Vec<Slot>,
    /// What is computed, each from slots that are written before it.
    pub operations: Vec<Operation>,
    /// The right-hand sides: the slots that each adds up.
    pub rows: Vec<Vec<Slot>>,
}

/// One computation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Operation {
    pub rule: Rule,
    pub output: Slot,
    pub inputs: Vec<Slot>,
}

/// Where the flow through a valve sets in: at a drive, within a width of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Corner {
    pub drive: Slot,
    pub width: Slot,
    pub opening: Slot,
}

impl Program {
    /// The corners of all valves. Other laws bend over pressures or volumes that take many steps to pass.
    pub fn corners(&self) -> impl Iterator<Item = Corner> {
        self.operations.iter().filter_map(|operation| match (&operation.rule, &operation.inputs[..]) {
            (Rule::Formula { formula: Formula::OneWay, .. }, &[drive, _, width, opening]) => {
                Some(Corner { drive, width, opening })
            }
            _ => None,
        })
    }
}

/// How an operation computes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Rule {
    /// The sum of its inputs with coefficients, and an offset.
    Sum,
    /// A formula, of which the named inputs vary with unknowns or time.
    Formula { formula: Formula, active: Vec<u8> },
}

/// The numbers of one lane.
#[derive(Clone, Debug)]
pub(crate) struct Numbers {
    /// The constants, in the order of the program's.
    pub constants: Vec<f64>,
    /// For each operation its coefficients and offset; empty and zero for a formula.
    pub sums: Vec<Weights>,
    /// For each row likewise.
    pub rows: Vec<Weights>,
}

/// The coefficients of a sum and what is added to it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Weights {
    pub coefficients: Vec<f64>,
    pub offset: f64,
}
