//! Kinds of tissue, and the joints made of them.

use cisterna_skeleton::plan::{Joint, Kind, Law, Shell};
use cisterna_skeleton::structure::Motion;

use super::read::{Reading, Tissue, keys};
use super::values::MMHG;
use super::{JOINT, TISSUES};
use crate::build::Draft;
use crate::document::Fields;

impl<'a> Draft<'a> {
    pub(super) fn tissues(&mut self, reading: &mut Reading) {
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
    pub(super) fn end_of(&self, item: &str, parameter: &str, high: bool, value: f64) -> f64 {
        let name = format!("{item}.{parameter}");
        let entry = self.evidence.iter().rev().find(|entry| entry.name == name);
        entry.and_then(|entry| if high { entry.high } else { entry.low }).unwrap_or(value)
    }

    /// The joints, and the layers among them with the ends of what is published.
    pub(super) fn joints(&mut self, reading: &Reading) -> (Vec<Joint>, Vec<(usize, [Law; 2])>) {
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

    pub(super) fn kind_of(
        &self,
        fields: &Fields<'a>,
        key: &str,
        reading: &Reading,
    ) -> Option<(Kind, Option<[Law; 2]>)> {
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

    pub(super) fn shell_of(&self, fields: &Fields<'a>, reading: &Reading) -> Option<Shell> {
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
}
