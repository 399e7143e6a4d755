//! What may be asked of a structure: motions of bones, openings, tensions, volumes swept; all sums of states and drives.

use nalgebra::{DMatrix, DVector};

use super::build::swept;
use super::{Acts, PlanError, Strung, Whole};
use crate::geometry::Vector;
use crate::structure::{Motion, Reduced, Relaxation, Structure, StructureError};

/// What kind of quantity an output is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// mm.
    Length,
    /// rad.
    Angle,
    /// N.
    Force,
    /// mL.
    Volume,
    /// A plain number.
    Number,
}

/// Something that may be asked of a structure.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// Its name, `ITEM.WHAT`.
    pub name: String,
    /// What it is.
    pub quantity: Quantity,
    asks: Asks,
    /// What one unit of a drive, by its place, does to it beside the motion of the bodies: bone that dents.
    own: Option<(usize, f64)>,
}

/// How it follows from the motion of all bodies.
#[derive(Clone, Debug, PartialEq)]
enum Asks {
    /// A row of the motions.
    Row(usize),
    /// The motion of points of two bodies against each other along a direction.
    Between([usize; 2], Vector, Vector),
    /// The tension of cables: of all together, or of a chain of them, which is their mean; and what pulls besides.
    Tension(Vec<usize>, f64, f64),
    /// What a support carries along its normal.
    Support(usize, Vector),
    /// The motion of a point along a direction.
    Point(usize, Vector, Vector),
    /// The turn of a body about an axis.
    Turn(usize, Vector),
    /// How much longer cables are than at rest, as a mean share.
    Stretch(Vec<usize>),
    /// The volume that surfaces sweep: body, area (mL/mm), moment (mL/rad).
    Swept(Vec<(usize, Vector, Vector)>),
}

/// An output of a reduced structure: `rest + states x + drives u`.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// For each state.
    pub states: Vec<f64>,
    /// For each drive.
    pub drives: Vec<f64>,
    /// Where nothing drives it.
    pub rest: f64,
}

/// A reduced structure with all that may be asked of it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The states.
    pub reduced: Reduced,
    /// The outputs, each with its row.
    pub rows: Vec<(Output, Row)>,
}

impl Whole {
    /// Reduces the structure and works out all outputs.
    ///
    /// # Errors
    /// Where the structure does not hold together.
    pub fn reduce(&self, tolerance: f64, states: Option<usize>) -> Result<Asked, PlanError> {
        let wrong = PlanError::of("");
        let reduced = self.structure.reduce(&self.drives, tolerance, states).map_err(&wrong)?;
        let constant = if self.constant.is_empty() {
            DVector::zeros(6 * self.structure.bodies().len())
        } else {
            self.structure.in_the_end().held_taut(&self.constant).map_err(&wrong)?
        };
        let outputs = self.outputs();
        let columns = |motions: &DMatrix<f64>, remembered: &[DMatrix<f64>]| {
            // All outputs of a column together: it is as long as all bodies.
            let shapes = (0..motions.ncols()).map(|column| Shape::of(column, motions, remembered));
            let values = shapes.map(|shape| self.values(&outputs, &reduced.times, &shape));
            values.collect::<Vec<Vec<f64>>>()
        };
        let states = columns(&reduced.by_states, &reduced.remembered_by_states);
        let drives = columns(&reduced.at_once, &reduced.remembered_at_once);
        let of_output =
            |columns: &[Vec<f64>], output: usize| columns.iter().map(|column| column[output]).collect();
        let rows = outputs.into_iter().enumerate().map(|(place, output)| {
            let constant = output.value(&self.structure, &constant, Relaxation::left);
            let mut row = Row {
                states: of_output(&states, place),
                drives: of_output(&drives, place),
                rest: output.at_rest(&self.structure) + constant,
            };
            if let Some((drive, size)) = output.own {
                row.drives[drive] += size;
            }
            if let Asks::Tension(cables, share, _) = &output.asks {
                for (drive, works) in self.works.iter().enumerate() {
                    let own = works.iter().filter(|(cable, _)| cables.contains(cable));
                    row.drives[drive] += share * own.map(|(_, force)| force).sum::<f64>();
                }
                for (_, drive) in self.released.iter().filter(|(cable, _)| cables.contains(cable)) {
                    row.drives[*drive] += share;
                }
            }
            (output, row)
        });
        Ok(Asked { rows: rows.collect(), reduced })
    }

    /// The outputs at a motion of all bodies, less what the tissue remembers.
    fn values(&self, outputs: &[Output], times: &[f64], shape: &Shape) -> Vec<f64> {
        let value = |output: &Output| {
            let own = output.value(&self.structure, &shape.motion, |_| 1.0);
            if !output.carries() {
                return own;
            }
            let faded = times.iter().zip(&shape.remembered).map(|(&time, remembered)| {
                let share = |terms: &[Relaxation]| {
                    terms.iter().filter(|term| term.time == time).map(|term| term.share).sum()
                };
                output.value(&self.structure, remembered, share)
            });
            own - faded.sum::<f64>()
        };
        outputs.iter().map(value).collect()
    }

    /// An output where bodies lie under loads (by their places among the plan's, each so many of its units), with cables that
    /// hang slack where they would have to push; none where there is no such output.
    ///
    /// # Errors
    /// Those of [`Whole::under`].
    pub fn ask(
        &self,
        name: &str,
        loads: &[(usize, f64)],
        in_the_end: bool,
    ) -> Result<Option<f64>, StructureError> {
        let owner = name.rsplit_once('.').map_or(name, |(owner, _)| owner);
        let own = self.outputs_of(&|known| known == owner);
        let Some(output) = own.into_iter().find(|output| output.name == name) else { return Ok(None) };
        let found = self.under(loads, in_the_end)?;
        let sixes = found.motions.iter().flat_map(|motion| motion.shift.iter().chain(motion.turn.iter()));
        let motion = DVector::from_iterator(6 * found.motions.len(), sixes.copied());
        let value = match &output.asks {
            Asks::Tension(cables, share, still) => {
                still + share * cables.iter().map(|&cable| found.tensions[cable]).sum::<f64>()
            }
            Asks::Support(joint, normal) => found.carried[*joint].force.dot(normal),
            _ => output.value(&self.structure, &motion, |_| 1.0),
        };
        let dents = loads.iter().filter_map(|(load, size)| {
            let (drive, dent) = output.own?;
            (drive == *load).then_some(dent * size)
        });
        Ok(Some(value + dents.sum::<f64>()))
    }

    /// All that may be asked.
    pub fn outputs(&self) -> Vec<Output> {
        self.outputs_of(&|_| true)
    }

    /// What may be asked of whatever bears a name that is wanted: outputs are called `NAME.WHAT`.
    fn outputs_of(&self, wanted: &dyn Fn(&str) -> bool) -> Vec<Output> {
        let mut outputs = Vec::new();
        let mut add = |name: String, quantity, asks| outputs.push(Output { name, quantity, asks, own: None });
        let bodies = self.structure.bodies().iter().enumerate();
        for (body, bone) in bodies.filter(|(_, bone)| wanted(&bone.name)) {
            for (row, (what, quantity)) in [
                ("shift_x", Quantity::Length),
                ("shift_y", Quantity::Length),
                ("shift_z", Quantity::Length),
                ("turn_x", Quantity::Angle),
                ("turn_y", Quantity::Angle),
                ("turn_z", Quantity::Angle),
            ]
            .into_iter()
            .enumerate()
            {
                add(format!("{}.{what}", bone.name), quantity, Asks::Row(6 * body + row));
            }
        }
        for (name, bodies, at, normal) in self.joints.iter().filter(|(name, ..)| wanted(name)) {
            add(format!("{name}.opening"), Quantity::Length, Asks::Between(*bodies, *at, *normal));
        }
        let strips: Vec<&str> = self.structure.cables().collect();
        for Strung { name, cables, chain, still } in &self.strung {
            let share = if *chain { 1.0 / cables.len().max(1) as f64 } else { 1.0 };
            if wanted(name) {
                add(format!("{name}.tension"), Quantity::Force, Asks::Tension(cables.clone(), share, *still));
                add(format!("{name}.stretch"), Quantity::Number, Asks::Stretch(cables.clone()));
            }
            for &cable in cables.iter().filter(|&&cable| strips[cable] != name && wanted(strips[cable])) {
                add(
                    format!("{}.tension", strips[cable]),
                    Quantity::Force,
                    Asks::Tension(vec![cable], 1.0, 0.0),
                );
            }
        }
        for (name, joint, normal) in self.supports.iter().filter(|(name, ..)| wanted(name)) {
            add(format!("{name}.force"), Quantity::Force, Asks::Support(*joint, *normal));
        }
        for (name, bodies, at, inward) in self.hands.iter().filter(|(name, ..)| wanted(name)) {
            add(format!("{name}.sink"), Quantity::Length, Asks::Between(*bodies, *at, *inward));
        }
        let loads = self.loads.iter().enumerate().filter(|(_, (name, ..))| wanted(name));
        for (place, (name, acts, dent)) in loads {
            match acts {
                Acts::Force(point, direction) => {
                    if let Some(body) = self.structure.body(&point.bone) {
                        let arm = point.arm(&self.structure, body);
                        outputs.push(Output {
                            name: format!("{name}.motion"),
                            quantity: Quantity::Length,
                            asks: Asks::Point(body, arm, *direction),
                            own: (*dent != 0.0).then_some((place, *dent)),
                        });
                    }
                }
                Acts::Moment(bone, axis, _) => {
                    if let Some(body) = self.structure.body(bone) {
                        outputs.push(Output {
                            name: format!("{name}.motion"),
                            quantity: Quantity::Angle,
                            asks: Asks::Turn(body, *axis),
                            own: None,
                        });
                    }
                }
                Acts::Pressure(surfaces) => {
                    let known = swept(surfaces)
                        .filter_map(|(bone, area, moment)| Some((self.structure.body(bone)?, area, moment)));
                    outputs.push(Output {
                        name: format!("{name}.volume"),
                        quantity: Quantity::Volume,
                        asks: Asks::Swept(known.collect()),
                        own: None,
                    });
                }
                Acts::Hold(..)
                | Acts::Pull(_)
                | Acts::Turn(..)
                | Acts::Weight { .. }
                | Acts::Column { .. } => {}
            }
        }
        outputs
    }
}

/// A motion of all bodies, with what the tissue of each time constant remembers of it.
struct Shape {
    motion: DVector<f64>,
    remembered: Vec<DVector<f64>>,
}

impl Shape {
    fn of(column: usize, motions: &DMatrix<f64>, remembered: &[DMatrix<f64>]) -> Self {
        let of = |motions: &DMatrix<f64>| motions.column(column).into_owned();
        Shape { motion: of(motions), remembered: remembered.iter().map(of).collect() }
    }
}

impl Output {
    /// Whether it is the tension of a single cable, which cannot fall below zero.
    pub fn pulls_only(&self) -> bool {
        matches!(&self.asks, Asks::Tension(cables, ..) if cables.len() == 1)
    }

    /// Whether it is a force that tissue carries.
    fn carries(&self) -> bool {
        matches!(self.asks, Asks::Tension(..) | Asks::Support(..))
    }

    fn at_rest(&self, structure: &Structure) -> f64 {
        match &self.asks {
            Asks::Tension(cables, share, still) => {
                still + share * cables.iter().map(|&cable| structure.tension_at_rest(cable)).sum::<f64>()
            }
            _ => 0.0,
        }
    }

    fn value(
        &self,
        structure: &Structure,
        motion: &DVector<f64>,
        weight: impl Fn(&[Relaxation]) -> f64,
    ) -> f64 {
        let of = |body: usize| Motion::of(&motion.fixed_rows::<6>(6 * body).into());
        match &self.asks {
            Asks::Row(row) => motion[*row],
            Asks::Between([first, second], at, normal) => {
                let point = |body: usize| of(body).of_point(&(at - structure.bodies()[body].centre));
                normal.dot(&(point(*second) - point(*first)))
            }
            Asks::Tension(cables, share, _) => {
                let gained = |&cable: &usize| structure.pull_gained(cable, motion, &weight);
                share * cables.iter().map(gained).sum::<f64>()
            }
            Asks::Stretch(cables) => {
                let share = |&cable: &usize| structure.stretch_share(cable, motion);
                cables.iter().map(share).sum::<f64>() / cables.len().max(1) as f64
            }
            Asks::Support(joint, normal) => structure.carried_along(*joint, normal, motion, &weight),
            Asks::Point(body, arm, direction) => direction.dot(&of(*body).of_point(arm)),
            Asks::Turn(body, axis) => axis.dot(&of(*body).turn),
            Asks::Swept(surfaces) => {
                let volume = |(body, area, moment): &(usize, Vector, Vector)| {
                    let motion = of(*body);
                    area.dot(&motion.shift) + moment.dot(&motion.turn)
                };
                surfaces.iter().map(volume).sum()
            }
        }
    }
}
