//! What loads the bones, and what each load follows.

use cisterna_fluid::{Drive, Observable};
use cisterna_quantity::{Dimension, parse_unit};
use cisterna_skeleton::facts::InnerFacts;
use cisterna_skeleton::geometry::Vector;
use cisterna_skeleton::plan::{Acts, Cord, Load, Plan, Stretch};

use super::LOADS;
use super::read::{HEAD, Reading, keys};
use super::values::MMHG;
use crate::build::Draft;
use crate::document::{Fields, Placed, Value, clipped};

/// The axes of the body.
const AXES: [&str; 3] = ["x", "y", "z"];

impl<'a> Draft<'a> {
    /// Reads the loads; gives what drives each.
    pub(super) fn loads(&mut self, reading: &Reading, plan: &mut Plan) -> Vec<Drive> {
        let mut drives = Vec::new();
        for (name, table) in self.items("load") {
            self.check_item(name, table);
            let fields = self.fields("load", name, table);
            let Some(law) = self.item_law(&fields, "load", &LOADS) else { continue };
            let sensed = self.followed(&fields, law.name);
            let bone = self.shell_of(&fields, reading);
            let through = self.kind_of(&fields, "through", reading).map(|(kind, _)| kind);
            let mut add = |plan: &mut Plan, drive: Drive, acts: Acts, name: String| {
                plan.loads.push(Load { name, acts, bone, through: through.clone() });
                drives.push(drive);
            };
            match law.name {
                "pressure" => {
                    let surfaces = self.surfaces(&fields, reading, plan);
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
                    fields.required(&["fluid"]);
                    let fluid = self.reference(&fields, "fluid", "fluid", &self.fluids);
                    let weight = fluid.map(|fluid| self.network.fluids[fluid.0].weight());
                    let in_canal = fields.has("within");
                    // The spine does not bend with the head.
                    let head = self.network.segments.iter().position(|segment| segment.name == HEAD);
                    let segment = head.filter(|_| !in_canal);
                    for (axis, letter) in AXES.iter().enumerate() {
                        let surfaces = if in_canal {
                            self.weighed_canal(&fields, axis, plan, reading)
                        } else {
                            let open = self.surfaces(&fields, reading, plan);
                            open.and_then(|open| reading.anatomy.weighed_vault(&open, axis))
                        };
                        if let (Some(surfaces), Some(weight)) = (surfaces, weight) {
                            let acts = Acts::Column { axis, weight, surfaces };
                            add(plan, Drive::Up(segment, axis), acts, format!("{name}_{letter}"));
                        }
                    }
                }
            }
            fields.finish(keys("load"));
        }
        drives
    }

    /// What a load follows; a weight follows how the body lies.
    pub(super) fn followed(&self, fields: &Fields<'a>, law: &str) -> Option<Drive> {
        if matches!(law, "weight" | "column") {
            return None;
        }
        fields.required(&["senses"]);
        self.sensed_by(fields, "senses")
    }

    /// What a key names of anything that a signal may sense.
    pub(super) fn sensed_by(&self, fields: &Fields<'a>, key: &str) -> Option<Drive> {
        let name = fields.string(key)?;
        match self.names().observable(name.value) {
            Ok(observable) => Some(Drive::Observed(observable)),
            Err(error) => {
                self.problems.add(error.at(&name.place));
                None
            }
        }
    }

    /// The dimension of what a load senses: of a signal, that of the unit that its document gives.
    pub(super) fn dimension_sensed(&self, observable: Observable) -> Option<Dimension> {
        let Observable::Signal(id) = observable else { return self.sensed(observable, &[]) };
        let name = self.network.signals[id.0].name.as_str();
        let (_, table) = self.items("signal").find(|(signal, _)| *signal == name)?;
        match &table.entries.get("unit")?.value {
            Value::String(unit) => parse_unit(unit).ok().map(|unit| unit.dimension()),
            _ => None,
        }
    }

    pub(super) fn force(&self, fields: &Fields<'a>, reading: &Reading) -> Option<Acts> {
        fields.required(&["at", "direction"]);
        let site = fields.string("at")?;
        let facts = self.told(&site.place, reading.anatomy.site(site.value))?;
        let point = self.told(&site.place, reading.anatomy.point(site.value))?;
        Some(Acts::Force(point, self.direction(fields, facts.normal)?))
    }

    /// A direction of length one: that of the body's axes, or inward on a surface whose outward normal is given.
    pub(super) fn direction(&self, fields: &Fields<'a>, normal: [f64; 3]) -> Option<Vector> {
        let inward = matches!(fields.node("direction").map(|node| &node.value), Some(Value::String(_)));
        let direction = if inward {
            let word = fields.string("direction")?;
            if word.value != "inward" {
                let message = format!("`{}` is no direction", clipped(word.value));
                self.problems.add(
                    word.place.problem(message).help("write `inward`, or right, forward, up as [x, y, z]"),
                );
            }
            normal.map(|component| -component)
        } else {
            self.point(fields, "direction")?
        };
        let length = direction.iter().map(|x| x * x).sum::<f64>().sqrt();
        if length == 0.0 {
            let place = fields.node("direction").map_or(fields.place(), |node| &node.place);
            self.problems.add(place.problem("a force along [0, 0, 0] has no direction"));
            return None;
        }
        Some(direction.map(|x| x / length).into())
    }

    /// What the weight of the fluid in the canal does to the bones, in each stretch that has a pressure of its own counted from
    /// the middle of that.
    fn weighed_canal(
        &self,
        fields: &Fields<'a>,
        axis: usize,
        plan: &Plan,
        reading: &Reading,
    ) -> Option<Vec<(String, InnerFacts)>> {
        let mut weighed = Vec::new();
        for named in fields.strings("within") {
            let pressures = plan.loads.iter().filter_map(|load| match &load.acts {
                Acts::Pressure(surfaces) => Some((load.name.as_str(), surfaces)),
                _ => None,
            });
            let Some((_, surfaces)) = pressures.clone().find(|(name, _)| *name == named.value) else {
                let known = pressures.map(|(name, _)| name);
                self.problems.unknown(&named.place, "load of pressure before this one", named.value, known);
                return None;
            };
            let bones: Vec<&str> = surfaces.iter().map(|(bone, _)| bone.as_str()).collect();
            let stretches = self.told(&named.place, reading.anatomy.canal_of(&bones))?;
            let origin = middle(&stretches);
            weighed.extend(stretches.iter().map(|own| (own.bone.clone(), own.weighed(axis, &origin))));
        }
        Some(weighed)
    }

    /// The inner surfaces of the bones that a load names, or all of them.
    pub(super) fn surfaces(
        &self,
        fields: &Fields<'a>,
        reading: &Reading,
        plan: &Plan,
    ) -> Option<Vec<(String, InnerFacts)>> {
        let on = fields.string("on");
        let named = fields.strings("bones");
        match on.as_ref().map(|on| on.value) {
            Some("canal") => {
                let bones: Vec<&str> = named.iter().map(|bone| bone.value).collect();
                let place = named.first().map_or(fields.place(), |bone| &bone.place);
                let stretches = if bones.is_empty() {
                    reading.anatomy.closed_canal()
                } else {
                    reading.anatomy.canal_of(&bones)
                };
                let stretches = self.told(place, stretches)?;
                return Some(stretches.iter().map(|own| (own.bone.clone(), own.pressed())).collect());
            }
            Some("vault") | None => {}
            Some(other) => {
                let Some(cord) = plan.cords.iter().find(|cord| cord.name == other) else {
                    let cords = plan.cords.iter().map(|cord| cord.name.as_str());
                    let place = on.as_ref().map_or(fields.place(), |on| &on.place);
                    self.problems.unknown(
                        place,
                        "surface",
                        other,
                        ["vault", "canal"].into_iter().chain(cords),
                    );
                    return None;
                };
                return self.on_cord(&named, cord, fields, reading);
            }
        }
        if named.is_empty() {
            return reading.anatomy.closed_vault();
        }
        let inner = &reading.anatomy.facts.vault.as_ref()?.inner;
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

    /// What a pressure beside some bones, or all along it, does to a cord.
    fn on_cord(
        &self,
        named: &[Placed<&str>],
        cord: &Cord,
        fields: &Fields<'a>,
        reading: &Reading,
    ) -> Option<Vec<(String, InnerFacts)>> {
        let pressed = self.told(fields.place(), cord.pressed(&reading.anatomy))?;
        for bone in named {
            if !pressed.iter().any(|(beside, ..)| beside == bone.value) {
                let known = pressed.iter().map(|(beside, ..)| beside.as_str());
                self.problems.unknown(&bone.place, "bone beside this cord", bone.value, known);
            }
        }
        let wanted = |beside: &str| named.is_empty() || named.iter().any(|bone| bone.value == beside);
        let own = pressed.into_iter().filter(|(beside, ..)| wanted(beside));
        Some(own.map(|(_, body, share)| (body, share)).collect())
    }

    pub(super) fn carried(
        &mut self,
        fields: &Fields<'a>,
        name: &str,
        reading: &Reading,
    ) -> Vec<(String, f64)> {
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
}

/// The middle of what some stretches hold.
fn middle(stretches: &[Stretch]) -> Vector {
    let volume: f64 = stretches.iter().map(|own| own.volume).sum();
    stretches.iter().map(|own| own.middle * (own.volume / volume)).sum()
}
