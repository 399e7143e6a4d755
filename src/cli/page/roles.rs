//! What part a channel plays, as far as the model tells.

use cisterna::experiment::{Probe, Run, Scenario};
use cisterna::fluid::{FluidId, Kind, Observable, SpaceId};
use cisterna::recording::Channel;

/// The name of the fluid of brain and spine in model documents.
const CEREBROSPINAL: &str = "csf";
/// Blood at a mean pressure above this is on the arterial side, mmHg.
const ARTERIAL: f64 = 40.0;

/// What part a channel plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Pressure of the fluid of brain and spine, or of a space that encloses it.
    FluidPressure,
    /// Pressure of blood on the arterial side.
    ArterialPressure,
    /// Pressure of blood elsewhere.
    VenousPressure,
    /// Pressure of a body cavity, or another one.
    OtherPressure,
    /// Flow of the fluid of brain and spine.
    FluidFlow,
    /// Its formation and its absorption.
    FluidDoor,
    /// Flow of blood.
    BloodFlow,
    /// Volume of the fluid of brain and spine.
    FluidVolume,
    /// Another volume.
    OtherVolume,
    /// What passed through a passage.
    Passed,
    /// Motion of bones, and what their tissue carries.
    Motion,
    /// Everything else.
    Signal,
}

impl Role {
    /// The heading of its panel.
    pub fn heading(self) -> &'static str {
        match self {
            Role::FluidPressure => "Intracranial and spinal fluid pressure",
            Role::ArterialPressure => "Arterial pressure",
            Role::VenousPressure => "Venous and capillary pressure",
            Role::OtherPressure => "Other pressures",
            Role::FluidFlow => "Fluid flow",
            Role::FluidDoor => "Formation and absorption of fluid",
            Role::BloodFlow => "Blood flow",
            Role::FluidVolume => "Fluid volume",
            Role::OtherVolume => "Volume",
            Role::Passed => "Volume passed",
            Role::Motion => "Bones",
            Role::Signal => "Signals",
        }
    }
}

/// All channels of a run with what they record and their parts, in the order of the scenario.
pub fn roles<'a>(scenario: &'a Scenario, run: &'a Run) -> Vec<(&'a Probe, &'a Channel, Role)> {
    let pairs = scenario.probes.iter().zip(&run.recording.channels);
    pairs.map(|(probe, channel)| (probe, channel, role(scenario, probe, channel))).collect()
}

/// The channel that stands for the intracranial pressure: that of an enclosure of fluid before that of the fluid.
pub fn intracranial<'a>(
    channels: &[(&'a Probe, &'a Channel, Role)],
    scenario: &Scenario,
) -> Option<&'a Channel> {
    let pressures = || channels.iter().filter(|(_, _, role)| *role == Role::FluidPressure);
    let enclosed = pressures().find(|(probe, _, _)| match probe.observable {
        Observable::Pressure(SpaceId(space)) => {
            matches!(scenario.model.network.spaces[space].kind, Kind::Enclosure(_))
        }
        _ => false,
    });
    enclosed.or_else(|| pressures().next()).map(|(_, channel, _)| *channel)
}

/// The first channel that plays a part.
pub fn first<'a>(channels: &[(&'a Probe, &'a Channel, Role)], wanted: Role) -> Option<&'a Channel> {
    channels.iter().find(|(_, _, role)| *role == wanted).map(|(_, channel, _)| *channel)
}

/// The mean of the samples; NaN without samples.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn role(scenario: &Scenario, probe: &Probe, channel: &Channel) -> Role {
    let network = &scenario.model.network;
    let spinal =
        |FluidId(id): FluidId| network.fluids.get(id).is_some_and(|fluid| fluid.name == CEREBROSPINAL);
    match probe.observable {
        Observable::Pressure(id) | Observable::Transmural(id) => {
            let space = &network.spaces[id.0];
            match space.kind {
                _ if spinal(space.fluid) => Role::FluidPressure,
                Kind::Fluid(_) | Kind::Junction if mean(&channel.values) / probe.scale > ARTERIAL => {
                    Role::ArterialPressure
                }
                Kind::Fluid(_) | Kind::Junction => Role::VenousPressure,
                Kind::Enclosure(_) | Kind::Outside => Role::OtherPressure,
            }
        }
        Observable::Flow(id) => {
            let passage = &network.passages[id.0];
            let ends = [passage.from, passage.to].map(|end| spinal(network.spaces[end.0].fluid));
            match ends {
                [true, true] if !network.is_door(id) => Role::FluidFlow,
                [false, false] => Role::BloodFlow,
                _ => Role::FluidDoor,
            }
        }
        Observable::Volume(id) if spinal(network.spaces[id.0].fluid) => Role::FluidVolume,
        Observable::Volume(_) => Role::OtherVolume,
        Observable::Passed(_) => Role::Passed,
        Observable::Motion(..) => Role::Motion,
        Observable::Amount(..) | Observable::Signal(_) | Observable::Parameter(_) => Role::Signal,
    }
}
