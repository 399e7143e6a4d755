//! Loops of the mean beat: flow against pressure, pressure against volume.

use cisterna::analysis::{Window, beat_average};
use cisterna::experiment::{Run, Scenario};
use cisterna::fluid::Observable;
use cisterna::recording::{Channel, Recording};
use cisterna::report::{Axis, Chart, Charts, Line, Section};

use super::roles::{Role, first, intracranial, roles};

/// Points of the mean beat.
const POINTS: usize = 200;
/// The most loops on one page.
const MOST_LOOPS: usize = 8;

/// The loops that the recorded channels allow; none where there are no beats.
pub fn loops(scenario: &Scenario, run: &Run) -> Option<Section> {
    let channels = roles(scenario, run);
    let (head, artery) = (intracranial(&channels, scenario), first(&channels, Role::ArterialPressure));
    let volumes = channels.iter().filter_map(|(probe, channel, _)| {
        let Observable::Volume(space) = probe.observable else { return None };
        let pressure = channels
            .iter()
            .find(|(other, _, _)| other.observable == Observable::Pressure(space))
            .map(|found| found.1)?;
        Some((*channel, pressure))
    });
    let flows = channels.iter().filter_map(|(_, channel, role)| match role {
        Role::FluidFlow => Some((head?, *channel)),
        Role::BloodFlow => Some((artery?, *channel)),
        _ => None,
    });
    let charts: Vec<Chart> = volumes
        .chain(flows)
        .filter_map(|(across, up)| chart(&run.recording, across, up))
        .take(MOST_LOOPS)
        .collect();
    (!charts.is_empty()).then(|| {
        Section::Charts(Charts {
            heading: "Loops".to_owned(),
            text: "The mean beat of the whole recording; the arrow shows the course of time.".to_owned(),
            charts,
        })
    })
}

fn chart(recording: &Recording, across: &Channel, up: &Channel) -> Option<Chart> {
    let (from, to) = recording.span();
    let average =
        |channel: &Channel| beat_average(recording, &channel.name, Window { from, to }, POINTS).ok();
    let mut points: Vec<(f64, f64)> = average(across)?.means.into_iter().zip(average(up)?.means).collect();
    points.extend(points.first().copied());
    Some(Chart {
        caption: format!("{} against {}", up.label, across.label),
        x: Axis::linear(&across.label, &across.unit),
        y: Axis::linear(&up.label, &up.unit),
        lines: vec![Line::closed("mean beat", points)],
        ..Chart::default()
    })
}
