//! Membranes, ligaments, muscles and supports.

use cisterna_skeleton::plan::{Cable, Cord, Plan, Sheet, Support, Tube};

use super::read::{Reading, keys};
use super::values::MMHG;
use super::{CABLES, MEMBRANES};
use crate::build::Draft;
use crate::document::Fields;

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

    pub(super) fn supports(&mut self, reading: &Reading) -> Vec<Support> {
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
}
