//! What each channel holds, in numbers.

use crate::cleaning::Told;
use crate::examination::ChannelFound;
use crate::gather::{Gathered, median};

/// How many samples there were, and what they were like.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub samples: usize,
    pub missing: usize,
    pub sum: f64,
    pub lowest: f64,
    pub highest: f64,
}

impl Default for Size {
    fn default() -> Self {
        Size { samples: 0, missing: 0, sum: 0.0, lowest: f64::INFINITY, highest: f64::NEG_INFINITY }
    }
}

impl Size {
    pub fn add(&mut self, values: &[f64]) {
        self.samples += values.len();
        for &value in values {
            if value.is_finite() {
                self.sum += value;
                self.lowest = self.lowest.min(value);
                self.highest = self.highest.max(value);
            } else {
                self.missing += 1;
            }
        }
    }

    fn of(&self, value: f64) -> Option<f64> {
        (self.samples > self.missing).then_some(value)
    }

    fn mean(&self) -> Option<f64> {
        self.of(self.sum / (self.samples - self.missing).max(1) as f64)
    }
}

/// All channels with what was found of them.
pub(crate) fn channels(gathered: &Gathered, told: &Told) -> Vec<ChannelFound> {
    let each = gathered.plans.iter().zip(&gathered.sizes).zip(&gathered.waves.channels);
    each.map(|((plan, size), wave)| {
        let median = |what: &str| median(gathered.trends.channel(&format!("{}.{what}", plan.name))?);
        let findings = gathered.trends.findings.iter().find(|found| found.channel == plan.name);
        let artefacts = findings.map_or(&[][..], |found| &found.artefacts);
        let there = wave.values.iter().filter(|value| value.is_finite()).count();
        ChannelFound {
            name: plan.name.clone(),
            unit: plan.came_in.clone(),
            analysed_in: plan.unit.clone(),
            kind: plan.kind.to_string(),
            why: plan.why.clone(),
            rate_hz: plan.rate,
            samples: size.samples,
            missing: size.missing,
            valid: there as f64 / wave.values.len().max(1) as f64,
            mean: size.mean(),
            lowest: size.of(size.lowest),
            highest: size.of(size.highest),
            beats: findings.map_or(0, |found| found.beats.len()),
            heart_rate: median("heart_rate"),
            respiratory_rate: median("respiratory_rate"),
            pulse: median("pulse"),
            artefacts: artefacts.iter().map(|artefact| told.seen(&plan.name, artefact)).collect(),
            notes: plan.notes.clone(),
        }
    })
    .collect()
}

/// What to do where most of a channel was left out.
pub(crate) fn mostly_left_out(channel: &ChannelFound) -> Option<String> {
    let length = |reason: Option<&str>| -> f64 {
        let those = channel.artefacts.iter().filter(|one| reason.is_none_or(|reason| reason == one.reason));
        those.map(|one| one.to_s - one.from_s).sum()
    };
    let share = length(None) * channel.rate_hz / channel.samples.max(1) as f64;
    let longest = channel.artefacts.iter().map(|one| one.reason.as_str());
    let longest = longest.max_by(|a, b| length(Some(a)).total_cmp(&length(Some(b))))?;
    (share > 0.5).then(|| {
        format!(
            "{:.0} % of `{}` was left out, most of it as `{longest}`; where that is wrong, say so by --trust {}:FROM..TO",
            100.0 * share.min(1.0),
            channel.name,
            channel.name
        )
    })
}
