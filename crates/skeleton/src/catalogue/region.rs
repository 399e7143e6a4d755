//! Bones that are alike.

use cisterna_quantity::Stated;

/// Bones that are alike: of one density and of about one length.
#[derive(Clone, Debug)]
pub struct Region {
    /// What it is called.
    pub name: String,
    /// Whether a body without its bones misses something.
    pub expected: bool,
    /// Density of a whole bone with its marrow, kg/m³.
    pub density: Stated,
    /// About how long its bones are in an adult, mm.
    pub length: f64,
    /// Its bones, from top to bottom where they lie so.
    pub bones: Vec<String>,
}
