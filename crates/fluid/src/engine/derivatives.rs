//! The chain rule of a program: which derivative of what adds to which entry of the Jacobian.

use super::pack::{Packed, WIDTH};
use super::program::{Program, Rule, Slot};
use super::schedule::{Group, Order, Schedule};

/// Everything that makes a Jacobian of the partial derivatives of the formulas.
#[derive(Clone, Debug)]
pub(crate) struct Derivatives<F> {
    /// Gradients that never change (of unknowns and of sums of them), then those of the inputs by time, then those
    /// that change.
    gradients: Vec<F>,
    /// Where the slopes of the inputs begin.
    drivers: usize,
    /// Where the changing gradients begin.
    changing: usize,
    /// Flat: partial derivatives of the formulas, then the coefficients of sums whose gradients change.
    partials: Vec<f64>,
    links: Vec<Link>,
    /// The part of the Jacobian that never changes.
    jacobian: Vec<F>,
    entries: Vec<Entry<F>>,
    /// Likewise the slope by time: gradient, factor, row.
    time_entries: Vec<Entry<F>>,
}

/// One product of the chain rule: partial derivative `partial` times gradient `from` adds to gradient `to`.
#[derive(Clone, Copy, Debug)]
struct Link {
    partial: u32,
    from: u32,
    to: u32,
}

/// A gradient times a factor that adds to an entry of the Jacobian or to a row of the slope by time.
#[derive(Clone, Copy, Debug)]
struct Entry<F> {
    gradient: u32,
    factor: F,
    to: u32,
}

/// The columns that a slot varies with and the places of its gradients; none is known of slots not computed.
#[derive(Clone, Debug, Default)]
struct Gradients {
    places: Vec<(u32, u32)>,
    change: bool,
}

impl<F: Packed> Derivatives<F> {
    /// The derivatives of what a schedule computes; `weight` gives coefficient `term` of a sum, `factor` that of a row.
    pub fn new(
        program: &Program,
        order: &Order,
        schedule: &Schedule<F>,
        weight: impl Fn(usize, usize) -> F,
        factor: impl Fn(usize, usize) -> F,
    ) -> Self {
        let mut derivatives = Derivatives {
            gradients: vec![F::constant(1.0)],
            drivers: 0,
            changing: 0,
            partials: vec![0.0; schedule.partial_count()],
            links: Vec::new(),
            jacobian: vec![F::constant(0.0); program.pattern.columns.len()],
            entries: Vec::new(),
            time_entries: Vec::new(),
        };
        let mut of = vec![Gradients::default(); program.slots];
        for (column, gradients) in of.iter_mut().enumerate().take(program.dimension) {
            gradients.places.push((column as u32, 0));
        }
        for &slot in &program.drivers {
            of[slot as usize].change = true;
        }
        let operations = || order.iter().flatten().map(|&index| (index, &program.operations[index]));
        for (index, operation) in operations() {
            let change =
                operation.rule != Rule::Sum || operation.inputs.iter().any(|&i| of[i as usize].change);
            of[operation.output as usize].change = change;
            if !change {
                let places =
                    derivatives.constant_gradients(&operation.inputs, &of, |term| weight(index, term));
                of[operation.output as usize].places = places;
            }
        }
        derivatives.drivers = derivatives.gradients.len();
        for &slot in &program.drivers {
            of[slot as usize].places.push((program.dimension as u32, derivatives.gradients.len() as u32));
            derivatives.gradients.push(F::constant(0.0));
        }
        derivatives.changing = derivatives.gradients.len();
        let partial_of = partial_places(program, order, schedule);
        for (index, operation) in operations() {
            if !of[operation.output as usize].change {
                continue;
            }
            let sources: Vec<(u32, Slot)> = match &operation.rule {
                Rule::Sum => {
                    let first = (derivatives.partials.len() / F::COUNT) as u32;
                    for (place, term) in (first..).zip(0..operation.inputs.len()) {
                        derivatives.partials.resize(derivatives.partials.len() + F::COUNT, 0.0);
                        weight(index, term).store(&mut derivatives.partials, place);
                    }
                    (first..).zip(operation.inputs.iter().copied()).collect()
                }
                Rule::Formula { active, .. } => {
                    let inputs = active.iter().map(|&input| operation.inputs[usize::from(input)]);
                    (partial_of[index]..).step_by(WIDTH / F::COUNT).zip(inputs).collect()
                }
            };
            of[operation.output as usize].places = derivatives.link(&sources, &of);
        }
        derivatives.rows(program, &of, factor);
        derivatives
    }

    /// The gradients of a sum of slots whose gradients never change.
    fn constant_gradients(
        &mut self,
        inputs: &[Slot],
        of: &[Gradients],
        weight: impl Fn(usize) -> F,
    ) -> Vec<(u32, u32)> {
        let mut places: Vec<(u32, u32)> = Vec::new();
        for (term, &slot) in inputs.iter().enumerate() {
            for &(column, from) in &of[slot as usize].places {
                let product = weight(term) * self.gradients[from as usize];
                match places.iter().find(|place| place.0 == column) {
                    Some(&(_, to)) => self.gradients[to as usize] += product,
                    None => {
                        places.push((column, self.gradients.len() as u32));
                        self.gradients.push(product);
                    }
                }
            }
        }
        places
    }

    /// The gradients of an operation from its partial derivatives by slots.
    fn link(&mut self, sources: &[(u32, Slot)], of: &[Gradients]) -> Vec<(u32, u32)> {
        let mut places: Vec<(u32, u32)> = Vec::new();
        for &(partial, slot) in sources {
            for &(column, from) in &of[slot as usize].places {
                let to = match places.iter().find(|place| place.0 == column) {
                    Some(&(_, to)) => to,
                    None => {
                        places.push((column, self.gradients.len() as u32));
                        self.gradients.push(F::constant(0.0));
                        self.gradients.len() as u32 - 1
                    }
                };
                self.links.push(Link { partial, from, to });
            }
        }
        places
    }

    /// Sorts the entries of the Jacobian into those that never change and those that do.
    fn rows(&mut self, program: &Program, of: &[Gradients], factor: impl Fn(usize, usize) -> F) {
        for (row, slots) in program.rows.iter().enumerate() {
            let start = program.pattern.row_starts[row];
            let columns = &program.pattern.columns[start..program.pattern.row_starts[row + 1]];
            for (term, &slot) in slots.iter().enumerate() {
                let factor = factor(row, term);
                for &(column, gradient) in &of[slot as usize].places {
                    if column as usize == program.dimension {
                        self.time_entries.push(Entry { gradient, factor, to: row as u32 });
                    } else if let Ok(offset) = columns.binary_search(&(column as usize)) {
                        let to = start + offset;
                        if of[slot as usize].change {
                            self.entries.push(Entry { gradient, factor, to: to as u32 });
                        } else {
                            self.jacobian[to] += factor * self.gradients[gradient as usize];
                        }
                    }
                }
            }
        }
    }

    /// Sets the slope of a driven input.
    pub fn set_slope(&mut self, driver: usize, lane: usize, slope: f64) {
        self.gradients[self.drivers + driver].set_lane(lane, slope);
    }

    /// Evaluates a schedule with all gradients.
    pub fn differentiate(&mut self, schedule: &Schedule<F>, values: &mut [f64]) {
        schedule.differentiate(values, &mut self.partials);
        self.gradients[self.changing..].fill(F::constant(0.0));
        for link in &self.links {
            let product = F::load(&self.partials, link.partial) * self.gradients[link.from as usize];
            self.gradients[link.to as usize] += product;
        }
    }

    /// The Jacobian from the gradients.
    pub fn assemble(&self, jacobian: &mut [F], time_slope: &mut [F]) {
        jacobian.copy_from_slice(&self.jacobian);
        self.add(&self.entries, jacobian);
        time_slope.fill(F::constant(0.0));
        self.add(&self.time_entries, time_slope);
    }

    #[inline(always)]
    fn add(&self, entries: &[Entry<F>], to: &mut [F]) {
        for entry in entries {
            to[entry.to as usize] += entry.factor * self.gradients[entry.gradient as usize];
        }
    }
}

/// For each operation that is a formula the place of its first partial derivative, in numbers of all lanes; those by
/// the further inputs follow as far apart as formulas are computed together.
fn partial_places<F: Packed>(program: &Program, order: &Order, schedule: &Schedule<F>) -> Vec<u32> {
    let mut places = vec![0; program.operations.len()];
    let together = WIDTH / F::COUNT;
    for (members, group) in order.iter().zip(&schedule.groups) {
        let Group::Formulas(formulas) = group else { continue };
        for (number, &index) in members.iter().enumerate() {
            let (chunk, lane) = (number / together, number % together);
            let before = chunk * formulas.active_count as usize * together + lane;
            places[index] = formulas.partials / F::COUNT as u32 + before as u32;
        }
    }
    places
}
