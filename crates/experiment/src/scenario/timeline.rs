//! What happens when: changes gathered, returns added, overlaps refused.

use cisterna_fluid::{Address, Network};
use cisterna_model::document::{Collector, Place};

use super::types::{Effect, Event, Up};

/// Two times nearer than this are the same, s.
const SAME_TIME: f64 = 1e-9;

/// What changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Posture,
    Parameter(Address),
}

/// One change as the document asks for it.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub label: String,
    pub place: Place,
    pub effect: Effect,
    pub start: f64,
    /// Length of the ramp, s; zero for a jump.
    pub over: f64,
    /// When it returns to the value before, by a ramp of the same length.
    pub until: Option<f64>,
}

impl Planned {
    fn target(&self) -> Target {
        match self.effect {
            Effect::Posture { .. } => Target::Posture,
            Effect::Parameter { address, .. } | Effect::Drive { address, .. } => Target::Parameter(address),
        }
    }

    fn is_drive(&self) -> bool {
        matches!(self.effect, Effect::Drive { .. })
    }
}

/// All changes of a scenario.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    planned: Vec<Planned>,
}

impl Timeline {
    pub(super) fn add(&mut self, planned: Planned) {
        self.planned.push(planned);
    }

    /// The events in order of time; what returns to the value before knows that value only here.
    pub(super) fn finish(
        self,
        start: Up,
        network: &Network,
        duration: f64,
        problems: &Collector,
    ) -> Vec<Event> {
        let mut targets: Vec<Target> = Vec::new();
        for target in self.planned.iter().map(Planned::target) {
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
        let mut events = Vec::new();
        for target in targets {
            let mut lane: Vec<&Planned> =
                self.planned.iter().filter(|planned| planned.target() == target).collect();
            lane.sort_by(|a, b| a.start.total_cmp(&b.start));
            let initial = match target {
                Target::Posture => Effect::Posture { to: start },
                Target::Parameter(address) => {
                    let values = network.values(address.owner);
                    Effect::Parameter { address, to: values.get(address.parameter).copied().unwrap_or(0.0) }
                }
            };
            refuse_overlaps(&lane, &name(network, target), problems);
            follow(&lane, initial, duration, &mut events);
        }
        events.sort_by(|a, b| a.start.total_cmp(&b.start));
        events
    }
}

/// "the posture" or "`choroid_plexus.rate`".
fn name(network: &Network, target: Target) -> String {
    match target {
        Target::Posture => "the posture".to_owned(),
        Target::Parameter(address) => {
            let parameters = network.parameters(address.owner);
            let parameter = parameters.get(address.parameter).map_or("", |parameter| parameter.name);
            format!("`{}.{parameter}`", network.name(address.owner))
        }
    }
}

fn refuse_overlaps(lane: &[&Planned], name: &str, problems: &Collector) {
    for pair in lane.windows(2) {
        let [before, after] = pair else { continue };
        let (times, help) = match before.until {
            _ if before.is_drive() || after.is_drive() => {
                ("a recording drives it all the time".to_owned(), "one parameter has one writer")
            }
            Some(until) if after.start < until - SAME_TIME => {
                (format!("until {until} s"), "let the second begin when the first is over")
            }
            Some(until)
                if after.start > until + SAME_TIME && after.start < until + before.over - SAME_TIME =>
            {
                (
                    format!("on its way back until {} s", until + before.over),
                    "let the second begin when the first is over",
                )
            }
            None if after.start < before.start + before.over - SAME_TIME => (
                format!("on its way until {} s", before.start + before.over),
                "let the second begin when the first is over",
            ),
            None if after.start < before.start + SAME_TIME => {
                (format!("at {} s too", before.start), "leave one of them out")
            }
            _ => continue,
        };
        let (first, second) =
            if after.place.line() < before.place.line() { (after, before) } else { (before, after) };
        let message = format!(
            "two changes of {name} overlap: `{}` ({}) and `{}` ({})",
            first.label, first.place, second.label, second.place
        );
        problems
            .add(second.place.problem(message).help(format!("`{}` holds it {times}; {help}", before.label)));
    }
}

/// Enters the changes of one target and their returns.
fn follow(lane: &[&Planned], initial: Effect, duration: f64, events: &mut Vec<Event>) {
    let mut current = initial;
    for (index, planned) in lane.iter().enumerate() {
        let event = |label: String, start: f64, effect: &Effect| Event {
            label,
            start,
            end: start + planned.over,
            effect: effect.clone(),
        };
        events.push(event(planned.label.clone(), planned.start, &planned.effect));
        let before = std::mem::replace(&mut current, planned.effect.clone());
        if let Some(until) = planned.until {
            let taken_over = lane.get(index + 1).is_some_and(|next| (next.start - until).abs() <= SAME_TIME);
            if !taken_over && until < duration {
                events.push(event(format!("{} ends", planned.label), until, &before));
            }
            current = before;
        }
    }
}
