//! From a scenario's text to a [`Scenario`].

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cisterna_fluid::Bounds;
use cisterna_model::document::{Collector, Fields, Placed, Table, Text, parse};
use cisterna_model::{Library, Model, Problem, Problems};
use cisterna_quantity::{Dimension, nearest};

use super::embedded;
use super::posture::{self, Stance};
use super::reader::Reader;
use super::state::{Known, STATE};
use super::timeline::Timeline;
use super::types::{Scenario, Source};

/// How long is run before time zero where a scenario does not say: about twenty beats and five breaths, s.
const SETTLE: f64 = 20.0;
/// Samples per second where a scenario does not say.
const RATE: f64 = 100.0;
/// Largest error of a step, as a share of the swing of a heart beat, where a scenario does not say.
const TOLERANCE: f64 = 5e-3;
/// A channel may have this many samples.
const MOST_SAMPLES: f64 = 1e8;

impl Scenario {
    /// The scenario called `name`: the path of a document, or one that Cisterna brings along. A file that is there
    /// stands before one of the same name that comes along.
    ///
    /// # Errors
    /// Everything that is wrong with it and with its model.
    pub fn load(name: &str) -> Result<Self, Problems> {
        Self::load_with(name, &Library::embedded())
    }

    /// The same, on a model of the library.
    ///
    /// # Errors
    /// Everything that is wrong with it and with its model.
    pub fn load_with(name: &str, library: &Library) -> Result<Self, Problems> {
        let path = PathBuf::from(name);
        if path.is_file() {
            return from_file(&path, library);
        }
        let bare = name.strip_prefix("scenarios/").unwrap_or(name);
        let bare = bare.strip_suffix(".toml").unwrap_or(bare);
        if let Some(text) = embedded::file(&format!("{bare}.toml")) {
            return Self::from_text(&format!("scenarios/{bare}.toml"), text, library);
        }
        let path = PathBuf::from(format!("{name}.toml"));
        if path.is_file() {
            return from_file(&path, library);
        }
        let last = bare.rsplit(['/', '\\']).next().unwrap_or(bare);
        let near = nearest(last, embedded::names()).map(|near| format!("did you mean `{near}`? "));
        let all = embedded::names().collect::<Vec<_>>().join(", ");
        let help = format!("{}valid: {all}, or the path of a file", near.unwrap_or_default());
        Err(Problem::of_file(name, "there is no such scenario").help(help).into())
    }

    /// The scenario that a text called `name` holds, on a model of the library.
    ///
    /// # Errors
    /// Everything that is wrong with it and with its model.
    pub fn from_text(name: &str, text: &str, library: &Library) -> Result<Self, Problems> {
        read(name, text, library, None)
    }

    /// The text of a scenario that Cisterna brings along.
    #[must_use]
    pub fn embedded(name: &str) -> Option<&'static str> {
        embedded::file(&format!("{name}.toml"))
    }

    /// The same scenario on a model without hypotheses, to which results under hypotheses are compared; none where it has
    /// none. What only a hypothesis has, such as its signals among the channels, the twin goes without.
    ///
    /// # Errors
    /// Where nothing can be made of it without them.
    pub fn twin(&self, library: &Library) -> Result<Option<Self>, Problems> {
        if self.hypotheses.is_empty() {
            return Ok(None);
        }
        let problems = Collector::new();
        let table = parse(&self.source.text, &problems);
        let twin = document_of(&table, library, &self.source, Some(&[]), &problems);
        // Whatever else is wrong was told when this scenario was read.
        if let Some(twin) = twin { Ok(Some(twin)) } else { problems.finish(Some(None)).map(Option::flatten) }
    }

    /// The same scenario under other hypotheses than it names.
    ///
    /// # Errors
    /// Hypotheses that do not exist, and everything that is wrong with it on the model that they make.
    pub fn under(&self, hypotheses: &[&str], library: &Library) -> Result<Self, Problems> {
        let problems = Collector::new();
        let table = parse(&self.source.text, &problems);
        let found = document_of(&table, library, &self.source, Some(hypotheses), &problems);
        finished(self.source.text.name(), found, problems)
    }

    /// The names of the scenarios that Cisterna brings along.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        embedded::names().collect()
    }
}

fn from_file(path: &Path, library: &Library) -> Result<Scenario, Problems> {
    let shown = path.display().to_string();
    let text = fs::read_to_string(path)
        .map_err(|error| Problem::of_file(&shown, format!("cannot be read: {error}")))?;
    read(&shown, &text, library, path.parent())
}

fn read(name: &str, text: &str, library: &Library, folder: Option<&Path>) -> Result<Scenario, Problems> {
    let problems = Collector::new();
    let source = Source { text: Arc::new(Text::new(name, text)), folder: folder.map(Path::to_owned) };
    let table = parse(&source.text, &problems);
    let found = document_of(&table, library, &source, None, &problems);
    finished(name, found, problems)
}

fn finished(name: &str, found: Option<Scenario>, problems: Collector) -> Result<Scenario, Problems> {
    match problems.finish(found)? {
        Some(scenario) => Ok(scenario),
        None => Err(Problem::of_file(name, "this scenario could not be read").into()),
    }
}

/// What a table says as far as it can be understood, under other hypotheses where some are given; what is wrong is in
/// `problems`.
fn document_of(
    table: &Table,
    library: &Library,
    source: &Source,
    under: Option<&[&str]>,
    problems: &Collector,
) -> Option<Scenario> {
    let folder = source.folder.as_deref();
    let fields = Fields::of(table, "a scenario", problems);
    fields.required(&["title", "subject", "duration"]);
    let [title, summary] = ["title", "summary"].map(|key| fields.string(key));
    let subject = fields.string("subject");
    let [mut hypotheses, conditions] = ["hypotheses", "conditions"].map(|key| fields.strings(key));
    if let Some(names) = under {
        hypotheses = names.iter().map(|&value| Placed { value, place: fields.place().clone() }).collect();
    }
    let duration = positive(&fields, "duration", problems);
    let settle = fields.quantity("settle", Dimension::TIME);
    if let Some(settle) = settle.as_ref().filter(|settle| settle.value < 0.0) {
        problems.add(settle.place.problem("`settle` must be zero or more"));
    }
    let start = fields.table("start");
    let tolerance = fields.number("tolerance");
    if let Some(wrong) = tolerance.as_ref().filter(|given| !(1e-12..=1e-2).contains(&given.value)) {
        problems.add(wrong.place.problem("`tolerance` lies between 1e-12 and 0.01"));
    }
    let max_step = positive(&fields, "max_step", problems);
    let record = fields.table("record");
    let parts = ["event", "drive", "measure"].map(|key| fields.tables(key));
    let set = fields.table("set");
    fields.finish([]);
    let (subject, duration) = (subject?, duration?);
    let laid_on: Vec<&str> = hypotheses.iter().chain(&conditions).map(|name| name.value).collect();
    let model = load_model(&subject, &laid_on, library, folder, problems)?;
    check_kinds(&model, &hypotheses, &conditions, problems);
    let (model, set_tissue) = match set {
        Some(set) => with_tissue(
            model,
            set,
            problems,
            |library| load_model(&subject, &laid_on, library, folder, problems),
            library,
        ),
        None => (model, Vec::new()),
    };
    let stance = stance(start, &model, problems);
    let mut reader = Reader {
        model,
        problems,
        folder: folder.map(Path::to_owned),
        duration,
        settle: settle.map_or(SETTLE, |settle| settle.value.max(0.0)),
        timeline: Timeline::default(),
        lines: Vec::new(),
        notes: Vec::new(),
    };
    if let Some(set) = set {
        reader.set(set, &set_tissue);
    }
    let known = if under.is_some() { Known::Partly } else { Known::Wholly };
    let state = start.map(|start| reader.state(start, known)).unwrap_or_default();
    let [events, drives, measures] = parts;
    drives.iter().for_each(|table| reader.drive(table));
    events.iter().for_each(|table| reader.event(table));
    let (rate, mut probes) = recorded(&mut reader, record, table);
    let mut read_measures: Vec<super::types::Measure> = Vec::new();
    for table in measures {
        let Some(measure) = reader.measure(table, &mut probes, &read_measures) else { continue };
        if read_measures.iter().any(|known| known.id == measure.id) {
            problems.add(table.place.problem(format!("two measures are called `{}`", measure.id)));
        }
        read_measures.push(measure);
    }
    let injections = reader.injections(&mut probes);
    let Reader { model, timeline, settle, notes, .. } = reader;
    let changes = timeline.finish(&stance, &model.network, duration, problems);
    let mut scenario = Scenario {
        title: title?.value.to_owned(),
        summary: summary.map(|summary| summary.value.trim().to_owned()).unwrap_or_default(),
        subject: subject.value.to_owned(),
        hypotheses: model.hypotheses.clone(),
        conditions: model.conditions.clone(),
        model,
        duration,
        settle,
        up: stance.up(),
        bends: stance.bends().to_vec(),
        state,
        changes,
        probes,
        rate,
        injections,
        measures: read_measures,
        tolerance: tolerance.map_or(TOLERANCE, |tolerance| tolerance.value),
        max_step,
        notes,
        text_hash: blake3::hash(source.text.content().as_bytes()).to_hex().chars().take(16).collect(),
        source: source.clone(),
    };
    scenario.rest_bodies();
    Some(scenario)
}

/// The model with the values of bones and tissue that `[set]` names, and their names: they are no parameters of the
/// network, so that the model is read anew with them.
fn with_tissue(
    model: Model,
    set: &Table,
    problems: &Collector,
    load: impl Fn(&Library) -> Option<Model>,
    library: &Library,
) -> (Model, Vec<String>) {
    let mut moved = library.clone();
    let mut names = Vec::new();
    if model.bones.is_none() {
        return (model, names);
    }
    let fields = Fields::of(set, "`[set]`", problems);
    for name in set.entries.keys() {
        let Some(entry) = model.evidence().iter().find(|entry| entry.name == *name) else { continue };
        if entry.address.is_some() {
            continue;
        }
        names.push(name.clone());
        if let Some(value) = fields.quantity(name, entry.unit.dimension()) {
            moved = moved.with_value(name, value.value);
        }
    }
    if names.is_empty() {
        return (model, names);
    }
    (load(&moved).unwrap_or(model), names)
}

/// Complains of a condition among the hypotheses and the other way round: what is told of a result depends on it.
fn check_kinds(
    model: &Model,
    hypotheses: &[Placed<&str>],
    conditions: &[Placed<&str>],
    problems: &Collector,
) {
    let is_of =
        |known: &[String], name: &str| known.iter().any(|known| name.rsplit('/').next() == Some(known));
    for (names, others, what, key) in [
        (hypotheses, &model.conditions, "a condition, no hypothesis", "conditions"),
        (conditions, &model.hypotheses, "a hypothesis, no condition", "hypotheses"),
    ] {
        for name in names.iter().filter(|name| is_of(others, name.value)) {
            let message = format!("`{}` is {what}", name.value);
            problems.add(name.place.problem(message).help(format!("name it under `{key}`")));
        }
    }
}

/// How the body lies at the start: on the back and straight, unless the scenario says otherwise.
fn stance(start: Option<&Table>, model: &Model, problems: &Collector) -> Stance {
    let mut stance = Stance::default();
    if let Some(start) = start {
        let fields = Fields::of(start, "the start", problems);
        if let Some(turn) = posture::read(&fields, &model.network.segments, problems) {
            stance = stance.turned(&turn);
        }
        fields.finish(posture::KEYS.into_iter().chain([STATE]));
    }
    stance
}

/// The rate and the channels of `[record]`.
fn recorded(
    reader: &mut Reader<'_>,
    record: Option<&Table>,
    whole: &Table,
) -> (f64, Vec<super::types::Probe>) {
    let Some(record) = record else { return (RATE, reader.default_probes(&whole.place)) };
    let fields = Fields::of(record, "`[record]`", reader.problems);
    let rate = reader.bounded(&fields, "rate", Dimension::FREQUENCY, Bounds::Positive);
    if let Some(rate) = rate.as_ref().filter(|rate| rate.value * reader.duration > MOST_SAMPLES) {
        let message = "more than 100 million samples a channel";
        reader.problems.add(rate.place.problem(message).help("lower the rate or shorten `duration`"));
    }
    let probes = match fields.list("channels") {
        Some(list) => reader.probes(list),
        None => reader.default_probes(&record.place),
    };
    fields.finish([]);
    (rate.map_or(RATE, |rate| rate.value), probes)
}

/// A time longer than zero.
fn positive(fields: &Fields<'_>, key: &str, problems: &Collector) -> Option<f64> {
    let time = fields.quantity(key, Dimension::TIME)?;
    if time.value > 0.0 {
        return Some(time.value);
    }
    problems.add(time.place.problem(format!("`{key}` must be longer than 0 s")));
    None
}

/// The model of a scenario; what is wrong with it is told with the scenario's own problems.
fn load_model(
    subject: &Placed<&str>,
    laid_on: &[&str],
    library: &Library,
    folder: Option<&Path>,
    problems: &Collector,
) -> Option<Model> {
    let beside = folder.and_then(|folder| {
        [folder.join(subject.value), folder.join(format!("{}.toml", subject.value))]
            .into_iter()
            .find(|path| path.is_file())
    });
    let path = beside.as_ref().map(|path| path.display().to_string());
    match Model::from_library(library, path.as_deref().unwrap_or(subject.value), laid_on) {
        Ok(model) => return Some(model),
        Err(wrong) => {
            for problem in wrong.list {
                // What has no place in a document of the model is told at the line that names it.
                let named = [subject.value].iter().chain(laid_on).any(|name| *name == problem.file);
                if problem.line == 0 && named {
                    let message = format!("`{}`: {}", problem.file, problem.message);
                    problems.add(subject.place.problem(message).help(problem.help.unwrap_or_default()));
                } else {
                    problems.add(problem);
                }
            }
        }
    }
    None
}

impl Reader<'_> {
    /// The values of `[set]`, laid over those of the model.
    fn set(&mut self, table: &Table, done: &[String]) {
        for (name, node) in &table.entries {
            if done.contains(name) {
                continue;
            }
            let Some(target) = self.writable(name, &node.key) else { continue };
            let Some(value) = self.value(node, target) else { continue };
            match self.model.set(target.0, value) {
                Ok(model) => self.model = model,
                Err(error) => self.problems.add(error.at(&node.place)),
            }
        }
    }
}
