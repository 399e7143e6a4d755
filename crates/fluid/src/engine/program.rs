//! A network as straight-line code: what is computed in which order, and where every derivative goes.

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
    pub gradients: usize,
    pub mass: Vec<f64>,
    pub scales: Vec<f64>,
    pub pattern: Pattern,
    /// Slots of constants, in the order in which each lane gives their values.
    pub constants: Vec<Slot>,
    /// Slots of the driven inputs with the place of their slope.
    pub drivers: Vec<(Slot, u32)>,
    /// Slots of the modes.
    pub modes: Vec<Slot>,
    /// For each mode the slot of its margin.
    pub margins: Vec<Slot>,
    pub operations: Vec<Operation>,
    /// Inputs of the formulas and terms of the sums, operation after operation.
    pub inputs: Vec<Slot>,
    /// For formulas: which inputs vary.
    pub active: Vec<u8>,
    /// The chain rule, operation after operation.
    pub chain: Vec<Link>,
    /// The right-hand sides: row, slot, coefficient.
    pub rows: Vec<(u32, Slot, f64)>,
    /// The Jacobian: gradient, coefficient, entry of the pattern.
    pub entries: Vec<(u32, f64, u32)>,
    /// The slope by time: gradient, coefficient, row.
    pub time_entries: Vec<(u32, f64, u32)>,
}

/// One computation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Operation {
    /// A formula, or none for a sum with coefficients.
    pub formula: Option<Formula>,
    pub output: Slot,
    pub inputs: Span,
    pub active: Span,
    pub chain: Span,
    /// Gradients of the output.
    pub gradients: Span,
}

/// A piece of a list.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub(crate) struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    #[inline(always)]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// One product of the chain rule: partial derivative number `partial` times gradient `from` adds to gradient `to`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Link {
    pub partial: u32,
    pub from: u32,
    pub to: u32,
}
