//! A network while it is being built.

use std::collections::{HashMap, HashSet};

use cisterna_fluid::{Address, FluidId, Network, Owner, Parameter};
use cisterna_quantity::{Dimension, Stated, Unit};

use crate::assembly::Assembly;
use crate::document::{Collector, Fields, Place, Placed, Table, Value, allowed};
use crate::evidence::Evidence;
use crate::names::Names;

/// A network while it is being built, with what was met on the way.
pub(crate) struct Draft<'a> {
    pub assembly: &'a Assembly,
    pub problems: &'a Collector,
    pub network: Network,
    pub owners: HashMap<String, Owner>,
    pub fluids: HashMap<&'a str, FluidId>,
    pub landmarks: HashMap<&'a str, usize>,
    /// Items whose law is unknown: what is said about their parameters cannot be judged.
    pub broken: HashSet<Owner>,
    pub evidence: Vec<Evidence>,
    /// The dimension of an amount of each substance.
    pub amounts: Vec<Dimension>,
}

impl<'a> Draft<'a> {
    pub fn new(assembly: &'a Assembly, problems: &'a Collector) -> Self {
        Self {
            assembly,
            problems,
            network: Network::default(),
            owners: HashMap::new(),
            fluids: HashMap::new(),
            landmarks: HashMap::new(),
            broken: HashSet::new(),
            evidence: Vec::new(),
            amounts: Vec::new(),
        }
    }

    /// The items of a section in the order of the documents.
    pub fn items(&self, section: &str) -> impl Iterator<Item = (&'a str, &'a Table)> + use<'a> {
        let items = match self.assembly.sections.entries.get(section).map(|node| &node.value) {
            Some(Value::Table(items)) => Some(items),
            _ => None,
        };
        let item = |(name, node): (&'a String, &'a crate::document::Node)| match &node.value {
            Value::Table(table) => Some((name.as_str(), table)),
            _ => None,
        };
        items.into_iter().flat_map(|items| &items.entries).filter_map(item)
    }

    /// The fields of an item.
    pub fn fields(&self, what: &str, name: &str, table: &'a Table) -> Fields<'a> {
        Fields::of(table, format!("{what} `{name}`"), self.problems)
    }

    /// Why items are kept that no result needs, by their names.
    pub fn kept(&self) -> HashMap<String, String> {
        let items = ["space", "passage", "signal"].into_iter().flat_map(|section| {
            self.items(section).map(move |(name, table)| (name, self.fields(section, name, table)))
        });
        items
            .filter_map(|(name, fields)| Some((name.to_owned(), fields.string("kept")?.value.to_owned())))
            .collect()
    }

    pub fn names(&self) -> Names<'_> {
        Names { network: &self.network, owners: &self.owners }
    }

    /// Complains of a name that is not made of small letters, digits and `_`.
    pub fn check_name(&self, name: &str, place: &Place) {
        let letters = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
        if !(name.starts_with(|first: char| first.is_ascii_lowercase()) && name.chars().all(letters)) {
            self.problems.add(
                place
                    .problem(format!("`{}` cannot be a name", crate::document::clipped(name)))
                    .help("names are made of small letters, digits and `_`, and begin with a letter"),
            );
        }
    }

    /// The index that `key` names among `known`.
    pub fn reference<T: Copy>(
        &self,
        fields: &Fields<'a>,
        key: &str,
        what: &str,
        known: &HashMap<&'a str, T>,
    ) -> Option<T> {
        let name = fields.string(key)?;
        let found = known.get(name.value).copied();
        if found.is_none() {
            let mut names: Vec<&str> = known.keys().copied().collect();
            names.sort_unstable();
            self.problems.unknown(&name.place, what, name.value, names);
        }
        found
    }

    /// A stated value, entered into the evidence as `name`, with its sources and bounds checked.
    pub fn stated(
        &mut self,
        fields: &Fields<'a>,
        parameter: &Parameter,
        dimension: Option<Dimension>,
        name: String,
    ) -> Option<f64> {
        let Placed { value: mut stated, place } = fields.stated(parameter.name, dimension)?;
        self.check_sources(&stated, &place);
        if let Some(moved) = self.assembly.moved.get(&name) {
            stated.value = *moved;
        }
        let value = stated.value;
        if !parameter.bounds.allow(value) {
            let message = format!("`{}` cannot be {}", parameter.name, stated.unit.show(value));
            self.problems.add(place.problem(message).help(format!("allowed: {}", parameter.bounds.words())));
        }
        self.evidence.push(Evidence::stated(name, parameter.summary, stated, &place));
        Some(value)
    }

    /// Complains of source keys that no entry has.
    pub fn check_sources(&self, stated: &Stated, place: &Place) {
        for key in &stated.sources {
            if self.assembly.sources.get(key).is_none() && !self.problems.is_full() {
                let at = place.source().rfind(key.as_str());
                let place = at.map_or_else(|| place.clone(), |at| place.part(at..at + key.len()));
                let near = self.assembly.sources.nearest(key);
                let near = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
                self.problems.add(
                    place
                        .problem(format!("there is no source `{key}`"))
                        .help(format!("{near}sources stand in `sources.bib`")),
                );
            }
        }
    }

    /// The values of all parameters of an item, in their order; defaults where the document is silent.
    ///
    /// `dimension` tells the dimension of a parameter whose law leaves that open.
    pub fn values(
        &mut self,
        fields: &Fields<'a>,
        owner: Owner,
        dimension: impl Fn(&Parameter) -> Option<Dimension>,
    ) -> Vec<f64> {
        let item = self.network.name(owner).to_owned();
        let mut missing = Vec::new();
        let mut values = Vec::new();
        for (index, parameter) in self.network.parameters(owner).into_iter().enumerate() {
            let name = format!("{item}.{}", parameter.name);
            let before = self.evidence.len();
            let kind = parameter.dimension.or_else(|| dimension(parameter));
            let stated = self.stated(fields, parameter, kind, name.clone());
            if stated.is_none() && !fields.has(parameter.name) {
                match parameter.default {
                    Some(default) => {
                        let unit = Unit::canonical(kind.unwrap_or(Dimension::NUMBER));
                        let place = fields.place();
                        self.evidence.push(Evidence::default(name, parameter.summary, default, unit, place));
                    }
                    None => missing.push(parameter),
                }
            }
            for entry in &mut self.evidence[before..] {
                entry.address = Some(Address { owner, parameter: index });
            }
            values.push(stated.or(parameter.default).unwrap_or(0.0));
        }
        if !missing.is_empty() {
            let names: Vec<String> = missing.iter().map(|it| format!("`{}`", it.name)).collect();
            let meanings: Vec<String> =
                missing.iter().map(|it| format!("`{}`: {}", it.name, it.summary)).collect();
            let what = crate::names::described(&self.network, owner);
            self.problems.add(
                fields
                    .place()
                    .problem(format!("{what} lacks {}", names.join(", ")))
                    .help(meanings.join("; ")),
            );
        }
        values
    }

    /// The help for an unknown law.
    pub fn laws_help(name: &str, laws: &[&'static cisterna_fluid::Law]) -> String {
        let names = laws.iter().map(|law| law.name);
        allowed(name, names)
    }
}
