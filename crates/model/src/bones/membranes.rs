//! Membranes, ligaments, muscles and supports.

use cisterna_fluid::Drive;
use cisterna_quantity::Dimension;
use cisterna_skeleton::geometry::Vector;
use cisterna_skeleton::plan::{Acts, Cable, Cord, Kind, Load, Plan, Sheet, Support, Tube};

use super::read::{Reading, keys};
use super::values::MMHG;
use super::{CABLES, MEMBRANES};
use crate::build::Draft;
use crate::document::{Fields, clipped};

/// The strips of a membrane where a document does not say.
const STRIPS: usize = 24;

impl<'a> Draft<'a> {
    pub(super) fn membranes(&mut self, reading: &mut Reading, plan: &mut Plan) {
        for (name, table) in self.items("membrane") {
            self.check_item(name, table);
            let fields = self.fields("membrane", name, table);
            let Some(law) = self.item_law(&fields, "membrane", &MEMBRANES) else { continue };
            let at = self.item_values(&fields, name, law.parameters);
            let value = |key: &str| at.get(key).copied().unwrap_or(0.0);
            let relaxation = self.relaxation(&fields, &at);
            if law.name == "tube" {
                let tube = Tube {
                    name: name.to_owned(),
                    modulus: value("modulus") * MMHG,
                    area: value("area"),
                    prestrain: value("prestrain"),
                    tie: value("tie_stiffness"),
                    root: value("root_stiffness"),
                    slant: value("root_slant"),
                    neck_anchor: value("neck_anchor"),
                    end_anchor: value("end_anchor"),
                    filum: value("filum_stiffness"),
                    relaxation,
                };
                let rings = tube.rings(&reading.anatomy);
                reading.anatomy.rings.extend(rings);
                plan.tubes.push(tube);
                fields.finish(keys("membrane"));
                continue;
            }
            if law.name == "cord" {
                fields.required(&["within", "down_to"]);
                let within = self.tube_named(&fields, plan);
                let down_to = fields.string("down_to");
                let bone = down_to.and_then(|bone| {
                    self.told(&bone.place, reading.anatomy.canal_of(&[bone.value]))?;
                    Some(bone.value.to_owned())
                });
                if let (Some(within), Some(down_to)) = (within, bone) {
                    plan.cords.push(Cord {
                        name: name.to_owned(),
                        within,
                        down_to,
                        modulus: value("modulus") * MMHG,
                        area: value("area"),
                        tooth: value("tooth_stiffness"),
                        slant: value("tooth_slant"),
                        roots: value("root_stiffness"),
                        filum: value("filum_stiffness"),
                        relaxation,
                    });
                }
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

    fn tube_named(&self, fields: &Fields<'a>, plan: &Plan) -> Option<String> {
        let named = fields.string("within")?;
        if !plan.tubes.iter().any(|tube| tube.name == named.value) {
            let known = plan.tubes.iter().map(|tube| tube.name.as_str());
            self.problems.unknown(&named.place, "tube before this cord", named.value, known);
            return None;
        }
        Some(named.value.to_owned())
    }

    pub(super) fn cables(&mut self, reading: &Reading) -> Vec<Cable> {
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

    /// What the body rests on and hands that keep their place; and of hands that move, how they are moved.
    pub(super) fn supports(&mut self, reading: &Reading) -> (Vec<Support>, Vec<(Drive, Load)>) {
        let mut supports = Vec::new();
        let mut moved = Vec::new();
        for (name, table) in self.items("support") {
            self.check_item(name, table);
            let fields = self.fields("support", name, table);
            fields.required(&["tissue", "under"]);
            let kind = self.kind_of(&fields, "tissue", reading);
            let under = fields.string("under").and_then(|site| {
                let facts = self.told(&site.place, reading.anatomy.site(site.value))?;
                Some((self.told(&site.place, reading.anatomy.point(site.value))?, facts.normal))
            });
            let held_by = self.kind_of(&fields, "held_by", reading).map(|(kind, _)| kind);
            let follows = self.sensed_by(&fields, "follows");
            if let (Some((kind, _)), Some((under, normal))) = (kind, under) {
                if let Some(drive) = follows {
                    moved.extend(self.moved(&fields, name, &normal, held_by.as_ref(), drive));
                }
                supports.push(Support { name: name.to_owned(), under, normal: normal.into(), kind, held_by });
            }
            fields.finish(keys("support"));
        }
        (supports, moved)
    }

    /// The motion of the arm that holds a hand.
    fn moved(
        &self,
        fields: &Fields<'a>,
        name: &str,
        normal: &[f64; 3],
        arm: Option<&Kind>,
        drive: Drive,
    ) -> Option<(Drive, Load)> {
        let key = fields.string("follows")?;
        if arm.is_none_or(|arm| !arm.relaxation.is_empty()) {
            let message = "what follows a signal is a hand on an arm that does not relax";
            self.problems
                .add(key.place.problem(message).help("name a `pad` without `relaxing` as `held_by`"));
            return None;
        }
        if let Drive::Observed(observable) = drive
            && self.dimension_sensed(observable).is_some_and(|dimension| dimension != Dimension::LENGTH)
        {
            let message = format!("`{}` is no length", clipped(key.value));
            self.problems.add(key.place.problem(message).help("a hand follows a length, as mm"));
        }
        let inward = normal.map(|component| -component);
        let direction =
            if fields.has("direction") { self.direction(fields, *normal)? } else { Vector::from(inward) };
        let acts = Acts::Hold(name.to_owned(), direction);
        Some((drive, Load { name: format!("{name}_arm"), acts, bone: None, through: None }))
    }
}
