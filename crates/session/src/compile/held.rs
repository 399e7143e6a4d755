//! Hands that an arm holds from outside: they keep a place or a force, resist, or are a fulcrum.

use cisterna_model::Model;
use cisterna_quantity::{exact_number, parse_unit};

use super::hands::SKIN;
use super::touched::Hand;
use crate::technique::Mode;

/// The tissue of an arm at rest, in models that have it.
const ARM: &str = "arm";
/// In this time fingers mend a force by feel, s. Assumed: fingers that go after a force that they see err by more than half of
/// its swing at 2 Hz (Srinivasan and Chen 1993), and by feel alone they are slower.
const MENDS: f64 = 0.5;
/// The stiffness of knuckles on a couch, and of a hand that goes along a way whatever it meets, N/mm: five hundred times that of
/// skin under fingers, so that nothing moves it.
const FULCRUM: f64 = 100.0;

/// A hand on its arm, which reaches for nothing until a scenario says so.
pub(super) fn write(hand: &Hand, direction: &str, model: &Model, text: &mut String) {
    let Hand { name, contact, .. } = hand;
    match contact.mode {
        Mode::Keep => keeper(name, model, text),
        _ => {
            *text += &format!(
                "\n[signal.{name}]\nlaw   = \"constant\"\nunit  = \"mm\"\nvalue = \"0 mm || definition: how far the arm presses, until the technique begins\"\n"
            );
        }
    }
    let own = format!("{name}_arm");
    let arm = match contact.mode {
        Mode::Resist | Mode::Fulcrum | Mode::Path => {
            arm(&own, contact.mode, stiffness(hand), text);
            &own
        }
        _ => ARM,
    };
    *text += &format!(
        "\n[support.{name}_rests]\ntissue    = \"{SKIN}\"\nunder     = \"{}\"\nheld_by   = \"{arm}\"\nfollows   = \"{name}\"\ndirection = {direction}\n",
        contact.place.name()
    );
}

/// The parameter that a technique sets, and to what: how far a hand that keeps its force sinks into the skin by it; for another
/// how far its arm reaches to press with its force on what does not yield, skin and arm in series.
pub(super) fn reached(hand: &Hand, model: &Model) -> (String, String) {
    let skin = softness(SKIN, model);
    let (of, soft) = match hand.contact.mode {
        Mode::Keep => ("_wants", skin),
        Mode::Resist | Mode::Fulcrum => ("", skin + 1.0 / stiffness(hand)),
        _ => ("", skin + softness(ARM, model)),
    };
    let far = exact_number(hand.contact.strength.value * soft);
    (format!("{}{of}.value", hand.name), format!("{far} mm"))
}

/// What lacks of the force is mended within a time: `reach' = (wanted - sink) (skin + arm) / skin / time`, where the skin sinks
/// in by the force over its stiffness.
fn keeper(name: &str, model: &Model, text: &mut String) {
    let share = 1.0 + softness(ARM, model) / softness(SKIN, model);
    let gain = exact_number(share / MENDS);
    *text += &format!(
        "\n[signal.{name}_wants]\nlaw   = \"constant\"\nunit  = \"mm\"\nvalue = \"0 mm || definition: how far it sinks in by the force that it keeps, until the technique begins\"\n\
         \n[signal.{name}_lacks]\nlaw           = \"sum\"\nunit          = \"mm\"\nsenses        = [\"{name}_wants\", \"{name}_rests.sink\"]\nsecond_weight = \"-1 1 || definition: what is wanted less what is felt\"\n\
         \n[signal.{name}]\nlaw       = \"integrator\"\nunit      = \"mm\"\nsenses    = \"{name}_lacks\"\ngain      = \"{gain} 1/s || assumed: what lacks is mended within {MENDS} s, as fingers do by feel\"\nreference = \"0 mm || definition: nothing lacks\"\n"
    );
}

/// The arm of a hand that does not keep its place as an arm at rest does.
fn arm(name: &str, mode: Mode, stiffness: f64, text: &mut String) {
    let (turning, why) = match mode {
        // A point, about which all turns: next to nothing, as nothing at all would leave the hand free to spin.
        Mode::Fulcrum => (1e-5, "definition: a fulcrum, which nothing moves and about which all turns"),
        Mode::Path => (0.1, "definition: a hand that goes along a way; the wrist as at rest (assumed)"),
        _ => (0.1, "assumed: an arm that resists, as its technique says; the wrist as at rest"),
    };
    let [stiffness, turning] = [stiffness, turning].map(exact_number);
    *text += &format!(
        "\n[tissue.{name}]\nlaw             = \"pad\"\nstiffness       = \"{stiffness} N/mm || {why}\"\nshear_stiffness = \"{stiffness} N/mm || {why}\"\nturning         = \"{turning} N m/deg || {why}\"\n"
    );
}

/// How stiff the arm of a hand is that resists, goes along a way or is a fulcrum, N/mm.
fn stiffness(hand: &Hand) -> f64 {
    let stated = hand.contact.stiffness.as_ref();
    stated.map_or(FULCRUM, |stated| newtons_per_millimetre(stated.value))
}

/// How far a tissue gives way, mm/N; not at all where the model has none.
fn softness(tissue: &str, model: &Model) -> f64 {
    let wanted = format!("{tissue}.stiffness");
    let stiffness = model.evidence().iter().find(|entry| entry.name == wanted);
    stiffness.map_or(0.0, |entry| 1.0 / newtons_per_millimetre(entry.value))
}

/// A stiffness from canonical units into N/mm, whatever the unit of its document.
fn newtons_per_millimetre(canonical: f64) -> f64 {
    parse_unit("N/mm").map_or(f64::NAN, |unit| unit.from_canonical(canonical))
}
