//! From a study document to a [`Study`].

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cisterna_model::document::{Collector, Fields, Node, Placed, Table, Text, Value, allowed, parse};
use cisterna_model::{Problem, Problems};
use cisterna_quantity::Dimension;
use cisterna_recording::open;
use cisterna_touch::{Contact, Motion};

use crate::arm::{Arm, HYPOTHESES, Hypothesis};
use crate::embedded;
use crate::statistic::Statistic;
use crate::study::{Body, Judged, Moments, Row, Study};

/// What raters judge, by its name in documents.
pub(crate) const JUDGED: [(&str, Judged); 2] = [("rate", Judged::Rate), ("restriction", Judged::Restriction)];
/// When raters rate a subject, by its name in documents.
pub(crate) const MOMENTS: [(&str, Moments); 2] =
    [("together", Moments::Together), ("in turn", Moments::InTurn)];
/// Panels larger than this are a slip of the pen.
const MOST: i64 = 5000;

impl Study {
    /// The study called `name`: the path of a document, or one that Cisterna brings along.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn load(name: &str) -> Result<Self, Problems> {
        let path = PathBuf::from(name);
        if path.is_file() {
            let text = fs::read_to_string(&path)
                .map_err(|error| Problem::of_file(name, format!("cannot be read: {error}")))?;
            return Self::from_text(name, &text, path.parent());
        }
        let bare = name.strip_prefix("panels/").unwrap_or(name);
        let bare = bare.strip_suffix(".toml").unwrap_or(bare);
        if let Some(text) = embedded::text(bare) {
            return Self::from_text(&format!("panels/{bare}.toml"), text, None);
        }
        let help = format!("{}, or the path of a file", allowed(bare, embedded::names()));
        Err(Problem::of_file(name, "there is no such study").help(help).into())
    }

    /// The names of the studies that Cisterna brings along.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        embedded::names().collect()
    }

    /// The study that a text called `name` holds; recordings are looked for in `folder`.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn from_text(name: &str, text: &str, folder: Option<&Path>) -> Result<Self, Problems> {
        let problems = Collector::new();
        let table = parse(&Arc::new(Text::new(name, text)), &problems);
        let short = Path::new(name).file_stem().map_or_else(|| name.into(), |stem| stem.to_string_lossy());
        let study = Reader { problems: &problems, folder }.study(&short, &table);
        match problems.finish(study)? {
            Some(study) => Ok(study),
            None => Err(Problem::of_file(name, "this study could not be read").into()),
        }
    }
}

struct Reader<'a> {
    problems: &'a Collector,
    folder: Option<&'a Path>,
}

impl Reader<'_> {
    fn study(&self, name: &str, table: &Table) -> Option<Study> {
        let fields = Fields::of(table, "a study", self.problems);
        fields.required(&[
            "title", "source", "judged", "subjects", "raters", "contact", "listens", "arm", "row",
        ]);
        let [title, summary, source] = ["title", "summary", "source"].map(|key| fields.string(key));
        let judged = self.one_of(&fields, "judged", &JUDGED);
        let moments = self.one_of(&fields, "moments", &MOMENTS);
        let contact = self.one_of(&fields, "contact", &Contact::NAMES);
        let [subjects, raters, repeats] = [("subjects", 2), ("raters", 1), ("repeats", 1)]
            .map(|(key, least)| self.count(&fields, key, least));
        let own_raters = fields.boolean("own_raters").is_some_and(|own| own.value);
        let listens = fields.stated("listens", Some(Dimension::TIME));
        let taught = fields.stated("taught", Some(Dimension::FREQUENCY));
        let body = fields.table("body").map(|body| self.body(body));
        let arms = fields.table("arm").map(|arms| self.arms(arms)).unwrap_or_default();
        let rows: Vec<Option<Row>> = fields.tables("row").into_iter().map(|row| self.row(row)).collect();
        fields.finish([]);
        if let Some(short) = listens.as_ref().filter(|listens| listens.value.value < 50.0) {
            self.problems
                .add(short.place.problem("two cycles of the slowest rhythm take 50 s, this is less"));
        }
        let study = Study {
            name: name.to_owned(),
            title: title?.value.to_owned(),
            summary: summary.map(|summary| summary.value.to_owned()).unwrap_or_default(),
            source: source?.value.to_owned(),
            judged: judged?,
            subjects: subjects?,
            raters: raters?,
            repeats: repeats.unwrap_or(1),
            own_raters,
            moments: moments.unwrap_or(Moments::InTurn),
            listens: listens?.value,
            contact: contact?,
            taught: taught.map(|taught| taught.value),
            body: body.flatten(),
            arms,
            rows: rows.into_iter().collect::<Option<_>>()?,
        };
        self.fits(&study, table);
        Some(study)
    }

    /// Complains of figures that the layout of the study cannot give.
    fn fits(&self, study: &Study, table: &Table) {
        let of_rates = study.judged == Judged::Rate;
        for row in &study.rows {
            let (statistic, name) = (row.statistic, row.statistic.name());
            let message = if statistic.of_restrictions() == of_rates {
                format!("`{name}` of the row `{}` is no figure of what these raters judge", row.id)
            } else if statistic.needs_raters() && (study.raters < 2 || study.own_raters) {
                format!("`{name}` of the row `{}` needs two raters who rate the same subjects", row.id)
            } else if statistic.needs_repeats() && (study.repeats < 2 || study.own_raters) {
                format!("`{name}` of the row `{}` needs two repeats or more", row.id)
            } else {
                continue;
            };
            self.problems.add(table.place.problem(message));
        }
    }

    fn one_of<T: Copy>(&self, fields: &Fields<'_>, key: &str, valid: &[(&str, T)]) -> Option<T> {
        let word = fields.string(key)?;
        let found = valid.iter().find(|(name, _)| *name == word.value).map(|(_, value)| *value);
        if found.is_none() {
            let names = valid.iter().map(|(name, _)| *name);
            self.problems.unknown(&word.place, &format!("word for `{key}`"), word.value, names);
        }
        found
    }

    fn count(&self, fields: &Fields<'_>, key: &str, least: i64) -> Option<usize> {
        let count = fields.integer(key)?;
        if (least..=MOST).contains(&count.value) {
            return usize::try_from(count.value).ok();
        }
        self.problems.add(count.place.problem(format!("`{key}` lies between {least} and {MOST}")));
        None
    }

    fn arms(&self, table: &Table) -> Vec<Arm> {
        let arm = |(name, node): (&String, &Node)| {
            let Value::List(list) = &node.value else {
                let message = format!("the arm `{name}` is {}, not a list of hypotheses", node.value.kind());
                self.problems.add(node.place.problem(message));
                return None;
            };
            let hypotheses: Vec<Hypothesis> = list.iter().filter_map(|node| self.hypothesis(node)).collect();
            Some(Arm { name: name.clone(), hypotheses })
        };
        table.entries.iter().filter_map(arm).collect()
    }

    fn hypothesis(&self, node: &Node) -> Option<Hypothesis> {
        let Value::String(name) = &node.value else {
            self.problems.add(node.place.problem("a hypothesis is named in quotes"));
            return None;
        };
        let found = HYPOTHESES.iter().find(|(_, known, _)| known == name).map(|(it, ..)| *it);
        if found.is_none() {
            let names = HYPOTHESES.iter().map(|(_, name, _)| *name);
            self.problems.unknown(&node.place, "hypothesis of a panel", name, names);
        }
        found
    }

    /// `[body]`: a recorded motion.
    fn body(&self, table: &Table) -> Option<Body> {
        let fields = Fields::of(table, "a recorded body", self.problems);
        fields.required(&["recording", "channel"]);
        let [recording, channel] = ["recording", "channel"].map(|key| fields.string(key));
        fields.finish([]);
        let (recording, channel): (Placed<&str>, Placed<&str>) = (recording?, channel?);
        let path = self.folder.unwrap_or(Path::new("")).join(recording.value);
        let recorded = open(&path)
            .map_err(|error| self.problems.add(recording.place.problem(error.to_string())))
            .ok()?;
        let complain = |reason: String| self.problems.add(channel.place.problem(reason));
        let found =
            recorded.require(recording.value, channel.value).map_err(|error| complain(error.to_string()));
        let motion = Motion::of_channel(found.ok()?).map_err(|error| complain(error.to_string())).ok()?;
        Some(Body { from: format!("{} of {}", channel.value, recording.value), motion })
    }

    fn row(&self, table: &Table) -> Option<Row> {
        let fields = Fields::of(table, "a row", self.problems);
        fields.required(&["id", "statistic", "published"]);
        let [id, label, source, note] = ["id", "label", "source", "note"].map(|key| fields.string(key));
        let word = fields.string("statistic");
        let [published, low, high] = ["published", "low", "high"].map(|key| fields.number(key));
        fields.finish([]);
        let word = word?;
        let Some(statistic) = Statistic::named(word.value) else {
            let names = Statistic::ALL.iter().map(|(_, name, ..)| *name);
            self.problems.unknown(&word.place, "figure of ratings", word.value, names);
            return None;
        };
        let text = |field: Option<Placed<&str>>| field.map(|field| field.value.to_owned());
        Some(Row {
            id: id?.value.to_owned(),
            label: text(label).unwrap_or_else(|| statistic.label().to_owned()),
            statistic,
            published: published?.value,
            low: low.map(|low| low.value),
            high: high.map(|high| high.value),
            source: text(source).unwrap_or_default(),
            note: text(note).unwrap_or_default(),
        })
    }
}
