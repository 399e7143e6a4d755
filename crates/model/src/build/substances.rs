//! Substances.

use cisterna_fluid::{Kind, Owner, SpaceId, Substance};
use cisterna_quantity::Dimension;

use super::draft::Draft;
use super::fluids::{CONCENTRATION, amount};
use crate::document::{Fields, Placed};
use crate::evidence::Evidence;

impl<'a> Draft<'a> {
    /// Reads what is dissolved in the spaces.
    pub fn substances(&mut self) {
        for (name, table) in self.items("substance") {
            self.check_name(name, &table.place);
            let fields = self.fields("substance", name, table);
            fields.required(&["held"]);
            let held = fields.table("held");
            fields.finish(["held"]);
            let mut dimension = None;
            let mut spaces = Vec::new();
            if let Some(held) = held {
                let fields = self.fields("substance", name, held);
                for (space, node) in &held.entries {
                    if let Some(id) = self.holder(space, &node.key)
                        && let Some(value) = self.concentration(&fields, name, space, &mut dimension)
                    {
                        spaces.push((id, value));
                    }
                }
            }
            self.amounts.push(amount(dimension.unwrap_or(Dimension::NUMBER)));
            self.network.substances.push(Substance { name: name.to_owned(), held: spaces });
        }
        self.enter_holders();
    }

    fn holder(&self, name: &str, place: &crate::document::Place) -> Option<SpaceId> {
        let holds = |id: SpaceId| matches!(self.network.spaces[id.0].kind, Kind::Fluid(_));
        match self.owners.get(name) {
            Some(&owner @ Owner::Space(id)) if holds(id) || self.broken.contains(&owner) => Some(id),
            _ => {
                let spaces = self.network.spaces.iter().filter(|space| matches!(space.kind, Kind::Fluid(_)));
                let spaces = spaces.map(|space| space.name.as_str());
                self.problems.unknown(place, "space that holds fluid", name, spaces);
                None
            }
        }
    }

    /// All concentrations of a substance have the dimension of the first.
    fn concentration(
        &mut self,
        fields: &Fields<'a>,
        substance: &str,
        space: &str,
        dimension: &mut Option<Dimension>,
    ) -> Option<f64> {
        let Placed { value: mut stated, place } = fields.stated(space, *dimension)?;
        dimension.get_or_insert(stated.unit.dimension());
        self.check_sources(&stated, &place);
        let name = format!("substance.{substance}.{space}");
        if let Some(moved) = self.assembly.moved.get(&name) {
            stated.value = *moved;
        }
        let value = stated.value;
        if !CONCENTRATION.bounds.allow(value) {
            let message = format!("a concentration cannot be {}", stated.unit.show(value));
            let words = CONCENTRATION.bounds.words();
            self.problems.add(place.problem(message).help(format!("allowed: {words}")));
        }
        let mut entry = Evidence::stated(name, CONCENTRATION.summary, stated, &place);
        entry.used_by.push(format!("space `{space}`"));
        self.evidence.push(entry);
        Some(value)
    }
}
