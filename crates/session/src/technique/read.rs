//! Reading the document of a technique.

use std::path::Path;

use cisterna_model::Problems;
use cisterna_model::document::{Collector, Fields, Node, Table, Value, parse};
use cisterna_quantity::{Dimension, Stated, exact_number};
use cisterna_skeleton::site::Sites;

use super::path::along_path;
use super::types::{Contact, Direction, Mode, Place, STATIONS, Technique};
use crate::source::TECHNIQUE_SHELF;

/// The hands that a document may name.
pub(super) const HANDS: [&str; 4] = ["right", "left", "both", "device"];
/// Where a technique may belong outside the protocol.
pub(super) const GROUPS: [&str; 5] = ["evaluation", "other", "face", "self", "control"];
/// The steps of the protocol.
const STEPS: std::ops::RangeInclusive<i64> = 1..=10;

/// The names of the techniques that come along.
#[must_use]
pub fn technique_names() -> Vec<&'static str> {
    TECHNIQUE_SHELF.names().collect()
}

impl Technique {
    /// The technique called `name`: a file, or one that comes along.
    ///
    /// # Errors
    /// Everything that is wrong with its document.
    pub fn load(name: &str) -> Result<Self, Problems> {
        Self::load_beside(name, None)
    }

    /// The same, looked for in a folder first.
    ///
    /// # Errors
    /// Everything that is wrong with its document.
    pub fn load_beside(name: &str, folder: Option<&Path>) -> Result<Self, Problems> {
        let text = TECHNIQUE_SHELF.open(name, folder)?;
        let problems = Collector::new();
        let table = parse(&text, &problems);
        let technique = read(&table, &problems);
        problems.finish(technique)?.ok_or_else(Problems::default)
    }

    /// The technique that a text called `name` holds.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn from_text(name: &str, text: &str) -> Result<Self, Problems> {
        let text = std::sync::Arc::new(cisterna_model::document::Text::new(name, text));
        let problems = Collector::new();
        let table = parse(&text, &problems);
        let technique = read(&table, &problems);
        problems.finish(technique)?.ok_or_else(Problems::default)
    }
}

fn read(table: &Table, problems: &Collector) -> Option<Technique> {
    let fields = Fields::of(table, "a technique", problems);
    fields.required(&["technique", "row", "title", "summary", "time", "aim", "end_sign"]);
    let text = |key: &str| fields.string(key).map(|text| text.value.to_owned());
    let steps = fields.list("steps").unwrap_or_default();
    let steps = steps.iter().filter_map(|node| match node.value {
        Value::Integer(step) if STEPS.contains(&step) => Some(step),
        _ => {
            problems.add(node.place.problem("the protocol has the steps 1 to 10"));
            None
        }
    });
    let steps = steps.collect();
    let group = fields.string("group");
    if let Some(group) = &group {
        one_of(problems, group, "group of techniques", &GROUPS);
    }
    let time = fields.stated("time", Some(Dimension::TIME));
    if let Some(time) = time.as_ref().filter(|time| time.value.value <= 0.0) {
        problems.add(time.place.problem("a technique lasts longer than 0 s"));
    }
    let time = time.map(|time| time.value);
    let sites = Sites::embedded().unwrap_or_default();
    let length = time.as_ref().map_or(f64::INFINITY, |time| time.value);
    let contacts = fields.tables("contact");
    let contacts: Vec<_> =
        contacts.into_iter().filter_map(|table| contact(table, &sites, length, problems)).collect();
    let frees = fields.strings("frees").iter().map(|name| name.value.to_owned()).collect();
    let [name, row, title, summary] = ["technique", "row", "title", "summary"].map(text);
    let [aim, end_sign] = ["aim", "end_sign"].map(text);
    let group = group.map(|group| group.value.to_owned());
    fields.finish([]);
    Some(Technique {
        name: name?,
        row: row?,
        title: title?,
        summary: summary?,
        steps,
        group,
        time: time?,
        aim: aim?,
        end_sign: end_sign?,
        frees,
        contacts,
    })
}

fn one_of(
    problems: &Collector,
    word: &cisterna_model::document::Placed<&str>,
    what: &str,
    valid: &[&'static str],
) {
    if !valid.contains(&word.value) {
        problems.unknown(&word.place, what, word.value, valid.iter().copied());
    }
}

fn contact(table: &Table, sites: &Sites, length: f64, problems: &Collector) -> Option<Contact> {
    let fields = Fields::of(table, "a contact", problems);
    fields.required(&["hand", "mode"]);
    let hand = fields.string("hand");
    if let Some(hand) = &hand {
        one_of(problems, hand, "hand", &HANDS);
    }
    let place = place(&fields, sites, problems);
    let mode = fields.string("mode").and_then(|word| {
        let found = Mode::ALL.into_iter().find(|mode| mode.word() == word.value);
        if found.is_none() {
            problems.unknown(&word.place, "mode", word.value, Mode::ALL.map(Mode::word));
        }
        found
    });
    let direction = direction(&fields, problems);
    let path = along_path(&fields, mode, problems);
    let strength = match &path {
        Some((_, strength)) => Some(strength.clone()),
        None => strength(&fields, mode, problems),
    };
    let stiffness = stiffness(&fields, mode, problems);
    let area = fields.stated("area", Some(Dimension::AREA)).map(|area| area.value);
    let begin = fields.quantity("begin", Dimension::TIME).map_or(0.0, |begin| begin.value);
    let lasts = fields.quantity("for", Dimension::TIME).map(|lasts| lasts.value);
    if begin < 0.0 || lasts.is_some_and(|lasts| lasts <= 0.0) || begin + lasts.unwrap_or(0.0) > length {
        let message = format!("a contact lies within the {length} s of its technique");
        problems.add(
            table
                .place
                .problem(message)
                .help("`begin` is counted from the beginning, `for` is longer than 0 s"),
        );
    }
    if let Some((path, _)) = &path
        && begin + path.end() > lasts.map_or(length, |lasts| begin + lasts)
    {
        let message = format!("the path lasts {} s, longer than its contact", exact_number(path.end()));
        problems
            .add(table.place.problem(message).help("end the path earlier, or let the technique last longer"));
    }
    if mode == Some(Mode::Torque) && direction == Some(Direction::Inward) {
        problems.add(table.place.problem("a torque needs its axis as `direction = [x, y, z]`"));
    }
    if mode == Some(Mode::Keep) && matches!(direction, Some(Direction::Along(_))) {
        let message = "a hand keeps the force that it feels under it, which is `inward`";
        problems.add(table.place.problem(message).help("leave `direction` out, or let it `hold` or `force`"));
    }
    fields.finish([]);
    Some(Contact {
        hand: hand?.value.to_owned(),
        place: place?,
        mode: mode?,
        direction: direction?,
        strength: strength?,
        path: path.map(|(path, _)| path),
        stiffness,
        area,
        begin,
        lasts,
    })
}

/// A site on a bone, or a station.
fn place(fields: &Fields<'_>, sites: &Sites, problems: &Collector) -> Option<Place> {
    match (fields.string("at"), fields.string("station")) {
        (Some(site), None) => {
            if !sites.site.contains_key(site.value) {
                problems.unknown(&site.place, "site", site.value, sites.site.keys().map(String::as_str));
            }
            Some(Place::Site(site.value.to_owned()))
        }
        (None, Some(station)) => {
            one_of(problems, &station, "station", &STATIONS);
            Some(Place::Station(station.value.to_owned()))
        }
        _ => {
            let message = "a contact lies `at` a site of a bone, or on a `station`: one of them";
            problems.add(fields.place().problem(message));
            None
        }
    }
}

/// `"inward"`, the default, or to the right, forward, up.
fn direction(fields: &Fields<'_>, problems: &Collector) -> Option<Direction> {
    let Some(node) = fields.node("direction") else { return Some(Direction::Inward) };
    let wrong = || {
        let message = "a direction is `inward`, or to the right, forward, up as [x, y, z]";
        problems.add(node.place.problem(message));
        None
    };
    match &node.value {
        Value::String(word) if word == "inward" => Some(Direction::Inward),
        Value::List(list) => match Node::triple(list) {
            Some(along) if along != [0.0; 3] => Some(Direction::Along(along)),
            _ => wrong(),
        },
        _ => wrong(),
    }
}

/// A force, or the moment of a torque.
fn strength(fields: &Fields<'_>, mode: Option<Mode>, problems: &Collector) -> Option<Stated> {
    let (key, other, dimension) = match mode? {
        Mode::Path => return None,
        Mode::Torque => ("moment", "force", Dimension::ENERGY),
        _ => ("force", "moment", Dimension::FORCE),
    };
    fields.required(&[key]);
    if let Some(node) = fields.node(other) {
        let message = format!("the mode `{}` has a `{key}`, no `{other}`", mode?.word());
        problems.add(node.key.problem(message));
    }
    let strength = fields.stated(key, Some(dimension))?;
    if strength.value.value < 0.0 {
        problems.add(strength.place.problem("the direction has the sign: a size is not below nought"));
    }
    Some(strength.value)
}

/// How stiff an arm is that resists, or that goes along a way.
fn stiffness(fields: &Fields<'_>, mode: Option<Mode>, problems: &Collector) -> Option<Stated> {
    if mode? == Mode::Path && !fields.has("stiffness") {
        return None;
    }
    if !matches!(mode?, Mode::Resist | Mode::Path) {
        if let Some(node) = fields.node("stiffness") {
            let message = format!("the mode `{}` has no `stiffness`", mode?.word());
            problems.add(
                node.key.problem(message).help("that of the arm belongs to the modes `resist` and `path`"),
            );
        }
        return None;
    }
    fields.required(&["stiffness"]);
    let stiffness = fields.stated("stiffness", Some(Dimension::STIFFNESS))?;
    if stiffness.value.value <= 0.0 {
        problems.add(stiffness.place.problem("what resists is stiffer than 0 N/mm"));
    }
    Some(stiffness.value)
}
