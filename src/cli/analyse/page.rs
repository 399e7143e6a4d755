//! The page of a recording.

use cisterna::bedside::Examination;
use cisterna::quantity::short_number;
use cisterna::recording::Basis;
use cisterna::report::{Page, Panel, Section, SummaryRow, Table, Waveforms};

use super::charts;
use super::strips::{self, trace};
use super::table::{channel_rows, clock, figure_rows, full_subject, infusion_rows, named, phase_rows};

/// What a reader must know before trusting a number.
const CAUTIONS: [&str; 2] = [
    "Nothing was interpolated: what is no measurement is left out, and every figure says how much data it rests on.",
    "A research tool, not a medical device: no number here may guide the care of a person.",
];
/// Figures that stand at the top, where they have a value.
const FIRST: [&str; 9] =
    ["mean_icp", "cpp", "prx", "rap", "pax", "mx", "mxa", "optimal_cpp", "respiratory_rate"];

/// The page of a recording.
pub fn page(found: &Examination) -> Page {
    let [from, to] = found.span_s;
    let sections = [
        strips::overview(found),
        strips::close_up(found),
        Some(Section::Table(channels(found))),
        artefacts(found).map(Section::Table),
        figures(found).map(Section::Table),
        over_time(found),
        charts::infusion(found),
        phases(found).map(Section::Table),
        infusion(found).map(Section::Table),
        charts::pulses(found),
        charts::spectra(found),
        charts::transfers(found),
        waves(found).map(Section::Table),
        without(found).map(Section::Table),
        definitions(found).map(Section::Table),
    ];
    Page {
        title: if found.title.is_empty() { found.file.clone() } else { found.title.clone() },
        subtitle: format!("{}, {}", found.file, clock(to - from)),
        cautions: CAUTIONS.iter().map(|text| (*text).to_owned()).chain(found.notes.iter().cloned()).collect(),
        summary: summary(found),
        sections: sections.into_iter().flatten().collect(),
        provenance: found.provenance.clone(),
    }
}

fn summary(found: &Examination) -> Vec<SummaryRow> {
    let mut rows = Vec::new();
    for index in FIRST {
        let all = found.figures.iter().filter(|figure| figure.index == index && figure.part.is_empty());
        rows.extend(all.filter_map(|figure| {
            let interval = figure.interval.map(|[low, high]| {
                format!("95 % interval {} .. {}; ", short_number(low), short_number(high))
            });
            Some(SummaryRow {
                label: format!("{} of {}", figure.title, figure.of.join(", ")),
                value: figure.value?,
                unit: if figure.unit == "1" { String::new() } else { figure.unit.clone() },
                basis: Basis::Recorded,
                note: format!("{}of {:.0} % of the time", interval.unwrap_or_default(), 100.0 * figure.valid),
                ..SummaryRow::default()
            })
        }));
    }
    for channel in &found.channels {
        if let Some(rate) = channel.heart_rate {
            rows.push(SummaryRow {
                label: format!("Heart rate of {}", channel.name),
                value: rate,
                unit: "1/min".to_owned(),
                basis: Basis::Recorded,
                note: format!("{} beats", channel.beats),
                ..SummaryRow::default()
            });
            break;
        }
    }
    rows
}

/// Indices over time.
fn over_time(found: &Examination) -> Option<Section> {
    let panels: Vec<Panel> = found
        .series
        .iter()
        .filter(|series| series.channel.values.iter().filter(|value| value.is_finite()).count() > 2)
        .map(|series| {
            let unit = if series.channel.unit == "1" { "" } else { &series.channel.unit };
            Panel::new(&series.title, unit, vec![trace(&series.title, &series.channel)])
        })
        .collect();
    (!panels.is_empty()).then(|| {
        Section::Waveforms(Waveforms {
            heading: "Indices over time".to_owned(),
            text: "Each value stands at the middle of its window.".to_owned(),
            panels,
            marks: Vec::new(),
            close_up: None,
        })
    })
}

fn table(heading: &str, text: &str, caption: &str, mut rows: Vec<Vec<String>>) -> Table {
    let header = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
    Table { heading: heading.to_owned(), text: text.to_owned(), caption: caption.to_owned(), header, rows }
}

fn some(table: Table) -> Option<Table> {
    (!table.rows.is_empty()).then_some(table)
}

fn channels(found: &Examination) -> Table {
    table(
        "Channels",
        "What each was taken for, and why; rates and pulse are medians of the windows.",
        "Channels of the recording",
        channel_rows(&found.channels),
    )
}

fn artefacts(found: &Examination) -> Option<Table> {
    let mut rows = vec![["channel", "reason", "from, s", "to, s", "length, s"].map(str::to_owned).to_vec()];
    for channel in &found.channels {
        rows.extend(channel.artefacts.iter().map(|one| {
            let [from, to, length] =
                [one.from_s, one.to_s, one.to_s - one.from_s].map(|time| format!("{time:.2}"));
            vec![channel.name.clone(), one.reason.clone(), from, to, length]
        }));
    }
    some(table(
        "Left out",
        "Stretches that are no measurement. The same list lies beside this page as artefacts.toml, to be edited and given back.",
        "Artefacts",
        rows,
    ))
}

fn figures(found: &Examination) -> Option<Table> {
    some(table(
        "Figures",
        "Windows, definitions and sources stand below.",
        "Figures with their 95 % intervals and the share of the time that they rest on",
        figure_rows(&found.figures),
    ))
}

/// The phases of an infusion test.
fn phases(found: &Examination) -> Option<Table> {
    let Some(Ok(report)) = &found.infusion else { return None };
    some(table(
        "Phases of the infusion test",
        "As found, or as given with --phases. phases.toml beside this page holds them to be corrected and handed back.",
        "Phases of the infusion test",
        phase_rows(report),
    ))
}

fn infusion(found: &Examination) -> Option<Table> {
    let Some(Ok(report)) = &found.infusion else { return None };
    let mut rows = vec![["figure", "value", "95 % interval", "unit"].map(str::to_owned).to_vec()];
    rows.extend(infusion_rows(report));
    let reasons = report.figures.iter().filter_map(|figure| {
        figure.reason.as_ref().map(|reason| format!("{}: none, as {reason}.", figure.label))
    });
    let further = std::iter::once(full_subject(found, report));
    let text: Vec<String> = report.remarks.iter().cloned().chain(reasons).chain(further).collect();
    some(table("Figures of the infusion test", &text.join("\n\n"), "Infusion test", rows))
}

fn waves(found: &Examination) -> Option<Table> {
    let mut rows = vec![["wave", "from, s", "to, s", "height, mmHg", "1/min"].map(str::to_owned).to_vec()];
    rows.extend(found.waves.iter().map(|wave| {
        let [from, to, height] = [wave.from_s, wave.to_s, wave.height].map(short_number);
        vec![wave.kind.clone(), from, to, height, wave.per_minute.map_or_else(String::new, short_number)]
    }));
    some(table("Waves of intracranial pressure", "", "Lundberg's waves", rows))
}

/// Figures without a value, with their reasons.
fn without(found: &Examination) -> Option<Table> {
    let mut rows = vec![["figure", "of", "why there is none"].map(str::to_owned).to_vec()];
    rows.extend(found.figures.iter().filter_map(|figure| {
        figure.reason.as_ref().map(|reason| vec![named(figure), figure.of.join(", "), reason.clone()])
    }));
    some(table("Figures without a value", "", "Why there is no value", rows))
}

/// How each figure is defined.
fn definitions(found: &Examination) -> Option<Table> {
    let header = ["index", "definition", "window, step, least valid", "interval", "source"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    let mut known: Vec<&str> = Vec::new();
    for figure in &found.figures {
        if known.contains(&figure.index.as_str()) {
            continue;
        }
        known.push(&figure.index);
        let settings = figure.settings.map_or_else(
            || "all data at once".to_owned(),
            |[window, step, valid]| {
                let [window, step, valid] = [window, step, 100.0 * valid].map(short_number);
                format!("{window} s, {step} s, {valid} %")
            },
        );
        rows.push(vec![
            figure.title.clone(),
            figure.definition.clone(),
            settings,
            figure.interval_by.clone(),
            figure.source.clone(),
        ]);
    }
    some(table("Definitions", "", "How each figure is made", rows))
}
