//! A small motion of a bone as a screw: a turn about an axis in space with a slide along it.
//!
//! Shift and turn depend on the point they are counted from; the screw does not, so that it can be laid beside the axis
//! that somebody else names.
//!
//! ```
//! use cisterna_skeleton::geometry::Vector;
//! use cisterna_skeleton::screw::Screw;
//! use cisterna_skeleton::structure::Motion;
//!
//! // A bone that turns by 1 mrad about an upright axis 20 mm to its left, and rises by 5 um.
//! let motion = Motion { shift: Vector::new(0.0, 0.020, 0.005), turn: Vector::new(0.0, 0.0, 0.001) };
//! let screw = Screw::of(&motion, &Vector::zeros()).ok_or("no turn")?;
//! assert!((screw.point - Vector::new(-20.0, 0.0, 0.0)).norm() < 1e-9);
//! assert!((screw.pitch - 5.0).abs() < 1e-9);
//! # Ok::<(), &str>(())
//! ```

mod beside;
mod motion_screw;

pub use beside::{Beside, Sense, between_axes, mirrored_axis};
pub use motion_screw::Screw;
