//! How one subject and several side by side share the same code.

use cisterna_solver::{Four, Lanes};

use super::program::Slot;

/// How many formulas of one kind are computed together: four of one subject, or one of four subjects.
pub(crate) const WIDTH: usize = 4;

/// Lanes whose numbers are kept flat, slot after slot, lane after lane, so that formulas are computed alike for one
/// subject and for four.
pub trait Packed: Lanes {
    /// The number of a slot.
    #[doc(hidden)]
    fn load(values: &[f64], slot: Slot) -> Self;
    /// Replaces the number of a slot.
    #[doc(hidden)]
    fn store(self, values: &mut [f64], slot: Slot);
}

impl Packed for f64 {
    #[inline(always)]
    fn load(values: &[f64], slot: Slot) -> f64 {
        values[slot as usize]
    }
    #[inline(always)]
    fn store(self, values: &mut [f64], slot: Slot) {
        values[slot as usize] = self;
    }
}

impl Packed for Four {
    #[inline(always)]
    fn load(values: &[f64], slot: Slot) -> Four {
        let start = 4 * slot as usize;
        let mut four = Four([0.0; 4]);
        four.0.copy_from_slice(&values[start..start + 4]);
        four
    }
    #[inline(always)]
    fn store(self, values: &mut [f64], slot: Slot) {
        let start = 4 * slot as usize;
        values[start..start + 4].copy_from_slice(&self.0);
    }
}

/// Numbers from anywhere, side by side.
#[inline(always)]
pub(crate) fn gather(values: &[f64], places: &[u32]) -> Four {
    let one = |i: usize| values[places[i] as usize];
    Four([one(0), one(1), one(2), one(3)])
}

/// Puts each number into its place.
#[inline(always)]
pub(crate) fn scatter(pack: Four, values: &mut [f64], places: &[u32]) {
    for (place, value) in places.iter().zip(pack.0) {
        values[*place as usize] = value;
    }
}
