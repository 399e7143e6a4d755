//! What is known of two bones that face each other.

use crate::geometry::Vector;

/// The surfaces over which two bones face each other: the points of each within reach of the other whose normals
/// oppose.
#[derive(Clone, Debug, PartialEq)]
pub struct Interface {
    /// The two bones, in the order of their names.
    pub bones: [String; 2],
    /// How far apart two facing points may be, mm.
    pub within: f64,
    /// Area, mm²: the mean of what the two bones have.
    pub area: f64,
    /// Mean distance, mm.
    pub gap: f64,
    /// Mean point, mm.
    pub centroid: Vector,
    /// Standard deviations of the points along the axes, mm, the largest first.
    pub spread: [f64; 3],
    /// The principal axes.
    pub axes: [Vector; 3],
    /// Mean unit normal from the first bone to the second.
    pub normal: Vector,
    /// Length of the mean of all unit normals: 1 where flat, towards 0 where they point every way.
    pub coherence: f64,
    /// A line through the points from one end to the other, mm.
    pub course: Vec<Vector>,
}
