//! What a document may hold besides the parameters of laws: one list for the reader and the schema.

use cisterna_fluid::passage::PASSAGES;
use cisterna_fluid::signal::SIGNALS;
use cisterna_fluid::wall::WALLS;
use cisterna_fluid::{Bounds, Law, Parameter};
use cisterna_quantity::Dimension;

/// A key of an item with what it says.
pub(crate) struct Key {
    pub name: &'static str,
    pub summary: &'static str,
}

const fn key(name: &'static str, summary: &'static str) -> Key {
    Key { name, summary }
}

/// The sections that hold items.
pub(crate) const SECTIONS: [&str; 17] = [
    "fluid",
    "segment",
    "landmark",
    "space",
    "passage",
    "signal",
    "substance",
    "manoeuvre",
    "anatomy",
    "bone",
    "line",
    "tissue",
    "joint",
    "membrane",
    "cable",
    "support",
    "load",
];

/// The keys of a landmark besides its place.
pub(crate) const LANDMARK_KEY: [Key; 2] = [
    key("segment", "the segment that carries it when the body bends; the trunk when left out"),
    key(
        "top_of",
        "landmarks above this one, of which it is whichever lies highest: the top of something soft, from which its weight counts",
    ),
];

/// Keys of a segment besides its values.
pub(crate) const SEGMENT_KEYS: [Key; 2] = [
    key("joint", "the landmark about which it bends"),
    key(
        "lies",
        "on which side of its joint it lies in a person standing: above, as the head, or below, as the legs",
    ),
];

/// The sides of a joint.
pub(crate) const SIDES: [&str; 2] = ["above", "below"];

/// The values of a segment.
pub(crate) static SEGMENT: [Parameter; 1] = [Parameter::optional(
    "sitting",
    Dimension::ANGLE,
    Bounds::Any,
    0.0,
    "the angle by which it is bent forwards in a person who sits",
)];

/// Keys of a manoeuvre besides its values.
pub(crate) const MANOEUVRE_KEYS: [Key; 3] = [
    key("summary", "what it is, in one line"),
    key("within", "the least and the most amount that a scenario may ask for, as [\"0 mmHg\", \"60 mmHg\"]"),
    key("change", "the parameters that change, each as `[[manoeuvre.NAME.change]]`"),
];

/// The values of a manoeuvre.
pub(crate) static MANOEUVRE: [Parameter; 3] = [
    Parameter::free("amount", Bounds::Any, None, "how much of it there is where a scenario does not say"),
    Parameter::optional(
        "for",
        Dimension::TIME,
        Bounds::Positive,
        0.0,
        "how long it lasts where a scenario does not say; without it, it goes on",
    ),
    Parameter::optional(
        "ramp",
        Dimension::TIME,
        Bounds::NotNegative,
        0.0,
        "how long its changes take, there and back, where they do not say themselves",
    ),
];

/// The key of a change besides its values.
pub(crate) const CHANGE_KEY: [Key; 1] = [key("parameter", "what changes, NAME.PARAMETER")];

/// When a change happens.
pub(crate) static CHANGE_TIMES: [Parameter; 5] = [
    Parameter::optional(
        "at",
        Dimension::TIME,
        Bounds::NotNegative,
        0.0,
        "how long after the manoeuvre begins",
    ),
    Parameter::optional(
        "after",
        Dimension::TIME,
        Bounds::NotNegative,
        0.0,
        "how long after the manoeuvre ends",
    ),
    Parameter::optional(
        "for",
        Dimension::TIME,
        Bounds::Positive,
        0.0,
        "how long until it returns; with the manoeuvre where left out",
    ),
    Parameter::optional("over", Dimension::TIME, Bounds::NotNegative, 0.0, "how long the way there takes"),
    Parameter::optional("back", Dimension::TIME, Bounds::NotNegative, 0.0, "how long the way back takes"),
];

/// Where a change goes: one of these.
pub(crate) static CHANGE_GOALS: [Parameter; 4] = [
    Parameter::free("to", Bounds::Any, None, "the value that it goes to, or `amount`"),
    Parameter::free(
        "by",
        Bounds::Any,
        None,
        "the difference to the value before, in the unit of the parameter, whatever the amount",
    ),
    Parameter::free("add", Bounds::Any, None, "what is added, times the amount where there is one"),
    Parameter::free(
        "scale",
        Bounds::Any,
        None,
        "the share by which it grows, times the amount where there is one",
    ),
];

/// Keys of a space besides the parameters of its wall.
pub(crate) const SPACE: [Key; 8] = [
    key(
        "kind",
        "what it is: fluid (holds fluid behind a wall; the default), enclosure (holds spaces behind a wall), junction (holds nothing) or outside (its pressure is given)",
    ),
    key(
        "holds",
        "the fluid in it; for an enclosure the fluid whose weight acts between it and what it holds",
    ),
    key(
        "inside",
        "the enclosure that it lies in, or an outside space whose pressure is given; none is the atmosphere",
    ),
    key("at", "the landmark at which it lies; may be left out where a model has no landmarks"),
    key("wall", "the law of its wall; for fluids and enclosures"),
    key("start_pressure", "pressure from which the start of a run is sought; no evidence"),
    key("start_volume", "volume at the start of a run, for the wall `bath`; no evidence"),
    key("kept", "why it is kept where no result needs it"),
];

/// Keys of a passage besides the parameters of its law.
pub(crate) const PASSAGE: [Key; 6] = [
    key("from", "the space at which it starts: flow from here is positive"),
    key("to", "the space at which it ends"),
    key("law", "how flow follows from pressure"),
    key("fluid", "the fluid in it; that of `from` when left out"),
    key(
        "outside",
        "the enclosure that squeezes it, or an outside space whose pressure is given; none is the atmosphere",
    ),
    key("kept", "why it is kept where no result needs it"),
];

/// Keys of a signal besides the parameters of its law.
pub(crate) const SIGNAL: [Key; 6] = [
    key("law", "how it is computed"),
    key("unit", "the unit of its value; follows from what it senses or sets when left out"),
    key(
        "senses",
        "what it senses: NAME.pressure, NAME.transmural, NAME.volume, NAME.flow, NAME.passed, NAME.amount.SUBSTANCE, NAME.PARAMETER or the name of a signal; two of them in a list for laws with two sources",
    ),
    key("acts", "the parameter that it acts on, NAME.PARAMETER"),
    key(
        "how",
        "how it acts: set (the default), add, scale, or exponent (the value times the exponential of the signal)",
    ),
    key("kept", "why it is kept where no result needs it"),
];

/// The kinds of spaces.
pub(crate) const KINDS: [&str; 4] = ["fluid", "enclosure", "junction", "outside"];
/// The ways of acting.
pub(crate) const WAYS: [&str; 4] = ["set", "add", "scale", "exponent"];

/// The key that names the law of an item, with the laws and the other keys of the section.
pub(crate) fn laws(section: &str) -> Option<(&'static str, &'static [&'static Law], &'static [Key])> {
    match section {
        "space" => Some(("wall", &WALLS, &SPACE)),
        "passage" => Some(("law", &PASSAGES, &PASSAGE)),
        "signal" => Some(("law", &SIGNALS, &SIGNAL)),
        _ => None,
    }
}

/// The law of that name.
pub(crate) fn find(laws: &'static [&'static Law], name: &str) -> Option<&'static Law> {
    laws.iter().copied().find(|law| law.name == name)
}

/// Whether a key is a parameter of a law.
pub(crate) fn has_parameter(law: &Law, key: &str) -> bool {
    law.parameters.iter().any(|parameter: &Parameter| parameter.name == key)
}

/// The values of a fluid.
pub(crate) static FLUID: [Parameter; 3] = [
    Parameter::required("density", Dimension::DENSITY, Bounds::Positive, "mass per volume"),
    Parameter::required("viscosity", Dimension::VISCOSITY, Bounds::Positive, "dynamic viscosity"),
    Parameter::optional(
        "total",
        Dimension::VOLUME,
        Bounds::Positive,
        0.0,
        "the volume of it that the spaces hold together at the start; left open when left out",
    ),
];

/// The values of a landmark.
pub(crate) static LANDMARK: [Parameter; 3] = [
    Parameter::optional("right", Dimension::LENGTH, Bounds::Any, 0.0, "to the right of the right atrium"),
    Parameter::optional("forward", Dimension::LENGTH, Bounds::Any, 0.0, "in front of the right atrium"),
    Parameter::optional(
        "up",
        Dimension::LENGTH,
        Bounds::Any,
        0.0,
        "above the right atrium in a person standing",
    ),
];
