//! What is recorded.

use cisterna_fluid::{Kind, Observable};
use cisterna_model::document::{Fields, Node, Place, Value};
use cisterna_quantity::parse_unit_of;
use cisterna_recording::Reference;

use super::reader::Reader;
use super::types::Probe;

/// How many channels are recorded where a scenario names none.
const DEFAULT_CHANNELS: usize = 14;

impl Reader<'_> {
    /// The channels that `channels` lists.
    pub(super) fn probes(&mut self, list: &[Node]) -> Vec<Probe> {
        let mut probes: Vec<Probe> = Vec::new();
        for node in list {
            let probe = match &node.value {
                Value::String(name) => self.probe(name, &node.place),
                Value::Table(table) => {
                    let fields = Fields::of(table, "a channel", self.problems);
                    let probe = self.described_probe(&fields);
                    fields.finish([
                        "of",
                        "sum",
                        "difference",
                        "area",
                        "name",
                        "label",
                        "unit",
                        "site",
                        "zero_level",
                    ]);
                    probe
                }
                other => {
                    let message = format!("a channel is a name or a table, this is {}", other.kind());
                    self.problems.add(node.place.problem(message));
                    None
                }
            };
            let Some(probe) = probe else { continue };
            if probes.iter().any(|known| known.name == probe.name) {
                let message = format!("two channels are called `{}`", probe.name);
                self.problems.add(node.place.problem(message).help("give one of them another `name`"));
            } else {
                probes.push(probe);
            }
        }
        probes
    }

    /// A channel as the model knows it.
    pub(super) fn probe(&self, name: &str, place: &Place) -> Option<Probe> {
        let (observable, unit) = self.observable(name, place)?;
        Some(Probe {
            name: name.to_owned(),
            label: label_of(name),
            unit: unit.text().to_owned(),
            scale: unit.from_canonical(1.0),
            observable,
            reference: self.reference(observable),
        })
    }

    /// `{ of = "aqueduct.flow", name = "aqueduct flow", unit = "mL/min" }`, or with `sum` or `difference`.
    fn described_probe(&mut self, fields: &Fields<'_>) -> Option<Probe> {
        let recorded = self.recorded_of(fields)?;
        let name = fields.string("name").map(|name| name.value.to_owned());
        let label = fields.string("label").map(|label| label.value.to_owned());
        let own = recorded.name.as_deref().map(label_of);
        let name = name.clone().or(recorded.name)?;
        let (own_unit, factor) = match fields.has("area") {
            true => self.velocity(fields, &recorded.unit, &name)?,
            false => (recorded.unit, 1.0),
        };
        let shown = fields.string("unit").and_then(|unit| {
            let complain = |error: cisterna_quantity::ParseError| {
                let help = error.help.unwrap_or_default();
                self.problems.add(unit.place.problem(error.message).help(help));
            };
            parse_unit_of(unit.value, own_unit.dimension()).map_err(complain).ok()
        });
        let unit = shown.unwrap_or(own_unit);
        let mut probe = Probe {
            label: label.or_else(|| fields.has("name").then(|| name.clone())).or(own)?,
            name,
            unit: unit.text().to_owned(),
            scale: unit.from_canonical(factor),
            observable: recorded.observable,
            reference: self.reference(recorded.observable),
        };
        if let Some(site) = fields.string("site") {
            match &mut probe.reference {
                Some(reference) => reference.site = site.value.to_owned(),
                None => self.problems.add(site.place.problem("only a pressure is measured at a `site`")),
            }
        }
        if let Some(level) = fields.string("zero_level") {
            match &probe.reference {
                Some(reference) if reference.zero_level == level.value => {}
                Some(reference) => {
                    let message =
                        format!("this pressure reads zero at the level of `{}`", reference.zero_level);
                    let help = "a pressure is recorded at the height of its space; record one that lies at this level";
                    self.problems.add(level.place.problem(message).help(help));
                }
                None => self.problems.add(level.place.problem("only a pressure has a `zero_level`")),
            }
        }
        Some(probe)
    }

    /// Where a pressure is measured and against what: in its space, at the height of its landmark.
    fn reference(&self, observable: Observable) -> Option<Reference> {
        let (space, against) = match observable {
            Observable::Pressure(space) => (space, None),
            Observable::Transmural(space) => (space, Some(self.model.network.spaces[space.0].inside)),
            _ => return None,
        };
        let network = &self.model.network;
        let around = |id: Option<cisterna_fluid::SpaceId>| {
            id.map_or("atmosphere".to_owned(), |id| network.spaces[id.0].name.clone())
        };
        let lies = &network.spaces[space.0];
        let level = network.landmarks.get(lies.landmark).map(|landmark| landmark.name.as_str());
        Some(Reference {
            site: lies.name.clone(),
            zero_level: level.unwrap_or(&lies.name).to_owned(),
            against: against.map_or("atmosphere".to_owned(), around),
        })
    }

    /// The channels of a scenario that names none: pressures, those of spinal fluid first, then those of the
    /// enclosures, then the others.
    pub(super) fn default_probes(&self, place: &Place) -> Vec<Probe> {
        let network = &self.model.network;
        let spinal = |index: usize| network.fluids.get(index).is_some_and(|fluid| fluid.name == "csf");
        let mut names: Vec<(u8, String)> = network
            .spaces
            .iter()
            .filter(|space| !self.lines.iter().any(|line| space.name == format!("{}_reservoir", line.name)))
            .filter_map(|space| {
                let rank = match space.kind {
                    Kind::Fluid(_) if spinal(space.fluid.0) => 0,
                    Kind::Enclosure(_) => 1,
                    Kind::Fluid(_) => 2,
                    Kind::Junction => 3,
                    Kind::Outside => return None,
                };
                Some((rank, format!("{}.pressure", space.name)))
            })
            .collect();
        names.sort_by_key(|(rank, _)| *rank);
        names.truncate(DEFAULT_CHANNELS);
        names.iter().filter_map(|(_, name)| self.probe(name, place)).collect()
    }
}

/// "lateral_ventricle.pressure" for people: "Lateral ventricle pressure".
fn label_of(name: &str) -> String {
    let words = name.replace(['_', '.'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_become_words() {
        assert_eq!(super::label_of("lateral_ventricle.pressure"), "Lateral ventricle pressure");
    }
}
