//! What a run injects or withdraws, as channels of its recording.

use cisterna_fluid::{FluidId, Kind, Observable, SpaceId};
use cisterna_quantity::{Dimension, Unit};

use super::line::Way;
use super::reader::Reader;
use super::types::Probe;

/// What passes one line that a scenario lays, and what the fluid's spaces hold meanwhile.
#[derive(Clone, Debug, PartialEq)]
pub struct Injection {
    /// The channel of what has passed the line since the run began, mL.
    pub passed: String,
    /// The channel of what all spaces that hold the same fluid hold together, mL.
    pub content: String,
    /// 1 for a line in, -1 for a line out.
    pub sign: f64,
    /// The space at its inner end.
    pub space: SpaceId,
    /// The fluid.
    pub fluid: FluidId,
}

impl Reader<'_> {
    /// The lines of the scenario; the channels that they need are recorded whether or not it lists them.
    pub(super) fn injections(&mut self, probes: &mut Vec<Probe>) -> Vec<Injection> {
        let lines = self.lines.clone();
        let injections = lines.iter().filter_map(|line| {
            let fluid = self.model.network.spaces[line.space.0].fluid;
            let passed = format!("{}.passed", line.name);
            let label = format!("Volume of the {}", line.name.replace('_', " "));
            record(probes, &passed, label, Observable::Passed(line.passage));
            let content = self.content(fluid, probes)?;
            let sign = if line.way == Way::In { 1.0 } else { -1.0 };
            Some(Injection { passed, content, sign, space: line.space, fluid })
        });
        injections.collect()
    }

    /// The channel of what all spaces hold that hold a fluid.
    fn content(&mut self, fluid: FluidId, probes: &mut Vec<Probe>) -> Option<String> {
        let network = &self.model.network;
        let fluid_name = network.fluids.get(fluid.0)?.name.clone();
        let name = format!("{fluid_name}.content");
        if !probes.iter().any(|probe| probe.name == name) {
            let holds = |index: &usize| {
                let space = &network.spaces[*index];
                space.fluid == fluid && matches!(space.kind, Kind::Fluid(_))
            };
            let spaces = (0..network.spaces.len()).filter(holds);
            let terms: Vec<_> = spaces.map(|index| (Observable::Volume(SpaceId(index)), 1.0)).collect();
            let total = self.total(&name, &terms)?;
            record(probes, &name, format!("{fluid_name} in all spaces"), total);
        }
        Some(name)
    }
}

/// Records a volume, unless a channel of that name does.
fn record(probes: &mut Vec<Probe>, name: &str, label: String, observable: Observable) {
    if probes.iter().any(|probe| probe.name == name) {
        return;
    }
    let unit = Unit::canonical(Dimension::VOLUME);
    probes.push(Probe {
        name: name.to_owned(),
        label,
        unit: unit.text().to_owned(),
        scale: unit.from_canonical(1.0),
        observable,
        reference: None,
    });
}
