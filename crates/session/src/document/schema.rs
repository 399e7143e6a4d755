//! The shape of a session's document.

use serde_json::{Value, json};

use crate::technique::STATIONS;

/// The JSON schema (draft 2020-12) of the documents of sessions, for editors.
///
/// ```
/// let schema = cisterna_session::session_schema();
/// assert_eq!(schema["required"][0], "session");
/// ```
#[must_use]
pub fn session_schema() -> Value {
    let text = |what: &str| json!({ "type": "string", "description": what });
    let texts = |what: &str| json!({ "type": ["array", "string"], "items": { "type": "string" }, "description": what });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Cisterna session",
        "type": "object",
        "required": ["session", "title", "subject", "complaints", "practitioner"],
        "additionalProperties": false,
        "properties": {
            "session": text("its name"),
            "title": text("what people call it"),
            "summary": text("one or two lines"),
            "date": { "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$", "description": "the day, as 2026-11-03" },
            "client": text("the code of the client; never a name"),
            "subject": text("name or path of the model document"),
            "complaints": texts("what brings the client, in the client's own words"),
            "restrictions": texts("conditions that are laid on: restrictions and strain patterns"),
            "hypotheses": texts("hypotheses that are switched on"),
            "stress": { "type": "number", "minimum": 0, "maximum": 1, "description": "0 is rest, 1 the social stress test" },
            "plan": text("what is agreed to do next"),
            "practitioner": { "type": "object", "required": ["seed"], "additionalProperties": false, "properties": {
                "code": text("a code; never a name"),
                "years": { "type": "number", "minimum": 0, "description": "years of practice" },
                "seed": { "type": "integer", "minimum": 0, "description": "what the chance in feeling is drawn from" },
            } },
            "evaluation": { "type": "object", "additionalProperties": false, "properties": {
                "stations": { "type": ["array", "string"], "items": { "enum": STATIONS }, "description": "the stations that are listened to" },
                "joints": texts("joints and sutures that are tested"),
                "time": text("how long each station is listened to; 60 s where left out"),
                "force": text("the force of a test; five grams where left out"),
            } },
            "technique": { "type": "array", "items": { "type": "object", "required": ["use"], "additionalProperties": false, "properties": {
                "use": text("a technique that comes along, or the path of one"),
                "for": text("how long it lasts here; as its document says where left out"),
            } } },
        },
    })
}
