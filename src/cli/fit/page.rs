//! The page of a fit.

use cisterna::fit::{Draws, Found, MemberValue, Test, Value, Window};
use cisterna::quantity::short_number;
use cisterna::report::{Axis, Band, Chart, Charts, Line, Page, Section, Table, Text};

use super::choice::Choice;
use super::table::{interval, said, test_rows, verdict, what};

/// A longer recording is drawn over minutes, s.
const LONG: f64 = 600.0;

/// The page of a fit.
pub fn page(found: &Found, choice: &Choice) -> Page {
    let mut sections = vec![Section::Table(factors(found)), Section::Table(values(found))];
    sections.extend(
        found
            .draws
            .as_ref()
            .filter(|draws| draws.suffice())
            .map(|draws| Section::Charts(spread(found, draws))),
    );
    sections.extend(found.test.as_ref().map(|test| Section::Table(marmarou(test))));
    sections.extend(groups(found).into_iter().map(|group| Section::Charts(compared(group))));
    sections.push(Section::Text(Text {
        heading: "What the recording does not tell".to_owned(),
        text: untold(found),
    }));
    if !choice.artefacts.is_empty() {
        sections.push(Section::Table(left_out(choice)));
    }
    sections.push(Section::Text(Text { heading: "How it was done".to_owned(), text: how(found, choice) }));
    let [from, to] = found.span_s;
    Page {
        title: format!("Fit of {} to {}", name_of(&found.asked), name_of(&found.file)),
        subtitle: format!("{} to {} s of the recording", short_number(from), short_number(to)),
        cautions: vec![
            "A research model, not a medical device: no number here may guide the care of a person.".to_owned(),
            "A fit says which values of this model explain the recording best, not that they are this person's values.".to_owned(),
        ],
        summary: Vec::new(),
        sections,
        provenance: vec![
            ("program".to_owned(), concat!("cisterna ", env!("CARGO_PKG_VERSION")).to_owned()),
            ("recording".to_owned(), found.file.clone()),
            ("subject".to_owned(), found.asked.clone()),
            ("subject that ran".to_owned(), found.subject.clone()),
            ("runs of the model".to_owned(), found.runs.to_string()),
        ],
    }
}

fn name_of(file: &str) -> &str {
    file.rsplit(['/', '\\']).next().unwrap_or(file)
}

fn factors(found: &Found) -> Table {
    let row = |value: &Value| {
        vec![
            value.name.replace('+', " + "),
            short_number(value.factor),
            interval(value.interval),
            verdict(value),
        ]
    };
    Table {
        heading: "What was sought".to_owned(),
        text: "Each is one factor on all values that its name stands for; one means as the documents say."
            .to_owned(),
        caption: "Factors".to_owned(),
        header: ["values", "factor", "95 %", "told by the recording"].map(str::to_owned).to_vec(),
        rows: found.values.iter().map(row).collect(),
    }
}

fn values(found: &Found) -> Table {
    let row = |member: &MemberValue| {
        vec![
            member.name.clone(),
            if member.unit == "1" { String::new() } else { member.unit.clone() },
            short_number(member.before),
            short_number(member.value),
            interval(member.interval),
            interval(member.published),
        ]
    };
    Table {
        heading: "What the values come to".to_owned(),
        text: "What is not told by the recording stays in fitted.toml as it was before.".to_owned(),
        caption: "Values with their intervals beside what is published".to_owned(),
        header: ["value", "unit", "before", "found", "95 %", "published"].map(str::to_owned).to_vec(),
        rows: found.values.iter().flat_map(|value| &value.members).map(row).collect(),
    }
}

/// One and the same analysis of the recorded test and of simulated ones.
fn marmarou(test: &Test) -> Table {
    let mut rows = test_rows(test);
    let header = rows.remove(0);
    Table {
        heading: "The infusion test by Marmarou's model".to_owned(),
        text: format!(
            "One and the same analysis ({}) of what was recorded, of the subject as its documents say and of the subject with the \
             values found: where the columns differ, the full model does not explain the test as Marmarou's model sees it.",
            test.recorded.kind.name().replace('_', " ")
        ),
        caption: "Figures with their intervals of 95 %".to_owned(),
        header,
        rows,
    }
}

/// How much of what is drawn lies below each factor.
fn spread(found: &Found, draws: &Draws) -> Charts {
    let chart = |(index, value): (usize, &Value)| {
        let mut sorted: Vec<(f64, f64)> =
            draws.factors.iter().zip(&draws.weights).map(|(draw, weight)| (draw[index], *weight)).collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut below = 0.0;
        let points = sorted.into_iter().map(|(factor, weight)| {
            below += 100.0 * weight;
            (factor, below)
        });
        let [low, high] = value.published;
        Chart {
            caption: value.name.replace('+', " + "),
            x: Axis::linear("factor", ""),
            y: Axis::linear("share below", "%"),
            lines: vec![Line::curve("share below", points.collect())],
            bands: vec![Band { label: "published".to_owned(), from: low, to: high }],
            ..Chart::default()
        }
    };
    Charts {
        heading: "What is left open".to_owned(),
        text: format!(
            "{} draws, each one run of the model, worth {:.0} of equal weight. The intervals are where 2.5 and 97.5 % lie below.",
            draws.weights.len(),
            draws.effective
        ),
        charts: found.values.iter().enumerate().map(chart).collect(),
    }
}

/// Windows of one channel and one kind each.
fn groups(found: &Found) -> Vec<&[Window]> {
    let alike = |a: &Window, b: &Window| (&a.channel, &a.what) == (&b.channel, &b.what);
    found.windows.chunk_by(alike).collect()
}

/// Recorded beside simulated, and what is left.
fn compared(group: &[Window]) -> Charts {
    let Some(first) = group.first() else { return Charts::default() };
    let last = group.last().unwrap_or(first);
    let (unit, factor) = if last.time_s - first.time_s > LONG { ("min", 1.0 / 60.0) } else { ("s", 1.0) };
    let line = |name: &str, of: &dyn Fn(&Window) -> f64| {
        Line::curve(name, group.iter().map(|window| (factor * window.time_s, of(window))).collect())
    };
    let chart = |caption: &str, label: &str, lines: Vec<Line>| Chart {
        caption: caption.to_owned(),
        x: Axis::linear("time", unit),
        y: Axis::linear(label, &first.unit),
        lines,
        ..Chart::default()
    };
    let what = what(&first.what);
    Charts {
        heading: format!("The {what} of {}", first.channel),
        text: format!(
            "Recorded, and simulated as `{}` with the values found. On the right what is left, between plus and minus what the fit \
             takes as its noise.",
            first.of
        ),
        charts: vec![
            chart(
                "Recorded and simulated",
                what,
                vec![
                    line("recorded", &|window| window.recorded),
                    line("simulated", &|window| window.simulated),
                ],
            ),
            chart(
                "Recorded less simulated",
                "difference",
                vec![
                    line("difference", &|window| window.recorded - window.simulated),
                    line("noise", &|window| window.noise),
                    line("noise, below", &|window| -window.noise),
                ],
            ),
        ],
    }
}

fn untold(found: &Found) -> String {
    let mut told: Vec<String> = Vec::new();
    for value in found.values.iter().filter(|value| !value.determined) {
        told.push(format!(
            "`{}`: {:.0} % of the published width is left, so the published range stands.",
            value.name,
            100.0 * value.width_left
        ));
    }
    for value in &found.values {
        if !value.entangled_with.is_empty() {
            let others: Vec<String> = value.entangled_with.iter().map(|other| format!("`{other}`")).collect();
            told.push(format!(
                "`{}` goes together with {}: only both at once are told.",
                value.name,
                others.join(", ")
            ));
        }
    }
    if told.is_empty() {
        told.push(
            "All values that were sought are told by the recording, and none goes together with another."
                .to_owned(),
        );
    }
    let others = found
        .notes
        .iter()
        .filter(|note| !note.contains("is not determined") && !note.contains("cannot be told from"));
    told.extend(others.map(|note| format!("{note}.")));
    told.join("\n\n")
}

fn left_out(choice: &Choice) -> Table {
    Table {
        heading: "What was left out".to_owned(),
        text: "Artefacts; nothing was put in their place, and windows with too little left are not compared."
            .to_owned(),
        caption: "Artefacts".to_owned(),
        header: ["channel", "reason", "from, s", "to, s"].map(str::to_owned).to_vec(),
        rows: choice
            .artefacts
            .iter()
            .map(|(channel, artefact)| {
                vec![
                    channel.clone(),
                    artefact.reason.text().to_owned(),
                    short_number(artefact.start),
                    short_number(artefact.end),
                ]
            })
            .collect(),
    }
}

fn how(found: &Found, choice: &Choice) -> String {
    let driven = match &choice.arterial {
        Some(channel) => format!("driven by the recorded arterial pressure `{channel}`"),
        None => "with a heart of its own, at the rate that was recorded".to_owned(),
    };
    let infused = match &choice.infused {
        Some(infused) => format!(" What {} went into `{}`.", said(&infused.inflow), infused.space),
        None => String::new(),
    };
    let intervals = match &found.draws {
        Some(draws) if draws.suffice() => {
            "The intervals are those of draws around the least, each run and weighed by how likely it is."
        }
        _ => "The ends of each interval were run too.",
    };
    format!(
        "`{}` ran {} times, {driven}.{infused} Sought was the least of the squares of (simulated less recorded) over noise, summed \
         over the means and the pulse amplitudes (the fundamental over whole beats) of windows, and of (logarithm of a factor less the middle of \
         the published range) over half of half its width: what is published is taken as what 95 of 100 people have. The method is \
         that of Levenberg and Marquardt. {intervals} The noise of each kind of window is what the fit leaves, enlarged by what neighbours have \
         in common.\n\nThe intervals are of 95 %. A value counts as told where the recording leaves at most half of the published \
         width.\n\nUsed: {}.",
        found.subject,
        found.runs,
        choice.notes.join("; ")
    )
}
