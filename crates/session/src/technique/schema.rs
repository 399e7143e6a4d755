//! The shape of a technique's document, from the lists that its reader uses.

use serde_json::{Value, json};

use super::read::{GROUPS, HANDS};
use super::types::{Mode, STATIONS};

/// One line per value: quantity, range, basis.
const STATED: &str = r"^\s*[+-]?\d[^|]*\|[^|]*\|\s*(measured|derived|assumed|hypothesis|definition)\b.*$";

/// The JSON schema (draft 2020-12) of the documents of techniques, for editors.
///
/// ```
/// let schema = cisterna_session::technique_schema();
/// assert_eq!(schema["required"][0], "technique");
/// ```
#[must_use]
pub fn technique_schema() -> Value {
    let text = |what: &str| json!({ "type": "string", "description": what });
    let stated = |what: &str| json!({ "type": "string", "pattern": STATED, "description": what });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Cisterna technique",
        "type": "object",
        "required": ["technique", "row", "title", "summary", "time", "aim", "end_sign"],
        "additionalProperties": false,
        "properties": {
            "technique": { "type": "string", "pattern": "^[a-z][a-z0-9_]*$", "description": "its name" },
            "row": text("the row of the table of techniques that it answers"),
            "title": text("what people call it"),
            "summary": text("how it is done"),
            "steps": { "type": "array", "items": { "type": "integer", "minimum": 1, "maximum": 10 },
                "description": "the steps of the ten-step protocol to which it belongs" },
            "group": { "enum": GROUPS, "description": "where it belongs outside the protocol" },
            "time": stated("how long it lasts"),
            "aim": text("what it is taught to be for: a hypothesis of practice"),
            "end_sign": text("the sign by which practice ends it"),
            "frees": { "type": "array", "items": { "type": "string" },
                "description": "joints, membranes and signals of muscles that it is taught to free" },
            "contact": { "type": "array", "items": {
                "type": "object",
                "required": ["hand", "mode"],
                "additionalProperties": false,
                "properties": {
                    "hand": { "enum": HANDS },
                    "at": text("a site on a bone"),
                    "station": { "enum": STATIONS, "description": "a place without a bone in the model: nothing moves there" },
                    "mode": { "enum": Mode::ALL.map(Mode::word) },
                    "direction": { "description": "inward, or to the right, forward, up; the axis of a torque", "oneOf": [
                        { "const": "inward" },
                        { "type": "array", "items": { "type": "number" }, "minItems": 3, "maxItems": 3 },
                    ] },
                    "force": stated("the force"),
                    "moment": stated("the moment of a torque"),
                    "stiffness": stated("how stiff the arm is, of a hand that resists or goes along a way"),
                    "path": { "type": "array", "minItems": 2,
                        "items": { "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": 2 },
                        "description": "how far a hand goes, or how hard it presses, in time: [[\"0 s\", \"0 mm\"], [\"10 s\", \"0.2 mm\"]]; in mm, N or g" },
                    "file": text("a recording that holds the path"),
                    "channel": text("its channel, in mm, N or g"),
                    "basis": text("what the path rests on, as \"assumed: why\" or \"measured KEY\""),
                    "area": stated("the area over which it presses"),
                    "begin": text("when it begins, counted from the beginning of the technique"),
                    "for": text("how long it lasts; to the end where left out"),
                },
            } },
        },
    })
}
