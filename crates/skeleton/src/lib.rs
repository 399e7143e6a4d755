//! Bones: meshes of a body turned into facts, numbers that stand for its shapes; and bodies on tissue, moved by forces.
//!
//! The way of a derivation: [`reading`] files gives meshes in mm and in the body's frame; [`checks`] names what is
//! wrong with them, all at once, as [`finding`]s; [`mod@derive`] measures each bone as a [`solid`], where bones face each
//! other ([`interface`]), the surfaces that face the fluid ([`inner`]), where membranes hold on ([`membrane`]) and
//! points for hands, muscles and supports ([`site`]); [`facts`] is the document of the numbers. What a mesh does not
//! tell of a bone stands in the [`catalogue`]. A [`structure`] is of rigid bodies, tissue and cables, and finds where
//! loads move them. A motion is also a [`screw`], which can be laid beside the motion that is [`taught`].
//!
//! Knows nothing of fluids.
//!
//! ```
//! use cisterna_skeleton::facts::Facts;
//!
//! let adult = Facts::embedded("adult")?;
//! let frontal = &adult.bone["frontal_bone"];
//! assert!((100.0..200.0).contains(&frontal.mass), "{} g", frontal.mass);
//! # Ok::<(), cisterna_skeleton::facts::FactsError>(())
//! ```

pub mod catalogue;
pub mod checks;
pub mod derive;
mod embedded;
pub mod facts;
pub mod finding;
pub mod geometry;
pub mod inner;
pub mod interface;
pub mod membrane;
pub mod mesh;
pub mod outline;
pub mod plan;
pub mod reading;
pub mod screw;
pub mod site;
pub mod solid;
pub mod structure;
pub mod taught;
