//! Who watches an integration.

use super::Step;
use crate::{Lanes, System};

/// A crossing that was found and passed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// The lane.
    pub lane: usize,
    /// When (s).
    pub time: f64,
    /// Which, by its number in [`System::margins`].
    pub crossing: usize,
}

/// Watches the accepted steps and the crossings of each lane, in the order of its time.
///
/// A lane's steps join without gap, from its start on. The last one may reach beyond the end that was asked
/// of `advance`; it is not shown again by the next `advance`, so that an observer that takes its samples by
/// "every due time up to the end of this step" sees each once and with the same bits, however the run is cut.
pub trait Observer<F: Lanes, S: System<F> + ?Sized> {
    /// A step was accepted. The system still has the modes it had during the step, so that outputs may be
    /// computed with it; nothing in it may be changed.
    fn step(&mut self, system: &mut S, step: &Step<'_, F>);

    /// A mode was switched (right after the step that ends on the crossing).
    fn crossing(&mut self, _crossing: Crossing) {}
}

/// Nobody watches.
impl<F: Lanes, S: System<F> + ?Sized> Observer<F, S> for () {
    fn step(&mut self, _system: &mut S, _step: &Step<'_, F>) {}
}
