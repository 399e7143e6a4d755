//! The page: tables, and the spectra at head, sacrum and foot under each hypothesis.

use cisterna::recording::Channel;
use cisterna::report::{Chart, Charts, Page, Section};

use super::grid::Grid;
use super::study::Held;
use crate::cli::page::spectra::together;

/// The length of the stretches that are transformed, s.
const SEGMENT: f64 = 100.0;
/// What is shown.
const CHANNELS: [(&str, &str); 3] =
    [("head", "felt_head"), ("sacrum", "felt_sacrum"), ("foot", "felt_left_foot")];

/// The page of a study.
pub fn page(study: &[Held], grids: &[Grid]) -> Page {
    let mut sections: Vec<Section> = grids.iter().map(|grid| Section::Table(grid.table())).collect();
    let charts: Vec<Chart> = study.iter().filter_map(chart).collect();
    sections.insert(
        1.min(sections.len()),
        Section::Charts(Charts {
            heading: "What hands feel, by frequency".to_owned(),
            text: "The force under a hand that holds its place. Power spectral density by Welch’s method."
                .to_owned(),
            charts,
        }),
    );
    let told = study.first().map(|none| &none.scenario);
    Page {
        title: told.map_or_else(String::new, |scenario| scenario.title.clone()),
        subtitle: told.map_or_else(String::new, |scenario| scenario.summary.clone()),
        cautions: vec![
            "A research model, not a medical device: no number here may guide the care of a person.".to_owned(),
            "All but the first row of each table rest on a hypothesis; what it assumes stands in its document.".to_owned(),
        ],
        summary: Vec::new(),
        sections,
        provenance: told.map_or_else(Vec::new, |scenario| {
            vec![
                ("program".to_owned(), concat!("cisterna ", env!("CARGO_PKG_VERSION")).to_owned()),
                ("model".to_owned(), format!("{} {}", scenario.model.name, scenario.model.hash)),
                ("scenario".to_owned(), scenario.text_hash.clone()),
            ]
        }),
    }
}

fn chart(held: &Held) -> Option<Chart> {
    let recording = &held.run.recording;
    let channels: Vec<(&str, &Channel)> = CHANNELS
        .iter()
        .filter_map(|(place, name)| {
            recording.channels.iter().find(|channel| channel.name == *name).map(|channel| (*place, channel))
        })
        .collect();
    together(recording, &held.name, &channels, SEGMENT)
}
