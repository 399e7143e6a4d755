//! The bones of a model: what its documents say of them, the structure that follows, and the bodies of a network made of it.

use cisterna_fluid::{Bodies, BodyOutput, BodyState, Drive, Observable, Release};
use cisterna_skeleton::plan::{Asked, Law, Plan, PlanError, Quantity, Whole};

/// The states to which bones are reduced: so many that what they cut off is told in [`Bones::error`].
pub(super) const STATES: usize = 100;
/// What would have to push is let go within some hundredths of a second, 1/s: far faster than anything moves that pulls.
const RELEASE: f64 = 50.0;
/// Bone that does not bend is so many times as stiff.
const RIGID: f64 = 1e4;

/// The bones of a model: what its documents say of them, and the structure that follows.
#[derive(Clone, Debug)]
pub struct Bones {
    /// What the documents say.
    pub plan: Plan,
    /// The structure with its drives.
    pub whole: Whole,
    /// How far the states of the network are from the whole, at most (see the skeleton's `Reduced`).
    pub error: f64,
    /// Strips and muscles that hang slack where they would have to push, by name; all others are kept taut.
    pub released: Vec<String>,
    /// What drives each load of the plan.
    pub(super) drives: Vec<Drive>,
    /// Joints whose tissue is a layer, with the layer as soft and as stiff as is published.
    pub(super) layers: Vec<(usize, [Law; 2])>,
}

/// How bones may be otherwise within what is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Otherwise {
    /// Every suture and cartilage as soft as published.
    SoftSutures,
    /// Every suture and cartilage as stiff as published.
    StiffSutures,
    /// The bone of the vault does not bend.
    RigidBone,
}

impl Bones {
    /// The bodies of the network, were the bones otherwise: with as many states, and the same drives and outputs.
    ///
    /// # Errors
    /// Where the structure does not hold together.
    pub fn otherwise(&self, how: Otherwise) -> Result<Bodies, PlanError> {
        self.bodies_of(self.whole_otherwise(how)?)
    }

    /// The bodies of the network, with what is [`Bones::released`] let go where it would have to push.
    ///
    /// # Errors
    /// Where the structure does not hold together.
    pub fn bodies(&self) -> Result<Bodies, PlanError> {
        self.bodies_of(self.whole.clone())
    }

    fn bodies_of(&self, mut whole: Whole) -> Result<Bodies, PlanError> {
        let names: Vec<String> = whole.structure.cables().map(str::to_owned).collect();
        let mut drives = self.drives.clone();
        for (place, name) in self.released.iter().enumerate() {
            if let Some(cable) = names.iter().position(|known| known == name) {
                whole.release(cable);
                drives.push(Drive::Released(place));
            }
        }
        let asked = whole.reduce(0.0, Some(STATES))?;
        let mut made = bodies(&asked, drives);
        let output = |name: &String| {
            let wanted = format!("{name}.tension");
            made.outputs.iter().position(|output| output.name == wanted)
        };
        made.releases =
            self.released.iter().filter_map(output).map(|output| Release { output, rate: RELEASE }).collect();
        Ok(made)
    }

    /// The structure, were the bones otherwise.
    ///
    /// # Errors
    /// Where it does not hold together.
    pub fn whole_otherwise(&self, how: Otherwise) -> Result<Whole, PlanError> {
        let mut plan = self.plan.clone();
        match how {
            Otherwise::SoftSutures | Otherwise::StiffSutures => {
                let end = usize::from(how == Otherwise::StiffSutures);
                for (joint, ends) in &self.layers {
                    plan.joints[*joint].kind.law = ends[end];
                }
            }
            Otherwise::RigidBone => {
                // Beside sutures, and where it dents under a force.
                let beside = plan.joints.iter_mut().filter_map(|joint| joint.bone.as_mut());
                let pressed = plan.loads.iter_mut().filter_map(|load| load.bone.as_mut());
                beside.chain(pressed).for_each(|bone| bone.modulus *= RIGID);
            }
        }
        plan.build()
    }
}

/// The bodies of a network from a reduced structure.
pub(super) fn bodies(asked: &Asked, drives: Vec<Drive>) -> Bodies {
    let states = asked.reduced.rates.iter().zip(asked.reduced.gains.row_iter());
    let outputs = asked.rows.iter().map(|(output, row)| BodyOutput {
        name: output.name.clone(),
        unit: match output.quantity {
            Quantity::Length => "um",
            Quantity::Angle => "mrad",
            Quantity::Force => "N",
            Quantity::Volume => "uL",
            Quantity::Number => "1",
        }
        .to_owned(),
        states: row.states.clone(),
        drives: row.drives.clone(),
        rest: row.rest,
    });
    Bodies {
        drives,
        states: states
            .map(|(&rate, gains)| BodyState { rate, gains: gains.iter().copied().collect() })
            .collect(),
        outputs: outputs.collect(),
        releases: Vec::new(),
        pulls: (0..asked.rows.len()).filter(|&place| asked.rows[place].0.pulls_only()).collect(),
    }
}

/// The name of an output of a network's bodies.
pub(crate) fn output(network: &cisterna_fluid::Network, name: &str) -> Option<Observable> {
    network.bodies.iter().enumerate().find_map(|(block, bodies)| {
        let place = bodies.outputs.iter().position(|output| output.name == name)?;
        Some(Observable::Motion(block, place))
    })
}
