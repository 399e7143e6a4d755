//! The laws of tissue, membranes, cables and loads: one list for the reader, the schema and the reference page.

use cisterna_fluid::{Bounds, Parameter};
use cisterna_quantity::Dimension;

use crate::structure::Key;

/// A law of an item of the bones.
pub(crate) struct ItemLaw {
    pub name: &'static str,
    pub summary: &'static str,
    pub parameters: &'static [Parameter],
}

/// What fades of a stiffness: two terms of a Prony series.
const RELAXING: [Parameter; 4] = [
    Parameter::optional(
        "relaxing",
        Dimension::NUMBER,
        Bounds::NotNegative,
        0.0,
        "share of the stiffness that fades with time",
    ),
    Parameter::optional(
        "relaxation_time",
        Dimension::TIME,
        Bounds::Positive,
        1.0,
        "time constant with which that share fades",
    ),
    Parameter::optional(
        "relaxing_fast",
        Dimension::NUMBER,
        Bounds::NotNegative,
        0.0,
        "a second share of the stiffness that fades",
    ),
    Parameter::optional(
        "relaxation_time_fast",
        Dimension::TIME,
        Bounds::Positive,
        1.0,
        "time constant with which the second share fades",
    ),
];

const fn required(name: &'static str, dimension: Dimension, summary: &'static str) -> Parameter {
    Parameter::required(name, dimension, Bounds::NotNegative, summary)
}

static LAYER: [Parameter; 6] = {
    let [a, b, c, d] = RELAXING;
    [
        required("stiffness", Dimension::FOUNDATION, "force per area for each mm that the bones part"),
        required("shear_stiffness", Dimension::FOUNDATION, "force per area for each mm that they slide"),
        a,
        b,
        c,
        d,
    ]
};

static UNIT: [Parameter; 10] = {
    let [a, b, c, d] = RELAXING;
    [
        required("shift_x", Dimension::STIFFNESS, "against shifts to the right"),
        required("shift_y", Dimension::STIFFNESS, "against shifts forward"),
        required("shift_z", Dimension::STIFFNESS, "against shifts up, or along `about`"),
        required("turn_x", Dimension::TURNING, "against flexion and extension"),
        required("turn_y", Dimension::TURNING, "against bending to the sides"),
        required("turn_z", Dimension::TURNING, "against turns about the long axis, or about `about`"),
        a,
        b,
        c,
        d,
    ]
};

static SHELL: [Parameter; 4] = [
    Parameter::required("modulus", Dimension::PRESSURE, Bounds::Positive, "elastic modulus"),
    Parameter::required("poisson_ratio", Dimension::NUMBER, Bounds::NotNegative, "Poisson's ratio"),
    Parameter::required("thickness", Dimension::LENGTH, Bounds::Positive, "of the shell"),
    Parameter::required("radius", Dimension::LENGTH, Bounds::Positive, "of its curvature"),
];

static PAD: [Parameter; 7] = {
    let [a, b, c, d] = RELAXING;
    [
        required("stiffness", Dimension::STIFFNESS, "against the surface"),
        required("shear_stiffness", Dimension::STIFFNESS, "along the surface"),
        required("turning", Dimension::TURNING, "against turns"),
        a,
        b,
        c,
        d,
    ]
};

/// The laws of tissue.
pub(crate) static TISSUES: [ItemLaw; 4] = [
    ItemLaw {
        name: "layer",
        summary: "spread over the area in which two bones face each other: sutures, cartilage",
        parameters: &LAYER,
    },
    ItemLaw {
        name: "unit",
        summary: "known as a whole along the axes of the body: disks with facets and ligaments, ribs' joints",
        parameters: &UNIT,
    },
    ItemLaw {
        name: "shell",
        summary: "bone of the vault, which bends in series with the sutures beside it",
        parameters: &SHELL,
    },
    ItemLaw { name: "pad", summary: "a bed, a pillow, a hand", parameters: &PAD },
];

static SHEET: [Parameter; 7] = {
    let [a, b, c, d] = RELAXING;
    [
        required("modulus", Dimension::PRESSURE, "elastic modulus"),
        required("thickness", Dimension::LENGTH, "of the membrane"),
        required("prestrain", Dimension::NUMBER, "stretch at rest"),
        a,
        b,
        c,
        d,
    ]
};

static TUBE: [Parameter; 13] = {
    let [a, b, c, d] = RELAXING;
    [
        required("modulus", Dimension::PRESSURE, "elastic modulus along the tube"),
        required("area", Dimension::AREA, "of its wall across the tube"),
        required("prestrain", Dimension::NUMBER, "stretch at rest"),
        required("tie_stiffness", Dimension::STIFFNESS, "of what holds it to each vertebra in any direction"),
        required(
            "root_stiffness",
            Dimension::STIFFNESS,
            "of the root sleeve on each side of a level along itself",
        ),
        required("root_slant", Dimension::ANGLE, "how far root sleeves run downwards, from across the tube"),
        required("neck_anchor", Dimension::STIFFNESS, "of what holds it at C2 and C3 besides"),
        required("end_anchor", Dimension::STIFFNESS, "of what holds its end at the sacrum"),
        required("filum_stiffness", Dimension::STIFFNESS, "of the thread from its end to the coccyx"),
        a,
        b,
        c,
        d,
    ]
};

static CORD: [Parameter; 10] = {
    let [a, b, c, d] = RELAXING;
    [
        required("modulus", Dimension::PRESSURE, "elastic modulus along the cord"),
        Parameter::required("area", Dimension::AREA, Bounds::Positive, "of its section"),
        required(
            "tooth_stiffness",
            Dimension::STIFFNESS,
            "of the tooth on each side of a level along its fibres",
        ),
        required("tooth_slant", Dimension::ANGLE, "how far those fibres run along the cord, from across it"),
        required("root_stiffness", Dimension::STIFFNESS, "of the roots of a level in any direction"),
        required("filum_stiffness", Dimension::STIFFNESS, "of the thread from its end to that of the tube"),
        a,
        b,
        c,
        d,
    ]
};

/// The laws of membranes.
pub(crate) static MEMBRANES: [ItemLaw; 3] = [
    ItemLaw {
        name: "sheet",
        summary: "strips from one line to another; a line with itself is folded",
        parameters: &SHEET,
    },
    ItemLaw { name: "tube", summary: "along the spinal canal, a ring at each vertebra", parameters: &TUBE },
    ItemLaw {
        name: "cord",
        summary: "a bar in a tube, a body at each vertebra, held to its rings by teeth and roots",
        parameters: &CORD,
    },
];

static CABLE: [Parameter; 6] = {
    let [a, b, c, d] = RELAXING;
    [
        required("stiffness", Dimension::STIFFNESS, "pull for each mm of stretch"),
        required("tension", Dimension::FORCE, "pull at rest"),
        a,
        b,
        c,
        d,
    ]
};

static MUSCLE: [Parameter; 8] = {
    let [a, b, c, d] = RELAXING;
    [
        required("cross_section", Dimension::AREA, "physiological cross-section"),
        required("specific_tension", Dimension::PRESSURE, "greatest force per cross-section"),
        required("tone", Dimension::NUMBER, "share of the greatest force at rest"),
        required("stiffness", Dimension::STIFFNESS, "pull for each mm of stretch"),
        a,
        b,
        c,
        d,
    ]
};

/// The laws of cables.
pub(crate) static CABLES: [ItemLaw; 2] = [
    ItemLaw { name: "cable", summary: "a ligament: it pulls only", parameters: &CABLE },
    ItemLaw { name: "muscle", summary: "a muscle with its tone: it pulls only", parameters: &MUSCLE },
];

static TURN: [Parameter; 1] = [Parameter::free(
    "gain",
    Bounds::Any,
    None,
    "moment for one unit of what is sensed, as N mm per that unit",
)];

/// The laws of loads.
pub(crate) static LOADS: [ItemLaw; 7] = [
    ItemLaw {
        name: "pressure",
        summary: "a pressure in vault or canal, both closed, or on a cord; the volume swept is its output `volume`",
        parameters: &[],
    },
    ItemLaw {
        name: "force",
        summary: "a force at a site; the motion of the point is its output `motion`",
        parameters: &[],
    },
    ItemLaw {
        name: "moment",
        summary: "a moment on the bone of a site about the axis `direction`; its turn is its output `motion`",
        parameters: &[],
    },
    ItemLaw {
        name: "pull",
        summary: "muscles that pull more, by the share of their greatest force",
        parameters: &[],
    },
    ItemLaw { name: "turn", summary: "a moment about the axis of joints", parameters: &TURN },
    ItemLaw {
        name: "weight",
        summary: "the weight of bones and of what they carry, when the body turns",
        parameters: &[],
    },
    ItemLaw {
        name: "column",
        summary: "the weight of a fluid on the inside of vault or canal, when the body turns",
        parameters: &[],
    },
];

/// The value of a bone that the facts lack.
pub(crate) static BONE: [Parameter; 1] = [required("mass", Dimension::MASS, "how heavy it is")];

/// The laws of a section of the bones, where it has any.
pub(crate) fn laws_of(section: &str) -> &'static [ItemLaw] {
    match section {
        "tissue" => &TISSUES,
        "membrane" => &MEMBRANES,
        "cable" => &CABLES,
        "load" => &LOADS,
        _ => &[],
    }
}

/// The values that items of a section have whatever their law.
pub(crate) fn values_of(section: &str) -> &'static [Parameter] {
    match section {
        "bone" => &BONE,
        "joint" => &JOINT,
        _ => &[],
    }
}

/// The values of a joint.
pub(crate) static JOINT: [Parameter; 7] = [
    Parameter::optional("stiffer", Dimension::NUMBER, Bounds::Positive, 1.0, "a factor on its stiffness"),
    Parameter::optional(
        "offset_x",
        Dimension::LENGTH,
        Bounds::Any,
        0.0,
        "shift of the second bone to the right at which it carries nothing",
    ),
    Parameter::optional("offset_y", Dimension::LENGTH, Bounds::Any, 0.0, "the same forward"),
    Parameter::optional("offset_z", Dimension::LENGTH, Bounds::Any, 0.0, "the same up"),
    Parameter::optional(
        "tilt_x",
        Dimension::ANGLE,
        Bounds::Any,
        0.0,
        "turn of the second bone about the axis to the right at which it carries nothing",
    ),
    Parameter::optional("tilt_y", Dimension::ANGLE, Bounds::Any, 0.0, "the same about the axis forward"),
    Parameter::optional("tilt_z", Dimension::ANGLE, Bounds::Any, 0.0, "the same about the axis up"),
];

const fn key(name: &'static str, summary: &'static str) -> Key {
    Key { name, summary }
}

/// The sections of bones: the name, what an item is, and its keys besides values.
pub(crate) static SECTIONS: [(&str, &str, &[Key]); 9] = [
    (
        "anatomy",
        "facts of a body whose bones move",
        &[
            key("facts", "the body, as `cisterna anatomy show` names it"),
            key("regions", "the regions whose bones are bodies"),
        ],
    ),
    ("bone", "a body that the facts lack", &[key("centre_mm", "its centre of mass")]),
    (
        "line",
        "a line of attachment that the facts lack",
        &[key("bones", "the bone of all points, or one for each"), key("points_mm", "its points")],
    ),
    ("tissue", "a kind of tissue", &[key("law", "how it is stiff")]),
    (
        "joint",
        "tissue between two bones",
        &[
            key("between", "the two bones"),
            key("tissue", "the kind of tissue between them"),
            key(
                "at_mm",
                "its point; where the bones face each other in the facts when left out, else halfway",
            ),
            key("about", "the direction of its axis: that of the third shift and turn of a `unit`"),
            key("beside", "the bone, a `shell`, that bends in series with it"),
        ],
    ),
    (
        "membrane",
        "a membrane that pulls only",
        &[
            key("law", "how it is stretched out"),
            key("from", "the line where it holds on, MEMBRANE.EDGE of the facts or a line of the document"),
            key("to", "the other line"),
            key("strips", "of how many strips it is made; 24 when left out"),
            key("within", "the tube in which a cord lies"),
            key("down_to", "the vertebra beside which a cord ends"),
        ],
    ),
    (
        "cable",
        "a ligament or a muscle",
        &[
            key("law", "how it pulls"),
            key("between", "two sites, bones, or rings of a tube (`TUBE_at_BONE`)"),
            key("points_mm", "where it holds on to the two bones, instead of sites"),
        ],
    ),
    (
        "support",
        "what the body rests on, or a hand that keeps its place",
        &[
            key("tissue", "a `pad`"),
            key("under", "the site"),
            key(
                "held_by",
                "for a hand: the arm, a `pad` without relaxation; its body is called as the support",
            ),
            key(
                "follows",
                "for a hand: how far its arm is moved, a length: anything that a signal may sense",
            ),
            key("direction", "the direction in which it follows; inward when left out"),
        ],
    ),
    (
        "load",
        "what loads the bones",
        &[
            key("law", "how it acts"),
            key("senses", "what it follows: anything that a signal may sense"),
            key("on", "vault, canal, or a cord"),
            key("bones", "the bones on which it acts; all of the surface when left out"),
            key(
                "within",
                "the pressures in whose stretches of the canal a column is counted from the middle",
            ),
            key("at", "the site of a force, or one on the bone that a moment turns"),
            key(
                "direction",
                "the direction of a force, or the axis of a moment: right, forward, up; or `inward`",
            ),
            key("of", "the muscles that pull"),
            key("joints", "the joints about which it turns"),
            key("carries", "soft mass that bones carry"),
            key("fluid", "the fluid of a column"),
            key("beside", "the bone, a `shell`, that dents under a force"),
            key(
                "through",
                "skin and finger pads between a force and the bone, a `pad`; its hand is a body called as the load",
            ),
        ],
    ),
];
