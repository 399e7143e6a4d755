//! Hands in the document of a subject, and what they do in a scenario.

use cisterna_model::Model;
use cisterna_quantity::exact_number;

use super::touched::{Hand, Touched};
use super::{BEFORE, RAMP, held};
use crate::technique::{Contact, Direction, Mode};

/// Bones of the vault, which dent under a hand.
const VAULT: [&str; 5] =
    ["frontal_bone", "left_parietal_bone", "right_parietal_bone", "occipital_bone", "sphenoid_bone"];
/// The tissue of skin and finger pads, and of bone that dents; in models that have them.
pub(super) const SKIN: &str = "skin_under_fingers";
const BONE: &str = "vault_bone";

/// The hands, with forces of nought until a scenario says otherwise.
pub(super) fn write(touched: &Touched, model: &Model, text: &mut String) {
    for hand in touched.on_bones() {
        let Hand { name, contact, bone, .. } = hand;
        let site = contact.place.name();
        let direction = direction(contact);
        if contact.is_held() {
            held::write(hand, &direction, model, text);
            continue;
        }
        let (unit, what) = match contact.mode {
            Mode::Torque => ("N m", "its moment"),
            _ => ("N", "its force"),
        };
        *text += &format!(
            "\n[signal.{name}]\nlaw   = \"constant\"\nunit  = \"{unit}\"\nvalue = \"0 {unit} || definition: {what}, until the technique begins\"\n"
        );
        let law = if contact.mode == Mode::Torque { "moment" } else { "force" };
        *text += &format!(
            "\n[load.{name}_touches]\nlaw       = \"{law}\"\nsenses    = \"{name}\"\nat        = \"{site}\"\ndirection = {direction}\n"
        );
        let has = |tissue: &str| model.evidence_of(tissue).is_ok();
        if law == "force" && has(SKIN) {
            *text += &format!("through   = \"{SKIN}\"\n");
        }
        if law == "force" && has(BONE) && bone.as_deref().is_some_and(|bone| VAULT.contains(&bone)) {
            *text += &format!("beside    = \"{BONE}\"\n");
        }
    }
}

fn direction(contact: &Contact) -> String {
    match contact.direction {
        Direction::Inward => "\"inward\"".to_owned(),
        Direction::Along(along) => {
            let numbers: Vec<String> = along.iter().map(|number| format!("{number:?}")).collect();
            format!("[{}]", numbers.join(", "))
        }
    }
}

/// The opening of a joint as what hypotheses of release hang on.
pub(super) fn sensed(joint: &str) -> String {
    format!(
        "\n[signal.opening_at_restriction]\nlaw    = \"linear\"\nunit   = \"um\"\nsenses = \"{joint}.opening\"\ngain   = \"1 1 || definition: the opening itself\"\n"
    )
}

/// What the hands do, and when; with the pressure of them that reaches what is worked on, mmHg, where hypotheses hang on it.
pub(super) fn events(touched: &Touched, model: &Model, felt: Option<f64>, text: &mut String) {
    for hand in touched.on_bones() {
        let contact = &hand.contact;
        let label = format!("{} at {}", told(contact), words(contact.place.name()));
        if let Some(path) = &contact.path {
            let laid = path.laid(BEFORE + hand.from, hand.stretch, RAMP);
            *text += &format!(
                "\n[[drive]]\nparameter = \"{}.value\"\npoints    = {}\nlabel     = {label:?}\n",
                hand.name,
                laid.document()
            );
            continue;
        }
        let (parameter, size) = match contact.is_held() {
            true => held::reached(hand, model),
            false => {
                let unit = &contact.strength.unit;
                let own = exact_number(unit.from_canonical(contact.strength.value));
                (format!("{}.value", hand.name), format!("{own} {}", unit.text()))
            }
        };
        event(text, &parameter, &size, (hand.from, hand.until), Some(&label));
    }
    let hands = touched.hands.iter();
    let whole = hands.fold((f64::INFINITY, 0.0), |(from, until): (f64, f64), hand| {
        (from.min(hand.from), until.max(hand.until))
    });
    if model.observable("touched").is_ok() && !touched.hands.is_empty() {
        // A touch is a touch, whatever it is meant to do.
        event(text, "touched.value", "1 1", whole, None);
    }
    if let Some(pressure) = felt.filter(|pressure| *pressure > 0.0) {
        let size = format!("{} mmHg", exact_number(pressure));
        event(text, "pressure_of_hands.value", &size, whole, None);
    }
}

fn event(text: &mut String, parameter: &str, size: &str, (from, until): (f64, f64), label: Option<&str>) {
    let [at, until] = [BEFORE + from, BEFORE + until].map(exact_number);
    *text += &format!(
        "\n[[event]]\nat    = \"{at} s\"\nset   = {{ {parameter:?} = {size:?} }}\nover  = \"{} s\"\nuntil = \"{until} s\"\n",
        exact_number(RAMP)
    );
    if let Some(label) = label {
        *text += &format!("label = {label:?}\n");
    }
}

/// `right hand, 0.049 N`.
pub(crate) fn told(contact: &Contact) -> String {
    let hand = match contact.hand.as_str() {
        "both" => "both hands".to_owned(),
        "device" => "device".to_owned(),
        side => format!("{side} hand"),
    };
    let unit = &contact.strength.unit;
    let up_to = if contact.path.is_some() { "along a path of up to " } else { "" };
    format!("{hand}, {up_to}{} {}", exact_number(unit.from_canonical(contact.strength.value)), unit.text())
}

/// A name of documents as words.
pub(crate) fn words(name: &str) -> String {
    name.replace('_', " ")
}
