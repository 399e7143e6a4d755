//! What happens when: changes gathered, returns added, overlaps refused.

use std::sync::Arc;

use cisterna_fluid::{Address, Network, Spline};
use cisterna_model::Goal;
use cisterna_model::document::{Collector, Place};
use cisterna_quantity::Unit;

use super::posture::{Stance, Turn};
use super::types::{Effect, Event};

/// Two times nearer than this are the same, s.
const SAME_TIME: f64 = 1e-9;

/// What changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Posture,
    Parameter(Address),
}

/// What a document asks for; what it comes to may depend on what was before.
#[derive(Clone, Debug)]
pub(super) enum Wanted {
    /// The body turns or bends.
    Turn(Turn),
    /// A parameter changes; the amount is that of a manoeuvre.
    Parameter { address: Address, goal: Goal, amount: f64 },
    /// A parameter follows a recorded signal.
    Drive { address: Address, signal: Arc<Spline> },
}

impl Wanted {
    /// A parameter that goes to a value.
    pub(super) fn value(address: Address, to: f64) -> Self {
        Self::Parameter { address, goal: Goal::To(to), amount: 1.0 }
    }
}

/// One change as the document asks for it.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    /// What a reader sees; none for a part of a manoeuvre.
    pub label: Option<String>,
    pub place: Place,
    pub wanted: Wanted,
    pub start: f64,
    /// Length of the ramp, s; zero for a jump.
    pub over: f64,
    /// When it returns to the value before.
    pub until: Option<f64>,
    /// Length of the ramp back, s.
    pub back: f64,
}

impl Planned {
    fn target(&self) -> Target {
        match self.wanted {
            Wanted::Turn(_) => Target::Posture,
            Wanted::Parameter { address, .. } | Wanted::Drive { address, .. } => Target::Parameter(address),
        }
    }

    fn is_drive(&self) -> bool {
        matches!(self.wanted, Wanted::Drive { .. })
    }

    /// Its name in a complaint.
    fn called(&self) -> &str {
        self.label.as_deref().unwrap_or("a part of a manoeuvre")
    }
}

/// All changes of a scenario.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    planned: Vec<Planned>,
    manoeuvres: Vec<Event>,
}

impl Timeline {
    pub(super) fn add(&mut self, planned: Planned) {
        self.planned.push(planned);
    }

    /// Enters that a manoeuvre goes on; what it changes is added by itself.
    pub(super) fn mark(&mut self, manoeuvre: Event) {
        self.manoeuvres.push(manoeuvre);
    }

    /// The events in order of time; what depends on the value before knows that value only here.
    pub(super) fn finish(
        self,
        start: &Stance,
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
        let mut events = self.manoeuvres;
        for target in targets {
            let mut lane: Vec<&Planned> =
                self.planned.iter().filter(|planned| planned.target() == target).collect();
            lane.sort_by(|a, b| a.start.total_cmp(&b.start));
            let initial = match target {
                Target::Posture => Now::Stance(start.clone()),
                Target::Parameter(address) => {
                    let values = network.values(address.owner);
                    Now::Value(values.get(address.parameter).copied().unwrap_or(0.0))
                }
            };
            refuse_overlaps(&lane, &name(network, target), problems);
            follow(&lane, initial, duration, &mut events);
            if let Target::Parameter(address) = target {
                refuse_values(&lane, &events, address, network, problems);
            }
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
                if after.start > until + SAME_TIME && after.start < until + before.back - SAME_TIME =>
            {
                (
                    format!("on its way back until {} s", until + before.back),
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
            first.called(),
            first.place,
            second.called(),
            second.place
        );
        let help = format!("`{}` holds it {times}; {help}", before.called());
        problems.add(second.place.problem(message).help(help));
    }
}

/// What a target is at a moment.
#[derive(Clone, Debug)]
enum Now {
    Stance(Stance),
    Value(f64),
}

impl Now {
    /// What it becomes, with what happens on the way.
    fn after(&self, wanted: &Wanted) -> (Now, Effect) {
        match (self, wanted) {
            (Now::Stance(stance), Wanted::Turn(turn)) => {
                let stance = stance.turned(turn);
                let effect = stance.effect();
                (Now::Stance(stance), effect)
            }
            (Now::Value(before), &Wanted::Parameter { address, goal, amount }) => {
                let to = goal.value(*before, amount);
                (Now::Value(to), Effect::Parameter { address, to })
            }
            (now, Wanted::Drive { address, signal }) => {
                (now.clone(), Effect::Drive { address: *address, signal: Arc::clone(signal) })
            }
            (Now::Stance(stance), Wanted::Parameter { .. }) => (self.clone(), stance.effect()),
            (Now::Value(_), Wanted::Turn(turn)) => (self.clone(), Stance::default().turned(turn).effect()),
        }
    }

    /// The way back to it.
    fn back(&self, wanted: &Wanted) -> Option<Effect> {
        match (self, wanted) {
            (Now::Stance(stance), _) => Some(stance.effect()),
            (Now::Value(to), Wanted::Parameter { address, .. }) => {
                Some(Effect::Parameter { address: *address, to: *to })
            }
            _ => None,
        }
    }
}

/// Enters the changes of one target and their returns.
fn follow(lane: &[&Planned], initial: Now, duration: f64, events: &mut Vec<Event>) {
    let mut current = initial;
    for (index, planned) in lane.iter().enumerate() {
        let (next, effect) = current.after(&planned.wanted);
        let end = planned.start + planned.over;
        events.push(Event { label: planned.label.clone(), start: planned.start, end, effect });
        let before = std::mem::replace(&mut current, next);
        if let Some(until) = planned.until {
            let taken_over = lane.get(index + 1).is_some_and(|next| (next.start - until).abs() <= SAME_TIME);
            if let Some(effect) = before.back(&planned.wanted).filter(|_| !taken_over && until < duration) {
                let label = planned.label.as_ref().map(|label| format!("{label} ends"));
                events.push(Event { label, start: until, end: until + planned.back, effect });
            }
            current = before;
        }
    }
}

/// Complains of values that a parameter comes to and cannot have.
fn refuse_values(
    lane: &[&Planned],
    events: &[Event],
    address: Address,
    network: &Network,
    problems: &Collector,
) {
    let parameters = network.parameters(address.owner);
    let Some(parameter) = parameters.get(address.parameter) else { return };
    for planned in lane {
        let comes_to = events.iter().find_map(|event| match event.effect {
            Effect::Parameter { address: own, to } if own == address && event.start == planned.start => {
                Some(to)
            }
            _ => None,
        });
        let Some(to) = comes_to.filter(|&to| !parameter.bounds.allow(to)) else { continue };
        let shown = parameter.dimension.map_or(to.to_string(), |kind| Unit::canonical(kind).show(to));
        let message = format!("this would make {} {shown}", name(network, Target::Parameter(address)));
        problems.add(planned.place.problem(message).help(format!("allowed: {}", parameter.bounds.words())));
    }
}
