//! The shape of scenario documents, from the same lists that the reader uses.

use cisterna_analysis::STATISTICS;
use serde_json::{Value, json};

use super::derived::{FORMS, MOST_TERMS};
use super::event::ACTIONS;
use super::posture::{KEYS, POSTURES};
use super::types::{Comparison, Kind};

/// The JSON schema (draft 2020-12) of scenario documents, for editors.
///
/// ```
/// let schema = cisterna_experiment::scenario_schema();
/// assert_eq!(schema["required"][0], "title");
/// ```
#[must_use]
pub fn scenario_schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Cisterna scenario",
        "type": "object",
        "required": ["title", "subject", "duration"],
        "additionalProperties": false,
        "properties": {
            "title": text("what it is, in a few words"),
            "summary": text("one or two lines"),
            "subject": text("name or path of the model document"),
            "conditions": { "type": ["array", "string"], "items": text("a restriction, strain pattern or the like that is laid on") },
            "hypotheses": { "type": ["array", "string"], "items": text("a hypothesis that is switched on") },
            "duration": text("how long is recorded, as \"120 s\""),
            "settle": text("how long is run before that without being recorded; 20 s where left out"),
            "tolerance": { "type": "number", "minimum": 1e-12, "maximum": 1e-2,
                "description": "largest error of a step of the solver, as a share of how far an unknown swings in a heart beat; 5e-3 where left out" },
            "max_step": text("the longest step of the solver, as \"10 ms\"; free where left out"),
            "start": { "type": "object", "additionalProperties": false,
                "properties": { "posture": posture(), "tilt": tilt(), "gravity": gravity(), "bend": bend(),
                    "state": values() } },
            "set": values(),
            "event": event(),
            "drive": drive(),
            "record": record(),
            "measure": { "type": "array", "items": measure() },
        },
    })
}

fn text(what: &str) -> Value {
    json!({ "type": "string", "description": what })
}

fn posture() -> Value {
    json!({ "enum": POSTURES.map(|(name, _)| name), "description": "a posture by its name" })
}

fn tilt() -> Value {
    text("head-up tilt from lying on the back, as \"60 deg\"; negative is head down")
}

fn gravity() -> Value {
    json!({ "type": "number", "minimum": 0, "description": "gravity over that of the earth; stays until it is changed" })
}

fn bend() -> Value {
    json!({ "type": "object", "additionalProperties": text("angle"),
        "description": "how far parts of the body are bent forwards, as { legs = \"45 deg\" }" })
}

/// Values by the names of parameters.
fn values() -> Value {
    json!({ "type": "object", "additionalProperties": { "type": ["string", "number"] } })
}

fn event() -> Value {
    let turns = json!({ "anyOf": KEYS.map(|key| json!({ "required": [key] })) });
    let mut one_of: Vec<Value> = ACTIONS.iter().map(|action| json!({ "required": [action] })).collect();
    one_of.push(turns);
    json!({ "type": "array", "items": {
                "type": "object",
                "required": ["at"],
                "oneOf": one_of,
                "additionalProperties": false,
                "properties": {
                    "at": text("when it begins"),
                    "over": text("how long the ramp takes; a jump where left out"),
                    "until": text("when what was before returns"),
                    "label": text("what a reader sees"),
                    "posture": posture(),
                    "tilt": tilt(),
                    "gravity": gravity(),
                    "bend": bend(),
                    "do": text("a manoeuvre of the model, as valsalva"),
                    "amount": text("how much of the manoeuvre, as \"30 mmHg\"; its usual amount where left out"),
                    "for": text("how long the manoeuvre lasts, as \"15 s\""),
                    "parameter": text("NAME.PARAMETER that changes to `to`"),
                    "to": { "type": ["string", "number"], "description": "the new value with its unit" },
                    "set": values(),
                    "infuse": text("the space that fluid runs into"),
                    "withdraw": text("the space that fluid is drawn from"),
                    "drain": text("the space that drips into a chamber at a height"),
                    "height": text("height of the chamber over the space, as \"15 cm\""),
                    "rate": text("rate of an infusion, as \"1.5 mL/min\""),
                    "volume": text("volume of an infusion, given `over` a time"),
                    "pressure": text("pressure that an infusion holds, or a compression exerts"),
                    "resistance": text("resistance of a line that holds a pressure; 0.1 mmHg/(mL/min) where left out"),
                    "name": text("name of the line; infusion or withdrawal where left out"),
                    "compress": { "enum": ["left", "right", "both"], "description": "side of the neck" },
                    "breathe": text("rate of paced breathing, as \"6 1/min\""),
                    "amplitude": values(),
                },
            } })
}

fn drive() -> Value {
    json!({ "type": "array", "items": {
                "type": "object",
                "required": ["parameter"],
                "oneOf": [{ "required": ["file", "channel"] }, { "required": ["points"] }],
                "additionalProperties": false,
                "properties": {
                    "parameter": text("NAME.PARAMETER that follows the recording or the points"),
                    "points": points("a course in the time of the run, held before its first point and after its last: [[\"0 s\", \"0 N\"], [\"10 s\", \"0.05 N\"]]"),
                    "file": text("the recording; $CISTERNA_SHARED stands for the folder of recordings"),
                    "channel": text("its channel"),
                    "start": text("the time of the recording that is time zero of the run"),
                    "repeat": { "type": "boolean", "description": "whether it begins again at its end" },
                    "fallback": text("a recording that stands in where the file is missing"),
                    "gaps": text("refuse, or \"bridge 0.5 s\""),
                    "label": text("what a reader sees"),
                },
            } })
}

/// A list of two or more points: a time and a value.
fn points(what: &str) -> Value {
    let point = json!({ "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": 2 });
    json!({ "type": "array", "items": point, "minItems": 2, "description": what })
}

/// A list of two or more things to record.
fn terms(what: &str, most: usize) -> Value {
    json!({ "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": most, "description": what })
}

fn record() -> Value {
    let one_of = FORMS.map(|form| json!({ "required": [form] }));
    json!({ "type": "object", "additionalProperties": false, "properties": {
                "rate": text("samples per second, as \"100 Hz\", which is the default"),
                "channels": { "type": "array", "items": { "anyOf": [
                    text("what is recorded, as vault.pressure"),
                    { "type": "object", "additionalProperties": false, "oneOf": one_of, "properties": {
                        "of": text("what is recorded"),
                        "sum": terms("several things of one kind that are added up, as the flows of both jugulars; needs a `name`", MOST_TERMS),
                        "difference": terms("the first less the second; needs a `name`", 2),
                        "area": text("an area that a flow is divided by, so that the channel is a mean velocity, as \"20 mm^2 | 15 .. 25 | measured KEY\""),
                        "name": text("name of the channel"),
                        "label": text("what a reader sees"),
                        "unit": text("unit that is shown"),
                        "site": text("where a pressure is measured"),
                        "zero_level": text("the landmark of its space"),
                    } },
                ] } },
            } })
}

/// A measure: its own keys, and the parameters of every statistic.
fn measure() -> Value {
    let window = json!({ "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": 2 });
    let two = |what: &str| json!({ "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": 2, "description": what });
    let mut one_of: Vec<Value> =
        Comparison::ALL.iter().map(|form| json!({ "required": [form.key()] })).collect();
    one_of.push(json!({ "required": ["statistic", "channel"] }));
    let mut schema = json!({
        "type": "object",
        "required": ["id"],
        "oneOf": one_of,
        "additionalProperties": false,
        "properties": {
            "id": text("its name"),
            "label": text("what a reader sees"),
            "statistic": { "oneOf": STATISTICS.iter().map(|info| json!({ "const": info.name, "description": info.doc })).collect::<Vec<_>>() },
            "difference": two("two measures before this one: the first less the second"),
            "ratio": two("two measures before this one: the first over the second"),
            "relative_difference": two("two measures before this one: the first over the second, less one"),
            "channel": text("the channel that it is computed of"),
            "other": text("the second channel of statistics that compare two"),
            "window": window.clone(),
            "baseline": window,
            "unit": text("unit of the result"),
            "published": { "type": "object", "required": ["source"], "additionalProperties": false, "properties": {
                "value": { "type": "number" }, "low": { "type": "number" }, "high": { "type": "number" },
                "unit": text("unit as published"),
                "kind": { "enum": Kind::ALL.map(Kind::words) },
                "source": text("key of the source"),
                "note": text("what a reader must know"),
                "known_miss": text("why the model is known to miss it"),
            } },
        },
    });
    if let Some(properties) = schema["properties"].as_object_mut() {
        for parameter in STATISTICS.iter().flat_map(|info| info.parameters) {
            let what = format!("{} ({})", parameter.doc, parameter.unit);
            properties.insert(
                parameter.name.to_owned(),
                json!({ "type": ["string", "number"], "description": what }),
            );
        }
    }
    schema
}
