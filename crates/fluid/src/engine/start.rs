//! Where a run begins: volumes that give the start pressures, shifted so that fluids have their totals.

use super::build::{BuildError, Inputs};
use super::unknowns::Unknowns;
use crate::driver::Driver;
use crate::law::{Bounds, Port};
use crate::network::{FluidId, Kind, Landmark, Network, Owner, SignalId, Space, SpaceId, SubstanceId};

/// The state from which a run may begin. Algebraic pressures are those of the documents; the solver makes them
/// consistent.
pub(crate) fn start(network: &Network, inputs: &Inputs, unknowns: &Unknowns) -> Result<Vec<f64>, BuildError> {
    let up = [0, 1, 2].map(|axis| inputs.up[axis].initial(0.0));
    let of = |own: &Option<[Driver; 3]>| match own {
        Some(own) => [0, 1, 2].map(|axis| own[axis].initial(0.0)),
        None => up,
    };
    let start = Start { network, up, segments: inputs.segments.iter().map(of).collect() };
    let mut shifts = vec![0.0; network.fluids.len()];
    for (index, fluid) in network.fluids.iter().enumerate() {
        if let Some(total) = fluid.total {
            shifts[index] = start.shift(FluidId(index), total, &shifts)?;
        }
    }
    let volumes = start.volumes(&shifts)?;
    let mut state = vec![0.0; unknowns.count()];
    for (index, space) in network.spaces.iter().enumerate() {
        let id = SpaceId(index);
        match space.kind {
            Kind::Fluid(_) => state[unknowns.volume(id) as usize] = volumes[index],
            Kind::Enclosure(_) | Kind::Junction => {
                state[unknowns.pressure(id) as usize] = space.start_pressure;
            }
            Kind::Outside => {}
        }
        if unknowns.own_count(Owner::Space(id)) > 0 {
            // A creeping wall begins fully crept: x = slow compliance times pressure.
            let pressure = start.transmural(space, &shifts);
            state[unknowns.own(Owner::Space(id), 0) as usize] = space.values[2] * pressure;
        }
    }
    for (index, substance) in network.substances.iter().enumerate() {
        for &(space, concentration) in &substance.held {
            let slot = unknowns.amount(space, SubstanceId(index));
            state[slot as usize] = concentration * volumes[space.0];
        }
    }
    signals(network, unknowns, &mut state);
    Ok(state)
}

/// Lags, delays and integrators begin at their parameter `start`.
fn signals(network: &Network, unknowns: &Unknowns, state: &mut [f64]) {
    for (index, signal) in network.signals.iter().enumerate() {
        let owner = Owner::Signal(SignalId(index));
        let place = signal.law.parameters.iter().position(|parameter| parameter.name == "start");
        if let Some(place) = place {
            for stage in 0..unknowns.own_count(owner) {
                state[unknowns.own(owner, stage) as usize] = signal.values[place];
            }
        }
    }
}

struct Start<'a> {
    network: &'a Network,
    up: [f64; 3],
    segments: Vec<[f64; 3]>,
}

impl Start<'_> {
    fn height(&self, space: &Space) -> f64 {
        self.height_of(&self.network.landmarks[space.landmark])
    }

    fn height_of(&self, landmark: &Landmark) -> f64 {
        if !landmark.top_of.is_empty() {
            let heights = landmark.top_of.iter().map(|&index| self.height_of(&self.network.landmarks[index]));
            return heights.fold(f64::NEG_INFINITY, f64::max);
        }
        let own = landmark.segment.and_then(|index| self.segments.get(index)).unwrap_or(&self.up);
        landmark.height(&self.network.segments, self.up, *own)
    }

    /// Pressure across the wall of a space when every space has its start pressure, that of its fluid shifted.
    fn transmural(&self, space: &Space, shifts: &[f64]) -> f64 {
        let shifted = match space.kind {
            Kind::Fluid(_) => space.start_pressure + shifts[space.fluid.0],
            _ => space.start_pressure,
        };
        let ambient = space.inside.map_or(0.0, |outer| {
            let outer = &self.network.spaces[outer.0];
            let weight = self.network.fluids[outer.fluid.0].weight();
            outer.start_pressure + weight * (self.height(outer) - self.height(space))
        });
        shifted - ambient
    }

    /// The volume at which the wall of a space has a pressure: the wall laws rise with volume.
    fn volume_at(&self, space: &Space, pressure: f64) -> Result<f64, BuildError> {
        let Some(wall) = space.kind.wall() else { return Ok(0.0) };
        let rest = space.values.first().copied().unwrap_or(0.0);
        if std::ptr::eq(wall, &crate::wall::creeping::LAW) {
            return Ok(rest + (space.values[1] + space.values[2]) * pressure);
        }
        let at = |volume: f64| {
            // Nothing flows yet.
            let port = |port: &Port| if *port == Port::Volume { volume } else { 0.0 };
            let mut x: Vec<f64> = wall.ports.iter().map(port).collect();
            x.extend_from_slice(&space.values[..wall.parameters.len()]);
            wall.formula.evaluate(&x)
        };
        // A wall whose rest volume must be positive never empties.
        let positive = wall.parameters.first().is_some_and(|rest| matches!(rest.bounds, Bounds::Positive));
        let mut reach = 1.0;
        let (mut low, mut high) = (rest, rest);
        while at(low) > pressure && reach < 1e12 {
            low = if positive { low * 0.5 } else { rest - reach };
            reach *= 2.0;
        }
        reach = 1.0;
        while at(high) < pressure && reach < 1e12 {
            high = rest + reach;
            reach *= 2.0;
        }
        if at(low) > pressure || at(high) < pressure {
            let name = &space.name;
            return Err(BuildError::Start(format!(
                "the wall of `{name}` has no volume at which its pressure is {pressure:.3} mmHg; change its \
                 `start_pressure`"
            )));
        }
        for _ in 0..200 {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                break;
            }
            if at(middle) < pressure { low = middle } else { high = middle }
        }
        Ok(0.5 * (low + high))
    }

    /// The volumes of all spaces with fluid: those behind a wall by their pressure, then those without one by what
    /// is left in their enclosure.
    fn volumes(&self, shifts: &[f64]) -> Result<Vec<f64>, BuildError> {
        let spaces = &self.network.spaces;
        let mut volumes = vec![0.0; spaces.len()];
        for (index, space) in spaces.iter().enumerate() {
            volumes[index] = match (space.start_volume, space.kind) {
                (Some(volume), Kind::Fluid(_)) => volume,
                (None, Kind::Fluid(_)) if !is_bath(space) => {
                    self.volume_at(space, self.transmural(space, shifts))?
                }
                _ => 0.0,
            };
        }
        for (index, space) in spaces.iter().enumerate() {
            if let Kind::Enclosure(_) = space.kind {
                self.fill(SpaceId(index), space, shifts, &mut volumes)?;
            }
        }
        Ok(volumes)
    }

    /// Gives the one space without a wall and without a start volume what its enclosure still holds.
    fn fill(
        &self,
        id: SpaceId,
        enclosure: &Space,
        shifts: &[f64],
        volumes: &mut [f64],
    ) -> Result<(), BuildError> {
        let spaces = &self.network.spaces;
        let open: Vec<usize> = (0..spaces.len())
            .filter(|&i| {
                spaces[i].inside == Some(id) && is_bath(&spaces[i]) && spaces[i].start_volume.is_none()
            })
            .collect();
        let [bath] = open[..] else {
            return if open.is_empty() {
                Ok(())
            } else {
                let names: Vec<_> = open.iter().map(|&i| format!("`{}`", spaces[i].name)).collect();
                Err(BuildError::Start(format!(
                    "{} all lie in `{}` without a wall: give all but one of them a `start_volume`",
                    names.join(", "),
                    enclosure.name
                )))
            };
        };
        let whole = self.volume_at(enclosure, self.transmural(enclosure, shifts))?;
        let left = whole - self.held(id, volumes);
        if left <= 0.0 {
            return Err(BuildError::Start(format!(
                "`{}` holds more than its wall allows at its start pressure: nothing is left for `{}` ({left:.1} mL)",
                enclosure.name, spaces[bath].name
            )));
        }
        volumes[bath] = left;
        Ok(())
    }

    fn held(&self, id: SpaceId, volumes: &[f64]) -> f64 {
        let filling = self.network.spaces[id.0].values.last().copied().unwrap_or(0.0);
        let inner = self.network.spaces.iter().enumerate().filter(|(_, space)| space.inside == Some(id));
        let contents: f64 = inner
            .map(|(index, space)| match space.kind {
                Kind::Enclosure(_) => self.held(SpaceId(index), volumes),
                _ => volumes[index],
            })
            .sum();
        filling + contents
    }

    /// The pressure by which the start pressures of a fluid are shifted so that its total comes out.
    fn shift(&self, fluid: FluidId, total: f64, shifts: &[f64]) -> Result<f64, BuildError> {
        let held = |shift: f64| -> Result<f64, BuildError> {
            let mut trial = shifts.to_vec();
            trial[fluid.0] = shift;
            let mut sum = 0.0;
            for space in &self.network.spaces {
                if let (Kind::Fluid(_), true, false) = (space.kind, space.fluid == fluid, is_bath(space)) {
                    sum += match space.start_volume {
                        Some(volume) => volume,
                        None => self.volume_at(space, self.transmural(space, &trial))?,
                    };
                }
            }
            Ok(sum)
        };
        let (mut low, mut high) = (-100.0, 100.0);
        let name = &self.network.fluids[fluid.0].name;
        if held(low)? > total || held(high)? < total {
            return Err(BuildError::Start(format!(
                "the spaces hold {:.0} mL of {name} at their start pressures and cannot be brought to the total of \
                 {total:.0} mL within 100 mmHg",
                held(0.0)?
            )));
        }
        for _ in 0..100 {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                break;
            }
            if held(middle)? < total { low = middle } else { high = middle }
        }
        Ok(0.5 * (low + high))
    }
}

fn is_bath(space: &Space) -> bool {
    space.kind.wall().is_some_and(|wall| std::ptr::eq(wall, &crate::wall::bath::LAW))
}
