//! What is measured on the recording, and the published values that it is compared with.

use cisterna_analysis::{Need, STATISTICS, Statistic, StatisticInfo, UnitRule, Window};
use cisterna_model::document::{Fields, Node, Placed, Table, Value};
use cisterna_quantity::{Dimension, Quantity, Unit, parse_unit, parse_unit_of};

use super::reader::Reader;
use super::types::{Comparison, Kind, Measure, Probe, Published, Taken};

impl Reader<'_> {
    /// Reads one `[[measure]]`; channels that are not recorded yet are added to the probes. `before` are the measures
    /// that stand before it.
    pub(super) fn measure(
        &self,
        table: &Table,
        probes: &mut Vec<Probe>,
        before: &[Measure],
    ) -> Option<Measure> {
        let fields = Fields::of(table, "a measure", self.problems);
        fields.required(&["id"]);
        let id = fields.string("id");
        let label = fields.string("label").map(|label| label.value.to_owned());
        let form = Comparison::ALL.into_iter().find(|form| fields.has(form.key()));
        let (taken, own) = match form {
            Some(form) => self.comparison(&fields, form, before).unzip(),
            None => self.by_statistic(&fields, probes),
        };
        let unit = fields.string("unit").and_then(|unit| self.unit_like(&unit, own.as_deref()));
        let published = fields.table("published").and_then(|table| self.published(table, own.as_deref()));
        fields.finish(["published"]);
        let id = id?.value.to_owned();
        let (taken, own) = (taken?, own?);
        let shown = unit.map(|unit| unit.text().to_owned());
        Some(Measure {
            label: label.unwrap_or_else(|| id.clone()),
            id,
            taken,
            unit: shown.or_else(|| published.as_ref().map(|published| published.unit.clone())).unwrap_or(own),
            published,
        })
    }

    /// `ratio = ["one", "another"]`: two measures before this one, and the unit of the result.
    fn comparison(
        &self,
        fields: &Fields<'_>,
        form: Comparison,
        before: &[Measure],
    ) -> Option<(Taken, String)> {
        let list = fields.list(form.key())?;
        let place = || fields.node(form.key()).map_or_else(|| fields.place(), |node| &node.place);
        let [first, second] = list else {
            let message = format!("a {} is made of two measures, this one of {}", form.key(), list.len());
            self.problems.add(place().problem(message));
            return None;
        };
        let find = |node: &Node| {
            let Value::String(name) = &node.value else {
                let message = format!("a measure is named in quotes, this is {}", node.value.kind());
                self.problems.add(node.place.problem(message));
                return None;
            };
            let found = before.iter().position(|measure| measure.id == *name);
            if found.is_none() {
                let names = before.iter().map(|measure| measure.id.as_str());
                self.problems.unknown(&node.place, "measure before this one", name, names);
            }
            found
        };
        let (first, second) = (find(first), find(second));
        let of = [first?, second?];
        let [of_first, of_second] = of.map(|index| before[index].unit.as_str());
        if form != Comparison::Ratio && !same_kind(of_first, of_second) {
            let message = format!("one of them is in {of_first}, the other in {of_second}");
            self.problems.add(place().problem(message).help("only things of one kind have a difference"));
            return None;
        }
        let unit = match form {
            Comparison::Difference => of_first.to_owned(),
            Comparison::Ratio => UnitRule::PerOther.apply(of_first, Some(of_second)).1,
            Comparison::RelativeDifference => "1".to_owned(),
        };
        Some((Taken::Comparison { form, of }, unit))
    }

    /// A statistic of a channel, and the unit of the result; either as far as it can be understood.
    fn by_statistic(&self, fields: &Fields<'_>, probes: &mut Vec<Probe>) -> (Option<Taken>, Option<String>) {
        fields.required(&["statistic", "channel"]);
        let info = fields.string("statistic").and_then(|name| self.statistic_info(&name));
        let statistic = info.and_then(|info| self.statistic(fields, info));
        let channel = fields.string("channel").and_then(|name| self.recorded(&name, probes));
        let other = fields.string("other").and_then(|name| self.recorded(&name, probes));
        let whole = Window { from: 0.0, to: self.duration };
        let window = if fields.has("window") { self.window(fields, "window") } else { Some(whole) };
        let baseline = self.window(fields, "baseline");
        if let Some(info) = info {
            self.needs(fields, info);
        }
        let unit = info.zip(channel.as_ref()).and_then(|(info, channel)| {
            let of = |name: &str| probes.iter().find(|probe| probe.name == name);
            let of_other = other.as_deref().and_then(of).map(|probe| probe.unit.as_str());
            Some(info.unit.apply(&of(channel)?.unit, of_other).1)
        });
        let taken = match (statistic, channel, window) {
            (Some(statistic), Some(channel), Some(window)) => {
                Some(Taken::Statistic { statistic, channel, other, window, baseline })
            }
            _ => None,
        };
        (taken, unit)
    }

    fn statistic_info(&self, name: &Placed<&str>) -> Option<&'static StatisticInfo> {
        let found = STATISTICS.iter().find(|info| info.name == name.value);
        if found.is_none() {
            let names = STATISTICS.iter().map(|info| info.name);
            self.problems.unknown(&name.place, "statistic", name.value, names);
        }
        found
    }

    /// The statistic with its parameters, each in the unit that it declares.
    fn statistic(&self, fields: &Fields<'_>, info: &StatisticInfo) -> Option<Statistic> {
        let mut given = Vec::new();
        let mut right = true;
        for parameter in info.parameters {
            let Some(node) = fields.node(parameter.name) else { continue };
            match self.statistic_parameter(node, parameter.unit) {
                Some(value) => given.push((parameter.name, value)),
                None => right = false,
            }
        }
        let value = |name: &str| given.iter().find(|(given, _)| *given == name).map(|(_, value)| *value);
        match Statistic::from_parts(info.name, &value) {
            _ if !right => None,
            Ok(statistic) => Some(statistic),
            Err(error) => {
                self.problems.add(fields.place().problem(error.to_string()));
                None
            }
        }
    }

    fn statistic_parameter(&self, node: &Node, unit: &str) -> Option<f64> {
        let unit = parse_unit(unit).unwrap_or_else(|_| Unit::canonical(Dimension::NUMBER));
        match (&node.value, unit.dimension()) {
            (Value::Integer(number), Dimension::NUMBER) => Some(*number as f64),
            (Value::Number(number), Dimension::NUMBER) => Some(*number),
            (Value::String(text), dimension) => Quantity::parse(text, dimension)
                .map(|value| unit.from_canonical(value))
                .map_err(|error| {
                    let help = error.help.unwrap_or_default();
                    self.problems.add(node.place.problem(error.message).help(help));
                })
                .ok(),
            (other, dimension) => {
                let message = format!("this is {}, not {dimension} in quotes", other.kind());
                self.problems.add(node.place.problem(message));
                None
            }
        }
    }

    /// Whether a measure gives what its statistic compares with, and nothing that it does not look at.
    fn needs(&self, fields: &Fields<'_>, info: &StatisticInfo) {
        for (need, key) in [(Need::Other, "other"), (Need::Baseline, "baseline")] {
            let place = fields.node(key).map_or_else(|| fields.place(), |node| &node.key);
            match (info.needs.contains(&need), fields.has(key)) {
                (true, false) => self.problems.add(place.problem(format!("`{}` needs `{key}`", info.name))),
                (false, true) => {
                    self.problems.add(place.problem(format!("`{}` does not look at `{key}`", info.name)));
                }
                _ => {}
            }
        }
    }

    /// The name of the probe; one that is not recorded is added.
    fn recorded(&self, name: &Placed<&str>, probes: &mut Vec<Probe>) -> Option<String> {
        if !probes.iter().any(|probe| probe.name == name.value) {
            probes.push(self.probe(name.value, &name.place)?);
        }
        Some(name.value.to_owned())
    }

    /// `["60 s", "120 s"]`, inside the run.
    pub(super) fn window(&self, fields: &Fields<'_>, key: &str) -> Option<Window> {
        let node = fields.node(key)?;
        let times = match &node.value {
            Value::List(list) if list.len() == 2 => list.iter().map(|end| self.time(end)).collect(),
            _ => None,
        };
        let Some(times): Option<Vec<f64>> = times else {
            let message = format!("`{key}` is a list of two times");
            self.problems.add(node.place.problem(message).help("as `[\"60 s\", \"120 s\"]`"));
            return None;
        };
        let window = Window { from: times[0], to: times[1] };
        if !(0.0 <= window.from && window.from < window.to && window.to <= self.duration) {
            let message = format!("the window {window} does not lie inside the run");
            let help =
                format!("a window lies between 0 s and {} s, its end after its beginning", self.duration);
            self.problems.add(node.place.problem(message).help(help));
            return None;
        }
        Some(window)
    }

    fn time(&self, node: &Node) -> Option<f64> {
        match &node.value {
            Value::String(text) => Quantity::parse(text, Dimension::TIME).ok(),
            _ => None,
        }
    }

    /// A unit that can show a value whose own unit is `own`; any unit where that is not understood.
    fn unit_like(&self, unit: &Placed<&str>, own: Option<&str>) -> Option<Unit> {
        let read = match own.map(parse_unit) {
            Some(Ok(own)) => parse_unit_of(unit.value, own.dimension()),
            _ => parse_unit(unit.value),
        };
        let complain = |error: cisterna_quantity::ParseError| {
            let help = error.help.unwrap_or_default();
            self.problems.add(unit.place.problem(error.message).help(help));
        };
        read.map_err(complain).ok()
    }

    fn published(&self, table: &Table, own: Option<&str>) -> Option<Published> {
        let fields = Fields::of(table, "a published value", self.problems);
        fields.required(&["source"]);
        let [value, low, high] = ["value", "low", "high"].map(|key| fields.number(key).map(|n| n.value));
        let unit = match fields.string("unit") {
            Some(unit) => self.unit_like(&unit, own).map(|unit| unit.text().to_owned()),
            None => own.map(str::to_owned),
        };
        let kind = match fields.string("kind") {
            None => Some(Kind::Measured),
            Some(kind) => {
                let found = Kind::ALL.into_iter().find(|known| known.words() == kind.value);
                if found.is_none() {
                    self.problems.unknown(
                        &kind.place,
                        "kind of statement",
                        kind.value,
                        Kind::ALL.map(Kind::words),
                    );
                }
                found
            }
        };
        let [source, note, known_miss] =
            ["source", "note", "known_miss"].map(|key| fields.string(key).map(|text| text.value.to_owned()));
        if !["value", "low", "high"].iter().any(|key| fields.has(key)) {
            let message = "a published value has a `value`, or a `low` or `high` end";
            self.problems.add(table.place.problem(message));
        }
        let (lowest, highest) = (low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY));
        if lowest > highest || value.is_some_and(|value| value < lowest || value > highest) {
            let message = "a published value lies between its `low` and its `high`";
            self.problems.add(table.place.problem(message));
        }
        fields.finish([]);
        Some(Published {
            value,
            low,
            high,
            unit: unit?,
            kind: kind?,
            source: source?,
            note: note.unwrap_or_default(),
            known_miss,
        })
    }
}

/// Whether two units measure the same kind of thing.
fn same_kind(first: &str, second: &str) -> bool {
    match (parse_unit(first), parse_unit(second)) {
        (Ok(first), Ok(second)) => first.dimension() == second.dimension(),
        _ => first == second,
    }
}
