//! What signals sense and act on.

use std::collections::HashMap;

use cisterna_fluid::signal::clock;
use cisterna_fluid::{Action, Address, How, Law, Observable, Owner, Port, SignalId};

use super::draft::Draft;
use crate::document::{Fields, Place, Placed};
use crate::structure::WAYS;

impl<'a> Draft<'a> {
    /// Resolves what a signal senses, and checks that its law gets as many sources as it reads.
    pub fn senses(&self, fields: &Fields<'a>, index: usize) -> Vec<Observable> {
        let named = fields.strings("senses");
        let mut senses = Vec::new();
        for name in &named {
            if self.is_hopeless(name.value) {
                continue;
            }
            match self.names().observable(name.value) {
                Ok(observable) => senses.push(observable),
                Err(error) if !self.problems.is_full() => self.problems.add(error.at(&name.place)),
                Err(_) => {}
            }
        }
        if !self.broken.contains(&Owner::Signal(SignalId(index))) {
            let law = self.network.signals[index].law;
            self.check_count(fields, law, &named);
            self.check_clock(law, &named, &senses);
        }
        senses
    }

    /// Whether a name speaks of an item whose law is unknown: its mistake has been told.
    fn is_hopeless(&self, name: &str) -> bool {
        self.names().owner(name).is_some_and(|owner| self.broken.contains(&owner))
    }

    fn check_count(&self, fields: &Fields<'a>, law: &Law, named: &[Placed<&str>]) {
        let wanted = sources(law);
        if named.len() == wanted || (fields.has("senses") && named.is_empty() && wanted > 0) {
            return;
        }
        let place = named.first().map_or(fields.place(), |name| &name.place);
        let count = match named.len() {
            0 => "nothing".to_owned(),
            1 => "one thing".to_owned(),
            several => format!("{several} things"),
        };
        let needed = match wanted {
            0 => "none: leave `senses` out",
            1 => "one: write `senses = \"NAME.WHAT\"`",
            _ => "two: write `senses = [\"NAME.WHAT\", \"NAME.WHAT\"]`",
        };
        let message = format!("a signal with the law `{}` senses {count}", law.name);
        self.problems.add(place.problem(message).help(format!("it needs {needed}")));
    }

    fn check_clock(&self, law: &Law, named: &[Placed<&str>], senses: &[Observable]) {
        if named.len() != senses.len() {
            return;
        }
        let needed = match law.name {
            "coupling" => 2,
            "breath" => 1,
            _ => usize::from(law.ports.contains(&Port::ClockRate)),
        };
        for (name, sensed) in named.iter().zip(senses).take(needed) {
            self.check_is_clock(law, name, sensed);
        }
    }

    fn check_is_clock(&self, law: &Law, name: &Placed<&str>, sensed: &Observable) {
        let is_clock = matches!(sensed, Observable::Signal(SignalId(source))
            if std::ptr::eq(self.network.signals[*source].law, &clock::LAW));
        if !is_clock {
            let clocks = self.network.signals.iter().filter(|signal| std::ptr::eq(signal.law, &clock::LAW));
            let names = clocks.map(|signal| signal.name.as_str());
            let help = crate::document::allowed(name.value, names);
            let message = format!("a signal with the law `{}` must sense a clock", law.name);
            self.problems.add(name.place.problem(message).help(help));
        }
    }

    /// Resolves the parameter that a signal acts on, and how.
    pub fn acts(&self, fields: &Fields<'a>) -> Option<(Action, Place)> {
        let how = self.how(fields);
        let Some(name) = fields.string("acts") else {
            if let Some(how) = fields.string("how").filter(|_| !fields.has("acts")) {
                self.problems
                    .add(how.place.problem("`how` without `acts`").help("say on which parameter it acts"));
            }
            return None;
        };
        if self.is_hopeless(name.value) {
            return None;
        }
        match self.names().address(name.value) {
            Ok((target, _)) => Some((Action { target, how: how? }, name.place)),
            Err(error) => {
                if !self.problems.is_full() {
                    self.problems.add(error.at(&name.place));
                }
                None
            }
        }
    }

    fn how(&self, fields: &Fields<'a>) -> Option<How> {
        let Some(how) = fields.string("how") else {
            return (!fields.has("how")).then_some(How::Set);
        };
        match how.value {
            "set" => Some(How::Set),
            "add" => Some(How::Add),
            "scale" => Some(How::Scale),
            "exponent" => Some(How::Exponent),
            other => {
                self.problems.unknown(&how.place, "way of acting", other, WAYS);
                None
            }
        }
    }

    /// Complains where a second signal acts on a parameter.
    pub fn check_writer(
        &self,
        writers: &mut HashMap<Address, (&'a str, Place)>,
        name: &'a str,
        target: Address,
        place: &Place,
    ) {
        match writers.get(&target) {
            Some((first, first_place)) => {
                let owner = self.network.name(target.owner);
                let parameter = self.network.parameters(target.owner)[target.parameter].name;
                self.problems.add(
                    place
                        .problem(format!("signals `{first}` and `{name}` both act on `{owner}.{parameter}`"))
                        .help(format!(
                            "a parameter has one writer; the first acts in {first_place}: join them with a `sum` or `product`"
                        )),
                );
            }
            None => {
                writers.insert(target, (name, place.clone()));
            }
        }
    }
}

/// How many sources a law reads.
pub(crate) fn sources(law: &Law) -> usize {
    law.ports.iter().filter(|port| matches!(port, Port::First | Port::Second)).count()
}
