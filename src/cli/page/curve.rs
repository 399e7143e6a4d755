//! The pressure–volume curve.

use cisterna::experiment::{Run, Scenario, pressure_volume};
use cisterna::report::{Axis, Chart, Charts, Dot, Line, Section};

/// Pressure against volume while fluid is injected or withdrawn; none where nothing is.
pub fn curve(scenario: &Scenario, run: &Run) -> Option<Section> {
    let curve = pressure_volume(scenario, &run.recording)?;
    let rest = curve.stored.first().map(|&(x, y)| Dot { label: "rest".to_owned(), x, y });
    Some(Section::Charts(Charts {
        heading: "Pressure and volume".to_owned(),
        text: "Means over one or several heart beats while fluid is injected or withdrawn. “Stored” is what the \
               spaces of the fluid gained, formation and absorption counted: the curve of the enclosure at this \
               pace. “Injected” is what passed the needle, as a laboratory sees it; what lies between the two was \
               absorbed beyond what was formed."
            .to_owned(),
        charts: vec![Chart {
            caption: format!("{} against added volume", curve.label),
            x: Axis::linear("volume added", "mL"),
            y: Axis::linear(&curve.label, &curve.unit),
            lines: vec![Line::curve("stored", curve.stored), Line::curve("injected", curve.injected)],
            dots: rest.into_iter().collect(),
            ..Chart::default()
        }],
    }))
}
