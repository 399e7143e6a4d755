//! From the names that people use to parts of a network.

use std::collections::HashMap;

use cisterna_fluid::Parameter;
use cisterna_fluid::{Address, Kind, Network, Observable, Owner, SubstanceId};
use cisterna_quantity::nearest;

use crate::document::{allowed, clipped};
use crate::not_found::NotFound;

/// A network with the names of its spaces, passages and signals.
#[derive(Clone, Copy)]
pub(crate) struct Names<'a> {
    pub network: &'a Network,
    pub owners: &'a HashMap<String, Owner>,
}

impl<'a> Names<'a> {
    /// What has the name that `text` begins with, and what follows after the dot.
    fn split(self, text: &str) -> Result<(Owner, &str), NotFound> {
        let (name, rest) = text.split_once('.').unwrap_or((text, ""));
        match self.owners.get(name) {
            Some(&owner) => Ok((owner, rest)),
            None => {
                let help = allowed(name, all(self.network));
                Err(NotFound::new(format!("`{}` is no space, passage or signal", clipped(name)), help))
            }
        }
    }

    /// What is wrong with a name that is like one of the bones.
    fn of_bones(self, text: &str) -> Option<NotFound> {
        let outputs = self.network.bodies.iter().flat_map(|bodies| &bodies.outputs);
        let names: Vec<&str> = outputs.map(|output| output.name.as_str()).collect();
        let item = text.split('.').next().unwrap_or(text);
        let own = |name: &&&str| name.split('.').next() == Some(item);
        let own: Vec<&str> = names.iter().filter(own).copied().collect();
        if !own.is_empty() {
            return Some(NotFound::new(
                format!("`{}` is nothing to sense", clipped(text)),
                allowed(text, own),
            ));
        }
        let near = nearest(text, names)?;
        let message =
            format!("`{}` is no space, passage or signal, and nothing that bones do", clipped(text));
        Some(NotFound::new(message, format!("did you mean `{near}`?")))
    }

    /// Who a name such as `aqueduct.bore` is about, whatever follows the dot.
    pub(crate) fn owner(self, text: &str) -> Option<Owner> {
        self.split(text).ok().map(|(owner, _)| owner)
    }

    /// The parameter called `NAME.PARAMETER`.
    pub(crate) fn address(self, text: &str) -> Result<(Address, &'static Parameter), NotFound> {
        let (owner, name) = self.split(text)?;
        let parameters = self.network.parameters(owner);
        match parameters.iter().position(|parameter| parameter.name == name) {
            Some(index) => Ok((Address { owner, parameter: index }, parameters[index])),
            None => {
                let owner_name = self.network.name(owner);
                let message = if name.is_empty() {
                    format!("`{owner_name}` is not a parameter: write `{owner_name}.PARAMETER`")
                } else {
                    format!("`{}` is no parameter of {}", clipped(name), described(self.network, owner))
                };
                Err(NotFound::new(message, allowed(name, parameters.iter().map(|parameter| parameter.name))))
            }
        }
    }

    /// What is called `NAME.pressure`, `NAME.flow`, … , `NAME.PARAMETER` or, for a signal, `NAME`.
    pub(crate) fn observable(self, text: &str) -> Result<Observable, NotFound> {
        if let Some(motion) = crate::bones::output(self.network, text) {
            return Ok(motion);
        }
        let (owner, rest) = self.split(text).map_err(|error| self.of_bones(text).unwrap_or(error))?;
        match (owner, rest) {
            (Owner::Signal(id), "") => return Ok(Observable::Signal(id)),
            (Owner::Space(id), "pressure") => return Ok(Observable::Pressure(id)),
            (Owner::Space(id), "transmural") => return Ok(Observable::Transmural(id)),
            (Owner::Space(id), "volume") => {
                if matches!(self.network.spaces[id.0].kind, Kind::Fluid(_) | Kind::Enclosure(_)) {
                    return Ok(Observable::Volume(id));
                }
                return Err(NotFound::new(
                    format!("`{}` has no volume", self.network.name(owner)),
                    "only fluids and enclosures have one",
                ));
            }
            (Owner::Passage(id), "flow") => return Ok(Observable::Flow(id)),
            (Owner::Passage(id), "passed") => {
                if self.network.is_door(id) {
                    return Ok(Observable::Passed(id));
                }
                return Err(NotFound::new(
                    format!(
                        "`{}` is no door: it leads neither outside nor into another fluid",
                        self.network.name(owner)
                    ),
                    "only for doors the volume passed is kept; sense the volumes of the spaces instead",
                ));
            }
            _ => {}
        }
        if let (Owner::Space(space), Some(name)) = (owner, rest.strip_prefix("amount.")) {
            let held: Vec<(usize, &str)> = self
                .network
                .substances
                .iter()
                .enumerate()
                .filter(|(_, substance)| substance.held.iter().any(|&(holder, _)| holder == space))
                .map(|(index, substance)| (index, substance.name.as_str()))
                .collect();
            return match held.iter().find(|(_, held)| *held == name) {
                Some(&(index, _)) => Ok(Observable::Amount(space, SubstanceId(index))),
                None => Err(NotFound::new(
                    format!("`{}` holds no substance `{}`", self.network.name(owner), clipped(name)),
                    allowed(name, held.iter().map(|(_, held)| *held)),
                )),
            };
        }
        self.address(text).map(|(address, _)| Observable::Parameter(address)).map_err(|error| {
            let own: &[&str] = match owner {
                Owner::Space(_) => &["pressure", "transmural", "volume", "amount.SUBSTANCE"],
                Owner::Passage(_) => &["flow", "passed"],
                Owner::Signal(_) => &[],
            };
            let parameters = self.network.parameters(owner);
            let valid = own.iter().copied().chain(parameters.iter().map(|parameter| parameter.name));
            let message = if rest.is_empty() {
                error
                    .message
                    .replace("is not a parameter", "is not something to sense")
                    .replace("PARAMETER", "WHAT")
            } else {
                format!("`{}` is nothing to sense in {}", clipped(rest), described(self.network, owner))
            };
            NotFound::new(message, allowed(rest, valid))
        })
    }
}

/// The names of all spaces, passages and signals, in the order of the documents.
pub(crate) fn all(network: &Network) -> impl Iterator<Item = &str> {
    let spaces = network.spaces.iter().map(|space| space.name.as_str());
    let passages = network.passages.iter().map(|passage| passage.name.as_str());
    spaces.chain(passages).chain(network.signals.iter().map(|signal| signal.name.as_str()))
}

/// "passage `aqueduct` (tube)".
pub(crate) fn described(network: &Network, owner: Owner) -> String {
    match owner {
        Owner::Space(id) => {
            let space = &network.spaces[id.0];
            let (kind, wall) = match space.kind {
                Kind::Fluid(wall) => ("space", wall.name),
                Kind::Enclosure(wall) => ("enclosure", wall.name),
                Kind::Junction => ("space", "junction"),
                Kind::Outside => ("space", "outside"),
            };
            format!("{kind} `{}` ({wall})", space.name)
        }
        Owner::Passage(id) => {
            let passage = &network.passages[id.0];
            format!("passage `{}` ({})", passage.name, passage.law.name)
        }
        Owner::Signal(id) => {
            let signal = &network.signals[id.0];
            format!("signal `{}` ({})", signal.name, signal.law.name)
        }
    }
}
