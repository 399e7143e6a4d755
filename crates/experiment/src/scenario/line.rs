//! Lines to the outside that a scenario lays: infusions and withdrawals.

use cisterna_fluid::passage::source;
use cisterna_fluid::signal::{constant, linear, product};
use cisterna_fluid::{
    Action, Address, How, Kind, Network, Observable, Owner, Passage, PassageId, Signal, SignalId, Space,
    SpaceId,
};

/// A line between a reservoir outside and a space of the model.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// The name of its passage.
    pub name: String,
    /// Its passage, a pump.
    pub passage: PassageId,
    /// The space at its inner end.
    pub space: SpaceId,
    /// Which way flow is positive.
    pub way: Way,
    /// Where a pressure is held rather than a rate.
    pub hold: Option<Hold>,
    /// What an event writes: the rate (mL/s), or for a held pressure the switch (0 or 1).
    pub control: Address,
}

/// Which way a line runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// From the reservoir into the space.
    In,
    /// From the space into the reservoir.
    Out,
}

/// A pressure that a line holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Hold {
    /// The pressure, mmHg.
    pub pressure: f64,
    /// The resistance of the line, mmHg s/mL.
    pub resistance: f64,
}

impl Way {
    /// The key of an event and the usual name of the line.
    pub(super) fn words(self) -> (&'static str, &'static str) {
        match self {
            Way::In => ("infuse", "infusion"),
            Way::Out => ("withdraw", "withdrawal"),
        }
    }
}

impl Line {
    /// Lays a line into a network: a space outside at the height of the space, and a pump between them at rest.
    ///
    /// A held pressure `p0` becomes the signal `rate = switch (p0 - p)/resistance` for a line in, and its opposite
    /// for a line out: flow may run either way, as through the needle of a reservoir held at a height, and is
    /// exactly zero while the switch is off.
    pub(super) fn lay(
        network: &mut Network,
        name: &str,
        space: SpaceId,
        way: Way,
        hold: Option<Hold>,
    ) -> Self {
        let Space { fluid, landmark, .. } = network.spaces[space.0];
        let reservoir = SpaceId(network.spaces.len());
        network.spaces.push(Space {
            name: format!("{name}_reservoir"),
            kind: Kind::Outside,
            values: vec![0.0],
            fluid,
            landmark,
            inside: None,
            start_pressure: 0.0,
            start_volume: None,
        });
        let passage = PassageId(network.passages.len());
        let [from, to] = match way {
            Way::In => [reservoir, space],
            Way::Out => [space, reservoir],
        };
        network.passages.push(Passage {
            name: name.to_owned(),
            from,
            to,
            law: &source::LAW,
            values: vec![0.0],
            fluid,
            outside: None,
        });
        let rate = Address { owner: Owner::Passage(passage), parameter: 0 };
        let control = match hold {
            None => rate,
            Some(hold) => control(network, name, space, way, hold, rate),
        };
        Line { name: name.to_owned(), passage, space, way, hold, control }
    }
}

/// The signals that hold a pressure; gives the address of their switch.
fn control(
    network: &mut Network,
    name: &str,
    space: SpaceId,
    way: Way,
    hold: Hold,
    rate: Address,
) -> Address {
    let conductance = 1.0 / hold.resistance;
    let gain = match way {
        Way::In => -conductance,
        Way::Out => conductance,
    };
    let first = network.signals.len();
    let signal = |end: &str, law, values, senses, acts| Signal {
        name: format!("{name}_{end}"),
        law,
        values,
        senses,
        acts,
        unit: "1".to_owned(),
    };
    let sensed = |offset: usize| Observable::Signal(SignalId(first + offset));
    let acts = Some(Action { target: rate, how: How::Set });
    network.signals.extend([
        signal("switch", &constant::LAW, vec![0.0], Vec::new(), None),
        signal(
            "demand",
            &linear::LAW,
            vec![gain, hold.pressure, 0.0],
            vec![Observable::Pressure(space)],
            None,
        ),
        signal("rate", &product::LAW, Vec::new(), vec![sensed(0), sensed(1)], acts),
    ]);
    Address { owner: Owner::Signal(SignalId(first)), parameter: 0 }
}
