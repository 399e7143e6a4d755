//! From the events of a scenario to the inputs of the equations.

use cisterna_fluid::{Address, Change, Driver, Inputs, Network, Schedule, Segment};

use crate::scenario::{Effect, Event, Scenario, Up};

/// Directions closer to opposite than this cannot be turned into each other on one way, rad.
const OPPOSITE: f64 = 3.1;

/// The inputs of a whole run.
pub(super) fn inputs(scenario: &Scenario) -> Inputs {
    let segments = scenario.model.network.segments.iter().enumerate();
    Inputs {
        up: direction(scenario, |up, _| up),
        segments: segments.map(|(index, segment)| bent(scenario, index, segment)).collect(),
        driven: driven(&scenario.model.network, &scenario.changes),
    }
}

/// The inputs of a start: those of the first moment, held still.
pub(super) fn still(inputs: &Inputs) -> Inputs {
    let hold = |driver: &Driver| match driver {
        Driver::Constant(value) => Driver::Constant(*value),
        Driver::Schedule(schedule) => Driver::Constant(schedule.initial),
        Driver::Spline(spline) => Driver::Constant(spline.first()),
    };
    let still = |three: &[Driver; 3]| [0, 1, 2].map(|axis| hold(&three[axis]));
    Inputs {
        up: still(&inputs.up),
        segments: inputs.segments.iter().map(|own| own.as_ref().map(still)).collect(),
        driven: inputs.driven.iter().map(|(address, driver)| (*address, hold(driver))).collect(),
    }
}

/// "Up" in the frame of a segment; none where it never bends.
fn bent(scenario: &Scenario, index: usize, segment: &Segment) -> Option<[Driver; 3]> {
    let angle = |bends: &[f64]| bends.get(index).copied().unwrap_or(0.0);
    let bends = |event: &Event| matches!(&event.effect, Effect::Posture { bends, .. } if angle(bends) != 0.0);
    let ever = angle(&scenario.bends) != 0.0 || scenario.changes.iter().any(bends);
    ever.then(|| direction(scenario, |up, bends| Up(segment.up(up.0, angle(bends)))))
}

/// A direction that follows the postures, seen from a frame of the body.
fn direction(scenario: &Scenario, seen: impl Fn(Up, &[f64]) -> Up) -> [Driver; 3] {
    let first = seen(scenario.up, &scenario.bends);
    let mut now = first;
    let mut changes: [Vec<Change>; 3] = Default::default();
    for event in &scenario.changes {
        let Effect::Posture { to, bends } = &event.effect else { continue };
        let to = seen(*to, bends);
        let turn = angle(now, to);
        for (axis, changes) in changes.iter_mut().enumerate() {
            changes.push(Change { start: event.start, end: event.end, to: to.0[axis], turn });
        }
        now = to;
    }
    let initial = first.0;
    let mut changes = changes.into_iter();
    [0, 1, 2].map(|axis| {
        Driver::Schedule(Schedule { initial: initial[axis], changes: changes.next().unwrap_or_default() })
    })
}

/// The angle between two directions, rad; zero where one is none or they are opposite.
fn angle(from: Up, to: Up) -> f64 {
    let length = |up: Up| up.0.iter().map(|x| x * x).sum::<f64>().sqrt();
    let [a, b] = [length(from), length(to)];
    if (a - b).abs() > 1e-9 || a == 0.0 {
        return 0.0;
    }
    let cosine: f64 = from.0.iter().zip(to.0).map(|(x, y)| x * y).sum::<f64>() / (a * b);
    let angle = cosine.clamp(-1.0, 1.0).acos();
    if angle > 1e-9 && angle < OPPOSITE { angle } else { 0.0 }
}

fn driven(network: &Network, events: &[Event]) -> Vec<(Address, Driver)> {
    let mut all: Vec<(Address, Driver)> = Vec::new();
    for event in events {
        match &event.effect {
            Effect::Posture { .. } | Effect::Manoeuvre { .. } => {}
            Effect::Drive { address, signal } => all.push((*address, Driver::Spline(signal.clone()))),
            Effect::Parameter { address, to } => {
                let change = Change { start: event.start, end: event.end, to: *to, turn: 0.0 };
                let earlier = all.iter_mut().find(|(driven, _)| driven == address);
                if let Some((_, Driver::Schedule(schedule))) = earlier {
                    schedule.changes.push(change);
                } else {
                    let initial = network.values(address.owner)[address.parameter];
                    let schedule = Schedule { initial, changes: vec![change] };
                    all.push((*address, Driver::Schedule(schedule)));
                }
            }
        }
    }
    all
}
