//! One channel on its way into trends.

use super::window::{self, Values};
use super::{Findings, Role};
use crate::artefact::{Found, find_in, joined};
use crate::breath::{beat_level, breaths_in, points};
use crate::detect::{Beat, Block, Blocks, Finder, Part};
use crate::{Artefact, Breath, MeasureError, Plausible, Window, revise};
use cisterna_recording::Channel;

/// Missing samples between pieces are put in so many at a time.
const FILL: usize = 1 << 16;
/// The longest space between two pieces that is filled, s (a month): a lying clock does not fill the memory.
const LONGEST_SPACE: f64 = 2.7e6;

/// A channel, what is kept of its samples, and what was found so far.
pub(super) struct Track {
    pub name: String,
    pub added: Vec<Artefact>,
    pub trusted: Vec<Window>,
    role: Role,
    window: f64,
    unit: String,
    feed: Option<(Blocks, Worker)>,
}

/// What turns blocks into values.
struct Worker {
    role: Role,
    window: f64,
    rate: f64,
    finder: Option<Finder>,
    values: Vec<Values>,
    beats: Vec<Beat>,
    breaths: Vec<Breath>,
    artefacts: Vec<Artefact>,
}

impl Track {
    pub fn new(name: &str, role: Role, window: f64) -> Self {
        let (added, trusted) = (Vec::new(), Vec::new());
        Track { name: name.to_owned(), added, trusted, role, window, unit: String::new(), feed: None }
    }

    /// Takes the samples of a piece; `origin` (s) is where windows are counted from.
    pub fn push(&mut self, channel: &Channel, origin: f64) -> Result<(), MeasureError> {
        let refuse = |reason: String| {
            Err(MeasureError::Undetermined { what: "trends", channel: channel.name.clone(), reason })
        };
        let rate = channel.rate;
        if !(rate.is_finite() && rate > 0.0 && channel.start.is_finite()) {
            return refuse(format!("it starts at {} s with {rate} samples a second", channel.start));
        }
        if self.feed.is_none() {
            self.unit.clone_from(&channel.unit);
            let finder = self
                .role
                .wave()
                .filter(|_| rate >= crate::detect::SLOWEST_RATE)
                .map(|wave| Finder::new(rate, wave));
            let worker = Worker {
                role: self.role,
                window: self.window,
                rate,
                finder,
                values: Vec::new(),
                beats: Vec::new(),
                breaths: Vec::new(),
                artefacts: Vec::new(),
            };
            self.feed = Some((Blocks::new(rate), worker));
        }
        let Some((blocks, worker)) = &mut self.feed else { return Ok(()) };
        if worker.rate != rate {
            return refuse(format!("it has {rate} samples a second, and had {} before", worker.rate));
        }
        let place = ((channel.start - origin) * rate).round();
        let space = place - blocks.count() as f64;
        if space < 0.0 || space > LONGEST_SPACE * rate {
            return refuse(format!(
                "a piece starts at {} s, where the last ended at {} s; it must go on there or up to a month later",
                channel.start,
                origin + blocks.count() as f64 / rate
            ));
        }
        let (added, trusted) = (&self.added, &self.trusted);
        let mut each = |block: Block<'_>| worker.take(block, origin, added, trusted);
        let missing = [f64::NAN; FILL];
        let mut left = space as usize;
        while left > 0 {
            let now = left.min(FILL);
            blocks.push(&missing[..now], &mut each);
            left -= now;
        }
        blocks.push(&channel.values, &mut each);
        Ok(())
    }

    /// The trends and what was found.
    pub fn finish(mut self, origin: f64, window: f64) -> (Vec<Channel>, Findings) {
        let mut findings = Findings { channel: self.name.clone(), ..Findings::default() };
        let Some((mut blocks, mut worker)) = self.feed.take() else { return (Vec::new(), findings) };
        blocks.finish(|block| worker.take(block, origin, &self.added, &self.trusted));
        let trend = |what: &str, unit: &str, value: fn(&Values) -> f64| {
            let values = worker.values.iter().map(value).collect();
            Channel::new(&format!("{}.{what}", self.name), unit, origin + 0.5 * window, 1.0 / window, values)
        };
        let unit = self.unit.as_str();
        let mut channels = Vec::new();
        if matches!(self.role, Role::Pulse(_) | Role::Level) {
            channels.push(trend("mean", unit, |values| values.mean));
        }
        if matches!(self.role, Role::Pulse(_)) {
            channels.push(trend("pulse", unit, |values| values.pulse));
            channels.push(trend("fundamental", unit, |values| values.fundamental));
        }
        if self.role.wave().is_some() {
            channels.push(trend("heart_rate", "1/min", |values| values.heart_rate));
        }
        if matches!(self.role, Role::Pulse(_) | Role::Respiration) {
            channels.push(trend("respiratory_rate", "1/min", |values| values.respiratory_rate));
        }
        if self.role == Role::Respiration {
            channels.push(trend("depth", unit, |values| values.depth));
        }
        channels.push(trend("valid", "1", |values| values.valid));
        findings.beats = worker.beats.iter().map(|beat| beat.timed(origin, worker.rate)).collect();
        findings.artefacts = joined(worker.artefacts, 1.5 / worker.rate);
        findings.breaths = worker.breaths;
        (channels, findings)
    }
}

impl Worker {
    fn take(&mut self, block: Block<'_>, origin: f64, added: &[Artefact], trusted: &[Window]) {
        let plausible = if let Role::Pulse(plausible) = self.role { Some(plausible) } else { None };
        let mut beats =
            self.finder.as_mut().map_or_else(Vec::new, |finder| finder.beats_in(block, Part::Whole));
        let found = self.artefacts(block, &beats, plausible, origin, added, trusted);
        let masked = self.masked(block, &found, origin);
        let clean = Block { samples: masked.as_deref().unwrap_or(block.samples), ..block };
        if let (Some(finder), true) = (&mut self.finder, masked.is_some()) {
            beats = finder.beats_in(clean, Part::Whole);
        }
        let breaths = self.breaths(clean, &beats, origin);
        self.artefacts.extend(found);
        let own = self.finder.as_mut().map_or_else(Vec::new, |finder| finder.own(beats, block));
        self.windows(clean, &own, &breaths, origin);
        let time = |sample: usize| origin + sample as f64 / self.rate;
        let (from, to) = (time(block.core.0), time(block.core.1));
        let last = self.breaths.last().map_or(f64::NEG_INFINITY, |breath| breath.end - 0.5);
        self.breaths.extend(
            breaths.into_iter().filter(|breath| (from..to).contains(&breath.start) && breath.start >= last),
        );
        self.beats.extend(own);
    }

    /// What is found, less what is trusted, and what was added, within the block.
    fn artefacts(
        &self,
        block: Block<'_>,
        beats: &[Beat],
        plausible: Option<Plausible>,
        origin: f64,
        added: &[Artefact],
        trusted: &[Window],
    ) -> Vec<Artefact> {
        let found: Vec<Artefact> = match (plausible, &self.finder) {
            (Some(plausible), Some(_)) => find_in(block, self.rate, beats, &plausible)
                .iter()
                .map(|found: &Found| found.timed(origin, self.rate))
                .collect(),
            _ => Vec::new(),
        };
        let (from, to) = (origin + block.core.0 as f64 / self.rate, origin + block.core.1 as f64 / self.rate);
        let here: Vec<Artefact> = added
            .iter()
            .map(|one| Artefact { start: one.start.max(from), end: one.end.min(to), ..*one })
            .filter(|one| one.start < one.end)
            .collect();
        revise(&found, &here, trusted)
    }

    /// The samples without artefacts, if there are any.
    fn masked(&self, block: Block<'_>, found: &[Artefact], origin: f64) -> Option<Vec<f64>> {
        if found.is_empty() {
            return None;
        }
        let mut samples = block.samples.to_vec();
        let place = |time: f64| {
            let sample = ((time - origin) * self.rate - 1e-6).ceil() - block.first as f64;
            (sample.max(0.0) as usize).min(block.samples.len())
        };
        for one in found {
            let (from, to) = (place(one.start), place(one.end));
            samples[from..to.max(from)].fill(f64::NAN);
        }
        Some(samples)
    }

    fn breaths(&self, block: Block<'_>, beats: &[Beat], origin: f64) -> Vec<Breath> {
        let start = block.first as f64 / self.rate;
        let series = match self.role {
            Role::Pulse(_) => {
                let duration = block.samples.len() as f64 / self.rate;
                beat_level(beats, block.samples, block.first, self.rate, start, duration)
            }
            Role::Respiration if self.rate >= 2.0 => points(block.samples, self.rate),
            _ => return Vec::new(),
        };
        breaths_in(&series).into_iter().map(|breath| breath.later(origin + start)).collect()
    }

    fn windows(&mut self, block: Block<'_>, beats: &[Beat], breaths: &[Breath], origin: f64) {
        let index = |k: usize| (k as f64 * self.window * self.rate - 1e-6).ceil() as usize;
        loop {
            let number = self.values.len();
            let (from, to) = (index(number), index(number + 1));
            if from >= block.core.1 {
                break;
            }
            let inside = (to.min(block.core.1)).max(from);
            let samples = &block.samples[from - block.first..inside - block.first];
            let (mean, valid) = window::mean_and_share(samples, (to - from) as f64);
            let begin = beats.partition_point(|beat| beat.onset < from as f64);
            let end = beats.partition_point(|beat| beat.onset < to as f64);
            let here = &beats[begin..end];
            let (pulse, fundamental) = window::amplitudes(block.samples, block.first, here);
            let time = |sample: usize| origin + sample as f64 / self.rate;
            let (respiratory_rate, depth) = window::breathing(breaths, time(from), time(to));
            let heart_rate = window::heart_rate(here, self.rate);
            let known = |value: f64| if mean.is_nan() { f64::NAN } else { value };
            self.values.push(Values {
                mean,
                pulse: known(pulse),
                fundamental: known(fundamental),
                heart_rate: known(heart_rate),
                respiratory_rate: known(respiratory_rate),
                depth: known(depth),
                valid,
            });
        }
    }
}
