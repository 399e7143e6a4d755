//! Names and laws of all spaces, passages and signals, before anything refers to them.

use std::collections::HashMap;

use cisterna_fluid::passage::PASSAGES;
use cisterna_fluid::signal::SIGNALS;
use cisterna_fluid::wall::WALLS;
use cisterna_fluid::{FluidId, Kind, Law, Owner, Passage, PassageId, Signal, SignalId, Space, SpaceId};

use super::draft::Draft;
use crate::document::{Fields, Place, Table};
use crate::structure::{self, KINDS};

impl<'a> Draft<'a> {
    /// Enters every space, passage and signal with its law, so that they may name each other.
    pub fn declare(&mut self) {
        let mut places: HashMap<&'a str, (&'static str, &'a Place)> = HashMap::new();
        for (index, (name, table)) in self.items("space").enumerate() {
            let owner = Owner::Space(SpaceId(index));
            self.register(&mut places, "space", name, table, owner);
            let fields = self.fields("space", name, table);
            let kind = self.kind(&fields);
            if kind.is_none() {
                self.broken.insert(owner);
            }
            self.network.spaces.push(Space {
                name: name.to_owned(),
                kind: kind.unwrap_or(Kind::Junction),
                values: Vec::new(),
                fluid: FluidId(0),
                landmark: 0,
                inside: None,
                start_pressure: 0.0,
                start_volume: None,
            });
        }
        for (index, (name, table)) in self.items("passage").enumerate() {
            let owner = Owner::Passage(PassageId(index));
            self.register(&mut places, "passage", name, table, owner);
            let law = self.law(&self.fields("passage", name, table), "passage", &PASSAGES);
            if law.is_none() {
                self.broken.insert(owner);
            }
            self.network.passages.push(Passage {
                name: name.to_owned(),
                from: SpaceId(0),
                to: SpaceId(0),
                law: law.unwrap_or(PASSAGES[0]),
                values: Vec::new(),
                fluid: FluidId(0),
                outside: None,
            });
        }
        for (index, (name, table)) in self.items("signal").enumerate() {
            let owner = Owner::Signal(SignalId(index));
            self.register(&mut places, "signal", name, table, owner);
            let law = self.law(&self.fields("signal", name, table), "signal", &SIGNALS);
            if law.is_none() {
                self.broken.insert(owner);
            }
            self.network.signals.push(Signal {
                name: name.to_owned(),
                law: law.unwrap_or(SIGNALS[0]),
                values: Vec::new(),
                senses: Vec::new(),
                acts: None,
                unit: "1".to_owned(),
            });
        }
    }

    fn register(
        &mut self,
        places: &mut HashMap<&'a str, (&'static str, &'a Place)>,
        what: &'static str,
        name: &'a str,
        table: &'a Table,
        owner: Owner,
    ) {
        self.check_name(name, &table.place);
        match places.get(name) {
            Some((first, place)) => {
                let message = format!("{what} `{name}` has the name of a {first}, in {place}");
                self.problems.add(
                    table.place.problem(message).help("spaces, passages and signals share one set of names"),
                );
            }
            None => {
                places.insert(name, (what, &table.place));
                self.owners.insert(name.to_owned(), owner);
            }
        }
    }

    fn law(&self, fields: &Fields<'a>, what: &str, laws: &'static [&'static Law]) -> Option<&'static Law> {
        if !fields.has("law") {
            let help = Self::laws_help("", laws);
            self.problems.add(fields.place().problem(format!("this {what} lacks its `law`")).help(help));
            return None;
        }
        let name = fields.string("law")?;
        let law = structure::find(laws, name.value);
        if law.is_none() {
            let message = format!("`{}` is no law of a {what}", crate::document::clipped(name.value));
            self.problems.add(name.place.problem(message).help(Self::laws_help(name.value, laws)));
        }
        law
    }

    fn kind(&self, fields: &Fields<'a>) -> Option<Kind> {
        let name = match fields.string("kind") {
            Some(kind) if !KINDS.contains(&kind.value) => {
                self.problems.unknown(&kind.place, "kind of space", kind.value, KINDS);
                return None;
            }
            Some(kind) => kind.value,
            None if fields.has("kind") => return None,
            None => "fluid",
        };
        match name {
            "enclosure" => self.wall(fields, true).map(Kind::Enclosure),
            "fluid" => self.wall(fields, false).map(Kind::Fluid),
            other => {
                if let Some(wall) = fields.string("wall") {
                    let holds = if other == "junction" { "holds nothing" } else { "has its pressure given" };
                    let message = format!("this space is a {other}: it {holds} and has no wall");
                    self.problems.add(wall.place.problem(message.replace("a outside", "outside")));
                }
                Some(if other == "junction" { Kind::Junction } else { Kind::Outside })
            }
        }
    }

    fn wall(&self, fields: &Fields<'a>, enclosure: bool) -> Option<&'static Law> {
        let rigid = "a rigid enclosure has no finite wall: give it one";
        let help = |name: &str| Self::laws_help(name, &WALLS);
        let Some(name) = fields.string("wall") else {
            if !fields.has("wall") {
                let message = if enclosure { rigid } else { "this space lacks its `wall`" };
                self.problems.add(fields.place().problem(message).help(help("")));
            }
            return None;
        };
        match structure::find(&WALLS, name.value) {
            Some(law) => Some(law),
            None => {
                let rigid_meant = matches!(name.value, "rigid" | "none");
                let message = if rigid_meant && enclosure {
                    rigid.to_owned()
                } else {
                    format!("`{}` is no law of a wall", crate::document::clipped(name.value))
                };
                self.problems.add(name.place.problem(message).help(help(name.value)));
                None
            }
        }
    }
}
