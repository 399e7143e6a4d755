//! The numbers of a claim.

use cisterna_model::Sources;
use cisterna_model::document::{Collector, Fields, Table, Value};
use cisterna_panel::Study;
use cisterna_quantity::{Dimension, Quantity, parse_unit};
use cisterna_touch::Contact;

use super::{Felt, From, How, Number, Pressed, Run};

/// The keys that say where a number comes from.
const FROM: &str = "`is`, `run` with `measure`, `bones` with `by` and `of`, `felt_by` with `frequency` and `contact`, `panel` with `arm` and `row`, or one of `sum`, `difference`, `product`, `ratio`, `least`, `most`";

pub(super) fn number(
    name: &str,
    table: &Table,
    runs: &[Run],
    before: &[Number],
    sources: &Sources,
    problems: &Collector,
) -> Option<Number> {
    let fields = Fields::of(table, format!("number `{name}`"), problems);
    fields.required(&["label"]);
    let label = fields.string("label").map(|label| label.value.to_owned());
    let magnitude = fields.boolean("magnitude").is_some_and(|given| given.value);
    let from = if fields.has("is") {
        stated(&fields, sources, problems)
    } else if fields.has("run") {
        measure(&fields, runs, problems)
    } else if fields.has("bones") {
        pressed(&fields, problems).map(From::Bones)
    } else if fields.has("felt_by") {
        felt(&fields, problems).map(From::Felt)
    } else if fields.has("panel") {
        panel(&fields, problems)
    } else {
        together(&fields, before, problems)
    };
    let unit = fields.parsed("unit", parse_unit).map(|unit| unit.value);
    fields.finish([]);
    let name = name.to_owned();
    Some(Number { name, label: label?, magnitude, unit, from: from?, place: table.place.clone() })
}

fn stated(fields: &Fields<'_>, sources: &Sources, problems: &Collector) -> Option<From> {
    let stated = fields.stated("is", None)?;
    for key in &stated.value.sources {
        if sources.get(key).is_none() {
            problems.unknown(&stated.place, "source", key, sources.keys());
        }
    }
    Some(From::Stated(stated.value))
}

fn measure(fields: &Fields<'_>, runs: &[Run], problems: &Collector) -> Option<From> {
    fields.required(&["measure"]);
    let [run, measure] = ["run", "measure"].map(|key| fields.string(key));
    let run = run?;
    if !runs.iter().any(|known| known.name == run.value) {
        let known = runs.iter().map(|run| run.name.as_str());
        problems.unknown(&run.place, "run of this claim", run.value, known);
    }
    Some(From::Measure { run: run.value.to_owned(), measure: measure?.value.to_owned() })
}

fn felt(fields: &Fields<'_>, problems: &Collector) -> Option<Felt> {
    fields.required(&["frequency", "contact"]);
    let share = fields.quantity("felt_by", Dimension::NUMBER)?;
    if !(share.value > 0.0 && share.value < 1.0) {
        problems.add(share.place.problem("a share of people lies between 0 and 1, as \"50 %\""));
        return None;
    }
    let frequency = fields.quantity("frequency", Dimension::FREQUENCY)?;
    if frequency.value <= 0.0 {
        problems.add(frequency.place.problem("a motion has a frequency above 0 Hz"));
        return None;
    }
    let name = fields.string("contact")?;
    let contact = Contact::named(name.value);
    if contact.is_none() {
        let known = Contact::NAMES.iter().map(|(known, _)| *known);
        problems.unknown(&name.place, "contact", name.value, known);
    }
    Some(Felt { share: share.value, frequency: frequency.value, contact: contact? })
}

fn panel(fields: &Fields<'_>, problems: &Collector) -> Option<From> {
    fields.required(&["arm", "row"]);
    let [study, arm, row] = ["panel", "arm", "row"].map(|key| fields.string(key));
    let (study, arm, row) = (study?, arm?, row?);
    let Ok(known) = Study::load(study.value) else {
        problems.unknown(&study.place, "study of a panel", study.value, Study::names());
        return None;
    };
    if !known.arms.iter().any(|known| known.name == arm.value) {
        let names = known.arms.iter().map(|arm| arm.name.as_str());
        problems.unknown(&arm.place, "arm of this study", arm.value, names);
    }
    if !known.rows.iter().any(|known| known.id == row.value) {
        let names = known.rows.iter().map(|row| row.id.as_str());
        problems.unknown(&row.place, "row of this study", row.value, names);
    }
    let [study, arm, row] = [study, arm, row].map(|name| name.value.to_owned());
    Some(From::Panel { study, arm, row })
}

fn pressed(fields: &Fields<'_>, problems: &Collector) -> Option<Pressed> {
    fields.required(&["by", "of"]);
    let [subject, of] = ["bones", "of"].map(|key| fields.string(key));
    let lay_on = fields.strings("lay_on").iter().map(|name| name.value.to_owned()).collect();
    let in_the_end = fields.boolean("in_the_end").is_some_and(|given| given.value);
    let [by, set] = ["by", "set"].map(|key| sizes(fields, key, problems));
    Some(Pressed {
        subject: subject?.value.to_owned(),
        lay_on,
        by,
        of: of?.value.to_owned(),
        in_the_end,
        set,
    })
}

/// A table of names with sizes.
fn sizes(fields: &Fields<'_>, key: &str, problems: &Collector) -> Vec<(String, f64)> {
    let Some(table) = fields.has(key).then(|| fields.table(key)).flatten() else { return Vec::new() };
    let own = Fields::of(table, format!("`{key}`"), problems);
    let size =
        |name: &String| own.parsed(name, Quantity::parse_any).map(|size| (name.clone(), size.value.value));
    table.entries.keys().filter_map(size).collect()
}

fn together(fields: &Fields<'_>, before: &[Number], problems: &Collector) -> Option<From> {
    let Some(how) = How::ALL.into_iter().find(|how| fields.has(how.key())) else {
        problems.add(fields.place().problem("this number comes from nowhere").help(FROM));
        return None;
    };
    let names = fields.strings(how.key());
    for name in &names {
        let known = before.iter().map(|number| number.name.as_str());
        if !known.clone().any(|known| known == name.value) {
            problems.unknown(&name.place, "number before this one", name.value, known);
        }
    }
    let single = matches!(fields.node(how.key()).map(|node| &node.value), Some(Value::String(_)));
    if names.len() < 2 || single {
        let message = format!("`{}` puts two or more numbers together", how.key());
        problems.add(fields.place().problem(message));
    }
    Some(From::Together(how, names.into_iter().map(|name| name.value.to_owned()).collect()))
}
