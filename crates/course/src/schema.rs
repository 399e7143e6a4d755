//! The shape of course documents.

use serde_json::{Value, json};

/// The JSON schema (draft 2020-12) of course documents, for editors.
///
/// ```
/// let schema = cisterna_course::course_schema();
/// assert_eq!(schema["required"][2], "days");
/// ```
#[must_use]
pub fn course_schema() -> Value {
    let text = |what: &str| json!({ "type": "string", "description": what });
    let values = || json!({ "type": "object", "additionalProperties": { "type": ["string", "number"] } });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Cisterna course",
        "type": "object",
        "required": ["title", "subject", "days"],
        "additionalProperties": false,
        "properties": {
            "title": text("what it is, in a few words"),
            "summary": text("one or two lines"),
            "subject": text("name or path of the model document"),
            "hypotheses": { "type": ["array", "string"], "items": text("a hypothesis that is switched on") },
            "conditions": { "type": ["array", "string"], "items": text("a condition that is laid on") },
            "days": { "type": "integer", "minimum": 1, "maximum": 366, "description": "how many days" },
            "begins": text("the time of the day at which the first day begins; 7 h where left out"),
            "set": values(),
            "daily": { "type": "array", "items": {
                "type": "object",
                "required": ["at"],
                "oneOf": [{ "required": ["do"] }, { "required": ["set", "for"] }],
                "additionalProperties": false,
                "properties": {
                    "at": text("the time of the day, as \"9 h\""),
                    "for": text("how long it lasts, as \"8 h\"; the manoeuvre's own time where left out"),
                    "days": { "type": "array", "minItems": 2, "maxItems": 2, "items": { "type": "integer", "minimum": 1 },
                        "description": "the first and the last day; all where left out" },
                    "every": { "type": "integer", "minimum": 1, "description": "1 for every day, 7 for once a week" },
                    "do": text("a manoeuvre of the model, as work_load"),
                    "amount": text("how much of it; its usual amount where left out"),
                    "set": values(),
                    "label": text("what a reader sees"),
                },
            } },
            "record": { "type": "object", "additionalProperties": false, "properties": {
                "every": text("time between two samples; 15 min where left out"),
                "channels": { "type": "array", "description": "what is recorded, as in a scenario: signals as they are, all else as averages over beats" },
            } },
        },
    })
}
