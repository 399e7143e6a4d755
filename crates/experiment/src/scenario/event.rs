//! Events: postures, ramps, infusions, compressions, paced breaths.

use cisterna_fluid::{Address, Bounds, Kind, SpaceId};
use cisterna_model::document::{Fields, Placed, Table};
use cisterna_quantity::Dimension;

use super::line::{Hold, Line, Way};
use super::posture;
use super::reader::Reader;
use super::timeline::Planned;
use super::types::Effect;

/// What an event may do; each has one of these keys.
pub(super) const ACTIONS: [&str; 8] =
    ["posture", "tilt", "parameter", "set", "infuse", "withdraw", "compress", "breathe"];
/// Resistance of a line that holds a pressure, where the scenario gives none: 0.1 mmHg/(mL/min), small against
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
        let given: Vec<&str> = ACTIONS.into_iter().filter(|action| fields.has(action)).collect();
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
                problems.add(table.place.problem(what).help(format!("give one of: {}", ACTIONS.join(", "))));
            }
        }
        let also =
            ["label", "over", "until", "to", "rate", "volume", "pressure", "resistance", "name", "amplitude"];
        let known: &[&str] = if matches!(given.as_slice(), [_]) && times.is_some() { &[] } else { &also };
        fields.finish(known.iter().chain(&ACTIONS).copied());
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
            "posture" | "tilt" => {
                if let Some(to) = posture::read(fields, self.problems) {
                    let words = fields.string(action).map_or("posture", |text| text.value);
                    let words = if action == "tilt" { format!("tilt to {words}") } else { words.to_owned() };
                    self.plan(fields, times, words, Effect::Posture { to });
                }
            }
            "parameter" => self.ramp(fields, times),
            "set" => {
                if let Some(table) = fields.table("set") {
                    self.set_all(fields, table, times);
                }
            }
            "infuse" => self.transfer(fields, times, Way::In),
            "withdraw" => self.transfer(fields, times, Way::Out),
            "compress" => self.compress(fields, times),
            _ => self.breathe(fields, times),
        }
    }

    /// `parameter = "choroid_plexus.rate", to = "0.2 mL/min"`.
    fn ramp(&mut self, fields: &Fields<'_>, times: Times) {
        fields.required(&["to"]);
        let (name, to) = (fields.string("parameter"), fields.node("to"));
        let (Some(name), Some(to)) = (name, to) else { return };
        let Some(target) = self.writable(name.value, &name.place) else { return };
        if let Some(to) = self.value(to, target) {
            let effect = Effect::Parameter { address: target.0, to };
            self.plan(fields, times, name.value.to_owned(), effect);
        }
    }

    /// `set = { "breathing.rate" = "6 1/min", … }`.
    fn set_all(&mut self, fields: &Fields<'_>, table: &Table, times: Times) {
        for (name, node) in &table.entries {
            let Some(target) = self.writable(name, &node.key) else { continue };
            if let Some(to) = self.value(node, target) {
                self.plan(fields, times, name.clone(), Effect::Parameter { address: target.0, to });
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
                self.plan(fields, times, label, Effect::Parameter { address, to: pressure.value });
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
            self.plan(fields, times, label, Effect::Parameter { address, to: rate.value });
        }
        for (signal, node) in amplitudes.iter().flat_map(|table| &table.entries) {
            let Some(target) = self.writable(&format!("{signal}.amplitude"), &node.key) else { continue };
            if let Some(to) = self.value(node, target) {
                let label = format!("depth of {signal}");
                self.plan(fields, times, label, Effect::Parameter { address: target.0, to });
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
        let (hold, to) = match (rate, volume, pressure) {
            (Some(rate), _, _) => (None, rate.value),
            (_, Some(volume), _) => {
                if times.over <= 0.0 || times.until.is_some() {
                    let message = "a `volume` is given `over` a time, without `until`";
                    self.problems
                        .add(volume.place.problem(message).help("as `volume = \"4 mL\", over = \"2 s\"`"));
                    return;
                }
                let over = std::mem::replace(&mut times.over, 0.0);
                times.until = Some(times.start + over);
                (None, volume.value / over)
            }
            (_, _, Some(pressure)) => {
                let resistance = resistance.map_or(LINE_RESISTANCE, |resistance| resistance.value);
                (Some(Hold { pressure: pressure.value, resistance }), 1.0)
            }
            _ => return,
        };
        let Some((label, address)) = self.line(name, space, way, hold) else { return };
        self.plan(fields, times, label, Effect::Parameter { address, to });
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
        hold: Option<Hold>,
    ) -> Option<(String, Address)> {
        let same = |line: &&Line| {
            (line.space, line.way, line.hold) == (space, way, hold)
                && name.as_ref().is_none_or(|name| name.value == line.name)
        };
        if let Some(line) = self.lines.iter().find(same) {
            return Some((line.name.clone(), line.control));
        }
        let network = &self.model.network;
        let (_, usual) = way.words();
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
        let line = Line::lay(&mut self.model.network, &chosen, space, way, hold);
        let control = line.control;
        self.lines.push(line);
        Some((chosen, control))
    }

    fn plan(&mut self, fields: &Fields<'_>, times: Times, words: String, effect: Effect) {
        let Times { start, over, until } = times;
        let label = fields.string("label").map_or(words, |label| label.value.to_owned());
        self.timeline.add(Planned { label, place: fields.place().clone(), effect, start, over, until });
    }
}
