//! What loads the bones, and what each load follows.

use cisterna_fluid::{Drive, Observable};
use cisterna_quantity::{Dimension, parse_unit};
use cisterna_skeleton::geometry::Vector;
use cisterna_skeleton::plan::{Acts, Load, Plan};

use super::LOADS;
use super::read::{HEAD, Reading, keys};
use super::surfaces::weighed;
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
                    self.acts_as(&fields, sensed, Dimension::FORCE, "a force, as N");
                    let acts = self.force(&fields, reading);
                    if let (Some(drive), Some(acts)) = (sensed, acts) {
                        add(plan, drive, acts, name.to_owned());
                    }
                }
                "moment" => {
                    self.acts_as(&fields, sensed, Dimension::ENERGY, "a moment, as N m");
                    // mmHg mL into N mm.
                    let acts = self.force(&fields, reading).and_then(|acts| match acts {
                        Acts::Force(point, axis) => Some(Acts::Moment(point.bone, axis, MMHG * 1e3)),
                        _ => None,
                    });
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
                    let canal = fields.has("within").then(|| self.canal_within(&fields, plan, reading));
                    // The spine does not bend with the head.
                    let head = self.network.segments.iter().position(|segment| segment.name == HEAD);
                    let segment = head.filter(|_| canal.is_none());
                    let vault = if canal.is_none() { self.surfaces(&fields, reading, plan) } else { None };
                    for (axis, letter) in AXES.iter().enumerate() {
                        let surfaces = match &canal {
                            Some(canal) => canal.as_ref().map(|canal| weighed(canal, axis)),
                            None => vault.as_ref().and_then(|open| reading.anatomy.weighed_vault(open, axis)),
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

    /// Complains where a load follows something of another kind than it acts with.
    fn acts_as(&self, fields: &Fields<'a>, sensed: Option<Drive>, wanted: Dimension, words: &str) {
        let Some(Drive::Observed(observable)) = sensed else { return };
        let (Some(found), Some(senses)) = (self.dimension_sensed(observable), fields.string("senses")) else {
            return;
        };
        if found != wanted {
            let message = format!("`{}` is no force of this kind: it is {found}", senses.value);
            self.problems.add(senses.place.problem(message).help(format!("sense {words}")));
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
