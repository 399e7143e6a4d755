//! The frequencies in the pressures.

use cisterna::analysis::{Window, spectrum};
use cisterna::experiment::{Run, Scenario};
use cisterna::recording::{Channel, MarkKind, Recording};
use cisterna::report::{Axis, Band, Chart, Charts, Line, Section};

use super::roles::{Role, first, intracranial, roles};

/// The longest segment that is transformed, s: resolves breath from slow waves.
const SEGMENT: f64 = 60.0;
/// Higher harmonics of the heart than those below this are small, Hz.
const HIGHEST: f64 = 20.0;
/// Powers below this share of the largest are rounding of the solver.
const FLOOR: f64 = 1e-10;
/// Half width of the bands of heart and breath, as a share of their frequency.
const HALF_WIDTH: f64 = 0.15;

/// The spectra of the intracranial and of the arterial pressure; none where neither is recorded long enough.
pub fn spectra(scenario: &Scenario, run: &Run) -> Option<Section> {
    let channels = roles(scenario, run);
    let wanted = [intracranial(&channels, scenario), first(&channels, Role::ArterialPressure)];
    let charts: Vec<Chart> =
        wanted.into_iter().flatten().filter_map(|channel| chart(&run.recording, channel)).collect();
    (!charts.is_empty()).then(|| {
        Section::Charts(Charts {
            heading: "Spectra".to_owned(),
            text: "Power spectral density by Welch’s method with Hann windows, straight trend removed."
                .to_owned(),
            charts,
        })
    })
}

fn chart(recording: &Recording, channel: &Channel) -> Option<Chart> {
    let (from, to) = recording.span();
    let found = spectrum(recording, &channel.name, Window { from, to }, SEGMENT.min(to - from)).ok()?;
    let largest = found.density.iter().copied().fold(0.0, f64::max);
    let points: Vec<(f64, f64)> = found
        .density
        .iter()
        .enumerate()
        .skip(1)
        .map(|(line, density)| (line as f64 * found.step, *density))
        .filter(|(frequency, density)| *frequency <= HIGHEST && *density > FLOOR * largest)
        .collect();
    (points.len() > 2).then(|| Chart {
        caption: channel.label.clone(),
        x: Axis::log("frequency", "Hz"),
        y: Axis::log("density", &found.unit),
        lines: vec![Line::curve(&channel.label, points)],
        bands: [("breath", MarkKind::Breath), ("heart", MarkKind::Beat)]
            .into_iter()
            .filter_map(|(label, kind)| band(recording, label, kind))
            .collect(),
        dots: Vec::new(),
    })
}

/// The band around the mean frequency of a kind of marks.
fn band(recording: &Recording, label: &str, kind: MarkKind) -> Option<Band> {
    let lengths: Vec<f64> = recording.marks_of(kind).map(|mark| mark.end - mark.start).collect();
    let frequency = lengths.len() as f64 / lengths.iter().sum::<f64>();
    frequency.is_finite().then(|| Band {
        label: label.to_owned(),
        from: frequency * (1.0 - HALF_WIDTH),
        to: frequency * (1.0 + HALF_WIDTH),
    })
}
