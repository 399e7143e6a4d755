//! Bones, tissue and loads from a document to a plan, and from that to bodies of the network.

use std::collections::HashMap;
use std::sync::Arc;

use cisterna_fluid::{Bodies, BodyOutput, BodyState, Drive, Observable, Parameter, Release};
use cisterna_quantity::{Dimension, MERCURY, parse_unit};
use cisterna_skeleton::facts::{Facts, InnerFacts};
use cisterna_skeleton::plan::{
    Acts, Anatomy, Asked, Bone, Cable, Joint, Kind, Law, Line, Load, Plan, PlanError, Quantity, Sheet, Shell,
    Support, Tube, Whole,
};
use cisterna_skeleton::structure::{Motion, Relaxation};

use super::{BONE, CABLES, ItemLaw, JOINT, LOADS, MEMBRANES, SECTIONS, TISSUES};
use crate::build::Draft;
use crate::document::{Fields, Place, Placed, Table, Value, allowed, clipped};

/// N/mm^2 in one mmHg, and N mm in one mmHg mL times a thousandth.
const MMHG: f64 = MERCURY * 1e-6;
/// The states to which bones are reduced: so many that what they cut off is told in [`Bones::error`].
const STATES: usize = 100;
/// What would have to push is let go within some hundredths of a second, 1/s: far faster than anything moves that pulls.
const RELEASE: f64 = 50.0;
/// Bone that does not bend is so many times as stiff.
const RIGID: f64 = 1e4;
/// The strips of a membrane where a document does not say.
const STRIPS: usize = 24;

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
    drives: Vec<Drive>,
    /// Joints whose tissue is a layer, with the layer as soft and as stiff as is published.
    layers: Vec<(usize, [Law; 2])>,
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
                for joint in &mut plan.joints {
                    if let Some(bone) = &mut joint.bone {
                        bone.modulus *= RIGID;
                    }
                }
            }
        }
        plan.build()
    }
}

/// A kind of tissue as documents know it.
enum Tissue {
    /// With the ends of what is published, for a layer.
    Kind(Kind, Option<[Law; 2]>),
    Shell(Shell),
}

/// What is read on the way.
struct Reading {
    anatomy: Anatomy,
    tissues: HashMap<String, Tissue>,
}

impl Reading {
    /// Whether a bone goes with the head; what the facts lack goes with the head where it lies above the atlas.
    fn is_of_head(&self, bone: &str) -> bool {
        match self.anatomy.facts.bone.get(bone) {
            Some(facts) => HEAD_REGIONS.contains(&facts.region.as_str()),
            None => {
                let atlas = self.anatomy.bones.get("atlas");
                let own = self.anatomy.bones.get(bone);
                own.zip(atlas).is_some_and(|(own, atlas)| own.centre.z > atlas.centre.z)
            }
        }
    }
}

impl<'a> Draft<'a> {
    /// Reads the bones, where there are any, and enters them into the network.
    pub fn bones(&mut self) -> Option<Bones> {
        let anatomy = self.anatomy()?;
        let mut reading = Reading { anatomy, tissues: HashMap::new() };
        self.added_bones(&mut reading.anatomy);
        self.lines(&mut reading.anatomy);
        self.tissues(&mut reading);
        let (joints, layers) = self.joints(&reading);
        let mut plan = Plan {
            joints,
            sheets: Vec::new(),
            tubes: Vec::new(),
            cables: self.cables(&reading),
            supports: self.supports(&reading),
            loads: Vec::new(),
            anatomy: Anatomy::default(),
        };
        self.membranes(&reading, &mut plan);
        let drives = self.loads(&reading, &mut plan);
        plan.anatomy = reading.anatomy;
        if !self.problems.is_empty() {
            return None;
        }
        let reduced = plan.build().and_then(|whole| Ok((whole.reduce(0.0, Some(STATES))?, whole)));
        match reduced {
            Ok((asked, whole)) => {
                let error = asked.reduced.error;
                self.network.bodies.push(bodies(&asked, drives.clone()));
                Some(Bones { plan, whole, error, released: Vec::new(), drives, layers })
            }
            Err(error) => {
                let place = self.place_of(&error.item);
                self.problems.add(place.problem(error.to_string()));
                None
            }
        }
    }

    /// Where an item of the bones stands; the anatomy for what is no item.
    fn place_of(&self, item: &str) -> Place {
        let sections = SECTIONS.iter().map(|(section, ..)| *section);
        let mut all = sections.flat_map(|section| self.items(section));
        let found = all.find(|(name, _)| *name == item).or_else(|| self.items("anatomy").next());
        found.map_or_else(|| Place::new(&self.assembly.documents[0], 0..0), |(_, table)| table.place.clone())
    }

    fn told<T>(&self, place: &Place, result: Result<T, PlanError>) -> Option<T> {
        result.map_err(|error| self.problems.add(place.problem(error.message))).ok()
    }

    fn anatomy(&mut self) -> Option<Anatomy> {
        let mut items = self.items("anatomy");
        let (name, table) = items.next()?;
        if let Some((_, other)) = items.next() {
            self.problems.add(other.place.problem(format!("a second anatomy besides `{name}`")));
        }
        let fields = self.fields("anatomy", name, table);
        fields.required(&["facts", "regions"]);
        let regions = fields.strings("regions");
        let facts = fields.string("facts")?;
        fields.finish(keys("anatomy"));
        let read = Facts::embedded(facts.value)
            .map_err(|error| PlanError { item: name.to_owned(), message: error.to_string() });
        let facts = self.told(&facts.place, read)?;
        let names: Vec<&str> = regions.iter().map(|region| region.value).collect();
        self.told(fields_place(table), Anatomy::of(Arc::new(facts), &names))
    }

    fn added_bones(&mut self, anatomy: &mut Anatomy) {
        for (name, table) in self.items("bone") {
            self.check_item(name, table);
            let fields = self.fields("bone", name, table);
            fields.required(&["centre_mm", "mass"]);
            let mass = self.stated(&fields, &BONE[0], BONE[0].dimension, format!("bone.{name}.mass"));
            if let (Some([centre]), Some(mass)) = (self.points(&fields, "centre_mm", 1).as_deref(), mass) {
                anatomy.bones.insert(name.to_owned(), Bone { centre: (*centre).into(), mass });
            }
            fields.finish(keys("bone"));
        }
    }

    fn lines(&mut self, anatomy: &mut Anatomy) {
        for (name, table) in self.items("line") {
            self.check_item(name, table);
            let fields = self.fields("line", name, table);
            fields.required(&["bones", "points_mm"]);
            let named = fields.strings("bones");
            let points = self.points(&fields, "points_mm", 2).unwrap_or_default();
            for bone in &named {
                self.told(&bone.place, anatomy.bone(bone.value).map(|_| ()));
            }
            if named.len() != 1 && named.len() != points.len() {
                let message = format!("{} bones for {} points", named.len(), points.len());
                self.problems
                    .add(fields.place().problem(message).help("give one bone, or one for each point"));
            } else {
                let bone = |index: usize| named[index.min(named.len() - 1)].value.to_owned();
                let bones = (0..points.len()).map(bone).collect();
                let points = points.into_iter().map(Into::into).collect();
                anatomy.lines.insert(name.to_owned(), Line { bones, points });
            }
            fields.finish(keys("line"));
        }
    }

    fn tissues(&mut self, reading: &mut Reading) {
        for (name, table) in self.items("tissue") {
            self.check_item(name, table);
            let fields = self.fields("tissue", name, table);
            let Some(law) = self.item_law(&fields, "tissue", &TISSUES) else { continue };
            let at = self.item_values(&fields, name, law.parameters);
            let value = |key: &str| at.get(key).copied().unwrap_or(0.0);
            let relaxation = self.relaxation(&fields, &at);
            let law = match law.name {
                "shell" => {
                    let shell = Shell {
                        modulus: value("modulus") * MMHG,
                        poisson: value("poisson_ratio"),
                        thickness: value("thickness"),
                        radius: value("radius"),
                    };
                    reading.tissues.insert(name.to_owned(), Tissue::Shell(shell));
                    fields.finish(keys("tissue"));
                    continue;
                }
                "layer" => Law::Layer { across: value("stiffness"), along: value("shear_stiffness") },
                "unit" => Law::Unit {
                    shift: ["shift_x", "shift_y", "shift_z"].map(value),
                    turn: ["turn_x", "turn_y", "turn_z"].map(value),
                },
                _ => Law::Pad {
                    across: value("stiffness"),
                    along: value("shear_stiffness"),
                    turn: value("turning"),
                },
            };
            let ends = matches!(law, Law::Layer { .. }).then(|| {
                [false, true].map(|high| Law::Layer {
                    across: self.end_of(name, "stiffness", high, value("stiffness")),
                    along: self.end_of(name, "shear_stiffness", high, value("shear_stiffness")),
                })
            });
            reading.tissues.insert(name.to_owned(), Tissue::Kind(Kind { law, relaxation }, ends));
            fields.finish(keys("tissue"));
        }
    }

    /// The lower or upper end of what is published for a value; the value itself where nothing is.
    fn end_of(&self, item: &str, parameter: &str, high: bool, value: f64) -> f64 {
        let name = format!("{item}.{parameter}");
        let entry = self.evidence.iter().rev().find(|entry| entry.name == name);
        entry.and_then(|entry| if high { entry.high } else { entry.low }).unwrap_or(value)
    }

    /// The joints, and the layers among them with the ends of what is published.
    fn joints(&mut self, reading: &Reading) -> (Vec<Joint>, Vec<(usize, [Law; 2])>) {
        let mut layers = Vec::new();
        let mut joints = Vec::new();
        for (name, table) in self.items("joint") {
            self.check_item(name, table);
            let fields = self.fields("joint", name, table);
            fields.required(&["between", "tissue"]);
            let between = self.pair(&fields, "between");
            let bones = between.as_ref().and_then(|pair| {
                for bone in pair {
                    self.told(&bone.place, reading.anatomy.bone(bone.value))?;
                }
                Some(pair.each_ref().map(|bone| bone.value.to_owned()))
            });
            let kind = self.kind_of(&fields, "tissue", reading);
            let bone = self.shell_of(&fields, reading);
            let at = self.point(&fields, "at_mm");
            let about = self.point(&fields, "about");
            let values = self.item_values(&fields, name, &JOINT);
            let value = |key: &str| values.get(key).copied().unwrap_or(0.0);
            if let (Some(between), Some((kind, ends))) = (bones, kind) {
                layers.extend(ends.map(|ends| (joints.len(), ends)));
                joints.push(Joint {
                    name: name.to_owned(),
                    between,
                    kind,
                    at: at.map(Into::into),
                    about: about.map(Into::into),
                    bone,
                    stiffer: values.get("stiffer").copied().unwrap_or(1.0),
                    offset: Motion {
                        shift: ["offset_x", "offset_y", "offset_z"].map(value).into(),
                        turn: ["tilt_x", "tilt_y", "tilt_z"].map(value).into(),
                    },
                });
            }
            fields.finish(keys("joint"));
        }
        (joints, layers)
    }

    fn membranes(&mut self, reading: &Reading, plan: &mut Plan) {
        for (name, table) in self.items("membrane") {
            self.check_item(name, table);
            let fields = self.fields("membrane", name, table);
            let Some(law) = self.item_law(&fields, "membrane", &MEMBRANES) else { continue };
            let at = self.item_values(&fields, name, law.parameters);
            let value = |key: &str| at.get(key).copied().unwrap_or(0.0);
            let relaxation = self.relaxation(&fields, &at);
            if law.name == "tube" {
                plan.tubes.push(Tube {
                    name: name.to_owned(),
                    modulus: value("modulus") * MMHG,
                    area: value("area"),
                    prestrain: value("prestrain"),
                    sleeve: value("sleeve_stiffness"),
                    neck_anchor: value("neck_anchor"),
                    end_anchor: value("end_anchor"),
                    filum: value("filum_stiffness"),
                    relaxation,
                });
                fields.finish(keys("membrane"));
                continue;
            }
            fields.required(&["from", "to"]);
            let [from, to] = ["from", "to"].map(|key| {
                let line = fields.string(key)?;
                self.told(&line.place, reading.anatomy.line(line.value))
            });
            let strips = fields.integer("strips");
            if let Some(wrong) = strips.as_ref().filter(|strips| !(1..=500).contains(&strips.value)) {
                self.problems.add(wrong.place.problem("a membrane is made of 1 to 500 strips"));
            }
            let strips = strips.map_or(STRIPS, |strips| strips.value.clamp(1, 500) as usize);
            if let (Some(from), Some(to)) = (from, to) {
                plan.sheets.push(Sheet {
                    name: name.to_owned(),
                    from,
                    to,
                    modulus: value("modulus") * MMHG,
                    thickness: value("thickness"),
                    prestrain: value("prestrain"),
                    relaxation,
                    strips,
                });
            }
            fields.finish(keys("membrane"));
        }
    }

    fn cables(&mut self, reading: &Reading) -> Vec<Cable> {
        let mut cables = Vec::new();
        for (name, table) in self.items("cable") {
            self.check_item(name, table);
            let fields = self.fields("cable", name, table);
            let Some(law) = self.item_law(&fields, "cable", &CABLES) else { continue };
            let at = self.item_values(&fields, name, law.parameters);
            let value = |key: &str| at.get(key).copied().unwrap_or(0.0);
            let relaxation = self.relaxation(&fields, &at);
            fields.required(&["between"]);
            let ends = self.pair(&fields, "between").and_then(|pair| {
                let [first, second] = pair.map(|end| self.told(&end.place, reading.anatomy.point(end.value)));
                Some([first?, second?])
            });
            let points = fields.has("points_mm").then(|| self.points(&fields, "points_mm", 2)).flatten();
            let greatest = value("cross_section") * value("specific_tension") * MMHG;
            let tension = if law.name == "muscle" { greatest * value("tone") } else { value("tension") };
            if let Some(mut ends) = ends {
                if let Some(points) = points {
                    ends.iter_mut().zip(points).for_each(|(end, at)| end.at = at.into());
                }
                let stiffness = value("stiffness");
                cables.push(Cable { name: name.to_owned(), ends, tension, stiffness, greatest, relaxation });
            }
            fields.finish(keys("cable"));
        }
        cables
    }

    fn supports(&mut self, reading: &Reading) -> Vec<Support> {
        let mut supports = Vec::new();
        for (name, table) in self.items("support") {
            self.check_item(name, table);
            let fields = self.fields("support", name, table);
            fields.required(&["tissue", "under"]);
            let kind = self.kind_of(&fields, "tissue", reading);
            let under = fields.string("under").and_then(|site| {
                let facts = self.told(&site.place, reading.anatomy.site(site.value))?;
                Some((self.told(&site.place, reading.anatomy.point(site.value))?, facts.normal.into()))
            });
            if let (Some((kind, _)), Some((under, normal))) = (kind, under) {
                supports.push(Support { name: name.to_owned(), under, normal, kind });
            }
            fields.finish(keys("support"));
        }
        supports
    }

    /// Reads the loads; gives what drives each.
    fn loads(&mut self, reading: &Reading, plan: &mut Plan) -> Vec<Drive> {
        let mut drives = Vec::new();
        for (name, table) in self.items("load") {
            self.check_item(name, table);
            let fields = self.fields("load", name, table);
            let Some(law) = self.item_law(&fields, "load", &LOADS) else { continue };
            let sensed = self.followed(&fields, law.name);
            let bone = self.shell_of(&fields, reading);
            let mut add = |plan: &mut Plan, drive: Drive, acts: Acts, name: String| {
                plan.loads.push(Load { name, acts, bone });
                drives.push(drive);
            };
            match law.name {
                "pressure" => {
                    let surfaces = self.surfaces(&fields, reading);
                    if let (Some(drive), Some(surfaces)) = (sensed, surfaces) {
                        add(plan, drive, Acts::Pressure(surfaces), name.to_owned());
                    }
                }
                "force" => {
                    let acts = self.force(&fields, reading);
                    if let (Some(drive), Some(acts)) = (sensed, acts) {
                        add(plan, drive, acts, name.to_owned());
                    }
                }
                "pull" => {
                    fields.required(&["of"]);
                    let muscles = fields.strings("of").iter().map(|muscle| muscle.value.to_owned()).collect();
                    if let Some(drive) = sensed {
                        add(plan, drive, Acts::Pull(muscles), name.to_owned());
                    }
                }
                "turn" => {
                    fields.required(&["joints", "gain"]);
                    let joints =
                        fields.strings("joints").iter().map(|joint| joint.value.to_owned()).collect();
                    let dimension = match sensed {
                        Some(Drive::Observed(observable)) => self.dimension_sensed(observable),
                        _ => None,
                    };
                    let gain = Dimension::ENERGY.per(dimension.unwrap_or(Dimension::NUMBER));
                    let gain = self.stated(&fields, &law.parameters[0], Some(gain), format!("{name}.gain"));
                    if let (Some(drive), Some(gain)) = (sensed, gain) {
                        // mmHg mL into N mm.
                        add(plan, drive, Acts::Turn(joints, gain * MMHG * 1e3), name.to_owned());
                    }
                }
                "weight" => {
                    let carried = self.carried(&fields, name, reading);
                    // The bones of a head that bends against the trunk have an "up" of their own.
                    let head = self.network.segments.iter().position(|segment| segment.name == HEAD);
                    let bends = |bone: &str| head.is_some() && reading.is_of_head(bone);
                    let bones: Vec<&String> = reading.anatomy.bones.keys().collect();
                    for (segment, part) in [(None, ""), (head, "_of_head")] {
                        let own = |bone: &str| bends(bone) == segment.is_some();
                        let named: Vec<String> =
                            bones.iter().filter(|bone| own(bone)).map(|bone| (*bone).clone()).collect();
                        let held: Vec<(String, f64)> =
                            carried.iter().filter(|(bone, _)| own(bone)).cloned().collect();
                        if segment.is_none() && !part.is_empty() {
                            continue;
                        }
                        for (axis, letter) in AXES.iter().enumerate() {
                            let acts = Acts::Weight { axis, bones: named.clone(), carried: held.clone() };
                            let name = format!("{name}{part}_{letter}");
                            add(plan, Drive::Up(segment, axis), acts, name);
                        }
                    }
                }
                _ => {
                    let surfaces = self.surfaces(&fields, reading);
                    fields.required(&["fluid"]);
                    let fluid = self.reference(&fields, "fluid", "fluid", &self.fluids);
                    let vault = reading.anatomy.facts.vault.as_ref();
                    if let (Some(surfaces), Some(fluid), Some(vault)) = (surfaces, fluid, vault) {
                        let weight = self.network.fluids[fluid.0].weight();
                        for (axis, letter) in AXES.iter().enumerate() {
                            let surfaces = surfaces.clone();
                            let acts = Acts::Column { axis, weight, origin: vault.origin.into(), surfaces };
                            let head = self.network.segments.iter().position(|segment| segment.name == HEAD);
                            add(plan, Drive::Up(head, axis), acts, format!("{name}_{letter}"));
                        }
                    }
                }
            }
            fields.finish(keys("load"));
        }
        drives
    }

    /// What a load follows; a weight follows how the body lies.
    fn followed(&self, fields: &Fields<'a>, law: &str) -> Option<Drive> {
        if matches!(law, "weight" | "column") {
            return None;
        }
        fields.required(&["senses"]);
        let name = fields.string("senses")?;
        match self.names().observable(name.value) {
            Ok(observable) => Some(Drive::Observed(observable)),
            Err(error) => {
                self.problems.add(error.at(&name.place));
                None
            }
        }
    }

    /// The dimension of what a load senses: of a signal, that of the unit that its document gives.
    fn dimension_sensed(&self, observable: Observable) -> Option<Dimension> {
        let Observable::Signal(id) = observable else { return self.sensed(observable, &[]) };
        let name = self.network.signals[id.0].name.as_str();
        let (_, table) = self.items("signal").find(|(signal, _)| *signal == name)?;
        match &table.entries.get("unit")?.value {
            Value::String(unit) => parse_unit(unit).ok().map(|unit| unit.dimension()),
            _ => None,
        }
    }

    fn force(&self, fields: &Fields<'a>, reading: &Reading) -> Option<Acts> {
        fields.required(&["at", "direction"]);
        let site = fields.string("at")?;
        let facts = self.told(&site.place, reading.anatomy.site(site.value))?;
        let point = self.told(&site.place, reading.anatomy.point(site.value))?;
        let inward = matches!(fields.node("direction").map(|node| &node.value), Some(Value::String(_)));
        let direction = if inward {
            let word = fields.string("direction")?;
            if word.value != "inward" {
                let message = format!("`{}` is no direction", clipped(word.value));
                self.problems.add(
                    word.place.problem(message).help("write `inward`, or right, forward, up as [x, y, z]"),
                );
            }
            facts.normal.map(|component| -component)
        } else {
            self.point(fields, "direction")?
        };
        let length = direction.iter().map(|x| x * x).sum::<f64>().sqrt();
        if length == 0.0 {
            let place = fields.node("direction").map_or(fields.place(), |node| &node.place);
            self.problems.add(place.problem("a force along [0, 0, 0] has no direction"));
            return None;
        }
        Some(Acts::Force(point, direction.map(|x| x / length).into()))
    }

    /// The inner surfaces of the bones that a load names, or all of them.
    fn surfaces(&self, fields: &Fields<'a>, reading: &Reading) -> Option<Vec<(String, InnerFacts)>> {
        let on = fields.string("on");
        let facts = &reading.anatomy.facts;
        let inner = match on.as_ref().map(|on| on.value) {
            Some("canal") => facts.canal.as_ref().map(|canal| &canal.inner),
            Some("vault") | None => facts.vault.as_ref().map(|vault| &vault.inner),
            Some(other) => {
                if let Some(on) = &on {
                    self.problems.unknown(&on.place, "surface", other, ["vault", "canal"]);
                }
                return None;
            }
        };
        let inner = inner?;
        let named = fields.strings("bones");
        if named.is_empty() && on.as_ref().is_none_or(|on| on.value == "vault") {
            return reading.anatomy.closed_vault();
        }
        if named.is_empty() {
            let here = inner.iter().filter(|(bone, _)| reading.anatomy.bones.contains_key(*bone));
            return Some(here.map(|(bone, surface)| (bone.clone(), surface.clone())).collect());
        }
        let mut surfaces = Vec::new();
        for bone in named {
            match inner.get(bone.value) {
                Some(surface) => surfaces.push((bone.value.to_owned(), surface.clone())),
                None => {
                    let known = inner.keys().map(String::as_str);
                    self.problems.unknown(&bone.place, "bone of this surface", bone.value, known);
                }
            }
        }
        Some(surfaces)
    }

    fn carried(&mut self, fields: &Fields<'a>, name: &str, reading: &Reading) -> Vec<(String, f64)> {
        let mut carried = Vec::new();
        let Some(table) = fields.has("carries").then(|| fields.table("carries")).flatten() else {
            return carried;
        };
        let own = self.fields("load", name, table);
        for (bone, node) in &table.entries {
            self.told(&node.key, reading.anatomy.bone(bone));
            let Some(Placed { value, place }) = own.stated(bone, Some(Dimension::MASS)) else { continue };
            self.check_sources(&value, &place);
            let full = format!("{name}.carries.{bone}");
            let mass = self.assembly.moved.get(&full).copied().unwrap_or(value.value);
            self.evidence.push(crate::evidence::Evidence::stated(
                full,
                "soft mass that the bone carries",
                value,
                &place,
            ));
            carried.push((bone.clone(), mass));
        }
        carried
    }

    fn kind_of(&self, fields: &Fields<'a>, key: &str, reading: &Reading) -> Option<(Kind, Option<[Law; 2]>)> {
        let name = fields.string(key)?;
        match reading.tissues.get(name.value) {
            Some(Tissue::Kind(kind, ends)) => Some((kind.clone(), *ends)),
            Some(Tissue::Shell(_)) => {
                let message = format!("`{}` is a shell: bone that lies beside", name.value);
                self.problems.add(name.place.problem(message).help("name it with `beside`"));
                None
            }
            None => {
                let known = reading.tissues.keys().map(String::as_str);
                self.problems.unknown(&name.place, "tissue", name.value, known);
                None
            }
        }
    }

    fn shell_of(&self, fields: &Fields<'a>, reading: &Reading) -> Option<Shell> {
        let name = fields.string("beside")?;
        match reading.tissues.get(name.value) {
            Some(Tissue::Shell(shell)) => Some(*shell),
            _ => {
                let shells = reading.tissues.iter().filter(|(_, tissue)| matches!(tissue, Tissue::Shell(_)));
                let known: Vec<&str> = shells.map(|(name, _)| name.as_str()).collect();
                self.problems.unknown(&name.place, "tissue with the law `shell`", name.value, known);
                None
            }
        }
    }

    fn item_law<'l>(&self, fields: &Fields<'a>, what: &str, laws: &'l [ItemLaw]) -> Option<&'l ItemLaw> {
        let names = || laws.iter().map(|law| law.name);
        let Some(name) = fields.string("law") else {
            if !fields.has("law") {
                let message = format!("this {what} lacks its `law`");
                self.problems.add(fields.place().problem(message).help(allowed("", names())));
            }
            return None;
        };
        let law = laws.iter().find(|law| law.name == name.value);
        if law.is_none() {
            self.problems.unknown(&name.place, &format!("law of a {what}"), name.value, names());
        }
        law
    }

    /// The values of an item by their keys; what is left out has its default.
    fn item_values(
        &mut self,
        fields: &Fields<'a>,
        name: &str,
        parameters: &'static [Parameter],
    ) -> HashMap<&'static str, f64> {
        let mut values = HashMap::new();
        for parameter in parameters {
            let full = format!("{name}.{}", parameter.name);
            let stated = self.stated(fields, parameter, parameter.dimension, full);
            if stated.is_none() && !fields.has(parameter.name) && parameter.default.is_none() {
                let message = format!("`{name}` lacks `{}`", parameter.name);
                self.problems.add(fields.place().problem(message).help(parameter.summary));
            }
            values.insert(parameter.name, stated.or(parameter.default).unwrap_or(0.0));
        }
        values
    }

    fn relaxation(&self, fields: &Fields<'a>, values: &HashMap<&'static str, f64>) -> Vec<Relaxation> {
        let value = |key: &str| values.get(key).copied().unwrap_or(0.0);
        let terms = [("relaxing", "relaxation_time"), ("relaxing_fast", "relaxation_time_fast")];
        let mut relaxation = Vec::new();
        for (share, time) in terms {
            if value(share) > 0.0 {
                if !fields.has(time) {
                    self.problems.add(fields.place().problem(format!("`{share}` without its `{time}`")));
                }
                relaxation.push(Relaxation { share: value(share), time: value(time) });
            }
        }
        let lost: f64 = relaxation.iter().map(|term| term.share).sum();
        if lost >= 1.0 {
            let message = format!("{:.0} % of the stiffness fade: nothing is left", 100.0 * lost);
            self.problems.add(fields.place().problem(message).help("the shares together must stay below 1"));
        }
        relaxation
    }

    fn pair(&self, fields: &Fields<'a>, key: &str) -> Option<[Placed<&'a str>; 2]> {
        let named = fields.strings(key);
        let count = named.len();
        let pair = <[Placed<&str>; 2]>::try_from(named).ok();
        if pair.is_none() && fields.has(key) {
            let place = fields.node(key).map_or(fields.place(), |node| &node.place);
            self.problems.add(place.problem(format!("`{key}` holds {count} names, not two")));
        }
        pair
    }

    /// A point or direction, `[x, y, z]`.
    fn point(&self, fields: &Fields<'a>, key: &str) -> Option<[f64; 3]> {
        if !fields.has(key) {
            return None;
        }
        self.points(fields, key, 1).and_then(|points| points.first().copied())
    }

    /// Points, `[[x, y, z], …]`, at least so many; a single one may stand without the outer brackets.
    fn points(&self, fields: &Fields<'a>, key: &str, least: usize) -> Option<Vec<[f64; 3]>> {
        let list = fields.list(key)?;
        let triple = |nodes: &[crate::document::Node]| {
            let numbers: Vec<f64> = nodes
                .iter()
                .filter_map(|node| match node.value {
                    Value::Integer(number) => Some(number as f64),
                    Value::Number(number) => Some(number),
                    _ => None,
                })
                .collect();
            <[f64; 3]>::try_from(numbers).ok().filter(|_| nodes.len() == 3)
        };
        let inner = |node: &crate::document::Node| match &node.value {
            Value::List(list) => triple(list),
            _ => None,
        };
        let points: Option<Vec<[f64; 3]>> =
            triple(list).map(|point| vec![point]).or_else(|| list.iter().map(inner).collect());
        let place = fields.node(key).map_or(fields.place(), |node| &node.place);
        match points {
            Some(points) if points.len() >= least => Some(points),
            Some(points) => {
                let message = format!("`{key}` holds {} points; at least {least} are needed", points.len());
                self.problems.add(place.problem(message));
                None
            }
            None => {
                let message = format!("`{key}` must hold three numbers for each point");
                self.problems.add(place.problem(message).help("right, forward, up, in mm: [x, y, z]"));
                None
            }
        }
    }

    /// Complains of a name that cannot be one, or that something of the network has.
    fn check_item(&self, name: &str, table: &Table) {
        self.check_name(name, &table.place);
        if self.owners.contains_key(name) {
            let message = format!("`{name}` is the name of a space, passage or signal too");
            self.problems.add(table.place.problem(message));
        }
    }
}

/// The segment of a body that carries the bones of the head, and the regions of those.
const HEAD: &str = "head";
const HEAD_REGIONS: [&str; 4] = ["cranium", "face", "mandible", "hyoid"];
const AXES: [&str; 3] = ["x", "y", "z"];

fn fields_place(table: &Table) -> &Place {
    &table.place
}

/// The keys of a section that has no values of its own.
fn keys(section: &str) -> impl Iterator<Item = &'static str> {
    let keys = SECTIONS.iter().find(|(name, ..)| *name == section).map_or(&[][..], |(_, _, keys)| keys);
    keys.iter().map(|key| key.name)
}

/// The bodies of a network from a reduced structure.
fn bodies(asked: &Asked, drives: Vec<Drive>) -> Bodies {
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
