//! Shapes in space: triangles, boxes, and a tree that finds them fast.

mod bounds;
mod facet;
mod principal;
mod sphere;
mod tree;

pub use bounds::Bounds;
pub use facet::Facet;
pub use principal::Spread;
pub use sphere::directions;
pub use tree::{Hit, Near, Tree};

/// A point or a direction: x to the subject's right, y forward, z up; points in mm.
pub type Vector = nalgebra::Vector3<f64>;

/// A symmetric or general three-by-three matrix.
pub type Matrix = nalgebra::Matrix3<f64>;
