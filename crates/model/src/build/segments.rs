//! Parts of the body that bend.

use std::collections::HashMap;

use cisterna_fluid::{Segment, Side};

use super::draft::Draft;
use crate::structure::{SEGMENT, SEGMENT_KEYS, SIDES};

impl<'a> Draft<'a> {
    /// Reads the segments, and which landmarks they carry.
    pub fn segments(&mut self) {
        let mut known: HashMap<&'a str, usize> = HashMap::new();
        for (name, table) in self.items("segment") {
            self.check_name(name, &table.place);
            let fields = self.fields("segment", name, table);
            fields.required(&["joint", "lies"]);
            let joint = self.reference(&fields, "joint", "landmark", &self.landmarks);
            let lies = fields.string("lies");
            if let Some(lies) = lies.as_ref().filter(|lies| !SIDES.contains(&lies.value)) {
                self.problems.unknown(&lies.place, "side of a joint", lies.value, SIDES);
            }
            let side = if lies.is_some_and(|lies| lies.value == "above") { Side::Above } else { Side::Below };
            let [sitting] = [&SEGMENT[0]].map(|angle| {
                self.stated(&fields, angle, angle.dimension, format!("segment.{name}.{}", angle.name))
            });
            fields.finish(SEGMENT_KEYS.iter().map(|key| key.name));
            let joint = joint.and_then(|index| self.network.landmarks.get(index));
            let joint = joint.map_or([0.0; 3], |landmark| landmark.position);
            known.insert(name, self.network.segments.len());
            let sitting = sitting.unwrap_or(0.0);
            self.network.segments.push(Segment { name: name.to_owned(), joint, side, sitting });
        }
        for (index, (name, table)) in self.items("landmark").enumerate() {
            let fields = self.fields("landmark", name, table);
            if fields.has("segment") {
                self.network.landmarks[index].segment = self.reference(&fields, "segment", "segment", &known);
            }
        }
    }
}
