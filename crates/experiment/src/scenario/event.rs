//! Events: postures, ramps, infusions, drains, compressions, paced breaths, manoeuvres.

use cisterna_fluid::{Address, Bounds, Kind, SpaceId};
use cisterna_model::document::{Fields, Placed, Table};
use cisterna_quantity::Dimension;

use super::line::{Line, Means, Way};
use super::reader::Reader;
use super::timeline::{Planned, Wanted};
use super::{manoeuvre, posture};

/// What an event may do, besides changing how the body lies; each does one thing.
pub(super) const ACTIONS: [&str; 8] =
    ["do", "parameter", "set", "infuse", "withdraw", "drain", "compress", "breathe"];
/// Resistance of a line that holds a pressure or drips, where the scenario gives none: 0.1 mmHg/(mL/min), small against
/// every outflow resistance and large enough for a smooth approach. mmHg s/mL.
const LINE_RESISTANCE: f64 = 6.0;
/// The clock that paced breathing sets.
const BREATHING: &str = "breathing.rate";

/// The outsides of the neck's veins, by the side that an event names.
const NECK: [(&str, &[&str]); 3] = [
    ("left", &["neck_left.pressure"]),
    ("right", &["neck_right.pressure"]),
    ("both", &["neck_left.pressure", "neck_right.pressure"]),
];

/// The times of an event.
#[derive(Clone, Copy)]
struct Times {
    start: f64,
    over: f64,
    until: Option<f64>,
}

impl Reader<'_> {
    /// Reads one `[[event]]`.
    pub(super) fn event(&mut self, table: &Table) {
        let problems = self.problems;
        let fields = Fields::of(table, "an event", problems);
        fields.required(&["at"]);
        let turns = posture::KEYS.into_iter().find(|key| fields.has(key));
        let given: Vec<&str> =
            turns.into_iter().chain(ACTIONS.into_iter().filter(|action| fields.has(action))).collect();
        let times = self.times(&fields);
        match (given.as_slice(), times) {
            ([action], Some(times)) => self.act(action, &fields, times),
            ([_], None) => {}
            (several, _) => {
                let what = if several.is_empty() {
                    "an event that does nothing".to_owned()
                } else {
                    format!("an event does one thing, this one has {}", several.join(", "))
                };
                let all: Vec<&str> = posture::KEYS.into_iter().chain(ACTIONS).collect();
                problems.add(table.place.problem(what).help(format!("give one of: {}", all.join(", "))));
            }
        }
        let also = [
            "label",
            "over",
            "until",
            "to",
            "rate",
            "volume",
            "pressure",
            "resistance",
            "height",
            "name",
            "amplitude",
        ];
        let known: &[&str] = if matches!(given.as_slice(), [_]) && times.is_some() { &[] } else { &also };
        let keys = posture::KEYS.into_iter().chain(manoeuvre::KEYS).chain(ACTIONS);
        fields.finish(known.iter().copied().chain(keys));
    }

    /// The times of an event, inside the run.
    fn times(&self, fields: &Fields<'_>) -> Option<Times> {
        let at = self.bounded(fields, "at", Dimension::TIME, Bounds::NotNegative);
        let over = self.bounded(fields, "over", Dimension::TIME, Bounds::NotNegative);
        let until = fields.quantity("until", Dimension::TIME);
        let at = at?;
        if at.value >= self.duration {
            let message = format!("late: the run is over at {} s", self.duration);
            self.problems.add(at.place.problem(message).help("an event begins within `duration`"));
            return None;
        }
        let length = over.as_ref().map_or(0.0, |over| over.value);
        if let Some(until) = &until
            && until.value < at.value + length
        {
            let message = format!("`until` comes before the change is complete at {} s", at.value + length);
            self.problems.add(until.place.problem(message));
            return None;
        }
        for end in over
            .iter()
            .map(|over| (at.value + over.value, &over.place))
            .chain(until.iter().map(|until| (until.value, &until.place)))
        {
            if end.0 > self.duration {
                let message =
                    format!("late: this ends at {} s, the run is over at {} s", end.0, self.duration);
                self.problems.add(end.1.problem(message).help("an event ends within `duration`"));
                return None;
            }
        }
        Some(Times { start: at.value, over: length, until: until.map(|until| until.value) })
    }

    fn act(&mut self, action: &str, fields: &Fields<'_>, times: Times) {
        match action {
            "do" => self.manoeuvre(fields, times.start),
            "parameter" => self.ramp(fields, times),
            "set" => {
                if let Some(table) = fields.table("set") {
                    self.set_all(fields, table, times);
                }
            }
            "infuse" => self.transfer(fields, times, Way::In),
            "withdraw" => self.transfer(fields, times, Way::Out),
            "drain" => self.drain(fields, times),
            "compress" => self.compress(fields, times),
            "breathe" => self.breathe(fields, times),
            _ => self.turn(action, fields, times),
        }
    }

    /// `posture = "sitting"`, `tilt = "60 deg"`, `gravity = 0.17`, `bend = { head = "20 deg" }`, or several of them.
    fn turn(&mut self, key: &str, fields: &Fields<'_>, times: Times) {
        let Some(turn) = posture::read(fields, &self.model.network.segments, self.problems) else { return };
        let words = match key {
            "posture" => fields.string(key).map_or(key, |name| name.value).to_owned(),
            "tilt" => format!("tilt to {}", fields.string(key).map_or("", |angle| angle.value)),
            "gravity" => format!("gravity {}", fields.number(key).map_or(1.0, |gravity| gravity.value)),
            _ => {
                let bent = fields.table(key).map(|table| table.entries.keys().cloned().collect::<Vec<_>>());
                format!("{} bent", bent.unwrap_or_default().join(" and "))
            }
        };
        self.plan(fields, times, words, Wanted::Turn(turn));
    }

    /// `parameter = "choroid_plexus.rate", to = "0.2 mL/min"`.
    fn ramp(&mut self, fields: &Fields<'_>, times: Times) {
        fields.required(&["to"]);
        let (name, to) = (fields.string("parameter"), fields.node("to"));
        let (Some(name), Some(to)) = (name, to) else { return };
        let Some(target) = self.writable(name.value, &name.place) else { return };
        if let Some(to) = self.value(to, target) {
            self.plan(fields, times, name.value.to_owned(), Wanted::value(target.0, to));
        }
    }

    /// `set = { "breathing.rate" = "6 1/min", … }`.
    fn set_all(&mut self, fields: &Fields<'_>, table: &Table, times: Times) {
        for (name, node) in &table.entries {
            let Some(target) = self.writable(name, &node.key) else { continue };
            if let Some(to) = self.value(node, target) {
                self.plan(fields, times, name.clone(), Wanted::value(target.0, to));
            }
        }
    }

    /// Pressure on the veins of one or both sides of the neck.
    fn compress(&mut self, fields: &Fields<'_>, times: Times) {
        fields.required(&["pressure"]);
        let pressure = fields.quantity("pressure", Dimension::PRESSURE);
        let Some(side) = fields.string("compress") else { return };
        let Some((_, names)) = NECK.iter().find(|(known, _)| *known == side.value) else {
            self.problems.unknown(&side.place, "side of the neck", side.value, NECK.map(|(known, _)| known));
            return;
        };
        let Some(pressure) = pressure else { return };
        for name in *names {
            if let Some((address, _)) = self.writable(name, &side.place) {
                let label = format!("neck compressed, {}", side.value);
                self.plan(fields, times, label, Wanted::value(address, pressure.value));
            }
        }
    }

    /// Paced breathing: the rate of the clock, and with `amplitude` the depth.
    fn breathe(&mut self, fields: &Fields<'_>, times: Times) {
        let rate = self.bounded(fields, "breathe", Dimension::FREQUENCY, Bounds::NotNegative);
        let amplitudes = fields.has("amplitude").then(|| fields.table("amplitude")).flatten();
        let Some(rate) = rate else { return };
        if let Some((address, _)) = self.writable(BREATHING, &rate.place) {
            let label = format!("breathing paced at {:.3} 1/min", 60.0 * rate.value);
            self.plan(fields, times, label, Wanted::value(address, rate.value));
        }
        for (signal, node) in amplitudes.iter().flat_map(|table| &table.entries) {
            let Some(target) = self.writable(&format!("{signal}.amplitude"), &node.key) else { continue };
            if let Some(to) = self.value(node, target) {
                let label = format!("depth of {signal}");
                self.plan(fields, times, label, Wanted::value(target.0, to));
            }
        }
    }

    /// An infusion or a withdrawal: a rate, a volume, or a pressure that is held.
    fn transfer(&mut self, fields: &Fields<'_>, times: Times, way: Way) {
        let (key, _) = way.words();
        let rate = self.bounded(fields, "rate", Dimension::FLOW, Bounds::Positive);
        let volume = self.bounded(fields, "volume", Dimension::VOLUME, Bounds::Positive);
        let pressure = fields.quantity("pressure", Dimension::PRESSURE);
        let resistance = self.bounded(fields, "resistance", Dimension::RESISTANCE, Bounds::Positive);
        let name = fields.string("name");
        let space = fields.string(key).and_then(|space| self.fluid_space(&space));
        let kinds = ["rate", "volume", "pressure"];
        if kinds.iter().filter(|kind| fields.has(kind)).count() != 1 {
            let message = format!("`{key}` needs one of `rate`, `volume` with `over`, `pressure`");
            self.problems.add(fields.place().problem(message));
            return;
        }
        if let Some(resistance) = &resistance
            && !fields.has("pressure")
        {
            self.problems
                .add(resistance.place.problem("only a held `pressure` has a line with a resistance"));
        }
        let Some(space) = space else { return };
        let mut times = times;
        let (means, to) = match (rate, volume, pressure) {
            (Some(rate), _, _) => (Means::Pump, rate.value),
            (_, Some(volume), _) => {
                if times.over <= 0.0 || times.until.is_some() {
                    let message = "a `volume` is given `over` a time, without `until`";
                    self.problems
                        .add(volume.place.problem(message).help("as `volume = \"4 mL\", over = \"2 s\"`"));
                    return;
                }
                let over = std::mem::replace(&mut times.over, 0.0);
                times.until = Some(times.start + over);
                (Means::Pump, volume.value / over)
            }
            (_, _, Some(pressure)) => {
                let resistance = resistance.map_or(LINE_RESISTANCE, |resistance| resistance.value);
                (Means::Needle { pressure: pressure.value, resistance }, 1.0)
            }
            _ => return,
        };
        let Some((label, address)) = self.line(name, space, way, means) else { return };
        self.plan(fields, times, label, Wanted::value(address, to));
    }

    /// A drain that drips into a chamber at a height over the space; nothing comes back from there.
    fn drain(&mut self, fields: &Fields<'_>, times: Times) {
        fields.required(&["height"]);
        let height = fields.quantity("height", Dimension::LENGTH);
        let resistance = self.bounded(fields, "resistance", Dimension::RESISTANCE, Bounds::Positive);
        let name = fields.string("name");
        let space = fields.string("drain").and_then(|space| self.fluid_space(&space));
        let (Some(height), Some(space)) = (height, space) else { return };
        let fluid = self.model.network.spaces[space.0].fluid;
        let opening = height.value * self.model.network.fluids[fluid.0].weight();
        let resistance = resistance.map_or(LINE_RESISTANCE, |resistance| resistance.value);
        let means = Means::Drip { resistance };
        let Some((label, address)) = self.line(name, space, Way::Out, means) else { return };
        self.plan(fields, times, label, Wanted::value(address, opening));
    }

    /// A space that holds fluid.
    fn fluid_space(&self, name: &Placed<&str>) -> Option<SpaceId> {
        let spaces = &self.model.network.spaces;
        let holds = |kind: Kind| matches!(kind, Kind::Fluid(_) | Kind::Junction);
        let found =
            spaces.iter().position(|space| space.name == name.value && holds(space.kind)).map(SpaceId);
        if found.is_none() {
            let valid = spaces.iter().filter(|space| holds(space.kind)).map(|space| space.name.as_str());
            self.problems.unknown(&name.place, "space that holds fluid", name.value, valid);
        }
        found
    }

    /// The line that an event uses: one that was laid before to the same place, or a new one.
    fn line(
        &mut self,
        name: Option<Placed<&str>>,
        space: SpaceId,
        way: Way,
        means: Means,
    ) -> Option<(String, Address)> {
        let same = |line: &&Line| {
            (line.space, line.way, line.means) == (space, way, means)
                && name.as_ref().is_none_or(|name| name.value == line.name)
        };
        if let Some(line) = self.lines.iter().find(same) {
            return Some((line.name.clone(), line.control));
        }
        let network = &self.model.network;
        let usual = if matches!(means, Means::Drip { .. }) { "drain" } else { way.words().1 };
        let parts = ["", "_reservoir", "_switch", "_demand", "_rate"];
        let free = |name: &str| parts.iter().all(|part| network.owner(&format!("{name}{part}")).is_none());
        let chosen = match name {
            Some(name) if name.value.is_empty() || name.value.contains(['.', ' ']) => {
                let message = "a line's name is one word without dots";
                self.problems.add(name.place.problem(message));
                return None;
            }
            Some(name) if !free(name.value) => {
                let message = format!("`{}` is the name of something else", name.value);
                self.problems.add(name.place.problem(message));
                return None;
            }
            Some(name) => name.value.to_owned(),
            None => std::iter::once(usual.to_owned())
                .chain((2_usize..).map(|number| format!("{usual}_{number}")))
                .find(|name| free(name))?,
        };
        let line = Line::lay(&mut self.model.network, &chosen, space, way, means);
        let control = line.control;
        self.lines.push(line);
        Some((chosen, control))
    }

    fn plan(&mut self, fields: &Fields<'_>, times: Times, words: String, wanted: Wanted) {
        let Times { start, over, until } = times;
        let label = Some(fields.string("label").map_or(words, |label| label.value.to_owned()));
        let place = fields.place().clone();
        self.timeline.add(Planned { label, place, wanted, start, over, until, back: over });
    }
}
