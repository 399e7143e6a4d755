//! From a document and those that it names to one tree.

use std::collections::HashSet;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::document::{Collector, Fields, Node, Placed, Problem, Problems, Table, Text, Value, parse};
use crate::library::{Found, Library, sources_beside};
use crate::sources::Sources;
use crate::structure::{self, SECTIONS};

/// Documents within documents beyond this depth are a mistake.
const DEEPEST: usize = 32;

/// Everything that a set of documents says, later ones over earlier ones.
pub(crate) struct Assembly {
    /// The items, by section.
    pub sections: Table,
    pub title: String,
    pub summary: String,
    pub hypotheses: Vec<String>,
    pub conditions: Vec<String>,
    /// The texts that were read, in the order in which they were laid down.
    pub documents: Vec<Arc<Text>>,
    pub sources: Sources,
    /// What some values are instead of what the documents say.
    pub moved: IndexMap<String, f64>,
}

/// What part a document plays.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Model,
    Part,
    /// Laid on last by a scenario: a hypothesis or a condition.
    LaidOn,
}

struct Assembler<'a> {
    library: &'a Library,
    problems: &'a Collector,
    assembly: Assembly,
    source_texts: Vec<Arc<Text>>,
    done: HashSet<String>,
    /// The documents that are being read, outermost first.
    ring: Vec<Found>,
}

/// Assembles the document called `name` with hypotheses and conditions laid on last; none where it cannot be found.
pub(crate) fn assemble(
    library: &Library,
    name: &str,
    laid_on: &[&str],
    problems: &Collector,
) -> Option<Assembly> {
    let main = opened(library.open(name), problems, || {
        let near = crate::document::allowed(name, library.names());
        Problem::of_file(name, "there is no such model").help(near)
    })?;
    let place = crate::document::Place::new(&main.text, 0..0);
    let mut assembler = Assembler {
        library,
        problems,
        assembly: Assembly {
            sections: Table::empty(place),
            title: String::new(),
            summary: String::new(),
            hypotheses: Vec::new(),
            conditions: Vec::new(),
            documents: Vec::new(),
            sources: Sources::default(),
            moved: library.moved().clone(),
        },
        source_texts: library.sources().to_vec(),
        done: HashSet::new(),
        ring: Vec::new(),
    };
    assembler.document(main, Role::Model);
    for name in laid_on {
        assembler.lay_on(name);
    }
    Some(assembler.finish())
}

fn opened(
    found: Result<Option<Found>, Problems>,
    problems: &Collector,
    missing: impl FnOnce() -> Problem,
) -> Option<Found> {
    match found {
        Ok(Some(found)) => return Some(found),
        Ok(None) => problems.add(missing()),
        Err(wrong) => problems.add_all(wrong),
    }
    None
}

impl Assembler<'_> {
    fn finish(mut self) -> Assembly {
        let mut read = HashSet::new();
        for text in &self.source_texts {
            if read.insert(text.name().to_owned()) {
                self.assembly.sources.read(text, self.problems);
            }
        }
        self.assembly
    }

    fn lay_on(&mut self, name: &str) {
        let known: Vec<_> = LAID_ON.iter().flat_map(|kind| laid_on(self.library, kind)).collect();
        let document = known.iter().find(|(known, _)| known == name).map_or(name, |(_, document)| document);
        let found = opened(self.library.open(document), self.problems, || {
            let near = crate::document::allowed(name, known.iter().map(|(name, _)| name.as_str()));
            Problem::of_file(name, "there is no such hypothesis or condition").help(near)
        });
        if let Some(found) = found {
            self.document(found, Role::LaidOn);
        }
    }

    fn document(&mut self, found: Found, role: Role) {
        if !self.done.insert(found.identity.clone()) {
            return;
        }
        match sources_beside(&found) {
            Ok(texts) => self.source_texts.extend(texts),
            Err(wrong) => self.problems.add_all(wrong),
        }
        let mut table = parse(&found.text, self.problems);
        let text = Arc::clone(&found.text);
        self.ring.push(found);
        self.head(&table, role);
        self.ring.pop();
        self.assembly.documents.push(text);
        let sections: Vec<(String, Node)> =
            table.entries.drain(..).filter(|(key, _)| SECTIONS.contains(&key.as_str())).collect();
        for (section, node) in sections {
            self.section(&section, node);
        }
    }

    /// Title, summary and the other documents that this one stands on.
    fn head(&mut self, table: &Table, role: Role) {
        let problems = self.problems;
        let fields = Fields::of(table, "a model document", problems);
        let [title, summary] = ["title", "summary"].map(|key| fields.string(key).map(|text| text.value));
        let [hypothesis, condition] = LAID_ON.map(|key| fields.string(key));
        match (role, hypothesis.as_ref().or(condition.as_ref())) {
            (Role::Model, _) => {
                fields.required(&["title"]);
                self.assembly.title = title.unwrap_or_default().to_owned();
                self.assembly.summary = summary.unwrap_or_default().trim().to_owned();
            }
            (Role::LaidOn, None) => {
                problems.add(table.place.problem("this document is no hypothesis and no condition").help(
                    "one says so with `hypothesis = \"NAME\"` or `condition = \"NAME\"`; other documents are joined by `parts`",
                ));
            }
            (Role::LaidOn, Some(name)) if hypothesis.is_some() => {
                self.assembly.hypotheses.push(name.value.to_owned());
            }
            (Role::LaidOn, Some(name)) => self.assembly.conditions.push(name.value.to_owned()),
            (Role::Part, _) => {}
        }
        if let (Role::Model | Role::Part, Some(name)) = (role, hypothesis.as_ref().or(condition.as_ref())) {
            problems.add(
                name.place
                    .problem(format!(
                        "a {} is no model and no part of one",
                        if hypothesis.is_some() { LAID_ON[0] } else { LAID_ON[1] }
                    ))
                    .help("leave it out of `extends` and `parts`; a scenario switches it on, over any model"),
            );
        }
        let under: Vec<Placed<&str>> =
            fields.string("extends").into_iter().chain(fields.strings("parts")).collect();
        for name in &under {
            self.refer(name);
        }
        for name in fields.strings("remove") {
            self.remove(&name);
        }
        fields.finish(SECTIONS);
    }

    fn refer(&mut self, name: &Placed<&str>) {
        let Some(asker) = self.ring.last() else { return };
        let found = opened(self.library.refer(name.value, asker), self.problems, || {
            let near = crate::document::allowed(name.value, self.library.names());
            name.place.problem(format!("there is no document `{}`", name.value)).help(near)
        });
        let Some(found) = found else { return };
        if let Some(start) = self.ring.iter().position(|open| open.identity == found.identity) {
            let mut names: Vec<&str> = self.ring[start..].iter().map(|open| open.text.name()).collect();
            names.push(found.text.name());
            let message = format!("documents stand on each other in a ring: {}", names.join(" -> "));
            self.problems.add(name.place.problem(message).help("one of them must go without the next"));
        } else if self.ring.len() >= DEEPEST {
            let message = format!("documents stand on each other more than {DEEPEST} deep");
            self.problems.add(name.place.problem(message));
        } else {
            self.document(found, Role::Part);
        }
    }

    fn remove(&mut self, name: &Placed<&str>) {
        let mut removed = false;
        for node in self.assembly.sections.entries.values_mut() {
            if let Value::Table(items) = &mut node.value {
                removed |= items.entries.shift_remove(name.value).is_some();
            }
        }
        if !removed && !self.problems.is_full() {
            let items = self.assembly.sections.entries.values().filter_map(|node| match &node.value {
                Value::Table(items) => Some(items.entries.keys().map(String::as_str)),
                _ => None,
            });
            self.problems.unknown(
                &name.place,
                "name in the documents below this one",
                name.value,
                items.flatten(),
            );
        }
    }

    /// Lays the items of a section over those that are there.
    fn section(&mut self, section: &str, node: Node) {
        let Node { key, value, place } = node;
        let Value::Table(mut items) = value else {
            let message = format!("`{section}` is {}, not a table", value.kind());
            self.problems.add(place.problem(message).help(format!("write items as `[{section}.NAME]`")));
            return;
        };
        items.entries.retain(|name, item| {
            let table = matches!(item.value, Value::Table(_));
            if !table {
                let message = format!("`{section}.{name}` is {}, not a table", item.value.kind());
                self.problems
                    .add(item.place.problem(message).help(format!("write it as `[{section}.{name}]`")));
            }
            table
        });
        let below = self.assembly.sections.entries.entry(section.to_owned()).or_insert_with(|| Node {
            value: Value::Table(Table::empty(key.clone())),
            key,
            place,
        });
        if let Value::Table(below) = &mut below.value {
            for (name, item) in &items.entries {
                if let (Some(old), Value::Table(new)) = (below.entries.get_mut(name), &item.value) {
                    drop_parameters_of_old_law(section, old, new);
                }
            }
            below.overlay(items);
        }
    }
}

/// Where an item gets another law, the parameters that only its old law had go with that.
fn drop_parameters_of_old_law(section: &str, old: &mut Node, new: &Table) {
    let (Value::Table(old), Some((law_key, laws, keys))) = (&mut old.value, structure::laws(section)) else {
        return;
    };
    let name_of = |table: &Table| match table.entries.get(law_key).map(|node| &node.value) {
        Some(Value::String(name)) => structure::find(laws, name),
        _ => None,
    };
    if let (Some(before), Some(after)) = (name_of(old), name_of(new))
        && before.name != after.name
    {
        old.entries.retain(|key, _| {
            let kept = keys.iter().any(|own| own.name == key) || structure::has_parameter(after, key);
            kept || !structure::has_parameter(before, key)
        });
    }
}

/// The keys by which a document says that scenarios lay it on: what practice holds, and how a body may be.
pub(crate) const LAID_ON: [&str; 2] = ["hypothesis", "condition"];

/// The documents of a library that scenarios lay on and that have this key, each name with that of its document.
pub(crate) fn laid_on(library: &Library, key: &str) -> Vec<(String, String)> {
    let own = |(document, text): (&str, &Arc<Text>)| {
        let table = parse(text, &Collector::new());
        match table.entries.get(key).map(|node| &node.value) {
            Some(Value::String(name)) => Some((name.clone(), document.to_owned())),
            _ => None,
        }
    };
    library.documents().filter_map(own).collect()
}

/// The conditions of a library, each with its summary.
pub(crate) fn conditions(library: &Library) -> Vec<(String, String)> {
    let condition = |(_, text): (&str, &Arc<Text>)| {
        let table = parse(text, &Collector::new());
        let string = |key: &str| match table.entries.get(key).map(|node| &node.value) {
            Some(Value::String(text)) => Some(text.clone()),
            _ => None,
        };
        Some((string("condition")?, string("summary").unwrap_or_default()))
    };
    library.documents().filter_map(condition).collect()
}

/// The documents of a library that are whole models, each with its title: those with a title that
/// are no hypothesis and do not lie among the parts.
pub(crate) fn models(library: &Library) -> Vec<(String, String)> {
    let model = |(document, text): (&str, &Arc<Text>)| {
        let table = parse(text, &Collector::new());
        match table.entries.get("title").map(|node| &node.value) {
            Some(Value::String(title))
                if LAID_ON.iter().all(|key| !table.entries.contains_key(*key))
                    && !document.starts_with("parts/") =>
            {
                Some((document.to_owned(), title.clone()))
            }
            _ => None,
        }
    };
    library.documents().filter_map(model).collect()
}

/// The manoeuvres that the documents of a library hold, each with its summary.
pub(crate) fn manoeuvres(library: &Library) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (_, text) in library.documents() {
        let table = parse(text, &Collector::new());
        let Some(Value::Table(items)) = table.entries.get("manoeuvre").map(|node| &node.value) else {
            continue;
        };
        all.extend(items.entries.iter().filter_map(|(name, item)| match &item.value {
            Value::Table(item) => match item.entries.get("summary").map(|node| &node.value) {
                Some(Value::String(summary)) => Some((name.clone(), summary.clone())),
                _ => None,
            },
            _ => None,
        }));
    }
    all
}
