//! The schema of claims.

use serde_json::{Value, json};

use cisterna_touch::Contact;

use super::{How, Kind, Verdict};

/// The JSON schema of a claim.
///
/// ```
/// let schema = cisterna_claims::claim_schema();
/// assert_eq!(schema["title"], "Cisterna claim");
/// ```
#[must_use]
pub fn claim_schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Cisterna claim",
        "type": "object",
        "required": ["id", "claim", "stated_in", "kind", "reading"],
        "oneOf": [{ "required": ["verdict"] }, { "required": ["not_testable"] }],
        "additionalProperties": false,
        "properties": {
            "id": text("its number among all claims, as C57"),
            "claim": text("what is claimed, in one sentence"),
            "stated_in": text("where it is claimed"),
            "kind": { "enum": Kind::ALL.map(Kind::word) },
            "reading": text("how the claim is made a number, and what the rule asks"),
            "run": each(run()),
            "number": each(number()),
            "verdict": verdict(),
            "no_pair": text("why no pair of runs decides it, where published figures do"),
            "not_testable": text("why nothing can decide it"),
            "published": { "type": "array", "items": {
                "type": "object", "required": ["says", "source"], "additionalProperties": false,
                "properties": { "says": text("what was found, in our words"), "source": text("the key of its source") } } },
        },
    })
}

fn text(what: &str) -> Value {
    json!({ "type": "string", "description": what })
}

fn names(what: &str) -> Value {
    json!({ "type": ["array", "string"], "items": { "type": "string" }, "description": what })
}

fn each(item: Value) -> Value {
    json!({ "type": "object", "additionalProperties": item })
}

fn sizes(what: &str) -> Value {
    json!({ "type": "object", "additionalProperties": { "type": ["string", "number"] }, "description": what })
}

fn run() -> Value {
    json!({ "type": "object", "required": ["scenario"], "additionalProperties": false, "properties": {
        "scenario": text("a scenario that comes along, or of the folder of claims, as runs/rest"),
        "over": names("parameters that are moved to the ends of their published ranges, each by itself"),
        "subject": text("another subject than the scenario's"),
        "duration": text("another duration"),
        "settle": text("another time before the recording"),
        "hypotheses": names("hypotheses that are switched on"),
        "conditions": names("conditions that are laid on"),
        "set": sizes("values besides those that the scenario sets"),
        "start": json!({ "type": "object", "description": "another start" }),
    } })
}

fn number() -> Value {
    let mut properties = json!({
        "label": text("what a reader sees"),
        "magnitude": { "type": "boolean", "description": "leave its sign out" },
        "unit": text("the unit in which it is shown, as um"),
        "is": text("`VALUE UNIT | LOW .. HIGH | BASIS KEY: note`"),
        "run": text("the run that it is measured on"),
        "measure": text("the measure of that run"),
        "bones": text("the subject whose bones give it"),
        "by": sizes("the loads, each with its size"),
        "of": text("what is asked of the bones, as sagittal_suture.opening"),
        "felt_by": text("the share of people who feel just this, as 50 %"),
        "frequency": text("how often it moves to and fro, as 0.1 Hz"),
        "contact": { "enum": Contact::NAMES.map(|(name, _)| name) },
        "panel": text("a simulated study of raters that gives it"),
        "arm": text("which of its hypotheses hold"),
        "row": text("its figure"),
        "in_the_end": { "type": "boolean", "description": "after a long time, rather than at once" },
        "lay_on": names("conditions and hypotheses that are laid on"),
        "set": sizes("values of tissue that are otherwise"),
    });
    for how in How::ALL {
        properties[how.key()] = json!({ "type": "array", "minItems": 2, "items": { "type": "string" } });
    }
    json!({ "type": "object", "required": ["label"], "additionalProperties": false, "properties": properties })
}

fn verdict() -> Value {
    let verdicts = json!({ "enum": Verdict::ALL.map(Verdict::words) });
    json!({ "type": "object", "required": ["compare", "then", "otherwise", "turns_on"], "additionalProperties": false,
        "oneOf": [{ "required": ["at_least"] }, { "required": ["at_most"] }],
        "properties": {
            "compare": text("the number that is compared"),
            "at_least": text("the number that it must reach for the claim to hold"),
            "at_most": text("the number that it must not exceed for the claim to hold"),
            "then": verdicts, "otherwise": verdicts,
            "hypothesis": text("what would have to be true, where a hypothesis may be needed"),
            "turns_on": text("a stated number, or with `of` a parameter of a run or a value of tissue of bones"),
            "of": { "type": ["array", "string"], "items": { "type": "string" }, "description": "the run, the runs that are moved together, or the number of bones" },
        } })
}
