//! The page of panels.

use cisterna::panel::{HYPOTHESES, Outcome, Pooled, Settings};
use cisterna::quantity::{exact_number, short_number};
use cisterna::report::{Chart, Charts, Page, Section, Table};
use cisterna::touch::Values;

use super::charts;
use super::table::{tallies, told};
use crate::cli::exit::Failure;
use crate::cli::print::range;

/// What pictures of agreement show.
const AGREEMENT: &str = "Each line is how often the figure comes out when panels are drawn anew; the stroke is the published figure.";
/// What the picture of rates shows.
const RATES: &str = "One drawn panel under each arm; the band is the range that is printed with the mean.";

/// The page of simulated studies.
pub fn page(outcomes: &[Outcome], pools: &[Pooled], settings: &Settings) -> Result<Page, Failure> {
    let values = Values::embedded().map_err(Failure::input)?;
    let mut sections = vec![Section::Table(arms(outcomes)), Section::Charts(felt(&values))];
    let agreement = if pools.is_empty() {
        outcomes.iter().flat_map(charts::of_study).collect()
    } else {
        charts::of_pools(pools)
    };
    // One picture a section: side by side four lines and their key find no room.
    sections.extend(agreement.into_iter().map(|chart| alone(&chart.caption.clone(), chart, AGREEMENT)));
    let largest = outcomes.iter().max_by_key(|outcome| outcome.study.subjects * outcome.study.raters);
    let rates = largest.and_then(charts::rates);
    sections.extend(rates.map(|chart| alone("Reported rates", chart, RATES)));
    if !pools.is_empty() {
        sections.push(Section::Table(pooled_table(pools)));
    }
    sections.extend(outcomes.iter().map(|outcome| Section::Table(figures(outcome))));
    sections.push(Section::Table(evidence(&values)));
    let title = match outcomes {
        [one] => format!("Panel: {}", one.study.title),
        _ => "Panels of raters".to_owned(),
    };
    Ok(Page {
        title,
        subtitle: "Published studies of reliability beside simulated ones".to_owned(),
        cautions: vec![
            "Every arm is a hypothesis. That one explains a figure does not exclude that another does.".to_owned(),
            "Nothing was fitted: the arms and their values were written down before the first draw, and misses stay.".to_owned(),
            "A research model, not a medical device: no number here may guide the care of a person.".to_owned(),
        ],
        summary: Vec::new(),
        sections,
        provenance: vec![
            ("program".to_owned(), concat!("cisterna ", env!("CARGO_PKG_VERSION")).to_owned()),
            ("draws".to_owned(), settings.draws.to_string()),
            ("seed".to_owned(), settings.seed.to_string()),
        ],
    })
}

fn alone(heading: &str, chart: Chart, text: &str) -> Section {
    Section::Charts(Charts { heading: heading.to_owned(), text: text.to_owned(), charts: vec![chart] })
}

fn felt(values: &Values) -> Charts {
    Charts {
        heading: "What a hand can feel".to_owned(),
        text: "Thresholds so slow are extrapolated: nobody measured below 0.4 Hz. The median person's hand; thresholds \
               between two hands differ between people by a factor of six to either side."
            .to_owned(),
        charts: vec![charts::detectability(values), charts::shares(values)],
    }
}

/// Which arm explains how much.
fn arms(outcomes: &[Outcome]) -> Table {
    let told: Vec<String> = HYPOTHESES.iter().map(|(_, name, what)| format!("{name}: {what}")).collect();
    let named = |arm: &str| {
        let of = outcomes.iter().flat_map(|outcome| &outcome.arms).filter(|found| found.arm.name == arm);
        let mut names: Vec<&str> = of.flat_map(|found| found.arm.names()).collect();
        names.sort_unstable();
        names.dedup();
        names.join(", ")
    };
    Table {
        heading: "Which arm explains the figures".to_owned(),
        text: format!(
            "A hit lies in the band of 90 % of the draws; undecided is what does, where the band of a coefficient is 0.4 \
             wide or wider. The distance is the root mean square of (published - median), in standard deviations of the \
             draws.\n\n{}.",
            told.join("; ")
        ),
        caption: "Published figures under each arm".to_owned(),
        header: ["arm", "hypotheses", "hits", "undecided", "misses", "distance"].map(str::to_owned).to_vec(),
        rows: tallies(outcomes)
            .into_iter()
            .map(|tally| {
                let counts = [tally.hits, tally.undecided, tally.misses].map(|count| count.to_string());
                let mut row = vec![tally.arm.clone(), named(&tally.arm)];
                row.extend(counts);
                row.push(short_number(tally.distance));
                row
            })
            .collect(),
    }
}

fn pooled_table(pools: &[Pooled]) -> Table {
    let row = |pool: &Pooled| {
        let row = &pool.result.row;
        vec![
            row.label.clone(),
            row.note.clone(),
            pool.arm.clone(),
            short_number(row.published),
            told(&pool.result),
        ]
    };
    Table {
        heading: "Studies taken together".to_owned(),
        text: "One small study is compatible with nearly any agreement; together they are not.".to_owned(),
        caption: "Pooled figures".to_owned(),
        header: ["figure", "of", "arm", "published", "simulated"].map(str::to_owned).to_vec(),
        rows: pools.iter().map(row).collect(),
    }
}

/// All figures of one study.
fn figures(outcome: &Outcome) -> Table {
    let study = &outcome.study;
    let mut header = ["figure", "unit", "published", "range"].map(str::to_owned).to_vec();
    header.extend(outcome.arms.iter().map(|arm| arm.arm.name.clone()));
    header.push("note".to_owned());
    let rows = study.rows.iter().enumerate().map(|(index, row)| {
        let mut cells = vec![
            row.label.clone(),
            row.statistic.unit().to_owned(),
            exact_number(row.published),
            range(row.low, row.high),
        ];
        cells.extend(outcome.arms.iter().map(|arm| told(&arm.results[index])));
        cells.push(row.note.clone());
        cells
    });
    Table {
        heading: study.title.clone(),
        text: format!("{} Source: {}.", study.summary, study.source),
        caption: format!("{}: median, band of 90 % of the draws, verdict", study.name),
        rows: rows.collect(),
        header,
    }
}

fn evidence(values: &Values) -> Table {
    let row = |value: &cisterna::touch::Value| {
        let stated = &value.stated;
        let shown = |canonical: f64| short_number(stated.unit.from_canonical(canonical));
        let ends =
            stated.low.zip(stated.high).map(|(low, high)| format!("{} .. {}", shown(low), shown(high)));
        vec![
            value.name.clone(),
            format!("{} {}", shown(stated.value), stated.unit.text()),
            ends.unwrap_or_default(),
            stated.basis.word().to_owned(),
            stated.sources.join(", "),
            stated.note.clone().unwrap_or_default(),
        ]
    };
    Table {
        heading: "What hands and raters rest on".to_owned(),
        text: String::new(),
        caption: "Values of hands and raters".to_owned(),
        header: ["value", "", "range", "basis", "source", "why"].map(str::to_owned).to_vec(),
        rows: values.stated.iter().map(row).collect(),
    }
}
