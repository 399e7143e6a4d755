//! Signals.

use std::collections::HashMap;

use cisterna_fluid::{Action, Address, How, Law, Owner, SignalId};
use cisterna_quantity::{Dimension, Unit, parse_unit};

use super::draft::Draft;
use super::units::{keeps_unit, role};
use crate::document::{Fields, Place};
use crate::structure::SIGNAL;

impl<'a> Draft<'a> {
    /// Reads the signals; gives the unit of each.
    pub fn signals(&mut self) -> Vec<Unit> {
        let mut writers: HashMap<Address, (&'a str, Place)> = HashMap::new();
        let mut units: Vec<Option<Unit>> = Vec::new();
        let mut act_places: Vec<Option<Place>> = Vec::new();
        for (index, (name, table)) in self.items("signal").enumerate() {
            let fields = self.fields("signal", name, table);
            self.network.signals[index].senses = self.senses(&fields, index);
            let acts = self.acts(&fields);
            if let Some((action, place)) = &acts {
                self.check_writer(&mut writers, name, action.target, place);
            }
            self.network.signals[index].acts = acts.as_ref().map(|(action, _)| *action);
            act_places.push(acts.map(|(_, place)| place));
            units.push(fields.parsed("unit", parse_unit).map(|unit| unit.value));
        }
        let units = self.spread_units(units);
        for (index, (name, table)) in self.items("signal").enumerate() {
            let owner = Owner::Signal(SignalId(index));
            if self.broken.contains(&owner) {
                continue;
            }
            // Complaints of these keys were made above.
            let fields = self.fields("signal", name, table);
            let unit = units[index].clone().unwrap_or_else(|| Unit::canonical(Dimension::NUMBER));
            self.network.signals[index].unit = unit.text().to_owned();
            self.check_unit(&fields, index, &unit, &units);
            if let (Some(action), Some(place)) = (self.network.signals[index].acts, &act_places[index]) {
                self.check_action(action, place, &unit);
            }
            let input = self.inputs(&self.network.signals[index], &units).first().copied().flatten();
            let law = self.network.signals[index].law;
            let values =
                self.values(&fields, owner, |parameter| role(law, parameter, input, unit.dimension()));
            self.network.signals[index].values = values;
            self.check_pairs(&fields, owner);
            self.check_gain(&fields, law, input, unit.dimension());
            fields.finish(SIGNAL.iter().map(|key| key.name));
        }
        units.into_iter().map(|unit| unit.unwrap_or_else(|| Unit::canonical(Dimension::NUMBER))).collect()
    }

    /// The unit must be the one that the law makes of its sources.
    fn check_unit(&self, fields: &Fields<'a>, index: usize, unit: &Unit, units: &[Option<Unit>]) {
        let signal = &self.network.signals[index];
        let place =
            fields.node("unit").or_else(|| fields.node("senses")).map_or(fields.place(), |node| &node.place);
        if let Some(implied) = self.implied(signal, units)
            && implied != unit.dimension()
        {
            let message = format!(
                "a signal with the law `{}` gives {implied} here, and `{}` is {}",
                signal.law.name,
                unit.text(),
                unit.dimension()
            );
            let usual = implied.usual_units().join(", ");
            let help = if keeps_unit(signal.law) {
                format!("use one of {usual}, or put a signal with the law `linear` between")
            } else {
                format!("use one of {usual}")
            };
            self.problems.add(place.problem(message).help(help));
            return;
        }
        if keeps_unit(signal.law)
            && let [Some(first), Some(second)] = self.inputs(signal, units)[..]
            && first != second
        {
            let message = format!("a `{}` of {first} and {second} means nothing", signal.law.name);
            self.problems.add(place.problem(message).help("both sources must measure the same thing"));
        }
    }

    /// Gains are numbers in canonical units: those of what is sensed, of the gain and of the signal must go together.
    fn check_gain(&self, fields: &Fields<'a>, law: &Law, input: Option<Dimension>, output: Dimension) {
        let gain = law.parameters.iter().find(|parameter| parameter.name == "gain");
        let dimension = gain.and_then(|gain| role(law, gain, input, output));
        let (Some(input), Some(gain)) = (input, dimension) else { return };
        let over_time = if law.name == "integrator" { Dimension::TIME.canonical_size() } else { 1.0 };
        let together = gain.canonical_size() * input.canonical_size() * over_time / output.canonical_size();
        if (together - 1.0).abs() > 1e-9 {
            let place = fields.node("gain").map_or(fields.place(), |node| &node.place);
            let message = format!("a signal cannot turn {input} into {output}");
            let help = "the program counts pressures in mmHg, volumes in mL and forces in N, which do not go together \
                        in one product: sense a length, a pressure or a volume instead, or let the signal keep its unit";
            self.problems.add(place.problem(message).help(help));
        }
    }

    /// A signal that sets or adds has the unit of its target; one that scales is a plain number.
    fn check_action(&self, action: Action, place: &Place, unit: &Unit) {
        let target = self.network.parameters(action.target.owner)[action.target.parameter].dimension;
        let (wanted, way) = match action.how {
            How::Set => (target, "sets"),
            How::Add => (target, "adds to"),
            How::Scale => (Some(Dimension::NUMBER), "scales"),
            How::Exponent => (Some(Dimension::NUMBER), "scales by its exponential"),
        };
        if let Some(wanted) = wanted
            && wanted != unit.dimension()
        {
            let message = format!(
                "this signal {way} a parameter and must be {wanted}, but its unit `{}` is {}",
                unit.text(),
                unit.dimension()
            );
            self.problems
                .add(place.problem(message).help(format!("use one of {}", wanted.usual_units().join(", "))));
        }
    }
}
