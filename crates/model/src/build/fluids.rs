//! Fluids and landmarks.

use cisterna_fluid::{Bounds, Fluid, FluidId, Landmark, Parameter};
use cisterna_quantity::Dimension;

use super::draft::Draft;
use crate::document::{Fields, Placed};
use crate::structure::{FLUID, LANDMARK, LANDMARK_KEY};

impl Draft<'_> {
    /// Reads what the spaces hold.
    pub fn fluids(&mut self) {
        for (name, table) in self.items("fluid") {
            self.check_name(name, &table.place);
            let fields = self.fields("fluid", name, table);
            fields.required(&["density", "viscosity"]);
            let [density, viscosity, total] = [&FLUID[0], &FLUID[1], &FLUID[2]].map(|parameter| {
                self.stated(
                    &fields,
                    parameter,
                    parameter.dimension,
                    format!("fluid.{name}.{}", parameter.name),
                )
            });
            fields.finish([]);
            let id = FluidId(self.network.fluids.len());
            self.fluids.insert(name, id);
            self.network.fluids.push(Fluid {
                name: name.to_owned(),
                density: density.unwrap_or(1000.0),
                viscosity: viscosity.unwrap_or(1.0),
                total,
            });
        }
    }

    /// Reads where the spaces lie; a model without landmarks has one point for all.
    pub fn landmarks(&mut self) {
        for (name, table) in self.items("landmark") {
            self.check_name(name, &table.place);
            let fields = self.fields("landmark", name, table);
            let position = [&LANDMARK[0], &LANDMARK[1], &LANDMARK[2]].map(|axis| {
                let name = format!("landmark.{name}.{}", axis.name);
                self.stated(&fields, axis, axis.dimension, name).unwrap_or(0.0)
            });
            let top_of = self.top_of(&fields);
            fields.finish(LANDMARK_KEY.iter().map(|key| key.name));
            self.landmarks.insert(name, self.network.landmarks.len());
            self.network.landmarks.push(Landmark { name: name.to_owned(), position, segment: None, top_of });
        }
        if self.network.landmarks.is_empty() {
            self.network.landmarks.push(Landmark {
                name: "origin".to_owned(),
                position: [0.0; 3],
                segment: None,
                top_of: Vec::new(),
            });
        }
    }

    /// The points of which a landmark is the highest; it then has no place of its own.
    fn top_of(&self, fields: &Fields<'_>) -> Vec<usize> {
        let named = fields.strings("top_of");
        let own = ["right", "forward", "up", "segment"].into_iter().find(|key| fields.has(key));
        if let (Some(first), Some(own)) = (named.first(), own) {
            let message = format!("a landmark that is the top of others has no `{own}` of its own");
            self.problems.add(first.place.problem(message).help("give the one or the other"));
            return Vec::new();
        }
        let find = |name: &Placed<&str>| {
            let found = self.landmarks.get(name.value).copied();
            if found.is_none() {
                let mut names: Vec<&str> = self.landmarks.keys().copied().collect();
                names.sort_unstable();
                self.problems.unknown(&name.place, "landmark above this one", name.value, names);
            }
            found
        };
        named.iter().filter_map(find).collect()
    }

    /// Enters who uses the fluids and landmarks, once the spaces are known.
    pub fn enter_holders(&mut self) {
        let mut users: std::collections::HashMap<String, Vec<String>> = std::collections::HashMap::new();
        for space in &self.network.spaces {
            let held = &self.network.fluids.get(space.fluid.0);
            let mark = &self.network.landmarks.get(space.landmark);
            if let (Some(fluid), Some(mark)) = (held, mark) {
                users
                    .entry(format!("fluid.{}", fluid.name))
                    .or_default()
                    .push(format!("space `{}`", space.name));
                users
                    .entry(format!("landmark.{}", mark.name))
                    .or_default()
                    .push(format!("space `{}`", space.name));
            }
        }
        for passage in &self.network.passages {
            if let Some(fluid) = self.network.fluids.get(passage.fluid.0) {
                users
                    .entry(format!("fluid.{}", fluid.name))
                    .or_default()
                    .push(format!("passage `{}`", passage.name));
            }
        }
        for entry in &mut self.evidence {
            if let Some((item, _)) = entry.name.rsplit_once('.')
                && let Some(users) = users.get(item)
                && entry.address.is_none()
            {
                entry.used_by.extend(users.iter().cloned());
            }
        }
    }
}

/// The concentration of a substance at the start.
pub(super) static CONCENTRATION: Parameter =
    Parameter::free("held", Bounds::NotNegative, None, "concentration at the start");

/// A volume per volume turns into a volume, an amount per volume into an amount.
pub(super) fn amount(concentration: Dimension) -> Dimension {
    concentration.times(Dimension::VOLUME)
}
