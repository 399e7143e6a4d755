//! From a table to a claim.

use cisterna_model::Sources;
use cisterna_model::document::{Collector, Fields, Placed, Table, Value};

use super::number::number;
use super::{Claim, Decision, From, Kind, Number, Published, Rule, Run, TurnsOn, Verdict};

/// What a document says as far as it can be understood; what is wrong is in `problems`.
pub(super) fn claim(
    table: &Table,
    name: &str,
    scenarios: &[String],
    sources: &Sources,
    problems: &Collector,
) -> Option<Claim> {
    let fields = Fields::of(table, "a claim", problems);
    fields.required(&["id", "claim", "stated_in", "kind", "reading"]);
    let [id, said, stated_in, reading] = ["id", "claim", "stated_in", "reading"]
        .map(|key| fields.string(key).map(|text| text.value.trim().to_owned()));
    let kind = word(&fields, "kind", "kind of claim", &Kind::ALL, Kind::word, problems);
    let runs = each(&fields, "run")
        .filter_map(|(name, table)| run(name, table, scenarios, problems))
        .collect::<Vec<_>>();
    let mut numbers: Vec<Number> = Vec::new();
    for (name, table) in each(&fields, "number") {
        numbers.extend(number(name, table, &runs, &numbers, sources, problems));
    }
    let published = fields.tables("published");
    let published = published.iter().filter_map(|table| said_of(table, sources, problems)).collect();
    let no_pair = fields.string("no_pair").map(|reason| reason.value.trim().to_owned());
    let decision = match (fields.table("verdict"), fields.string("not_testable")) {
        (Some(table), None) => rule(table, &numbers, &runs, problems).map(Decision::Rule),
        (None, Some(reason)) => Some(Decision::Untestable(reason.value.trim().to_owned())),
        (Some(_), Some(reason)) => {
            problems.add(reason.place.problem("what has a verdict cannot be `not_testable` too"));
            None
        }
        (None, None) => {
            let help = "write the rule under `[verdict]`, or the reason as `not_testable = \"...\"`";
            problems.add(fields.place().problem("this claim has no rule").help(help));
            None
        }
    };
    if let (Some(reason), Some(Decision::Untestable(_))) = (&no_pair, &decision) {
        let message = format!("what is `not_testable` needs no other reason: {reason}");
        problems.add(fields.place().problem(message));
    }
    fields.finish([]);
    Some(Claim {
        name: name.to_owned(),
        id: id?,
        claim: said?,
        stated_in: stated_in?,
        kind: kind?,
        reading: reading?,
        runs,
        numbers,
        decision: decision?,
        no_pair,
        published,
    })
}

/// The tables of a section, each with its name.
fn each<'a>(fields: &Fields<'a>, section: &str) -> impl Iterator<Item = (&'a str, &'a Table)> {
    let table = fields.has(section).then(|| fields.table(section)).flatten();
    table.into_iter().flat_map(|table| &table.entries).filter_map(|(name, node)| match &node.value {
        Value::Table(table) => Some((name.as_str(), table)),
        _ => None,
    })
}

/// One of a list of words.
fn word<T: Copy>(
    fields: &Fields<'_>,
    key: &str,
    what: &str,
    all: &[T],
    words: fn(T) -> &'static str,
    problems: &Collector,
) -> Option<T> {
    let found = fields.string(key)?;
    let known = all.iter().copied().find(|one| words(*one) == found.value);
    if known.is_none() {
        problems.unknown(&found.place, what, found.value, all.iter().map(|one| words(*one)));
    }
    known
}

fn run(name: &str, table: &Table, scenarios: &[String], problems: &Collector) -> Option<Run> {
    let fields = Fields::of(table, format!("run `{name}`"), problems);
    fields.required(&["scenario"]);
    let scenario = fields.string("scenario");
    let over = fields.strings("over").iter().map(|name| name.value.to_owned()).collect();
    if let Some(scenario) =
        scenario.as_ref().filter(|given| !scenarios.iter().any(|known| known == given.value))
    {
        let known = scenarios.iter().map(String::as_str);
        problems.unknown(&scenario.place, "scenario of a claim", scenario.value, known);
    }
    let mut changes = toml::Table::new();
    for key in ["subject", "duration", "settle", "hypotheses", "conditions", "set", "start"] {
        if let Some(node) = fields.node(key) {
            match plain(&node.value) {
                Some(value) => {
                    changes.insert(key.to_owned(), value);
                }
                None => problems.add(node.place.problem(format!("`{key}` of a run holds no dates"))),
            }
        }
    }
    fields.finish([]);
    Some(Run {
        name: name.to_owned(),
        scenario: scenario?.value.to_owned(),
        changes,
        over,
        place: table.place.clone(),
    })
}

/// A value without its place; none for a date.
fn plain(value: &Value) -> Option<toml::Value> {
    Some(match value {
        Value::String(text) => toml::Value::String(text.clone()),
        Value::Integer(number) => toml::Value::Integer(*number),
        Value::Number(number) => toml::Value::Float(*number),
        Value::Boolean(truth) => toml::Value::Boolean(*truth),
        Value::Date => return None,
        Value::List(list) => {
            toml::Value::Array(list.iter().map(|node| plain(&node.value)).collect::<Option<_>>()?)
        }
        Value::Table(table) => {
            let entries = table.entries.iter().map(|(key, node)| Some((key.clone(), plain(&node.value)?)));
            toml::Value::Table(entries.collect::<Option<_>>()?)
        }
    })
}

fn said_of(table: &Table, sources: &Sources, problems: &Collector) -> Option<Published> {
    let fields = Fields::of(table, "what was published", problems);
    fields.required(&["says", "source"]);
    let [says, source] = ["says", "source"].map(|key| fields.string(key));
    if let Some(source) = &source {
        known_source(source, sources, problems);
    }
    fields.finish([]);
    Some(Published { says: says?.value.trim().to_owned(), source: source?.value.to_owned() })
}

pub(super) fn known_source(source: &Placed<&str>, sources: &Sources, problems: &Collector) {
    if sources.get(source.value).is_none() {
        problems.unknown(&source.place, "source", source.value, sources.keys());
    }
}

/// A rule, and what it turns on.
fn rule(table: &Table, numbers: &[Number], runs: &[Run], problems: &Collector) -> Option<Rule> {
    let fields = Fields::of(table, "the verdict", problems);
    fields.required(&["compare", "then", "otherwise", "turns_on"]);
    let name = |key: &str| {
        let found = fields.string(key)?;
        let known = numbers.iter().map(|number| number.name.as_str());
        if !known.clone().any(|known| known == found.value) {
            problems.unknown(&found.place, "number of this claim", found.value, known);
        }
        Some(found.value.to_owned())
    };
    let compare = name("compare");
    let [least, most] = ["at_least", "at_most"].map(name);
    if least.is_some() == most.is_some() {
        problems.add(fields.place().problem("the verdict wants one of `at_least` and `at_most`"));
    }
    let at_least = least.is_some();
    let words = |key: &str| word(&fields, key, "verdict", &Verdict::ALL, Verdict::words, problems);
    let [then, otherwise] = ["then", "otherwise"].map(words);
    let hypothesis = fields.string("hypothesis").map(|text| text.value.to_owned());
    let needs = [then, otherwise].contains(&Some(Verdict::NeedsHypothesis));
    if needs != hypothesis.is_some() {
        let message = "`hypothesis` says what would have to be true, exactly where the verdict may be that one is needed";
        problems.add(fields.place().problem(message));
    }
    let turns_on = turns_on(&fields, numbers, runs, problems);
    fields.finish([]);
    Some(Rule {
        compare: compare?,
        at_least,
        bound: least.or(most)?,
        then: then?,
        otherwise: otherwise?,
        hypothesis,
        turns_on: turns_on?,
        place: table.place.clone(),
    })
}

/// `turns_on = "NUMBER"`, or `turns_on = "PARAMETER"` with the run, or the runs, or the number `of` which it is one.
fn turns_on(fields: &Fields<'_>, numbers: &[Number], runs: &[Run], problems: &Collector) -> Option<TurnsOn> {
    let name = fields.string("turns_on")?;
    let all_of = fields.strings("of");
    let Some(of) = all_of.first() else {
        let stated = |number: &&Number| matches!(number.from, From::Stated(_));
        let known = numbers.iter().filter(stated).map(|number| number.name.as_str());
        if !known.clone().any(|known| known == name.value) {
            problems.unknown(&name.place, "stated number of this claim", name.value, known);
        }
        return Some(TurnsOn::Number(name.value.to_owned()));
    };
    let own = name.value.to_owned();
    let is_run = |of: &Placed<&str>| runs.iter().any(|run| run.name == of.value);
    if is_run(of) {
        for other in all_of.iter().filter(|other| !is_run(other)) {
            let known = runs.iter().map(|run| run.name.as_str());
            problems.unknown(&other.place, "run of this claim", other.value, known);
        }
        let runs = all_of.iter().map(|of| of.value.to_owned()).collect();
        return Some(TurnsOn::Parameter { name: own, runs });
    }
    let pressed = |number: &&Number| matches!(number.from, From::Bones(_));
    let known: Vec<&str> = numbers.iter().filter(pressed).map(|number| number.name.as_str()).collect();
    if known.contains(&of.value) {
        return Some(TurnsOn::Tissue { name: own, number: of.value.to_owned() });
    }
    let all = runs.iter().map(|run| run.name.as_str()).chain(known);
    problems.unknown(&of.place, "run and no number of bones", of.value, all);
    None
}
