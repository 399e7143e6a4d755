//! The order of computation: operations of one kind that do not need each other side by side.

use super::pack::{Packed, WIDTH};
use super::program::{MOST_INPUTS, Program, Rule, Slot};
use super::sums::Sums;
use crate::law::Formula;

/// Some of a program's operations in an order in which they can be computed, grouped by kind.
#[derive(Clone, Debug)]
pub(crate) struct Schedule<F> {
    pub groups: Vec<Group>,
    /// For formulas, chunk by chunk: each input's places, then the outputs' places, `WIDTH` of each. A place is a
    /// number among the flat values: slot times lanes plus lane.
    pub places: Vec<u32>,
    pub sums: Vec<Sums<F>>,
}

/// Operations of one kind.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Group {
    /// Sums, by their place among those of the schedule.
    Sums(usize),
    /// Formulas.
    Formulas(Formulas),
}

/// Formulas of one kind with the same inputs varying.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Formulas {
    pub formula: Formula,
    /// Whether the places of a chunk are the lanes of one slot.
    pub adjacent: bool,
    /// How many inputs each has.
    pub arity: u32,
    /// Which of them vary, the first `active_count` numbers.
    pub active: [u8; MOST_INPUTS],
    pub active_count: u32,
    /// Where the places begin.
    pub first: u32,
    pub chunks: u32,
    /// Where the partial derivatives begin: chunk by chunk, input by input.
    pub partials: u32,
}

/// The groups of operations, as lists of their numbers in the program.
pub(crate) type Order = Vec<Vec<usize>>;

/// The operations that `targets` need, in groups of one kind: each time a kind of which none that is left has to wait
/// for others, else the one of which most are ready.
pub(crate) fn order(program: &Program, targets: &[Slot]) -> Order {
    let mut writer = vec![None; program.slots];
    for (index, operation) in program.operations.iter().enumerate() {
        writer[operation.output as usize] = Some(index);
    }
    let mut left = vec![false; program.operations.len()];
    let mut open: Vec<usize> = targets.iter().filter_map(|&slot| writer[slot as usize]).collect();
    while let Some(index) = open.pop() {
        if !std::mem::replace(&mut left[index], true) {
            open.extend(program.operations[index].inputs.iter().filter_map(|&slot| writer[slot as usize]));
        }
    }
    let kind = |of: usize| (&program.operations[of].rule, program.operations[of].inputs.len());
    let alike = |one: usize, other: usize| match (kind(one).0, kind(other).0) {
        (Rule::Sum, Rule::Sum) => true,
        _ => kind(one) == kind(other),
    };
    let mut groups: Order = Vec::new();
    loop {
        let is_ready = |index: &usize| {
            let inputs = program.operations[*index].inputs.iter();
            left[*index] && inputs.filter_map(|&slot| writer[slot as usize]).all(|before| !left[before])
        };
        let mut kinds: Vec<Vec<usize>> = Vec::new();
        for index in (0..left.len()).filter(is_ready) {
            match kinds.iter_mut().find(|group| alike(group[0], index)) {
                Some(group) => group.push(index),
                None => kinds.push(vec![index]),
            }
        }
        let is_whole = |group: &Vec<usize>| {
            group.len() == (0..left.len()).filter(|&index| left[index] && alike(group[0], index)).count()
        };
        // Backwards, as of equals `max_by_key` takes the last.
        let rank = |group: &Vec<usize>| (is_whole(group), group.len());
        let Some(chosen) = kinds.into_iter().rev().max_by_key(rank) else { return groups };
        chosen.iter().for_each(|&index| left[index] = false);
        groups.push(chosen);
    }
}

impl<F: Packed> Schedule<F> {
    /// Lays out groups of operations; `weight` gives coefficient `term` of a sum, `offset` its offset.
    pub fn new(
        program: &Program,
        order: &Order,
        weight: impl Fn(usize, usize) -> F,
        offset: impl Fn(usize) -> F,
    ) -> Self {
        let mut schedule = Schedule { groups: Vec::new(), places: Vec::new(), sums: Vec::new() };
        let mut partials = 0;
        for group in order {
            let first = &program.operations[group[0]];
            match &first.rule {
                Rule::Sum => {
                    let sums = group.iter().map(|&index| {
                        let operation = &program.operations[index];
                        let terms = operation.inputs.iter().enumerate();
                        let terms = terms.map(|(term, &slot)| (slot, weight(index, term))).collect();
                        (operation.output, offset(index), terms)
                    });
                    schedule.groups.push(Group::Sums(schedule.sums.len()));
                    schedule.sums.push(Sums::new(sums.collect()));
                }
                Rule::Formula { formula, active } => {
                    let mut numbers = [0; MOST_INPUTS];
                    numbers[..active.len()].copy_from_slice(active);
                    let together = WIDTH / F::COUNT;
                    let formulas = Formulas {
                        formula: *formula,
                        adjacent: F::COUNT == WIDTH,
                        arity: first.inputs.len() as u32,
                        active: numbers,
                        active_count: active.len() as u32,
                        first: schedule.places.len() as u32,
                        chunks: group.len().div_ceil(together) as u32,
                        partials,
                    };
                    for chunk in group.chunks(together) {
                        // A chunk that is not full computes its last operation again.
                        let members = || (0..together).map(|i| chunk[i.min(chunk.len() - 1)]);
                        let flat =
                            |slot: Slot| (0..F::COUNT).map(move |lane| slot * F::COUNT as u32 + lane as u32);
                        for input in 0..first.inputs.len() {
                            let slots = members().map(|member| program.operations[member].inputs[input]);
                            schedule.places.extend(slots.flat_map(flat));
                        }
                        let outputs = members().map(|member| program.operations[member].output);
                        schedule.places.extend(outputs.flat_map(flat));
                    }
                    partials += formulas.partial_count();
                    schedule.groups.push(Group::Formulas(formulas));
                }
            }
        }
        schedule
    }

    /// How many partial derivatives all formulas of all lanes together have.
    pub fn partial_count(&self) -> usize {
        let last = self.groups.iter().rev().find_map(|group| match group {
            Group::Formulas(formulas) => Some(formulas),
            Group::Sums(_) => None,
        });
        last.map_or(0, |formulas| (formulas.partials + formulas.partial_count()) as usize)
    }
}

impl Formulas {
    fn partial_count(&self) -> u32 {
        self.chunks * self.active_count * WIDTH as u32
    }
}
