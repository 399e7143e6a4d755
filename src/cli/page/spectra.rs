//! The frequencies in the pressures.

use cisterna::analysis::{Spectrum, Window, spectrum};
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
/// What hands feel of higher frequencies is small, Hz.
const HIGHEST_FELT: f64 = 2.5;
/// What hands feel of powers below this share of the largest is small.
const FELT_FLOOR: f64 = 1e-8;
/// The band of the vessels' slow waves, Hz.
const SLOW: (f64, f64) = (0.05, 0.15);
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

/// The spectra of what is felt at the listening stations, left and right in one picture; none where no station is recorded.
pub fn of_stations(run: &Run) -> Option<Section> {
    let mut stations: Vec<(String, Vec<(&str, &Channel)>)> = Vec::new();
    for channel in &run.recording.channels {
        let Some(place) = channel.name.strip_prefix("station_") else { continue };
        let (side, place) = place.split_once('_').unwrap_or((place, place));
        match stations.iter_mut().find(|(known, _)| known == place) {
            Some((_, channels)) => channels.push((side, channel)),
            None => stations.push((place.to_owned(), vec![(side, channel)])),
        }
    }
    let charts: Vec<Chart> = stations
        .iter()
        .filter_map(|(place, channels)| together(&run.recording, place, channels, SEGMENT))
        .collect();
    (!charts.is_empty()).then(|| {
        Section::Charts(Charts {
            heading: "Spectra of the listening stations".to_owned(),
            text:
                "How far the skin moves outwards under a resting hand, by frequency: slow waves are those of \
                   0.05 to 0.15 Hz, in which vessels have theirs."
                    .to_owned(),
            charts,
        })
    })
}

/// Spectra of several channels, each by a short name, in one picture, in segments of `segment` seconds.
pub fn together(
    recording: &Recording,
    caption: &str,
    channels: &[(&str, &Channel)],
    segment: f64,
) -> Option<Chart> {
    let (from, to) = recording.span();
    let mut lines = Vec::new();
    let mut unit = String::new();
    for (name, channel) in channels {
        let Ok(found) = spectrum(recording, &channel.name, Window { from, to }, segment.min(to - from))
        else {
            continue;
        };
        unit.clone_from(&found.unit);
        let points = points(&found, HIGHEST_FELT, FELT_FLOOR);
        if points.len() > 2 {
            lines.push(Line::curve(name, points));
        }
    }
    let slow = Band { label: "slow waves".to_owned(), from: SLOW.0, to: SLOW.1 };
    (!lines.is_empty()).then(|| Chart {
        caption: caption.to_owned(),
        x: Axis::log("frequency", "Hz"),
        y: Axis::log("density", &unit),
        lines,
        bands: std::iter::once(slow)
            .chain(
                [("breath", MarkKind::Breath), ("heart", MarkKind::Beat)]
                    .into_iter()
                    .filter_map(|(label, kind)| band(recording, label, kind)),
            )
            .collect(),
        dots: Vec::new(),
    })
}

/// The curve of a spectrum up to a frequency, without what lies below a share of its peak.
fn points(found: &Spectrum, highest: f64, floor: f64) -> Vec<(f64, f64)> {
    let largest = found.density.iter().copied().fold(0.0, f64::max);
    let lines = found.density.iter().enumerate().skip(1);
    lines
        .map(|(line, density)| (line as f64 * found.step, *density))
        .filter(|(frequency, density)| *frequency <= highest && *density > floor * largest)
        .collect()
}

fn chart(recording: &Recording, channel: &Channel) -> Option<Chart> {
    let (from, to) = recording.span();
    let found = spectrum(recording, &channel.name, Window { from, to }, SEGMENT.min(to - from)).ok()?;
    let points = points(&found, HIGHEST, FLOOR);
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
