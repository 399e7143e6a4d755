//! The reference page of all laws, from the same lists that the reader uses.

use std::fmt::Write as _;

use cisterna_fluid::passage::PASSAGES;
use cisterna_fluid::signal::SIGNALS;
use cisterna_fluid::wall::WALLS;
use cisterna_fluid::{Law, Parameter};

use crate::bones;
use crate::schema::own_parameters;
use crate::structure::{
    CHANGE_GOALS, CHANGE_KEY, CHANGE_TIMES, FLUID, Key, LANDMARK, LANDMARK_KEY, MANOEUVRE, MANOEUVRE_KEYS,
    PASSAGE, SEGMENT, SEGMENT_KEYS, SIGNAL, SPACE,
};

/// A Markdown page of all that a model document may hold.
#[must_use]
pub fn reference() -> String {
    let mut page = String::from(
        "# Reference of model documents\n\n\
         Generated from the laws themselves. A value is one line: `\"VALUE UNIT | LOW .. HIGH | BASIS KEY: note\"`, \
         or `\"VALUE UNIT || BASIS KEY: note\"` without a range; the basis is measured, derived, assumed, hypothesis \
         or definition.\n",
    );
    section(&mut page, "Fluids: `[fluid.NAME]`", &[]);
    parameters(&mut page, FLUID.iter());
    section(&mut page, "Landmarks: `[landmark.NAME]`", &LANDMARK_KEY);
    parameters(&mut page, LANDMARK.iter());
    section(&mut page, "Segments, which bend against the trunk: `[segment.NAME]`", &SEGMENT_KEYS);
    parameters(&mut page, SEGMENT.iter());
    section(&mut page, "Spaces: `[space.NAME]`", &SPACE);
    page.push_str("\nThe filling belongs to enclosures, the pressure to spaces that lie outside:\n");
    parameters(&mut page, own_parameters().into_iter());
    laws(&mut page, "Walls", &WALLS);
    section(&mut page, "Passages: `[passage.NAME]`", &PASSAGE);
    laws(&mut page, "Laws of passages", &PASSAGES);
    section(&mut page, "Signals: `[signal.NAME]`", &SIGNAL);
    laws(&mut page, "Laws of signals", &SIGNALS);
    section(&mut page, "Substances: `[substance.NAME]`", &[]);
    page.push_str(
        "\n`held` is a table of the spaces that hold it, each with its concentration at the start.\n",
    );
    section(&mut page, "Manoeuvres: `[manoeuvre.NAME]`", &MANOEUVRE_KEYS);
    parameters(&mut page, MANOEUVRE.iter());
    section(&mut page, "Changes of a manoeuvre: `[[manoeuvre.NAME.change]]`", &CHANGE_KEY);
    parameters(&mut page, CHANGE_TIMES.iter().chain(&CHANGE_GOALS));
    for (name, summary, keys) in &bones::SECTIONS {
        section(&mut page, &format!("Bones: `[{name}.NAME]`, {summary}"), keys);
        parameters(&mut page, bones::values_of(name).iter());
        for law in bones::laws_of(name) {
            let _ = writeln!(page, "\n#### `{}`\n\n{}.", law.name, law.summary);
            parameters(&mut page, law.parameters.iter());
        }
    }
    page
}

fn section(page: &mut String, title: &str, keys: &[Key]) {
    let _ = writeln!(page, "\n## {title}\n");
    for key in keys {
        let _ = writeln!(page, "- `{}`: {}", key.name, key.summary);
    }
}

fn laws(page: &mut String, title: &str, laws: &[&'static Law]) {
    let _ = writeln!(page, "\n### {title}");
    for law in laws {
        let _ = writeln!(page, "\n#### `{}`\n\n{}.\n\n`{}`", law.name, law.summary, law.equation);
        parameters(page, law.parameters.iter());
    }
}

fn parameters<'a>(page: &mut String, parameters: impl Iterator<Item = &'a Parameter>) {
    let mut parameters = parameters.peekable();
    if parameters.peek().is_none() {
        return;
    }
    page.push_str("\n| parameter | is | usual units | allowed | when left out |\n|---|---|---|---|---|\n");
    for it in parameters {
        let units = it.dimension.map_or_else(
            || "those of the signal".to_owned(),
            |dimension| {
                dimension.usual_units().iter().map(|unit| format!("`{unit}`")).collect::<Vec<_>>().join(" ")
            },
        );
        let default = it.default.map_or_else(|| "must be given".to_owned(), |default| default.to_string());
        let _ = writeln!(
            page,
            "| `{}` | {} | {units} | {} | {default} |",
            it.name,
            it.summary,
            it.bounds.words()
        );
    }
}
