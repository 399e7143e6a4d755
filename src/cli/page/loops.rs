//! Loops of the mean beat: flow against pressure, pressure against volume.

use cisterna::analysis::{Window, beat_average};
use cisterna::experiment::{Run, Scenario};
use cisterna::fluid::Observable;
use cisterna::quantity::short_number;
use cisterna::recording::{Channel, Recording};
use cisterna::report::{Axis, Chart, Charts, Line, Section};

use super::roles::{Role, first, intracranial, mean, roles};

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
        Some((*channel, pressure, Zero::Mean))
    });
    let flows = channels.iter().filter_map(|(_, channel, role)| match role {
        Role::FluidFlow => Some((head?, *channel, Zero::Own)),
        Role::BloodFlow => Some((artery?, *channel, Zero::Own)),
        _ => None,
    });
    let charts: Vec<Chart> = volumes
        .chain(flows)
        .filter_map(|(across, up, zero)| chart(&run.recording, across, up, zero))
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

/// From where the horizontal axis counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Zero {
    /// From the channel's own zero.
    Own,
    /// From the mean: a space holds a hundred times what a beat moves.
    Mean,
}

fn chart(recording: &Recording, across: &Channel, up: &Channel, zero: Zero) -> Option<Chart> {
    let (from, to) = recording.span();
    let average =
        |channel: &Channel| beat_average(recording, &channel.name, Window { from, to }, POINTS).ok();
    let along = average(across)?.means;
    let (middle, label) = match zero {
        Zero::Own => (0.0, across.label.clone()),
        Zero::Mean => {
            let middle = mean(&along);
            (middle, format!("{} less its mean of {}", across.label, short_number(middle)))
        }
    };
    let along = along.into_iter().map(|value| value - middle);
    let mut points: Vec<(f64, f64)> = along.zip(average(up)?.means).collect();
    points.extend(points.first().copied());
    Some(Chart {
        caption: format!("{} against {}", up.label, across.label),
        x: Axis::linear(&label, &across.unit),
        y: Axis::linear(&up.label, &up.unit),
        lines: vec![Line::closed("mean beat", points)],
        ..Chart::default()
    })
}
