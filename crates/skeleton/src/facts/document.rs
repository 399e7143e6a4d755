//! What a document of facts holds. The unit of a number ends its name.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Three coordinates: to the subject's right, forward, up.
pub type Triple = [f64; 3];

/// All facts of one body.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// Whose bones these are.
    pub title: String,
    /// The credit that the source of the meshes asks for.
    pub credit: String,
    /// The licence under which the numbers may be passed on.
    pub licence: String,
    /// Where the axes point, and what is left out or assumed.
    pub notes: Vec<String>,
    /// Bones that a body has and the meshes had not.
    pub missing: Vec<String>,
    /// The bones.
    pub bone: BTreeMap<String, BoneFacts>,
    /// Where bones face each other.
    pub interface: Vec<InterfaceFacts>,
    /// The inside of the skull.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vault: Option<VaultFacts>,
    /// The inside of the spinal canal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canal: Option<CanalFacts>,
    /// Where membranes hold on to bones.
    pub membrane: BTreeMap<String, MembraneFacts>,
    /// Points for hands, muscles and supports.
    pub site: BTreeMap<String, SiteFacts>,
}

/// A bone as a body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoneFacts {
    /// What it belongs to.
    pub region: String,
    /// Volume.
    #[serde(rename = "volume_mL")]
    pub volume: f64,
    /// Density with range and source.
    pub density: String,
    /// Mass, volume times density.
    #[serde(rename = "mass_g")]
    pub mass: f64,
    /// Surface area.
    #[serde(rename = "area_cm2")]
    pub area: f64,
    /// Centre of mass.
    #[serde(rename = "centroid_mm")]
    pub centroid: Triple,
    /// Inertia about the centre of mass: xx, yy, zz, xy, xz, yz; the last three are elements of the tensor, with
    /// its sign.
    #[serde(rename = "inertia_g_cm2")]
    pub inertia: [f64; 6],
    /// Lowest and highest coordinates.
    #[serde(rename = "box_mm")]
    pub bounds: [Triple; 2],
}

/// Where two bones face each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InterfaceFacts {
    /// The two bones.
    pub between: [String; 2],
    /// How far apart facing points may be.
    #[serde(rename = "within_mm")]
    pub within: f64,
    /// Area, a mean of both bones.
    #[serde(rename = "area_cm2")]
    pub area: f64,
    /// Mean distance.
    #[serde(rename = "gap_mm")]
    pub gap: f64,
    /// Mean point.
    #[serde(rename = "centroid_mm")]
    pub centroid: Triple,
    /// Standard deviations along the axes.
    #[serde(rename = "spread_mm")]
    pub spread: Triple,
    /// Principal axes.
    pub axes: [Triple; 3],
    /// Mean normal from the first bone to the second.
    pub normal: Triple,
    /// Length of the mean of the unit normals.
    pub coherence: f64,
    /// A line from end to end.
    #[serde(rename = "course_mm")]
    pub course: Vec<Triple>,
}

/// A bone's share of an inner surface.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InnerFacts {
    /// Area.
    #[serde(rename = "area_cm2")]
    pub area: f64,
    /// Force per pressure, away from the fluid.
    #[serde(rename = "vector_area_cm2")]
    pub vector_area: Triple,
    /// Moment per pressure about the bone's centre of mass.
    #[serde(rename = "moment_cm3")]
    pub moment: Triple,
}

/// The inside of the skull.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VaultFacts {
    /// The point from which most of it is seen.
    #[serde(rename = "origin_mm")]
    pub origin: Triple,
    /// Volume seen, a mean of the origins.
    #[serde(rename = "volume_mL")]
    pub volume: f64,
    /// Lowest and highest volume from one origin.
    #[serde(rename = "volumes_mL")]
    pub volumes: [f64; 2],
    /// Largest difference of a bone's area between one origin and the mean, as a share.
    pub scatter: f64,
    /// The bones' shares.
    pub inner: BTreeMap<String, InnerFacts>,
}

/// The inside of the spinal canal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CanalFacts {
    /// Bones in which a ring was found, from top to bottom.
    pub rings: Vec<String>,
    /// The largest circle in each ring.
    #[serde(rename = "radii_mm")]
    pub radii: Vec<f64>,
    /// The line through the rings' middles.
    #[serde(rename = "line_mm")]
    pub line: Vec<Triple>,
    /// Volume.
    #[serde(rename = "volume_mL")]
    pub volume: f64,
    /// The share of the wall that is bone or disk.
    pub walled: f64,
    /// The bones' shares.
    pub inner: BTreeMap<String, InnerFacts>,
}

/// Where a membrane holds on to bones.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MembraneFacts {
    /// Its edges that hold on to bone.
    pub edge: BTreeMap<String, Edge>,
}

/// A line, or single points, along which a membrane holds on to bones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edge {
    /// How it was found, or why it is assumed.
    pub basis: String,
    /// The bone of each point.
    pub bones: Vec<String>,
    /// The points, in order.
    #[serde(rename = "points_mm")]
    pub points: Vec<Triple>,
}

/// A point on a bone for a hand, a muscle or a support.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteFacts {
    /// The bone.
    pub bone: String,
    /// What it is for.
    pub serves: String,
    /// The point on the surface.
    #[serde(rename = "point_mm")]
    pub point: Triple,
    /// The outward normal there.
    pub normal: Triple,
}
