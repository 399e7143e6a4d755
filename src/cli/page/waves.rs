//! The channels over time.

use cisterna::experiment::{Run, Scenario};
use cisterna::recording::{Channel, MarkKind};
use cisterna::report::{Panel, Section, Trace, Waveforms};

use super::roles::{Role, roles};

/// The beats of the close-up.
const CLOSE_UP_BEATS: usize = 4;
/// The most traces that one panel can tell apart.
const MOST_TRACES: usize = 6;
/// A trace that swings less than this share of the largest one is a flat line beside it.
const FLAT: f64 = 0.1;

/// The channels in panels by what they are, with the last beats at full resolution.
pub fn waveforms(scenario: &Scenario, run: &Run) -> Section {
    let mut groups: Vec<((Role, String), Vec<&Channel>)> = Vec::new();
    for (_, channel, role) in roles(scenario, run) {
        let key = (role, channel.unit.clone());
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, channels)) => channels.push(channel),
            None => groups.push((key, vec![channel])),
        }
    }
    groups.sort_by_key(|((role, _), _)| *role);
    let panels =
        groups.into_iter().flat_map(|((role, unit), channels)| panels(role, &unit, channels)).collect();
    Section::Waveforms(Waveforms {
        heading: "Waveforms".to_owned(),
        text: reference(run),
        panels,
        marks: run.recording.marks.clone(),
        close_up: close_up(run),
    })
}

/// The zero of the pressures, where all agree on it.
fn reference(run: &Run) -> String {
    let against = run.recording.channels.iter().filter_map(|channel| channel.reference.as_ref());
    let told = against.map(|reference| reference.against.as_str()).collect::<Vec<_>>();
    match told.first() {
        Some(first) if told.iter().all(|other| other == first) => {
            format!("Pressures are against {first}, each at the height of its own space.")
        }
        _ => String::new(),
    }
}

/// One panel, or several where traces would be too many or too flat beside others.
fn panels(role: Role, unit: &str, mut channels: Vec<&Channel>) -> Vec<Panel> {
    if !matches!(role, Role::FluidPressure | Role::ArterialPressure | Role::VenousPressure) {
        channels.sort_by(|a, b| swing(b).total_cmp(&swing(a)));
    }
    let mut sets: Vec<Vec<&Channel>> = Vec::new();
    for channel in channels {
        let fits = |set: &&mut Vec<&Channel>| {
            set.len() < MOST_TRACES
                && set.first().is_some_and(|largest| swing(channel) >= FLAT * swing(largest))
        };
        match sets.last_mut().filter(fits) {
            Some(set) => set.push(channel),
            None => sets.push(vec![channel]),
        }
    }
    sets.into_iter()
        .map(|set| match set.as_slice() {
            [alone] => Panel::of(alone),
            set => Panel::new(role.heading(), unit, set.iter().map(|channel| Trace::of(channel)).collect()),
        })
        .collect()
}

/// The largest less the smallest sample.
fn swing(channel: &Channel) -> f64 {
    let ends = channel
        .values
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &value| (low.min(value), high.max(value)));
    (ends.1 - ends.0).max(0.0)
}

/// The last beats; the last seconds where the model has no heart.
fn close_up(run: &Run) -> Option<(f64, f64)> {
    let beats: Vec<_> = run.recording.marks_of(MarkKind::Beat).collect();
    let (start, end) = run.recording.span();
    let first = beats.len().checked_sub(CLOSE_UP_BEATS).map(|first| beats[first].start);
    let last = beats.last().map_or(end, |beat| beat.end);
    let window = first.map_or(((end - CLOSE_UP_BEATS as f64).max(start), end), |first| (first, last));
    (window.1 - window.0 > 0.0 && window.1 - window.0 < end - start).then_some(window)
}
