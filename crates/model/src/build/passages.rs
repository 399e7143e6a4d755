//! Passages.

use cisterna_fluid::{Kind, Owner, PassageId, Port, SpaceId};

use super::draft::Draft;
use crate::document::{Fields, Place};
use crate::structure::PASSAGE;

impl<'a> Draft<'a> {
    /// Reads what the passages join and by which law.
    pub fn passages(&mut self) {
        let mut ends = vec![0_usize; self.network.spaces.len()];
        for (index, (name, table)) in self.items("passage").enumerate() {
            let owner = Owner::Passage(PassageId(index));
            let fields = self.fields("passage", name, table);
            fields.required(&["from", "to"]);
            let [from, to] = ["from", "to"].map(|key| self.end(&fields, key));
            for &(SpaceId(end), _) in [&from, &to].into_iter().flatten() {
                ends[end] += 1;
            }
            if let (Some((from, _)), Some((to, place))) = (&from, &to)
                && from == to
            {
                let message = format!("passage `{name}` ends where it starts");
                self.problems.add(place.problem(message).help("`from` and `to` must be two spaces"));
            }
            if let Some((from, place)) = &from {
                self.network.passages[index].from = *from;
                self.network.passages[index].fluid = self.network.spaces[from.0].fluid;
                self.check_volume_from(index, *from, place);
            }
            if let Some((to, _)) = &to {
                self.network.passages[index].to = *to;
            }
            if let Some(fluid) = self.reference(&fields, "fluid", "fluid", &self.fluids) {
                self.network.passages[index].fluid = fluid;
            }
            self.network.passages[index].outside = self.enclosure(&fields, "outside").map(|(id, _)| id);
            if self.broken.contains(&owner) {
                continue;
            }
            let values = self.values(&fields, owner, |_| None);
            self.network.passages[index].values = values;
            self.check_pairs(&fields, owner);
            fields.finish(PASSAGE.iter().map(|key| key.name));
        }
        self.check_junctions(&ends);
    }

    fn end(&self, fields: &Fields<'a>, key: &str) -> Option<(SpaceId, Place)> {
        let name = fields.string(key)?;
        match self.owners.get(name.value) {
            Some(&Owner::Space(id)) if matches!(self.network.spaces[id.0].kind, Kind::Enclosure(_)) => {
                self.problems.add(
                    name.place
                        .problem(format!("`{}` is an enclosure, which holds spaces and no fluid", name.value))
                        .help("let the passage end in a space inside it"),
                );
                None
            }
            Some(&Owner::Space(id)) => Some((id, name.place)),
            _ => {
                let spaces =
                    self.network.spaces.iter().filter(|space| !matches!(space.kind, Kind::Enclosure(_)));
                self.problems.unknown(
                    &name.place,
                    "space",
                    name.value,
                    spaces.map(|space| space.name.as_str()),
                );
                None
            }
        }
    }

    fn check_volume_from(&self, index: usize, from: SpaceId, place: &Place) {
        let law = self.network.passages[index].law;
        let holds = matches!(self.network.spaces[from.0].kind, Kind::Fluid(_));
        if law.ports.contains(&Port::VolumeFrom) && !holds && !self.broken.contains(&Owner::Space(from)) {
            let message = format!(
                "the law `{}` reads the volume at its start, and `{}` has none",
                law.name, self.network.spaces[from.0].name
            );
            self.problems.add(place.problem(message).help("let it start in a space that holds fluid"));
        }
    }

    /// A junction with fewer than two passages has no flow that could set its pressure.
    fn check_junctions(&self, ends: &[usize]) {
        for (index, (name, table)) in self.items("space").enumerate() {
            let junction = matches!(self.network.spaces[index].kind, Kind::Junction);
            if junction && ends[index] < 2 && !self.broken.contains(&Owner::Space(SpaceId(index))) {
                let message =
                    format!("junction `{name}` joins {} passages, it needs two or more", ends[index]);
                self.problems.add(table.place.problem(
                    message.replace(" 1 passages", " one passage").replace(" 0 passages", " no passages"),
                ));
            }
        }
    }
}
