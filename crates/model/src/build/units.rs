//! In which unit a signal is, and what follows from that for its parameters.

use cisterna_fluid::{Address, How, Law, Observable, Owner, Parameter, Signal, SignalId};
use cisterna_quantity::{Dimension, Unit, parse_unit};

use super::draft::Draft;

/// Rounds in which units spread along chains of signals; more than any chain that means something.
const ROUNDS: usize = 64;

/// What a parameter of a signal is measured in, for parameters whose law leaves it open.
pub(super) fn role(
    law: &Law,
    parameter: &Parameter,
    input: Option<Dimension>,
    output: Dimension,
) -> Option<Dimension> {
    match (law.name, parameter.name) {
        ("linear" | "saturation", "gain") => Some(output.per(input?)),
        ("integrator", "gain") => Some(output.per(input?).per(Dimension::TIME)),
        ("linear" | "saturation" | "integrator", "reference") => input,
        ("hysteresis", "on_above" | "off_below") => input,
        ("hysteresis", "on_value" | "off_value") => Some(output),
        ("linear", "offset") => Some(output),
        ("saturation", "centre" | "upper_range" | "lower_range") => Some(output),
        ("lag" | "two_way_lag" | "delay" | "integrator", "start") => Some(output),
        ("breath", "resting_level" | "amplitude") | ("constant", "value") | ("noise", "size") => Some(output),
        ("coupling", "gain") => Some(output),
        _ => None,
    }
}

/// What a law gives, where that follows from what it reads.
fn implied(law: &Law, inputs: &[Option<Dimension>]) -> Option<Dimension> {
    match (law.name, inputs) {
        ("clock" | "activation" | "contraction" | "oxygen_content" | "carbon_dioxide_content", _) => {
            Some(Dimension::NUMBER)
        }
        ("alveolar_gas", _) => Some(Dimension::PRESSURE),
        ("lag" | "two_way_lag" | "delay" | "sum", [first, ..]) => *first,
        ("product", [Some(first), Some(second)]) => Some(first.times(*second)),
        _ => None,
    }
}

/// Laws that pass the unit of their sources on unchanged.
pub(super) fn keeps_unit(law: &Law) -> bool {
    matches!(law.name, "lag" | "two_way_lag" | "delay" | "sum")
}

impl Draft<'_> {
    /// The dimension of something that a signal senses, where it is known.
    pub fn sensed(&self, observable: Observable, units: &[Option<Unit>]) -> Option<Dimension> {
        match observable {
            Observable::Pressure(_) | Observable::Transmural(_) => Some(Dimension::PRESSURE),
            Observable::Volume(_) | Observable::Passed(_) => Some(Dimension::VOLUME),
            Observable::Flow(_) => Some(Dimension::FLOW),
            Observable::Motion(block, output) => {
                let asked = self.network.bodies.get(block)?.outputs.get(output)?;
                parse_unit(&asked.unit).ok().map(|unit| unit.dimension())
            }
            Observable::Signal(SignalId(index)) => units.get(index)?.as_ref().map(Unit::dimension),
            Observable::Amount(_, substance) => self.amounts.get(substance.0).copied(),
            Observable::Parameter(address) => {
                let parameter = *self.network.parameters(address.owner).get(address.parameter)?;
                parameter.dimension.or_else(|| self.output_like(address, parameter, units))
            }
        }
    }

    /// The dimension of a parameter that a signal has in common with what it gives.
    fn output_like(
        &self,
        address: Address,
        parameter: &Parameter,
        units: &[Option<Unit>],
    ) -> Option<Dimension> {
        let Owner::Signal(SignalId(index)) = address.owner else { return None };
        let output = units.get(index)?.as_ref().map(Unit::dimension)?;
        role(self.network.signals.get(index)?.law, parameter, None, output)
    }

    /// The dimensions of all that a signal senses.
    pub fn inputs(&self, signal: &Signal, units: &[Option<Unit>]) -> Vec<Option<Dimension>> {
        signal.senses.iter().map(|&observable| self.sensed(observable, units)).collect()
    }

    /// The unit of every signal: the one that its document gives, else what its law makes of its sources, else
    /// that of the parameter it sets or adds to, else a plain number.
    pub fn spread_units(&self, mut units: Vec<Option<Unit>>) -> Vec<Option<Unit>> {
        let mut changed = true;
        for _ in 0..ROUNDS {
            if !changed {
                break;
            }
            changed = false;
            for (index, signal) in self.network.signals.iter().enumerate() {
                if units[index].is_none()
                    && let Some(dimension) = self.follows(signal, &units)
                {
                    units[index] = Some(Unit::canonical(dimension));
                    changed = true;
                }
            }
        }
        units
    }

    fn follows(&self, signal: &Signal, units: &[Option<Unit>]) -> Option<Dimension> {
        let inputs = self.inputs(signal, units);
        if let Some(dimension) = implied(signal.law, &inputs) {
            return Some(dimension);
        }
        let target = signal.acts.filter(|action| matches!(action.how, How::Set | How::Add));
        if let Some(action) = target {
            return self.network.parameters(action.target.owner).get(action.target.parameter)?.dimension;
        }
        (!keeps_unit(signal.law) && signal.law.name != "product").then_some(Dimension::NUMBER)
    }

    /// What a signal gives, where that follows from what it senses.
    pub fn implied(&self, signal: &Signal, units: &[Option<Unit>]) -> Option<Dimension> {
        implied(signal.law, &self.inputs(signal, units))
    }
}
