//! Lines to the outside that a scenario lays: infusions and withdrawals.

use cisterna_fluid::passage::{one_way, source};
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
    /// What moves its fluid.
    pub means: Means,
    /// What an event writes: the rate of a pump (mL/s), the switch of a needle (0 or 1), the opening pressure of a drip
    /// (mmHg).
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

/// What moves the fluid of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Means {
    /// A pump with a rate.
    Pump,
    /// A needle to a reservoir that holds a pressure (mmHg), with its resistance (mmHg s/mL).
    Needle { pressure: f64, resistance: f64 },
    /// A tube that drips into a chamber at a height, with its resistance (mmHg s/mL).
    Drip { resistance: f64 },
}

/// The opening pressure of a drip whose clamp is shut: beyond every pressure of a living body, mmHg.
const CLAMPED: f64 = 1000.0;
/// Pressure over which a drip begins, small against a mmHg, mmHg.
const DRIP_WIDTH: f64 = 0.05;
/// The place of the opening pressure among the parameters of a drip's law.
const OPENING: usize = 2;

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
    /// exactly zero while the switch is off. A drip passes forwards only, above the height of its chamber.
    pub(super) fn lay(network: &mut Network, name: &str, space: SpaceId, way: Way, means: Means) -> Self {
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
            law: if matches!(means, Means::Drip { .. }) { &one_way::LAW } else { &source::LAW },
            values: match means {
                Means::Drip { resistance } => vec![resistance, DRIP_WIDTH, CLAMPED],
                Means::Pump | Means::Needle { .. } => vec![0.0],
            },
            fluid,
            outside: None,
        });
        let rate = Address { owner: Owner::Passage(passage), parameter: 0 };
        let control = match means {
            Means::Pump => rate,
            Means::Needle { pressure, resistance } => {
                control(network, name, (space, way), (pressure, 1.0 / resistance), rate)
            }
            Means::Drip { .. } => Address { parameter: OPENING, ..rate },
        };
        Line { name: name.to_owned(), passage, space, way, means, control }
    }
}

/// The signals that hold a pressure; gives the address of their switch.
fn control(
    network: &mut Network,
    name: &str,
    (space, way): (SpaceId, Way),
    (pressure, conductance): (f64, f64),
    rate: Address,
) -> Address {
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
        signal("demand", &linear::LAW, vec![gain, pressure, 0.0], vec![Observable::Pressure(space)], None),
        signal("rate", &product::LAW, Vec::new(), vec![sensed(0), sensed(1)], acts),
    ]);
    Address { owner: Owner::Signal(SignalId(first)), parameter: 0 }
}
