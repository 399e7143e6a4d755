//! Course documents: found, read, and spelled out as a scenario over weeks.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use cisterna_experiment::Scenario;
use cisterna_fluid::Address;
use cisterna_model::document::{Collector, Fields, Node, Placed, Table, Text, Value, allowed, parse};
use cisterna_model::{Library, Problem, Problems};
use cisterna_quantity::Dimension;

use crate::spelled::Spelled;
use crate::split::Split;

/// Every course that comes along, by its name inside `courses/`.
static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
/// A day, s.
const DAY: f64 = 86400.0;
/// When a day begins where a course does not say, s: seven in the morning.
const BEGINS: f64 = 7.0 * 3600.0;
/// The most days of a course: a year.
const MOST_DAYS: i64 = 366;
/// Between two samples where a course does not say, s: a quarter of an hour.
const EVERY: f64 = 900.0;

/// What is done day by day, and what is recorded of it.
#[derive(Clone, Debug)]
pub struct CourseDocument {
    /// The scenario that it spells out: the days, and one more, so that the last night has its end.
    pub scenario: Scenario,
    /// How many days.
    pub days: usize,
    /// The time of the day at which each of them begins, s.
    pub begins: f64,
    /// Between two samples, s.
    pub every: f64,
}

/// The names of the courses that come along.
#[must_use]
pub fn names() -> Vec<&'static str> {
    EMBEDDED.iter().filter_map(|(file, _)| file.strip_suffix(".toml")).collect()
}

impl CourseDocument {
    /// The course called `name`: the path of a document, or one that comes along.
    ///
    /// # Errors
    /// Everything that is wrong with it and with its model.
    pub fn load(name: &str) -> Result<Self, Problems> {
        let path = PathBuf::from(name);
        if path.is_file() {
            let text = fs::read_to_string(&path)
                .map_err(|error| Problem::of_file(name, format!("cannot be read: {error}")))?;
            return Self::from_text(name, &text, &Library::embedded());
        }
        let bare = name.strip_prefix("courses/").unwrap_or(name);
        let bare = bare.strip_suffix(".toml").unwrap_or(bare);
        let known = EMBEDDED.iter().find(|(file, _)| file.strip_suffix(".toml") == Some(bare));
        if let Some((file, text)) = known {
            return Self::from_text(&format!("courses/{file}"), text, &Library::embedded());
        }
        let help = format!("{}, or the path of a file", allowed(bare, names()));
        Err(Problem::of_file(name, "there is no such course").help(help).into())
    }

    /// The course that a text called `name` holds, on a model of the library.
    ///
    /// # Errors
    /// Everything that is wrong with it and with its model.
    pub fn from_text(name: &str, text: &str, library: &Library) -> Result<Self, Problems> {
        let problems = Collector::new();
        let table = parse(&Arc::new(Text::new(name, text)), &problems);
        let course = read(name, &table, library, &problems);
        match problems.finish(course)? {
            Some(course) => Ok(course),
            None => Err(Problem::of_file(name, "this course could not be read").into()),
        }
    }

    /// The parameters that change.
    #[must_use]
    pub fn changed(&self) -> Vec<Address> {
        let addresses = self.scenario.changes.iter().filter_map(|event| match &event.effect {
            cisterna_experiment::Effect::Parameter { address, .. } => Some(*address),
            _ => None,
        });
        addresses.collect()
    }
}

fn read(name: &str, table: &Table, library: &Library, problems: &Collector) -> Option<CourseDocument> {
    let fields = Fields::of(table, "a course", problems);
    fields.required(&["title", "subject", "days"]);
    let days = fields.integer("days");
    if let Some(days) = days.as_ref().filter(|days| !(1..=MOST_DAYS).contains(&days.value)) {
        problems.add(days.place.problem(format!("a course has 1 to {MOST_DAYS} days")));
        return None;
    }
    let begins = of_day(&fields, "begins", problems).map_or(BEGINS, |begins| begins.value);
    let days = days?.value;
    let mut spelled = Spelled::default();
    for key in ["title", "summary", "subject", "hypotheses", "conditions"] {
        if let Some(node) = fields.node(key) {
            spelled.add(&node.place, &format!("{key} = {}", node.place.source()));
        }
    }
    spelled.add(&table.place, &format!("duration = \"{} s\"\nsettle = \"0 s\"", (days + 1) as f64 * DAY));
    if let Some(set) = fields.table("set") {
        spelled.add(&table.place, "[set]");
        for (key, node) in &set.entries {
            spelled.add(&node.place, &format!("{key:?} = {}", node.place.source()));
        }
    }
    let every = recorded(&fields, problems, &mut spelled);
    let daily = fields.tables("daily");
    daily.into_iter().for_each(|daily| spell_daily(daily, (days, begins), problems, &mut spelled));
    fields.finish([]);
    if !problems.is_empty() {
        return None;
    }
    match Scenario::from_text(name, &spelled.text, library) {
        Ok(scenario) => {
            check_changes(&scenario, problems, &spelled);
            Some(CourseDocument { scenario, days: days as usize, begins, every })
        }
        Err(wrong) => {
            wrong.list.into_iter().for_each(|problem| problems.add(spelled.told(problem, name)));
            None
        }
    }
}

/// `[record]`: `every` and `channels`.
fn recorded(fields: &Fields<'_>, problems: &Collector, spelled: &mut Spelled) -> f64 {
    let Some(record) = fields.table("record") else { return EVERY };
    let own = Fields::of(record, "what is recorded", problems);
    let every = own.quantity("every", Dimension::TIME);
    if let Some(every) = every.as_ref().filter(|every| !(1.0..=DAY).contains(&every.value)) {
        problems.add(every.place.problem("`every` lies between 1 s and 1 day"));
    }
    let every = every.map_or(EVERY, |every| every.value);
    spelled.add(&record.place, &format!("[record]\nrate = \"{} Hz\"", 1.0 / every));
    if let Some(channels) = own.node("channels") {
        spelled.add(&channels.place, &format!("channels = {}", channels.place.source()));
    }
    own.finish([]);
    every
}

/// One `[[daily]]` as the events of its days.
fn spell_daily(daily: &Table, (days, begins): (i64, f64), problems: &Collector, spelled: &mut Spelled) {
    let fields = Fields::of(daily, "what is done daily", problems);
    fields.required(&["at"]);
    let at = of_day(&fields, "at", problems);
    let length = fields.quantity("for", Dimension::TIME);
    let every = fields.integer("every");
    if let Some(every) = every.as_ref().filter(|every| every.value < 1) {
        problems.add(every.place.problem("`every` counts days: 1 is every day, 7 once a week"));
        return;
    }
    let range = of_days(&fields, days, problems);
    let does = fields.node("do");
    let sets = fields.node("set");
    let [amount, label] = ["amount", "label"].map(|key| fields.node(key));
    if does.is_some() == sets.is_some() {
        let message = "something daily either does a manoeuvre (`do`) or sets values (`set`)";
        problems.add(daily.place.problem(message));
    }
    if sets.is_some() && length.is_none() {
        problems.add(daily.place.problem("`set` needs `for`: how long the values hold"));
    }
    fields.finish([]);
    let (Some(at), Some((first, last))) = (at, range) else { return };
    let step = every.map_or(1, |every| every.value);
    let mut day = first;
    while day <= last {
        let start = (at.value - begins).rem_euclid(DAY) + (day - 1) as f64 * DAY;
        let mut event = format!("[[event]]\nat = \"{start} s\"");
        let mut add = |key: &str, node: Option<&Node>| {
            if let Some(node) = node {
                let _ = write!(event, "\n{key} = {}", node.place.source());
            }
        };
        for (key, node) in [("do", does), ("amount", amount), ("set", sets), ("label", label)] {
            add(key, node);
        }
        if let Some(length) = &length {
            let _ = match does {
                Some(_) => write!(event, "\nfor = \"{} s\"", length.value),
                None => write!(event, "\nuntil = \"{} s\"", start + length.value),
            };
        }
        spelled.add(&daily.place, &event);
        day += step;
    }
}

/// A time of the day.
fn of_day(fields: &Fields<'_>, key: &str, problems: &Collector) -> Option<Placed<f64>> {
    let time = fields.quantity(key, Dimension::TIME)?;
    if (0.0..DAY).contains(&time.value) {
        return Some(time);
    }
    problems.add(time.place.problem(format!("`{key}` is a time of the day, 0 h to 24 h")));
    None
}

/// `days = [first, last]`; all days where left out.
fn of_days(fields: &Fields<'_>, days: i64, problems: &Collector) -> Option<(i64, i64)> {
    let Some(list) = fields.list("days") else {
        return (!fields.has("days")).then_some((1, days));
    };
    if let [Node { value: Value::Integer(first), .. }, Node { value: Value::Integer(last), .. }] = list
        && 1 <= *first
        && first <= last
        && *last <= days
    {
        return Some((*first, *last));
    }
    let place = fields.node("days").map_or_else(|| fields.place(), |node| &node.place);
    let message = "`days` is the first and the last day";
    problems
        .add(place.problem(message).help(format!("as `[1, {days}]`, within the {days} days of the course")));
    None
}

/// A course changes only what the slow part reads.
fn check_changes(scenario: &Scenario, problems: &Collector, spelled: &Spelled) {
    let network = &scenario.model.network;
    for event in &scenario.changes {
        let cisterna_experiment::Effect::Parameter { address, .. } = &event.effect else {
            continue;
        };
        let split = Split::of(network, &[*address]);
        let calm = matches!(address.owner, cisterna_fluid::Owner::Signal(id) if split.is_calm(id));
        if !calm {
            let parameter = network.parameters(address.owner)[address.parameter].name;
            let message =
                format!("a course cannot change `{}.{parameter}` by the day", network.name(address.owner));
            let help = "it changes stressors, touch, sleep and what else acts over minutes or longer; what acts within a \
                        heart beat is set for the whole course under `[set]`, or done in a scenario";
            let place = spelled.place_of_change(network.name(address.owner));
            problems.add(match place {
                Some(place) => place.problem(message).help(help),
                None => Problem::of_file("course", message).help(help),
            });
            return;
        }
    }
}
