//! A model: one network with what it rests on, read from documents and never changed in place.

use std::collections::HashMap;

use cisterna_fluid::{Address, Network, Observable, Owner};
use cisterna_quantity::{Dimension, Unit, parse_unit};

use crate::assembly::{Assembly, assemble};
use crate::bones::Bones;
use crate::build::{Built, build, dimension_of};
use crate::document::{Collector, Problems, allowed, clipped};
use crate::evidence::{Evidence, Ground};
use crate::library::Library;
use crate::manoeuvre::Manoeuvre;
use crate::names::Names;
use crate::not_found::NotFound;
use crate::sources::Sources;

/// A model: one network with what it rests on.
#[derive(Clone, Debug)]
pub struct Model {
    /// The name by which it was loaded.
    pub name: String,
    /// Its title, for people.
    pub title: String,
    /// What it is, in a line or two; may be empty.
    pub summary: String,
    /// Its spaces, passages, signals and substances.
    pub network: Network,
    /// The hypotheses that are switched on, in the order in which they were laid over the rest.
    pub hypotheses: Vec<String>,
    /// The conditions that were laid on: restrictions, strain patterns and the like.
    pub conditions: Vec<String>,
    /// A short hash of all documents that made it; the same on every machine.
    pub hash: String,
    /// The documents that made it, in the order in which they were laid down.
    pub documents: Vec<String>,
    /// The publications behind the values.
    pub sources: Sources,
    /// What may be done to it by one name, in the order of the documents.
    pub manoeuvres: Vec<Manoeuvre>,
    /// Why a space, passage or signal is kept where no result needs it, by its name.
    pub kept: HashMap<String, String>,
    /// The bones with what holds them, where there are any.
    pub bones: Option<Bones>,
    evidence: Vec<Evidence>,
    owners: HashMap<String, Owner>,
    signal_units: Vec<Unit>,
    amounts: Vec<Dimension>,
}

impl Model {
    /// The model called `name`: an embedded document, or the path of one.
    ///
    /// # Errors
    /// Everything that is wrong with its documents.
    pub fn load(name: &str) -> Result<Self, Problems> {
        Self::load_with(name, &[])
    }

    /// The same, with hypotheses and conditions laid on last.
    ///
    /// # Errors
    /// Everything that is wrong with its documents, and hypotheses and conditions that do not exist.
    pub fn load_with(name: &str, laid_on: &[&str]) -> Result<Self, Problems> {
        Self::from_library(&Library::embedded(), name, laid_on)
    }

    /// The same, from the documents of a library.
    ///
    /// # Errors
    /// Everything that is wrong with its documents, and hypotheses and conditions that do not exist.
    pub fn from_library(library: &Library, name: &str, laid_on: &[&str]) -> Result<Self, Problems> {
        let problems = Collector::new();
        let model = assemble(library, name, laid_on, &problems).map(|assembly| {
            let built = build(&assembly, &problems);
            Self::of(name, assembly, built)
        });
        match problems.finish(model)? {
            Some(model) => Ok(model),
            None => Err(Problems::default()),
        }
    }

    fn of(name: &str, assembly: Assembly, built: Built) -> Self {
        let mut hasher = blake3::Hasher::new();
        for text in &assembly.documents {
            hasher.update(&(text.content().len() as u64).to_le_bytes());
            hasher.update(text.content().as_bytes());
        }
        let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let named = if name.ends_with(".toml") { stem.trim_end_matches(".toml") } else { name };
        Self {
            name: named.to_owned(),
            title: assembly.title,
            summary: assembly.summary,
            network: built.network,
            hypotheses: assembly.hypotheses,
            conditions: assembly.conditions,
            hash: hasher.finalize().to_hex().chars().take(16).collect(),
            documents: assembly.documents.iter().map(|text| text.name().to_owned()).collect(),
            sources: assembly.sources,
            manoeuvres: built.manoeuvres,
            kept: built.kept,
            bones: built.bones,
            evidence: built.evidence,
            owners: built.owners,
            signal_units: built.signal_units,
            amounts: built.amounts,
        }
    }

    /// Every value of the model with what it rests on, in the order of the documents.
    #[must_use]
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    /// The values called `name`, or all values of the item called `name`.
    ///
    /// # Errors
    /// A name that no value has, with the nearest one.
    pub fn evidence_of(&self, name: &str) -> Result<Vec<&Evidence>, NotFound> {
        let bare = |entry: &Evidence| {
            let name = entry.name.as_str();
            let prefixes = ["fluid.", "segment.", "landmark.", "substance.", "manoeuvre."];
            prefixes.iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name).to_owned()
        };
        let fits =
            |full: &str| full == name || full.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        let found: Vec<&Evidence> =
            self.evidence.iter().filter(|entry| fits(&entry.name) || fits(&bare(entry))).collect();
        if found.is_empty() {
            let names = self.evidence.iter().map(|entry| entry.name.as_str());
            let help = allowed(name, names.chain(self.names()));
            return Err(NotFound::new(format!("there is no value `{name}`"), help));
        }
        Ok(found)
    }

    /// The parameter called `NAME.PARAMETER`, with its dimension; none where any unit fits.
    ///
    /// # Errors
    /// A name that means nothing, with the nearest one.
    pub fn address(&self, name: &str) -> Result<(Address, Option<Dimension>), NotFound> {
        let (address, _) = self.directory().address(name)?;
        Ok((address, dimension_of(&self.network, &self.evidence, address)))
    }

    /// What is called `NAME.pressure`, `.transmural`, `.volume`, `.flow`, `.passed`, `.amount.SUBSTANCE`,
    /// `NAME.PARAMETER`, or the name of a signal; with the unit in which it is shown.
    ///
    /// # Errors
    /// A name that means nothing, with the nearest one.
    pub fn observable(&self, name: &str) -> Result<(Observable, Unit), NotFound> {
        let observable = self.directory().observable(name)?;
        Ok((observable, self.unit(observable)))
    }

    /// The unit in which something is shown: canonical, but for signals and parameters that of their document.
    #[must_use]
    pub fn unit(&self, observable: Observable) -> Unit {
        let dimension = match observable {
            Observable::Pressure(_) | Observable::Transmural(_) => Dimension::PRESSURE,
            Observable::Volume(_) | Observable::Passed(_) => Dimension::VOLUME,
            Observable::Flow(_) => Dimension::FLOW,
            Observable::Amount(_, substance) => {
                self.amounts.get(substance.0).copied().unwrap_or(Dimension::VOLUME)
            }
            Observable::Motion(block, output) => {
                let asked = self.network.bodies.get(block).and_then(|bodies| bodies.outputs.get(output));
                let unit = asked.and_then(|asked| parse_unit(&asked.unit).ok());
                return unit.unwrap_or_else(|| Unit::canonical(Dimension::NUMBER));
            }
            Observable::Signal(id) => {
                return self
                    .signal_units
                    .get(id.0)
                    .cloned()
                    .unwrap_or_else(|| Unit::canonical(Dimension::NUMBER));
            }
            Observable::Parameter(address) => {
                let entry = self.evidence.iter().find(|entry| entry.address == Some(address));
                return entry.map_or_else(|| Unit::canonical(Dimension::NUMBER), |entry| entry.unit.clone());
            }
        };
        Unit::canonical(dimension)
    }

    /// A copy in which a parameter has another value, in its canonical unit; the evidence says that a scenario
    /// set it.
    ///
    /// # Errors
    /// A value that the parameter cannot have.
    pub fn set(&self, address: Address, value: f64) -> Result<Self, NotFound> {
        let parameters = self.network.parameters(address.owner);
        let Some(parameter) = parameters.get(address.parameter) else {
            return Err(NotFound::new("there is no such parameter", ""));
        };
        if !parameter.bounds.allow(value) {
            let unit = self.unit(Observable::Parameter(address));
            let owner = self.network.name(address.owner);
            return Err(NotFound::new(
                format!("`{owner}.{}` cannot be {}", parameter.name, unit.show(value)),
                format!("allowed: {}", parameter.bounds.words()),
            ));
        }
        let mut copy = self.clone();
        if let Some(place) = copy.network.values_mut(address.owner).get_mut(address.parameter) {
            *place = value;
        }
        for entry in copy.evidence.iter_mut().filter(|entry| entry.address == Some(address)) {
            let before = format!("the document says {} ({})", entry.shown(), entry.ground);
            // A value that is set twice still remembers its document.
            entry.note = if entry.ground == Ground::Scenario { entry.note.take() } else { Some(before) };
            entry.ground = Ground::Scenario;
            entry.value = value;
        }
        Ok(copy)
    }

    /// The manoeuvre called `name`.
    ///
    /// # Errors
    /// A name that no manoeuvre has, with the nearest one.
    pub fn manoeuvre(&self, name: &str) -> Result<&Manoeuvre, NotFound> {
        self.manoeuvres.iter().find(|known| known.name == name).ok_or_else(|| {
            let message = format!("`{}` is no manoeuvre of `{}`", clipped(name), self.name);
            NotFound::new(message, allowed(name, self.manoeuvres.iter().map(|known| known.name.as_str())))
        })
    }

    /// The names of all spaces, passages and signals, in the order of the documents.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        crate::names::all(&self.network)
    }

    fn directory(&self) -> Names<'_> {
        Names { network: &self.network, owners: &self.owners }
    }
}
