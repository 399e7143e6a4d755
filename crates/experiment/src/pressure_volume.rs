//! The pressure–volume curve of a run that injects fluid or withdraws it.

use cisterna_analysis::{Window, beat_means};
use cisterna_fluid::{Kind, Observable};
use cisterna_recording::{MarkKind, Recording};

use crate::scenario::{Injection, Scenario};

/// The most points of a curve: in a long run each is the mean of several beats, so that breaths average out.
const MOST_POINTS: usize = 100;
/// What passes a closed line between two samples, at most, mL.
const NOTHING: f64 = 1e-9;

/// Mean pressure against volume while fluid is injected, from beat to beat.
///
/// `stored` is the curve of the enclosure: what its fluid gained, so that formation and absorption count; `injected`
/// is what a laboratory sees, which knows only what left its syringe. The two part as fluid is absorbed.
#[derive(Clone, Debug, PartialEq)]
pub struct PressureVolume {
    /// What the pressure is, for a reader.
    pub label: String,
    /// The unit of the pressures.
    pub unit: String,
    /// Change of what all spaces of the fluid hold since the injection began (mL), and mean pressure.
    pub stored: Vec<(f64, f64)>,
    /// Volume injected less volume withdrawn (mL), and mean pressure.
    pub injected: Vec<(f64, f64)>,
}

/// The curve of a run from its own recording: beats between the first and the last moment at which anything passes
/// a line. None where nothing is injected or no pressure of the fluid is recorded.
#[must_use]
pub fn pressure_volume(scenario: &Scenario, recording: &Recording) -> Option<PressureVolume> {
    let first = scenario.injections.first()?;
    let injections: Vec<&Injection> =
        scenario.injections.iter().filter(|other| other.fluid == first.fluid).collect();
    let window = running(recording, &injections)?;
    let pressure = recording.channel(&pressure_channel(scenario, first)?)?;
    let mean = |name: &str| means(recording, name, window);
    let pressures = mean(&pressure.name)?;
    let contents = mean(&first.content)?;
    let mut injected = vec![0.0; pressures.len()];
    for injection in &injections {
        for (sum, (_, passed)) in injected.iter_mut().zip(mean(&injection.passed)?) {
            *sum += injection.sign * passed;
        }
    }
    let start = |name: &str| value_at(recording, name, window.from);
    let content_before = start(&first.content)?;
    let passed_before: f64 =
        injections.iter().filter_map(|line| Some(line.sign * start(&line.passed)?)).sum();
    let block = pressures.len().div_ceil(MOST_POINTS).max(1);
    let pressures: Vec<f64> = pressures.into_iter().map(|(_, pressure)| pressure).collect();
    let pairs = |volumes: &[f64]| -> Vec<(f64, f64)> {
        let blocks = volumes.chunks(block).zip(pressures.chunks(block));
        let means = blocks.map(|(volumes, pressures)| (mean_of(volumes), mean_of(pressures)));
        means.filter(|(volume, pressure)| volume.is_finite() && pressure.is_finite()).collect()
    };
    let stored: Vec<f64> = contents.iter().map(|(_, content)| content - content_before).collect();
    injected.iter_mut().for_each(|volume| *volume -= passed_before);
    let curve = PressureVolume {
        label: pressure.label.clone(),
        unit: pressure.unit.clone(),
        stored: pairs(&stored),
        injected: pairs(&injected),
    };
    (curve.stored.len() > 1).then_some(curve)
}

/// From the first to the last sample between which anything passes a line.
fn running(recording: &Recording, injections: &[&Injection]) -> Option<Window> {
    let mut window: Option<Window> = None;
    for injection in injections {
        let channel = recording.channel(&injection.passed)?;
        let moves = |pair: &[f64]| (pair[1] - pair[0]).abs() > NOTHING;
        let Some(first) = channel.values.windows(2).position(moves) else { continue };
        let last = channel.values.windows(2).rposition(moves).unwrap_or(first) + 1;
        let (from, to) = (channel.time(first), channel.time(last));
        let so_far = window.unwrap_or(Window { from, to });
        window = Some(Window { from: so_far.from.min(from), to: so_far.to.max(to) });
    }
    window
}

/// The recorded pressure that stands for the enclosure: that of an enclosure of the fluid, else that of the space at
/// the end of the line, else that of any space of the fluid.
fn pressure_channel(scenario: &Scenario, injection: &Injection) -> Option<String> {
    let network = &scenario.model.network;
    let rank = |observable: Observable| match observable {
        Observable::Pressure(id) if network.spaces[id.0].fluid != injection.fluid => None,
        Observable::Pressure(id) if matches!(network.spaces[id.0].kind, Kind::Enclosure(_)) => Some(0),
        Observable::Pressure(id) if id == injection.space => Some(1),
        Observable::Pressure(_) => Some(2),
        _ => None,
    };
    let ranked = scenario.probes.iter().filter_map(|probe| Some((rank(probe.observable)?, probe)));
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, probe)| probe.name.clone())
}

/// The mean of every beat with its time; the samples where the model has no heart.
fn means(recording: &Recording, name: &str, window: Window) -> Option<Vec<(f64, f64)>> {
    if recording.marks_of(MarkKind::Beat).next().is_some() {
        let series = beat_means(recording, name, window).ok()?;
        return Some(series.times.into_iter().zip(series.values).collect());
    }
    let channel = recording.channel(name)?;
    let samples = channel.values.iter().enumerate().map(|(index, value)| (channel.time(index), *value));
    Some(samples.filter(|(time, _)| (window.from..=window.to).contains(time)).collect())
}

fn mean_of(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The sample at a moment that has one.
fn value_at(recording: &Recording, name: &str, time: f64) -> Option<f64> {
    let channel = recording.channel(name)?;
    channel.values.get(((time - channel.start) * channel.rate).round() as usize).copied()
}
