//! Bones as rigid bodies held by tissue, in small motion about the pose at rest.
//!
//! A [`Structure`] is a list of [`Body`]s, the [`Tissue`] between them (sutures, joints, supports: a stiffness of six by
//! six at a point) and [`Cable`]s (membranes, ligaments, muscles: they pull only). [`Structure::equilibrium`] finds how
//! far forces move every bone, what every piece of tissue carries and which cables hang slack.
//!
//! Forces are N, lengths mm, angles rad, moments N mm. All motion is counted from the pose at rest, and all forces from
//! those at rest: what balances there, as weight and the tension of membranes do, stays out.
//!
//! ```
//! use cisterna_skeleton::structure::{Body, Layer, Load, Structure};
//! use nalgebra::{Matrix3, Vector3};
//!
//! // Two plates of bone, 40 mm long, that meet at a suture 5 mm deep and 2 mm wide.
//! let mut skull = Structure::default();
//! let left = skull.add(Body { name: "left".into(), centre: Vector3::new(-30.0, 0.0, 0.0) })?;
//! let right = skull.add(Body { name: "right".into(), centre: Vector3::new(30.0, 0.0, 0.0) })?;
//! let suture = Layer {
//!     area: 200.0,
//!     gap: 2.0,
//!     centre: Vector3::zeros(),
//!     spread: Matrix3::from_diagonal(&Vector3::new(0.0, 40.0 * 40.0 / 12.0, 5.0 * 5.0 / 12.0)),
//!     normal: Vector3::x(),
//!     coherence: 1.0,
//! };
//! skull.fix(left)?;
//! skull.join("suture", left, right, suture.tissue(10.0, 4.0))?;
//!
//! let pull = Load::at(right, &Vector3::new(30.0, 0.0, 0.0), Vector3::new(0.05, 0.0, 0.0), &skull);
//! let found = skull.equilibrium(&[pull])?;
//! // Force over stiffness: 0.05 N / (10 MPa / 2 mm * 200 mm^2).
//! assert!((found.motions[right].shift.x - 0.05 / 1000.0).abs() < 1e-15);
//! # Ok::<(), cisterna_skeleton::structure::StructureError>(())
//! ```

mod assembly;
mod cable;
mod equilibrium;
mod layer;
mod load;
mod motion;
mod reduced;
mod tissue;

pub use assembly::{Body, Structure, StructureError};
pub use cable::Cable;
pub use equilibrium::{Carried, Equilibrium};
pub use layer::Layer;
pub use load::Load;
pub use motion::Motion;
pub use reduced::{Drive, Reduced};
pub use tissue::{Relaxation, Tissue};
