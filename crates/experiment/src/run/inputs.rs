//! From the events of a scenario to the inputs of the equations.

use cisterna_fluid::{Address, Change, Driver, Inputs, Network, Schedule};

use crate::scenario::{Effect, Event, Scenario, Up};

/// Directions closer to opposite than this cannot be turned into each other on one way, rad.
const OPPOSITE: f64 = 3.1;

/// The inputs of a whole run.
pub(super) fn inputs(scenario: &Scenario) -> Inputs {
    Inputs { up: posture(scenario), driven: driven(&scenario.model.network, &scenario.changes) }
}

/// The inputs of a start: those of the first moment, held still.
pub(super) fn still(inputs: &Inputs) -> Inputs {
    let hold = |driver: &Driver| match driver {
        Driver::Constant(value) => Driver::Constant(*value),
        Driver::Schedule(schedule) => Driver::Constant(schedule.initial),
        Driver::Spline(spline) => Driver::Constant(spline.first()),
    };
    Inputs {
        up: [0, 1, 2].map(|axis| hold(&inputs.up[axis])),
        driven: inputs.driven.iter().map(|(address, driver)| (*address, hold(driver))).collect(),
    }
}

fn posture(scenario: &Scenario) -> [Driver; 3] {
    let mut now = scenario.up;
    let mut changes: [Vec<Change>; 3] = Default::default();
    for event in &scenario.changes {
        let Effect::Posture { to } = event.effect else { continue };
        let turn = angle(now, to);
        for (axis, changes) in changes.iter_mut().enumerate() {
            changes.push(Change { start: event.start, end: event.end, to: to.0[axis], turn });
        }
        now = to;
    }
    let initial = scenario.up.0;
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
            Effect::Posture { .. } => {}
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
