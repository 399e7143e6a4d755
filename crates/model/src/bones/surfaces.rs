//! The surfaces on which fluid presses: inside of the vault, the closed canal, cords.

use cisterna_skeleton::facts::InnerFacts;
use cisterna_skeleton::geometry::Vector;
use cisterna_skeleton::plan::{Acts, Cord, Plan, Stretch};

use super::read::Reading;
use crate::build::Draft;
use crate::document::{Fields, Placed};

impl<'a> Draft<'a> {
    /// The stretches of the canal on which loads of pressure act, by those.
    pub(super) fn canal_within(
        &self,
        fields: &Fields<'a>,
        plan: &Plan,
        reading: &Reading,
    ) -> Option<Vec<Vec<Stretch>>> {
        let pressures = || {
            plan.loads.iter().filter_map(|load| match &load.acts {
                Acts::Pressure(surfaces) => Some((load.name.as_str(), surfaces)),
                _ => None,
            })
        };
        let stretches = |named: Placed<&str>| {
            let Some((_, surfaces)) = pressures().find(|(name, _)| *name == named.value) else {
                let known = pressures().map(|(name, _)| name);
                self.problems.unknown(&named.place, "load of pressure before this one", named.value, known);
                return None;
            };
            let bones: Vec<&str> = surfaces.iter().map(|(bone, _)| bone.as_str()).collect();
            self.told(&named.place, reading.anatomy.canal_of(&bones))
        };
        fields.strings("within").into_iter().map(stretches).collect()
    }

    /// The inner surfaces of the bones that a load names, or all of them.
    pub(super) fn surfaces(
        &self,
        fields: &Fields<'a>,
        reading: &Reading,
        plan: &Plan,
    ) -> Option<Vec<(String, InnerFacts)>> {
        let on = fields.string("on");
        let named = fields.strings("bones");
        match on.as_ref().map(|on| on.value) {
            Some("canal") => {
                let bones: Vec<&str> = named.iter().map(|bone| bone.value).collect();
                let place = named.first().map_or(fields.place(), |bone| &bone.place);
                let stretches = if bones.is_empty() {
                    reading.anatomy.closed_canal()
                } else {
                    reading.anatomy.canal_of(&bones)
                };
                let stretches = self.told(place, stretches)?;
                return Some(stretches.iter().map(|own| (own.bone.clone(), own.pressed())).collect());
            }
            Some("vault") | None => {}
            Some(other) => {
                let Some(cord) = plan.cords.iter().find(|cord| cord.name == other) else {
                    let cords = plan.cords.iter().map(|cord| cord.name.as_str());
                    let place = on.as_ref().map_or(fields.place(), |on| &on.place);
                    self.problems.unknown(
                        place,
                        "surface",
                        other,
                        ["vault", "canal"].into_iter().chain(cords),
                    );
                    return None;
                };
                return self.on_cord(&named, cord, fields, reading);
            }
        }
        if named.is_empty() {
            return reading.anatomy.closed_vault();
        }
        let inner = &reading.anatomy.facts.vault.as_ref()?.inner;
        let mut surfaces = Vec::new();
        for bone in named {
            match inner.get(bone.value) {
                Some(surface) => surfaces.push((bone.value.to_owned(), surface.clone())),
                None => {
                    let known = inner.keys().map(String::as_str);
                    self.problems.unknown(&bone.place, "bone of this surface", bone.value, known);
                }
            }
        }
        Some(surfaces)
    }

    /// What a pressure beside some bones, or all along it, does to a cord.
    fn on_cord(
        &self,
        named: &[Placed<&str>],
        cord: &Cord,
        fields: &Fields<'a>,
        reading: &Reading,
    ) -> Option<Vec<(String, InnerFacts)>> {
        let pressed = self.told(fields.place(), cord.pressed(&reading.anatomy))?;
        for bone in named {
            if !pressed.iter().any(|(beside, ..)| beside == bone.value) {
                let known = pressed.iter().map(|(beside, ..)| beside.as_str());
                self.problems.unknown(&bone.place, "bone beside this cord", bone.value, known);
            }
        }
        let wanted = |beside: &str| named.is_empty() || named.iter().any(|bone| bone.value == beside);
        let own = pressed.into_iter().filter(|(beside, ..)| wanted(beside));
        Some(own.map(|(_, body, share)| (body, share)).collect())
    }
}

/// What the weight of the fluid in the canal does to the bones, in all stretches that have a pressure of their own counted from the
/// middle of those.
pub(super) fn weighed(canal: &[Vec<Stretch>], axis: usize) -> Vec<(String, InnerFacts)> {
    let of = |stretches: &Vec<Stretch>| {
        let volume: f64 = stretches.iter().map(|own| own.volume).sum();
        let middle: Vector = stretches.iter().map(|own| own.middle * (own.volume / volume)).sum();
        let own = stretches.iter().map(|own| (own.bone.clone(), own.weighed(axis, &middle)));
        own.collect::<Vec<_>>()
    };
    canal.iter().flat_map(of).collect()
}
