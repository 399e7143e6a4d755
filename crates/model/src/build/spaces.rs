//! Spaces.

use std::collections::HashMap;

use cisterna_fluid::{Kind, Owner, SpaceId};
use cisterna_quantity::Dimension;

use super::draft::Draft;
use crate::document::{Fields, Place};
use crate::structure::SPACE;

impl<'a> Draft<'a> {
    /// Reads what the spaces hold, where they lie and what their walls are.
    pub fn spaces(&mut self) {
        let mut inside_places: HashMap<SpaceId, Place> = HashMap::new();
        for (index, (name, table)) in self.items("space").enumerate() {
            let id = SpaceId(index);
            let fields = self.fields("space", name, table);
            let marked = self.items("landmark").next().is_some();
            fields.required(if marked { &["holds", "at"] } else { &["holds"] });
            if let Some(fluid) = self.reference(&fields, "holds", "fluid", &self.fluids) {
                self.network.spaces[index].fluid = fluid;
            }
            if let Some(landmark) = self.reference(&fields, "at", "landmark", &self.landmarks) {
                self.network.spaces[index].landmark = landmark;
            }
            if let Some((enclosure, place)) = self.enclosure(&fields, "inside") {
                self.network.spaces[index].inside = Some(enclosure);
                inside_places.insert(id, place);
            }
            self.start(&fields, index);
            if self.broken.contains(&Owner::Space(id)) {
                continue;
            }
            let values = self.values(&fields, Owner::Space(id), |_| None);
            self.network.spaces[index].values = values;
            self.check_pairs(&fields, Owner::Space(id));
            fields.finish(SPACE.iter().map(|key| key.name));
        }
        self.check_rings(&inside_places);
    }

    /// The enclosure, or the outside space with its given pressure, that `key` names, with the place of the name.
    pub fn enclosure(&self, fields: &Fields<'a>, key: &str) -> Option<(SpaceId, Place)> {
        let name = fields.string(key)?;
        let spaces = &self.network.spaces;
        let is_enclosure = |id: SpaceId| matches!(spaces[id.0].kind, Kind::Enclosure(_) | Kind::Outside);
        match self.owners.get(name.value) {
            Some(&owner @ Owner::Space(id)) if is_enclosure(id) || self.broken.contains(&owner) => {
                return is_enclosure(id).then_some((id, name.place));
            }
            _ if self.problems.is_full() => return None,
            _ => {}
        }
        let enclosures =
            spaces.iter().filter(|space| matches!(space.kind, Kind::Enclosure(_) | Kind::Outside));
        self.problems.unknown(
            &name.place,
            "enclosure or outside space",
            name.value,
            enclosures.map(|space| space.name.as_str()),
        );
        None
    }

    fn start(&mut self, fields: &Fields<'a>, index: usize) {
        if let Some(pressure) = fields.quantity("start_pressure", Dimension::PRESSURE) {
            self.network.spaces[index].start_pressure = pressure.value;
        }
        let Some(volume) = fields.quantity("start_volume", Dimension::VOLUME) else { return };
        let bath = matches!(self.network.spaces[index].kind, Kind::Fluid(wall) if wall.name == "bath");
        if !bath && !self.broken.contains(&Owner::Space(SpaceId(index))) {
            self.problems.add(
                volume
                    .place
                    .problem("only a space with the wall `bath` starts from a given volume")
                    .help("with any other wall the volume follows from the pressure: give `start_pressure`"),
            );
        } else if volume.value <= 0.0 {
            self.problems.add(volume.place.problem("`start_volume` must be more than zero"));
        } else {
            self.network.spaces[index].start_volume = Some(volume.value);
        }
    }

    /// Complains of enclosures that lie in themselves, each ring once.
    fn check_rings(&self, places: &HashMap<SpaceId, Place>) {
        let spaces = &self.network.spaces;
        // Zero: not seen; otherwise the walk in which the space was first met.
        let mut met = vec![0_usize; spaces.len()];
        for start in 0..spaces.len() {
            let walk = start + 1;
            let mut at = start;
            while met[at] == 0 {
                met[at] = walk;
                match spaces[at].inside {
                    Some(outer) => at = outer.0,
                    None => break,
                }
            }
            if met[at] == walk && spaces[at].inside.is_some() {
                let mut names = vec![spaces[at].name.as_str()];
                let mut next = spaces[at].inside;
                while let Some(id) = next {
                    names.push(&spaces[id.0].name);
                    next = spaces[id.0].inside.filter(|_| id.0 != at);
                }
                if let Some(place) = places.get(&SpaceId(at)) {
                    let message =
                        format!("enclosures lie inside each other in a ring: {}", names.join(" inside "));
                    self.problems.add(place.problem(message).help("one of them must lie outside all others"));
                }
            }
        }
    }
}
