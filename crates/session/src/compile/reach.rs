//! How much of the pressure under a hand reaches what it is meant to free.

use std::f64::consts::PI;

use cisterna_model::Model;

use super::touched::{Hand, Touched};
use crate::restriction::Restriction;

/// The greatest pressure of a hand at any of the restrictions that are worked on, mmHg. Where one has no place of its own (a
/// membrane within the skull, a muscle), it counts as if it lay right under the hand: that is a limit of this.
pub(super) fn at_restrictions<'a>(
    touched: &Touched,
    worked: impl Iterator<Item = &'a Restriction>,
    model: &Model,
) -> f64 {
    let items: Vec<&str> = worked.flat_map(Restriction::items).collect();
    let at = |hand: &Hand| {
        let pressure = hand.contact.pressure()?;
        let shares = items.iter().map(|item| match distance(hand, item, model) {
            Some(far) => share(hand, far),
            None => 1.0,
        });
        Some(pressure * shares.reduce(f64::max).unwrap_or(1.0))
    };
    touched.hands.iter().filter_map(at).fold(0.0, f64::max)
}

/// From a hand to a joint, mm; none where either has no place in the model.
fn distance(hand: &Hand, joint: &str, model: &Model) -> Option<f64> {
    let bones = model.bones.as_ref()?;
    let (_, _, at, _) = bones.whole.joints().find(|(name, ..)| *name == joint)?;
    let point = bones.plan.anatomy.point(hand.contact.place.name()).ok()?.at;
    Some((point - at).norm())
}

/// The share of the pressure of a round contact that is left so far away from it: that right under its middle in a half-space of
/// one tissue (Boussinesq 1885), `1 - (1 + (a/z)^2)^(-3/2)` with the radius a. Beside the middle less is left, and bone, which
/// carries most of it, leaves less still, so that this is the most that can be there.
fn share(hand: &Hand, far: f64) -> f64 {
    let Some(area) = &hand.contact.area else { return 1.0 };
    let radius = (area.unit.from_canonical(area.value) / PI).sqrt();
    if far <= 0.0 { 1.0 } else { 1.0 - (1.0 + (radius / far).powi(2)).powf(-1.5) }
}
