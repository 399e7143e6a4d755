//! The JSON schema of model documents, from the same lists that the reader uses.

use cisterna_fluid::{Kind, Law, Parameter};
use serde_json::{Map, Value, json};

use crate::bones;
use crate::structure::{
    CHANGE_GOALS, CHANGE_KEY, CHANGE_TIMES, FLUID, KINDS, Key, LANDMARK, LANDMARK_KEY, MANOEUVRE,
    MANOEUVRE_KEYS, PASSAGE, SEGMENT, SEGMENT_KEYS, SIDES, SIGNAL, SPACE, WAYS, laws,
};

/// One line per value: quantity, range, basis.
const STATED: &str = r"^\s*[+-]?\d[^|]*\|[^|]*\|\s*(measured|derived|assumed|hypothesis|definition)\b.*$";
const QUANTITY: &str = r"^\s*[+-]?\d.*$";
const NAME: &str = "^[a-z][a-z0-9_]*$";

/// The JSON schema (draft 2020-12) of model documents.
#[must_use]
pub fn model_schema() -> Value {
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Cisterna model document",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "title": text("what it is, in a few words; required of a model"),
            "summary": text("what it is, in a line or two"),
            "extends": text("the document that this one changes"),
            "parts": { "type": "array", "items": { "type": "string" }, "description": "documents laid down before this one's own tables" },
            "hypothesis": { "type": "string", "pattern": NAME, "description": "the name by which a scenario switches this document on" },
            "condition": { "type": "string", "pattern": NAME, "description": "the name by which a scenario lays this document on: how a body may be" },
            "remove": { "type": "array", "items": { "type": "string" }, "description": "names taken away from what this document stands on" },
            "fluid": items(&item(&[], &FLUID), "what the spaces hold"),
            "landmark": items(&item(&LANDMARK_KEY, &LANDMARK), "where the spaces lie, from the right atrium in a person standing"),
            "segment": items(&item(&SEGMENT_KEYS, &SEGMENT), "parts of the body that bend against the trunk"),
            "space": items(&space(), "what has a pressure"),
            "passage": items(&by_law("passage", &PASSAGE), "what joins two spaces"),
            "signal": items(&by_law("signal", &SIGNAL), "named scalars that sense, compute and act"),
            "substance": items(&substance(), "what is dissolved in the fluids"),
            "manoeuvre": items(&manoeuvre(), "what a scenario does by one name"),
        },
    });
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for (section, summary, keys) in &bones::SECTIONS {
            properties.insert((*section).to_owned(), items(&of_bones(section, keys), summary));
        }
    }
    schema
}

fn text(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

fn items(item: &Value, description: &str) -> Value {
    json!({
        "type": "object",
        "description": description,
        "propertyNames": { "pattern": NAME },
        "additionalProperties": item,
    })
}

fn substance() -> Value {
    let held = json!({ "type": "string", "pattern": STATED, "description": "concentration at the start, amount per mL" });
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["held"],
        "properties": { "held": { "type": "object", "additionalProperties": held, "description": "the spaces that hold it" } },
    })
}

/// An item of the bones: one alternative for each of its laws, and one that changes an item of a document below.
fn of_bones(section: &str, keys: &[Key]) -> Value {
    let own = item(keys, bones::values_of(section));
    let laws = bones::laws_of(section);
    if laws.is_empty() {
        return open_to_changes(own);
    }
    let alternative = |law: &bones::ItemLaw| {
        let mut schema = item(keys, law.parameters);
        if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
            properties.insert("law".to_owned(), json!({ "const": law.name, "description": law.summary }));
        }
        schema
    };
    let mut alternatives: Vec<Value> = laws.iter().map(alternative).collect();
    alternatives.push(open(keys, "law"));
    json!({ "oneOf": alternatives })
}

/// The same item with nothing required: a document may change what one below says.
fn open_to_changes(mut schema: Value) -> Value {
    if let Some(fields) = schema.as_object_mut() {
        fields.remove("required");
    }
    schema
}

/// A manoeuvre with its changes; each of them goes one way.
fn manoeuvre() -> Value {
    let mut change = item(&CHANGE_KEY, &CHANGE_TIMES);
    if let Some(properties) = change.get_mut("properties").and_then(Value::as_object_mut) {
        for goal in &CHANGE_GOALS {
            properties
                .insert(goal.name.to_owned(), json!({ "type": "string", "description": described(goal) }));
        }
    }
    if let Some(fields) = change.as_object_mut() {
        fields.insert("required".to_owned(), json!(["parameter"]));
        let one_of: Vec<Value> = CHANGE_GOALS.iter().map(|goal| json!({ "required": [goal.name] })).collect();
        fields.insert("oneOf".to_owned(), one_of.into());
    }
    let mut schema = item(&MANOEUVRE_KEYS, &MANOEUVRE);
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        properties.insert("change".to_owned(), json!({ "type": "array", "items": change }));
        let ends = json!({ "type": "array", "items": { "type": "string", "pattern": QUANTITY }, "minItems": 2, "maxItems": 2 });
        properties.insert("within".to_owned(), ends);
    }
    if let Some(fields) = schema.as_object_mut() {
        fields.insert("required".to_owned(), json!(["summary", "change"]));
    }
    schema
}

fn parameter(parameter: &Parameter) -> Value {
    json!({ "type": "string", "pattern": STATED, "description": described(parameter) })
}

/// "inner diameter of the tube; in mm, um, cm, m; more than zero".
pub(crate) fn described(parameter: &Parameter) -> String {
    let units = match parameter.dimension {
        Some(dimension) => format!("in {}", dimension.usual_units().join(", ")),
        None => "in the unit that follows from what the signal senses and gives".to_owned(),
    };
    let default = parameter.default.map(|default| format!("; {default} when left out")).unwrap_or_default();
    format!("{}; {units}; {}{default}", parameter.summary, parameter.bounds.words())
}

/// An item with the given keys and parameters and no others.
fn item(keys: &[Key], parameters: &[Parameter]) -> Value {
    let mut properties = Map::new();
    add(&mut properties, keys, parameters);
    let required: Vec<&str> = required(parameters).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties, "required": required })
}

fn required(parameters: &[Parameter]) -> impl Iterator<Item = &str> {
    parameters.iter().filter(|it| it.default.is_none()).map(|it| it.name)
}

fn add(properties: &mut Map<String, Value>, keys: &[Key], parameters: &[Parameter]) {
    for key in keys {
        properties.insert(key.name.to_owned(), key_schema(key));
    }
    for it in parameters {
        properties.insert(it.name.to_owned(), parameter(it));
    }
}

fn key_schema(key: &Key) -> Value {
    let mut schema = match key.name {
        "senses" => json!({ "oneOf": [
            { "type": "string" },
            { "type": "array", "items": { "type": "string" }, "minItems": 1, "maxItems": 2 },
        ] }),
        "between" | "regions" | "of" | "joints" | "bones" => json!({ "oneOf": [
            { "type": "string" },
            { "type": "array", "items": { "type": "string" }, "minItems": 1 },
        ] }),
        "centre_mm" | "at_mm" | "about" => {
            json!({ "type": "array", "items": { "type": "number" }, "minItems": 3, "maxItems": 3 })
        }
        "points_mm" => {
            json!({ "type": "array", "items": { "type": "array", "items": { "type": "number" }, "minItems": 3, "maxItems": 3 } })
        }
        "direction" => json!({ "oneOf": [
            { "const": "inward" },
            { "type": "array", "items": { "type": "number" }, "minItems": 3, "maxItems": 3 },
        ] }),
        "strips" => json!({ "type": "integer", "minimum": 1, "maximum": 500 }),
        "carries" => {
            json!({ "type": "object", "additionalProperties": { "type": "string", "pattern": STATED } })
        }
        "top_of" => json!({ "type": "array", "items": { "type": "string" }, "minItems": 1 }),
        "how" => json!({ "enum": WAYS }),
        "lies" => json!({ "enum": SIDES }),
        "kind" => json!({ "enum": KINDS }),
        "start_pressure" | "start_volume" => json!({ "type": "string", "pattern": QUANTITY }),
        _ => json!({ "type": "string" }),
    };
    if let Value::Object(fields) = &mut schema {
        fields.insert("description".to_owned(), key.summary.into());
    }
    schema
}

/// One alternative for each law, with the keys of the section and the parameters of that law, and one for items
/// that name no law.
fn by_law(section: &str, keys: &[Key]) -> Value {
    let Some((law_key, all, _)) = laws(section) else { return json!({}) };
    let mut alternatives = Vec::new();
    for law in all {
        alternatives.push(alternative(keys, law_key, law, law.parameters));
    }
    alternatives.push(open(keys, law_key));
    json!({ "oneOf": alternatives })
}

fn alternative(keys: &[Key], law_key: &str, law: &Law, parameters: &[Parameter]) -> Value {
    let mut schema = item(keys, parameters);
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        properties.insert(law_key.to_owned(), json!({ "const": law.name, "description": law.summary }));
    }
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.push(law_key.into());
    }
    if let Some(fields) = schema.as_object_mut() {
        fields.insert("title".to_owned(), law.name.into());
        fields.insert("description".to_owned(), format!("{}: {}", law.summary, law.equation).into());
    }
    schema
}

/// An item without a law: it changes some values of one that stands in a document below, or is a space without a
/// wall.
fn open(keys: &[Key], law_key: &str) -> Value {
    let mut properties = Map::new();
    for key in keys.iter().filter(|key| key.name != law_key) {
        properties.insert(key.name.to_owned(), key_schema(key));
    }
    json!({
        "title": "without a law",
        "description": "changes some values of an item of a document below, or needs no law",
        "type": "object",
        "not": { "required": [law_key] },
        "properties": properties,
    })
}

/// A space is known by its wall; enclosures also have a filling, junctions and outsides have no wall.
fn space() -> Value {
    let Some(mut alternatives) = by_law("space", &SPACE).get("oneOf").and_then(Value::as_array).cloned()
    else {
        return json!({});
    };
    let enclosed: Vec<&Parameter> = own_parameters();
    for schema in &mut alternatives {
        if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
            for own in &enclosed {
                properties.insert(own.name.to_owned(), parameter(own));
            }
        }
    }
    json!({ "oneOf": alternatives })
}

/// The parameters that kinds of spaces have besides those of a wall.
pub(crate) fn own_parameters() -> Vec<&'static Parameter> {
    let bath = &cisterna_fluid::wall::bath::LAW;
    Kind::Enclosure(bath).parameters().chain(Kind::Outside.parameters()).collect()
}
