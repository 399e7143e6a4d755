//! The shape of study documents, from the same lists that the reader uses.

use cisterna_touch::Contact;
use serde_json::{Value, json};

use crate::arm::HYPOTHESES;
use crate::document::{JUDGED, MOMENTS};
use crate::statistic::Statistic;

/// The JSON schema (draft 2020-12) of study documents, for editors.
///
/// ```
/// let schema = cisterna_panel::panel_schema();
/// assert_eq!(schema["required"][0], "title");
/// ```
#[must_use]
pub fn panel_schema() -> Value {
    let statistics: Vec<Value> = Statistic::ALL
        .iter()
        .map(|(_, name, unit, label)| json!({ "const": name, "description": format!("{label}, in {unit}") }))
        .collect();
    let hypotheses: Vec<Value> =
        HYPOTHESES.iter().map(|(_, name, told)| json!({ "const": name, "description": told })).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Cisterna panel",
        "type": "object",
        "required": ["title", "source", "judged", "subjects", "raters", "contact", "listens", "arm", "row"],
        "additionalProperties": false,
        "properties": {
            "title": text("the study, in a few words"),
            "summary": text("what a reader must know of its layout"),
            "source": text("key of the source"),
            "judged": { "enum": JUDGED.map(|(name, _)| name), "description": "what raters judge" },
            "subjects": count("how many people are rated", 2),
            "raters": count("how many raters rate each of them", 1),
            "repeats": count("how often each rater rates each of them; once where left out", 1),
            "own_raters": { "type": "boolean", "description": "whether each subject has raters of its own" },
            "moments": { "enum": MOMENTS.map(|(name, _)| name), "description": "when raters rate a subject; in turn where left out" },
            "contact": { "enum": Contact::NAMES.map(|(name, _)| name), "description": "how the subject is touched" },
            "listens": text("how long a rater listens: value | range | basis source"),
            "taught": text("the rate that these raters were taught: value | range | basis source"),
            "body": { "type": "object", "additionalProperties": false, "required": ["recording", "channel"],
                "description": "a recorded motion in the place of the stated breath and pulse",
                "properties": { "recording": text("path of the recording, from the document"), "channel": text("its channel, a displacement") } },
            "arm": { "type": "object", "description": "hypotheses under which the study is simulated, by the name of the arm",
                "additionalProperties": { "type": "array", "items": { "oneOf": hypotheses } } },
            "row": { "type": "array", "minItems": 1, "items": {
                "type": "object", "additionalProperties": false, "required": ["id", "statistic", "published"],
                "properties": {
                    "id": text("its name"),
                    "label": text("what a reader sees"),
                    "statistic": { "oneOf": statistics },
                    "published": { "type": "number", "description": "the printed value" },
                    "low": { "type": "number" }, "high": { "type": "number" },
                    "source": text("key of the source, where it is not that of the study"),
                    "note": text("what a reader must know"),
                } } },
        },
    })
}

fn text(what: &str) -> Value {
    json!({ "type": "string", "description": what })
}

fn count(what: &str, least: usize) -> Value {
    json!({ "type": "integer", "minimum": least, "description": what })
}
