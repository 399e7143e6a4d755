//! The document of an infusion test: its kind, its phases and what was infused in them, as found and as handed back.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use cisterna::bedside::Test;
use cisterna::infusion::{Dose, Kind, Options as Settings, Part, Phase, Report};
use cisterna::model::document::{Collector, Fields, Table, Text, allowed, parse};
use cisterna::model::{Problem, Problems};
use cisterna::quantity::{Dimension, exact_number, short_number};

/// The keys of a phase, the first three of which it must have.
const KEYS: [&str; 4] = ["part", "from", "until", "rate"];

/// Reads what a document says of a test.
pub fn read(path: &Path) -> Result<Test, Problems> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path)
        .map_err(|error| Problem::of_file(&name, format!("cannot be read: {error}")))?;
    from_text(&name, &text)
}

fn from_text(name: &str, text: &str) -> Result<Test, Problems> {
    let problems = Collector::new();
    let table = parse(&Arc::new(Text::new(name, text)), &problems);
    let fields = Fields::of(&table, "a document of phases", &problems);
    let kind = named(&fields, "kind", &problems, Kind::ALL, Kind::name);
    let pressure = |key: &str| fields.quantity(key, Dimension::PRESSURE).map(|placed| placed.value);
    let settings = Settings {
        venous_pressure: pressure("venous_pressure"),
        reference_pressure: pressure("reference_pressure"),
        fit_after: fields.boolean("fit_after").is_some_and(|placed| placed.value),
        ..Settings::default()
    };
    let mut phases = Vec::new();
    let mut doses: Vec<Dose> = Vec::new();
    for table in fields.tables("phase") {
        if let Some((phase, rate)) = phase(table, phases.last(), &problems) {
            let Phase { from, until, .. } = phase;
            doses.extend(rate.map(|rate| Dose { from, until, rate }));
            phases.push(phase);
        }
    }
    fields.finish([]);
    problems.finish(Test { kind, doses, phases: (!phases.is_empty()).then_some(phases), settings })
}

/// A phase, and what is infused in it (mL/min) where that is stated.
fn phase(table: &Table, before: Option<&Phase>, problems: &Collector) -> Option<(Phase, Option<f64>)> {
    let fields = Fields::of(table, "a phase", problems);
    fields.required(&KEYS[..3]);
    let part = named(&fields, "part", problems, Part::ALL, Part::name);
    let [from, until] = ["from", "until"].map(|key| fields.quantity(key, Dimension::TIME));
    // The flow of canon is in mL/s.
    let rate = fields.quantity("rate", Dimension::FLOW).map(|placed| 60.0 * placed.value);
    fields.finish([]);
    let (part, from, until) = (part?, from?, until?);
    if until.value <= from.value {
        problems
            .add(until.place.problem("the phase ends before it begins").help("`until` lies after `from`"));
        return None;
    }
    if let Some(before) = before.filter(|before| from.value < before.until - 1e-9) {
        let help = format!("phases stand in order of time; the one before ends at {} s", before.until);
        problems.add(from.place.problem("the phase begins before the one before it ends").help(help));
        return None;
    }
    Some((Phase { part, from: from.value, until: until.value }, rate))
}

/// One of a few, by its name.
fn named<T: Copy, const N: usize>(
    fields: &Fields<'_>,
    key: &str,
    problems: &Collector,
    all: [T; N],
    name: impl Fn(T) -> &'static str,
) -> Option<T> {
    let given = fields.string(key)?;
    let found = all.into_iter().find(|one| name(*one) == given.value);
    if found.is_none() {
        let problem = given.place.problem(format!("`{}` is no {key}", given.value));
        problems.add(problem.help(allowed(given.value, all.map(name))));
    }
    found
}

/// The document of a test as it was found. Rates are in it where they were stated and no channel tells them.
pub fn document(report: &Report) -> String {
    let mut text = format!(
        "# What was found; correct it and hand it back: cisterna analyse FILE --phases phases.toml\nkind = \"{}\"\n",
        report.kind.name()
    );
    for phase in &report.phases {
        let [from, until] = [phase.from, phase.until].map(exact_number);
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n[[phase]]\npart = \"{}\"\nfrom = \"{from} s\"\nuntil = \"{until} s\"\n",
            phase.part.name()
        );
        let rate = report.rate_over(phase);
        let stated = if report.stated { "" } else { "# measured: " };
        if rate != 0.0 {
            let _ = writeln!(text, "{stated}rate = \"{} mL/min\"", exact_number(rate));
        }
        if let Some(pressure) = report.pressure_over(phase) {
            let _ = writeln!(text, "# mean pressure: {} mmHg", short_number(pressure));
        }
    }
    text
}

/// The shape of such documents, from the same lists that the reader uses.
pub fn schema() -> Value {
    let text = |told: &str| json!({ "type": "string", "description": told });
    let kinds = json!({ "enum": Kind::ALL.map(Kind::name), "description": "the kind of test; recognised where left out" });
    let parts = json!({ "enum": Part::ALL.map(Part::name), "description": "which part of the test it is" });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Cisterna phases of an infusion test",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "kind": kinds,
            "venous_pressure": text("measured pressure of the sagittal sinus, with unit; gives the formation"),
            "reference_pressure": text("the reference pressure, with unit, where it is held and not found"),
            "fit_after": { "type": "boolean", "description": "whether the return after a constant rate is fitted too" },
            "phase": { "type": "array", "description": "the phases in order of time; found where none are given", "items": {
                "type": "object", "additionalProperties": false, "required": KEYS[..3],
                "properties": {
                    "part": parts,
                    "from": text("its beginning on the clock of the recording, with unit"),
                    "until": text("its end, with unit"),
                    "rate": text("what is infused, with unit; negative where fluid is withdrawn; rates of phases take the place of a channel"),
                } } },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIVEN: &str = "kind = \"constant_rate\"\nvenous_pressure = \"6 mmHg\"\n\n[[phase]]\npart = \"baseline\"\n\
                         from = \"0 s\"\nuntil = \"5 min\"\n\n[[phase]]\npart = \"infusion\"\nfrom = \"300 s\"\n\
                         until = \"1500 s\"\nrate = \"90 mL/h\"\n";

    #[test]
    fn kind_phases_and_rates_are_read() {
        let test = from_text("phases.toml", GIVEN).unwrap_or_default();
        assert_eq!(test.kind, Some(Kind::ConstantRate));
        assert_eq!(test.settings.venous_pressure, Some(6.0));
        assert_eq!(test.phases.map(|phases| phases.len()), Some(2));
        assert!(
            matches!(test.doses[..], [Dose { from: 300.0, until: 1500.0, rate }] if (rate - 1.5).abs() < 1e-9)
        );
    }

    #[test]
    fn mistakes_are_told_with_file_line_and_what_is_allowed() {
        let told = |before: &str, after: &str| {
            from_text("phases.toml", &GIVEN.replace(before, after))
                .map(|_| ())
                .map_err(|error| error.to_string())
        };
        for (before, after, parts) in [
            ("constant_rate", "constant_rat", ["phases.toml:1", "`constant_rate`"]),
            ("\"baseline\"", "\"basline\"", ["phases.toml:5", "`baseline`"]),
            ("5 min", "-5 min", ["phases.toml:7", "ends before it begins"]),
            ("300 s", "200 s", ["phases.toml:11", "before the one before it ends"]),
            ("90 mL/h", "90 mmHg", ["phases.toml:13", "mmHg"]),
            ("rate =", "rat =", ["phases.toml:13", "`rate`"]),
        ] {
            let told = told(before, after);
            assert!(
                told.as_ref().is_err_and(|told| parts.iter().all(|part| told.contains(part))),
                "{told:?}"
            );
        }
    }
}
