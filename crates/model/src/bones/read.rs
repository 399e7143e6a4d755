//! From documents to a plan of bones: anatomy, added bones and lines, and the way of the whole.

use std::collections::HashMap;
use std::sync::Arc;

use cisterna_skeleton::facts::Facts;
use cisterna_skeleton::plan::{Anatomy, Bone, Kind, Law, Line, Plan, PlanError, Shell};

use super::body::{Bones, STATES, bodies};
use super::{BONE, SECTIONS};
use crate::build::Draft;
use crate::document::{Place, Table};

/// The segment of a body that carries the bones of the head …
pub(super) const HEAD: &str = "head";
/// … and the regions of those.
const HEAD_REGIONS: [&str; 4] = ["cranium", "face", "mandible", "hyoid"];

/// A kind of tissue as documents know it.
pub(super) enum Tissue {
    /// With the ends of what is published, for a layer.
    Kind(Kind, Option<[Law; 2]>),
    Shell(Shell),
}

/// What is read on the way.
pub(super) struct Reading {
    pub anatomy: Anatomy,
    pub tissues: HashMap<String, Tissue>,
}

impl Reading {
    /// Whether a bone goes with the head; what the facts lack goes with the head where it lies above the atlas.
    pub(super) fn is_of_head(&self, bone: &str) -> bool {
        match self.anatomy.facts.bone.get(bone) {
            Some(facts) => HEAD_REGIONS.contains(&facts.region.as_str()),
            None => {
                let atlas = self.anatomy.bones.get("atlas");
                let own = self.anatomy.bones.get(bone);
                own.zip(atlas).is_some_and(|(own, atlas)| own.centre.z > atlas.centre.z)
            }
        }
    }
}

impl<'a> Draft<'a> {
    /// Reads the bones, where there are any, and enters them into the network.
    pub fn bones(&mut self) -> Option<Bones> {
        let anatomy = self.anatomy()?;
        let mut reading = Reading { anatomy, tissues: HashMap::new() };
        self.added_bones(&mut reading.anatomy);
        self.lines(&mut reading.anatomy);
        self.tissues(&mut reading);
        let (joints, layers) = self.joints(&reading);
        let (supports, moved) = self.supports(&reading);
        let mut plan = Plan {
            joints,
            sheets: Vec::new(),
            tubes: Vec::new(),
            cords: Vec::new(),
            cables: Vec::new(),
            supports,
            loads: Vec::new(),
            anatomy: Anatomy::default(),
        };
        // A cable may hold on to the ring of a membrane.
        self.membranes(&mut reading, &mut plan);
        plan.cables = self.cables(&reading);
        let mut drives = self.loads(&reading, &mut plan);
        for (drive, load) in moved {
            drives.push(drive);
            plan.loads.push(load);
        }
        plan.anatomy = reading.anatomy;
        if !self.problems.is_empty() {
            return None;
        }
        let reduced = plan.build().and_then(|whole| Ok((whole.reduce(0.0, Some(STATES))?, whole)));
        match reduced {
            Ok((asked, whole)) => {
                let error = asked.reduced.error;
                self.network.bodies.push(bodies(&asked, drives.clone()));
                Some(Bones { plan, whole, error, released: Vec::new(), drives, layers })
            }
            Err(error) => {
                let place = self.place_of(&error.item);
                self.problems.add(place.problem(error.to_string()));
                None
            }
        }
    }

    /// Where an item of the bones stands; the anatomy for what is no item.
    fn place_of(&self, item: &str) -> Place {
        let sections = SECTIONS.iter().map(|(section, ..)| *section);
        let mut all = sections.flat_map(|section| self.items(section));
        let found = all.find(|(name, _)| *name == item).or_else(|| self.items("anatomy").next());
        found.map_or_else(|| Place::new(&self.assembly.documents[0], 0..0), |(_, table)| table.place.clone())
    }

    pub(super) fn told<T>(&self, place: &Place, result: Result<T, PlanError>) -> Option<T> {
        result.map_err(|error| self.problems.add(place.problem(error.message))).ok()
    }

    fn anatomy(&mut self) -> Option<Anatomy> {
        let mut items = self.items("anatomy");
        let (name, table) = items.next()?;
        if let Some((_, other)) = items.next() {
            self.problems.add(other.place.problem(format!("a second anatomy besides `{name}`")));
        }
        let fields = self.fields("anatomy", name, table);
        fields.required(&["facts", "regions"]);
        let regions = fields.strings("regions");
        let facts = fields.string("facts")?;
        fields.finish(keys("anatomy"));
        let read = Facts::embedded(facts.value)
            .map_err(|error| PlanError { item: name.to_owned(), message: error.to_string() });
        let facts = self.told(&facts.place, read)?;
        let names: Vec<&str> = regions.iter().map(|region| region.value).collect();
        self.told(fields_place(table), Anatomy::of(Arc::new(facts), &names))
    }

    fn added_bones(&mut self, anatomy: &mut Anatomy) {
        for (name, table) in self.items("bone") {
            self.check_item(name, table);
            let fields = self.fields("bone", name, table);
            fields.required(&["centre_mm", "mass"]);
            let mass = self.stated(&fields, &BONE[0], BONE[0].dimension, format!("bone.{name}.mass"));
            if let (Some([centre]), Some(mass)) = (self.points(&fields, "centre_mm", 1).as_deref(), mass) {
                anatomy.bones.insert(name.to_owned(), Bone { centre: (*centre).into(), mass });
            }
            fields.finish(keys("bone"));
        }
    }

    fn lines(&mut self, anatomy: &mut Anatomy) {
        for (name, table) in self.items("line") {
            self.check_item(name, table);
            let fields = self.fields("line", name, table);
            fields.required(&["bones", "points_mm"]);
            let named = fields.strings("bones");
            let points = self.points(&fields, "points_mm", 2).unwrap_or_default();
            for bone in &named {
                self.told(&bone.place, anatomy.bone(bone.value).map(|_| ()));
            }
            if named.len() != 1 && named.len() != points.len() {
                let message = format!("{} bones for {} points", named.len(), points.len());
                self.problems
                    .add(fields.place().problem(message).help("give one bone, or one for each point"));
            } else {
                let bone = |index: usize| named[index.min(named.len() - 1)].value.to_owned();
                let bones = (0..points.len()).map(bone).collect();
                let points = points.into_iter().map(Into::into).collect();
                anatomy.lines.insert(name.to_owned(), Line { bones, points });
            }
            fields.finish(keys("line"));
        }
    }
}

fn fields_place(table: &Table) -> &Place {
    &table.place
}

/// The keys of a section that has no values of its own.
pub(super) fn keys(section: &str) -> impl Iterator<Item = &'static str> {
    let keys = SECTIONS.iter().find(|(name, ..)| *name == section).map_or(&[][..], |(_, _, keys)| keys);
    keys.iter().map(|key| key.name)
}
