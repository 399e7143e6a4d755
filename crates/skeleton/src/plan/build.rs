//! A plan as a structure with its drives.

use std::collections::HashMap;

use nalgebra::{Matrix6, Rotation3, Vector6};

use super::{Acts, Anatomy, Joint, Kind, Law, Plan, PlanError, Point, Support};
use crate::geometry::{Matrix, Vector};
use crate::structure::{
    Body, Drive, Equilibrium, Layer, Load, Motion, Relaxation, Structure, StructureError, Tissue,
};

/// Standard gravity, N for one g.
const WEIGHT: f64 = 9.806_65e-3;

/// A membrane, a ligament or a muscle as cables of a structure.
#[derive(Clone, Debug, PartialEq)]
pub struct Strung {
    /// Its name.
    pub name: String,
    /// The places of its cables.
    pub cables: Vec<usize>,
    /// Whether they follow each other, so that one tension goes through all of them.
    pub chain: bool,
    /// What pulls besides between points of one bone, which cannot part, N.
    pub still: f64,
}

impl Strung {
    /// What it pulls with, from what its cables do.
    pub fn tension(&self, tensions: &[f64]) -> f64 {
        let sum: f64 = self.cables.iter().map(|&cable| tensions[cable]).sum();
        self.still + if self.chain { sum / self.cables.len().max(1) as f64 } else { sum }
    }
}

/// A structure with what drives it and what its parts are called.
#[derive(Clone, Debug)]
pub struct Whole {
    /// The structure.
    pub structure: Structure,
    /// One for each load of the plan, in its order.
    pub drives: Vec<Drive>,
    /// What acts all the time and has acted for long: joints whose pose without load is another.
    pub constant: Vec<Load>,
    /// Of each joint of the plan, the bodies, the point and the normal from the first to the second.
    pub(super) joints: Vec<(String, [usize; 2], Vector, Vector)>,
    /// The membranes and cables.
    pub(super) strung: Vec<Strung>,
    /// Of each support, its tissue and its outward normal.
    pub(super) supports: Vec<(String, usize, Vector)>,
    /// Of each hand, the bone and its own body, the point, and the direction in which it sinks in.
    pub(super) hands: Vec<(String, [usize; 2], Vector, Vector)>,
    /// Of each load, what its motion is asked by, and how far bone dents under one unit of it, mm.
    pub(super) loads: Vec<(String, Acts, f64)>,
    /// Of each load, the cables that work by it and the force of one unit in each, N.
    pub(super) works: Vec<Vec<(usize, f64)>>,
    /// Cables that may be let go, each with its drive.
    pub(super) released: Vec<(usize, usize)>,
}

impl Plan {
    /// The structure of the plan.
    ///
    /// # Errors
    /// What is wrong, with the item at fault.
    pub fn build(&self) -> Result<Whole, PlanError> {
        let mut structure = Structure::default();
        for (name, bone) in &self.anatomy.bones {
            let body = Body { name: name.clone(), centre: bone.centre };
            structure.add(body).map_err(PlanError::of(name))?;
        }
        let mut whole = Whole {
            structure,
            drives: Vec::new(),
            constant: Vec::new(),
            joints: Vec::new(),
            strung: Vec::new(),
            supports: Vec::new(),
            hands: Vec::new(),
            loads: Vec::new(),
            works: Vec::new(),
            released: Vec::new(),
        };
        for joint in &self.joints {
            whole.join(&self.anatomy, joint)?;
        }
        self.string(&mut whole)?;
        for support in &self.supports {
            whole.support(support)?;
        }
        for load in &self.loads {
            if let (Acts::Force(point, direction), Some(kind)) = (&load.acts, &load.through) {
                whole.hand(&load.name, point, direction, kind)?;
            }
            let drive = self.drive(&whole, load)?;
            whole.drives.push(drive);
            whole.works.push(self.works(&whole, &load.acts));
            let dent = load.bone.as_ref().map_or(0.0, super::Shell::dent);
            whole.loads.push((load.name.clone(), load.acts.clone(), dent));
        }
        Ok(whole)
    }

    fn string(&self, whole: &mut Whole) -> Result<(), PlanError> {
        for sheet in &self.sheets {
            let mut own = Vec::new();
            let mut still = 0.0;
            for (index, strip) in sheet.strips().into_iter().enumerate() {
                let [first, second] = strip.bones.each_ref().map(|bone| whole.body(&sheet.name, bone));
                if strip.bones[0] == strip.bones[1] {
                    still += strip.cable.tension;
                    continue;
                }
                own.push(whole.structure.cables().count());
                let name = format!("{}_{}", sheet.name, index + 1);
                let wrong = PlanError::of(&sheet.name);
                whole.structure.string(&name, first?, second?, strip.cable).map_err(wrong)?;
            }
            whole.strung.push(Strung { name: sheet.name.clone(), cables: own, chain: false, still });
        }
        for tube in &self.tubes {
            let own = tube.add(&self.anatomy.facts, &mut whole.structure)?;
            whole.strung.push(Strung { name: tube.name.clone(), cables: own, chain: true, still: 0.0 });
        }
        for cord in &self.cords {
            cord.add(&self.anatomy.facts, &mut whole.structure)?;
        }
        for cable in &self.cables {
            let [first, second] = cable.ends.each_ref().map(|end| whole.body(&cable.name, &end.bone));
            let place = whole.structure.cables().count();
            let own = vec![place];
            whole.strung.push(Strung { name: cable.name.clone(), cables: own, chain: false, still: 0.0 });
            let own = crate::structure::Cable {
                ends: cable.ends.each_ref().map(|end| end.at),
                tension: cable.tension,
                stiffness: cable.stiffness,
                relaxation: cable.relaxation.clone(),
            };
            let wrong = PlanError::of(&cable.name);
            whole.structure.string(&cable.name, first?, second?, own).map_err(wrong)?;
        }
        Ok(())
    }

    /// The cables that work by a load, and the force of one unit of it in each.
    fn works(&self, whole: &Whole, acts: &Acts) -> Vec<(usize, f64)> {
        let Acts::Pull(names) = acts else { return Vec::new() };
        let strung = |name: &String| whole.strung.iter().find(|strung| strung.name == *name);
        let own = self.cables.iter().filter(|cable| names.contains(&cable.name));
        own.filter_map(|cable| Some((*strung(&cable.name)?.cables.first()?, cable.greatest))).collect()
    }

    /// What one unit of a load does.
    fn drive(&self, whole: &Whole, load: &super::Load) -> Result<Drive, PlanError> {
        let name = load.name.as_str();
        let mut loads = Vec::new();
        let mut size = 1.0;
        match &load.acts {
            Acts::Pressure(surfaces) => {
                for (bone, surface) in surfaces {
                    loads.push(Load::of_pressure(whole.body(name, bone)?, surface, 1.0));
                }
            }
            Acts::Force(point, direction) => {
                size = 0.05;
                // On the hand, where there is one between.
                let body = whole.body(name, if load.through.is_some() { name } else { &point.bone })?;
                loads.push(Load::at(body, &point.at, *direction, &whole.structure));
            }
            Acts::Moment(bone, axis, gain) => {
                // Of the order of a force of 0.05 N at a lever of 50 mm.
                size = 2.5 / gain;
                let body = whole.body(name, bone)?;
                loads.push(Load { body, force: Vector::zeros(), moment: axis * *gain });
            }
            Acts::Hold(hand, direction) => {
                size = 0.01;
                let support = self.supports.iter().find(|support| support.name == *hand);
                let arm = support.and_then(|support| Some((support, support.held_by.as_ref()?)));
                let Some((support, arm)) = arm else {
                    return Err(PlanError::new(name, format!("`{hand}` is no hand: nothing holds it")));
                };
                // An arm whose other end moves pulls its hand by what it would take to hold the hand back.
                let tissue = arm.pad(support.under.at, &support.normal);
                let force = tissue.stiffness.fixed_view::<3, 3>(0, 0) * direction;
                loads.push(Load::at(whole.body(name, hand)?, &support.under.at, force, &whole.structure));
            }
            Acts::Pull(names) => {
                size = 0.01;
                let cables: HashMap<&str, &super::Cable> =
                    self.cables.iter().map(|cable| (cable.name.as_str(), cable)).collect();
                for cable in names {
                    let known = cables.keys().copied();
                    let cable = cables
                        .get(cable.as_str())
                        .ok_or_else(|| super::anatomy::unknown("cable", cable, known))?;
                    let [from, to] = &cable.ends;
                    let pull = (to.at - from.at).normalize() * cable.greatest;
                    for (end, force) in [(from, pull), (to, -pull)] {
                        let body = whole.body(name, &end.bone)?;
                        loads.push(Load::at(body, &end.at, force, &whole.structure));
                    }
                }
            }
            Acts::Turn(joints, gain) => {
                for wanted in joints {
                    let known = self.joints.iter().map(|joint| joint.name.as_str());
                    let joint = self.joints.iter().find(|joint| joint.name == *wanted);
                    let joint = joint.ok_or_else(|| super::anatomy::unknown("joint", wanted, known))?;
                    let Some(about) = joint.about else {
                        return Err(PlanError::new(name, format!("`{wanted}` has no axis: give it `about`")));
                    };
                    for (bone, sign) in joint.between.iter().zip([-1.0, 1.0]) {
                        let moment = about.normalize() * (gain * sign);
                        loads.push(Load { body: whole.body(name, bone)?, force: Vector::zeros(), moment });
                    }
                }
            }
            Acts::Weight { axis, bones, carried } => {
                let mut down = Vector::zeros();
                down[*axis] = -WEIGHT;
                let mut masses = Vec::new();
                for bone in bones {
                    masses.push((bone, self.anatomy.bone(bone)?.mass));
                }
                for (bone, mass) in masses.into_iter().chain(carried.iter().map(|(bone, mass)| (bone, *mass)))
                {
                    let body = whole.body(name, bone)?;
                    loads.push(Load { body, force: down * mass, moment: Vector::zeros() });
                }
            }
            Acts::Column { weight, surfaces, .. } => {
                for (bone, surface) in surfaces {
                    loads.push(Load::of_pressure(whole.body(name, bone)?, surface, *weight));
                }
            }
        }
        Ok(Drive { loads, size })
    }
}

impl Whole {
    /// How the bodies lie under some of the loads, by their places among the plan's, each so many of its units; at once, or
    /// after a long time. What acts all the time is there in both, and cables hang slack where they would have to push.
    ///
    /// # Errors
    /// Those of [`Structure::equilibrium`].
    pub fn under(&self, loads: &[(usize, f64)], in_the_end: bool) -> Result<Equilibrium, StructureError> {
        let mut all = self.constant.clone();
        for &(load, size) in loads {
            let own = self.drives.get(load).map_or(&[][..], |drive| &drive.loads);
            all.extend(own.iter().map(|own| Load {
                body: own.body,
                force: own.force * size,
                moment: own.moment * size,
            }));
        }
        // A muscle that works hangs slack only where its work and its tone together would have to push.
        let mut structure = self.structure.clone();
        for &(load, size) in loads {
            for &(cable, force) in self.works.get(load).map_or(&[][..], Vec::as_slice) {
                structure.tighten(cable, force * size);
            }
        }
        let end = structure.in_the_end();
        if in_the_end {
            return end.equilibrium(&all);
        }
        let mut found = structure.equilibrium(&all)?;
        if !self.constant.is_empty() {
            // What acts all the time has met tissue that had time to give way: its pose is the one in the end.
            let [lain, fresh] = [&end, &structure].map(|structure| structure.equilibrium(&self.constant));
            found.lie_as(&lain?, &fresh?);
        }
        Ok(found)
    }

    /// Lets a cable of the structure go by one more drive, a force along it that takes the place of its pull; the outputs of
    /// pulls count both.
    pub fn release(&mut self, cable: usize) {
        if let Some(loads) = self.structure.pulls_together(cable) {
            self.released.push((cable, self.drives.len()));
            self.drives.push(Drive { loads: loads.to_vec(), size: 0.01 });
        }
    }

    /// The joints: name, bodies, point and normal from the first to the second.
    pub fn joints(&self) -> impl Iterator<Item = (&str, [usize; 2], Vector, Vector)> {
        self.joints.iter().map(|(name, bodies, at, normal)| (name.as_str(), *bodies, *at, *normal))
    }

    /// The membranes, ligaments and muscles.
    pub fn strung(&self) -> &[Strung] {
        &self.strung
    }

    pub(super) fn body(&self, item: &str, name: &str) -> Result<usize, PlanError> {
        self.structure.body(name).ok_or_else(|| PlanError::new(item, format!("there is no bone `{name}`")))
    }

    /// What the body rests on, or a hand with the arm that holds it.
    fn support(&mut self, support: &Support) -> Result<(), PlanError> {
        let Support { name, under, normal, kind, held_by } = support;
        let wrong = PlanError::of(name);
        self.supports.push((name.clone(), self.structure.joints().count(), *normal));
        match held_by {
            None => {
                let body = self.body(name, &under.bone)?;
                self.structure.support(name, body, kind.pad(under.at, normal)).map_err(wrong)
            }
            Some(arm) => {
                let hand = self.hand(name, under, &-normal, kind)?;
                self.structure.support(&format!("{name}_arm"), hand, arm.pad(under.at, normal)).map_err(wrong)
            }
        }
    }

    /// Lays a hand on a bone: a body without mass of its own, skin and finger pads between.
    fn hand(&mut self, name: &str, on: &Point, inward: &Vector, skin: &Kind) -> Result<usize, PlanError> {
        let wrong = PlanError::of(name);
        let bone = self.body(name, &on.bone)?;
        let hand = self.structure.add(Body { name: name.to_owned(), centre: on.at }).map_err(&wrong)?;
        let tissue = skin.pad(on.at, inward);
        self.structure.join(&format!("{name}_skin"), hand, bone, tissue).map_err(&wrong)?;
        self.hands.push((name.to_owned(), [bone, hand], on.at, *inward));
        Ok(hand)
    }

    fn join(&mut self, anatomy: &Anatomy, joint: &Joint) -> Result<(), PlanError> {
        let wrong = PlanError::of(&joint.name);
        let [first, second] =
            [self.body(&joint.name, &joint.between[0])?, self.body(&joint.name, &joint.between[1])?];
        let interface = anatomy.interface(&joint.between);
        let mut tissue = joint.tissue(anatomy)?;
        tissue.stiffness *= joint.stiffer;
        let bodies = self.structure.bodies();
        let between = bodies[second].centre - bodies[first].centre;
        let normal = match interface {
            Some((facts, turned)) => Vector::from(facts.normal) * if turned { -1.0 } else { 1.0 },
            None => between,
        };
        let normal = if normal.norm() > 0.0 { normal.normalize() } else { Vector::z() };
        let at = tissue.at;
        let own = match (joint.bone, interface) {
            (Some(bone), Some((facts, _))) => {
                let inside = anatomy.facts.vault.as_ref().map_or(at - normal, |vault| vault.origin.into());
                let reach = (at - bodies[first].centre).norm() + (at - bodies[second].centre).norm();
                let edge_tissue = bone.edge(facts, &inside, reach);
                let edge = Body { name: format!("{}_edge", joint.name), centre: at };
                let edge = self.structure.add(edge).map_err(&wrong)?;
                let name = format!("{}_bone", joint.name);
                self.structure.join(&name, first, edge, edge_tissue).map_err(&wrong)?;
                [edge, second]
            }
            _ => [first, second],
        };
        if joint.offset != Motion::NONE {
            self.constant.extend(offset(&self.structure, own, &tissue, &joint.offset));
        }
        self.structure.join(&joint.name, own[0], own[1], tissue).map_err(&wrong)?;
        self.joints.push((joint.name.clone(), [first, second], at, normal));
        Ok(())
    }
}

impl Joint {
    fn tissue(&self, anatomy: &Anatomy) -> Result<Tissue, PlanError> {
        let interface = anatomy.interface(&self.between).map(|(facts, _)| facts);
        let centres = [anatomy.bone(&self.between[0])?.centre, anatomy.bone(&self.between[1])?.centre];
        let middle = (centres[0] + centres[1]) * 0.5;
        let at = self.at.or(interface.map(|facts| facts.centroid.into())).unwrap_or(middle);
        let tissue = match self.kind.law {
            Law::Layer { across, along } => {
                let facts = interface.ok_or_else(|| {
                    let [a, b] = &self.between;
                    let message = format!(
                        "`{a}` and `{b}` do not face each other in the facts: a `layer` has no area there; use a `unit`"
                    );
                    PlanError::new(&self.name, message)
                })?;
                let layer = Layer::of(facts);
                layer.tissue(across * layer.gap, along * layer.gap)
            }
            Law::Unit { shift, turn } => {
                let six = Vector6::from_iterator(shift.into_iter().chain(turn));
                let frame = self.about.map_or(Matrix::identity(), |about| frame(&about));
                Tissue::along(at, &frame, &Matrix6::from_diagonal(&six))
            }
            Law::Pad { .. } => self.kind.pad(at, &(centres[1] - centres[0])),
        };
        Ok(tissue.relaxing(self.kind.relaxation.clone()))
    }
}

impl Kind {
    /// The tissue of a support or hand on a surface.
    fn pad(&self, at: Vector, normal: &Vector) -> Tissue {
        let six = match self.law {
            Law::Pad { across, along, turn } => Vector6::new(along, along, across, turn, turn, turn),
            Law::Unit { shift: [x, y, z], turn: [a, b, c] } => Vector6::new(x, y, z, a, b, c),
            Law::Layer { .. } => Vector6::zeros(),
        };
        let tissue = Tissue::along(at, &frame(normal), &Matrix6::from_diagonal(&six));
        tissue.relaxing(self.relaxation.clone())
    }
}

/// A frame whose third axis lies along a direction.
pub(super) fn frame(third: &Vector) -> Matrix {
    let turn = Rotation3::rotation_between(&Vector::z(), third);
    turn.unwrap_or_else(|| Rotation3::from_axis_angle(&Vector::x_axis(), std::f64::consts::PI)).into_inner()
}

/// The loads that bring a joint to the pose at which it carries nothing, were nothing else there: those of its tissue after a
/// long time.
fn offset(structure: &Structure, bodies: [usize; 2], tissue: &Tissue, offset: &Motion) -> [Load; 2] {
    let left = Relaxation::left(&tissue.relaxation);
    let [shift, turn] = [offset.shift, offset.turn];
    let six = tissue.stiffness * Vector6::new(shift.x, shift.y, shift.z, turn.x, turn.y, turn.z) * left;
    let (force, moment): (Vector, Vector) = (six.fixed_rows::<3>(0).into(), six.fixed_rows::<3>(3).into());
    [(bodies[0], -1.0), (bodies[1], 1.0)].map(|(body, sign)| {
        let mut load = Load::at(body, &tissue.at, force * sign, structure);
        load.moment += moment * sign;
        load
    })
}

/// The surfaces of a load of pressure or of a column.
pub(super) fn swept(
    surfaces: &[(String, crate::facts::InnerFacts)],
) -> impl Iterator<Item = (&str, Vector, Vector)> {
    surfaces.iter().map(|(bone, surface)| {
        // cm^2 and cm^3 into mm^2 and mm^3; mm^3 into mL.
        let [area, moment] = [Vector::from(surface.vector_area), Vector::from(surface.moment)];
        (bone.as_str(), area * (100.0 * 1e-3), moment * (1000.0 * 1e-3))
    })
}

impl Point {
    /// The arm from the centre of its body.
    pub(super) fn arm(&self, structure: &Structure, body: usize) -> Vector {
        self.at - structure.bodies()[body].centre
    }
}
