//! Reading the document of a session.

use std::path::Path;
use std::sync::Arc;

use cisterna_model::Problems;
use cisterna_model::document::{Collector, Fields, Placed, Table, Text, parse};
use cisterna_quantity::{Dimension, Stated};

use super::types::{Evaluation, Practitioner, Session, Step};
use crate::source::SESSION_SHELF;
use crate::technique::{STATIONS, Technique};

/// How long a station is listened to where nothing is said, s.
const LISTENING: f64 = 60.0;
/// The force of a test where nothing is said.
const TEST: &str = "0.049 N | 0.0098 .. 0.54 | assumed upledgervredevoogd1983: five grams, as taught; zegarraparodi2009 measured 0.54 N on a square centimetre";

/// The names of the sessions that come along.
#[must_use]
pub fn session_names() -> Vec<&'static str> {
    SESSION_SHELF.names().collect()
}

impl Session {
    /// The session called `name`: a file, or one that comes along.
    ///
    /// # Errors
    /// Everything that is wrong with its document and with those of its techniques.
    pub fn load(name: &str) -> Result<Self, Problems> {
        let text = SESSION_SHELF.open(name, None)?;
        let folder = Path::new(text.name()).parent().map(Path::to_owned);
        Self::read(&text, folder.as_deref())
    }

    /// The session that a text called `name` holds.
    ///
    /// # Errors
    /// Everything that is wrong with it and with the documents of its techniques.
    pub fn from_text(name: &str, text: &str) -> Result<Self, Problems> {
        Self::read(&Arc::new(Text::new(name, text)), None)
    }

    fn read(text: &Arc<Text>, folder: Option<&Path>) -> Result<Self, Problems> {
        let problems = Collector::new();
        let table = parse(text, &problems);
        let mut session = session(&table, folder, &problems);
        if let Some(session) = &mut session {
            let mut hasher = blake3::Hasher::new();
            hasher.update(text.content().as_bytes());
            for step in &session.steps {
                hasher.update(format!("{:?}", step.technique).as_bytes());
            }
            session.hash = hasher.finalize().to_hex().chars().take(16).collect();
        }
        problems.finish(session)?.ok_or_else(Problems::default)
    }
}

fn session(table: &Table, folder: Option<&Path>, problems: &Collector) -> Option<Session> {
    let fields = Fields::of(table, "a session", problems);
    fields.required(&["session", "title", "subject", "complaints", "practitioner"]);
    let text = |key: &str| fields.string(key).map(|text| text.value.to_owned());
    let strings =
        |key: &str| -> Vec<String> { fields.strings(key).iter().map(|text| text.value.to_owned()).collect() };
    let date = fields.string("date");
    if let Some(date) = date.as_ref().filter(|date| !is_date(date.value)) {
        problems.add(date.place.problem("a date is written as `2026-11-03`"));
    }
    let stress = fields.number("stress");
    if let Some(stress) = stress.as_ref().filter(|stress| !(0.0..=1.0).contains(&stress.value)) {
        let help = "0 is rest, 1 the social stress test";
        problems.add(stress.place.problem("`stress` lies between 0 and 1").help(help));
    }
    let practitioner = fields.table("practitioner").and_then(|table| practitioner(table, problems));
    let evaluation = match fields.table("evaluation") {
        Some(table) => evaluation(table, problems),
        None => Stated::parse(TEST, Dimension::FORCE).ok().map(|force| Evaluation {
            stations: Vec::new(),
            joints: Vec::new(),
            time: LISTENING,
            force,
        }),
    };
    let steps = fields.tables("technique");
    let steps = steps.into_iter().filter_map(|table| step(table, folder, problems)).collect();
    let [name, title, subject] = ["session", "title", "subject"].map(text);
    let [summary, client, plan] = ["summary", "client", "plan"].map(text);
    let [complaints, restrictions, hypotheses] = ["complaints", "restrictions", "hypotheses"].map(strings);
    fields.finish([]);
    Some(Session {
        name: name?,
        title: title?,
        summary: summary.unwrap_or_default(),
        date: date.map(|date| date.value.to_owned()),
        client,
        subject: subject?,
        complaints,
        restrictions,
        hypotheses,
        stress: stress.map(|stress| stress.value),
        plan,
        practitioner: practitioner?,
        evaluation: evaluation?,
        steps,
        hash: String::new(),
    })
}

/// Whether it is a day, as 2026-11-03.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let within = |text: &str, digits: usize, from: u32, to: u32| {
        text.len() == digits && text.parse().is_ok_and(|number: u32| (from..=to).contains(&number))
    };
    matches!(parts[..], [year, month, day]
        if within(year, 4, 1900, 2999) && within(month, 2, 1, 12) && within(day, 2, 1, 31))
}

fn practitioner(table: &Table, problems: &Collector) -> Option<Practitioner> {
    let fields = Fields::of(table, "a practitioner", problems);
    fields.required(&["seed"]);
    let code = fields.string("code").map(|code| code.value.to_owned());
    let years = fields.number("years");
    if let Some(years) = years.as_ref().filter(|years| years.value < 0.0) {
        problems.add(years.place.problem("`years` of practice are not below nought"));
    }
    let seed = fields.integer("seed");
    if let Some(seed) = seed.as_ref().filter(|seed| seed.value < 0) {
        problems.add(seed.place.problem("a `seed` is a whole number from nought on"));
    }
    fields.finish([]);
    Some(Practitioner {
        code,
        years: years.map_or(0.0, |years| years.value),
        seed: seed?.value.unsigned_abs(),
    })
}

fn evaluation(table: &Table, problems: &Collector) -> Option<Evaluation> {
    let fields = Fields::of(table, "an evaluation", problems);
    let owned = |list: Vec<Placed<&str>>| list.iter().map(|name| name.value.to_owned()).collect();
    let stations = fields.strings("stations");
    for station in stations.iter().filter(|station| !STATIONS.contains(&station.value)) {
        problems.unknown(&station.place, "station", station.value, STATIONS);
    }
    let joints = fields.strings("joints");
    let time = fields.quantity("time", Dimension::TIME);
    if let Some(time) = time.as_ref().filter(|time| time.value < 10.0) {
        let help = "a cycle of the slowest rhythm that is taught lasts ten seconds";
        problems.add(time.place.problem("a station is listened to for at least 10 s").help(help));
    }
    let force = match fields.has("force") {
        true => fields.stated("force", Some(Dimension::FORCE)).map(|force| force.value),
        false => Stated::parse(TEST, Dimension::FORCE).ok(),
    };
    fields.finish([]);
    Some(Evaluation {
        stations: owned(stations),
        joints: owned(joints),
        time: time.map_or(LISTENING, |time| time.value),
        force: force?,
    })
}

fn step(table: &Table, folder: Option<&Path>, problems: &Collector) -> Option<Step> {
    let fields = Fields::of(table, "a technique of a session", problems);
    fields.required(&["use"]);
    let name = fields.string("use");
    let time = fields.quantity("for", Dimension::TIME);
    if let Some(time) = time.as_ref().filter(|time| time.value <= 0.0) {
        problems.add(time.place.problem("a technique lasts longer than 0 s"));
    }
    fields.finish([]);
    let name = name?;
    let technique = match Technique::load_beside(name.value, folder) {
        Ok(technique) => technique,
        Err(wrong) => {
            for problem in wrong.list {
                // What has no place in a document of its own is told at the line that names it.
                let help = problem.help.clone().unwrap_or_default();
                problems.add(match problem.line {
                    0 => name.place.problem(format!("`{}`: {}", name.value, problem.message)).help(help),
                    _ => problem,
                });
            }
            return None;
        }
    };
    let time = time.map_or(technique.time.value, |time| time.value);
    Some(Step { technique, time })
}
