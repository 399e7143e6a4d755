//! Model documents: assembled, checked and resolved into one immutable [`Model`].
//!
//! A document is TOML with one line per value, which says what the value is, how far it is known and where it comes
//! from. Documents stand on each other by `extends` and `parts`; hypotheses are laid on last. Everything that is
//! wrong is told at once, with its place, what is allowed and the nearest valid name.
//!
//! ```
//! use cisterna_model::{Library, Model};
//!
//! let library = Library::from_pairs(&[("tank", r#"
//!     title = "A tank that drains"
//!     [fluid.water]
//!     density   = "1000 kg/m^3 || definition"
//!     viscosity = "1 mPa s || definition"
//!     [space.tank]
//!     holds = "water"
//!     wall  = "elastic"
//!     rest_volume = "0 mL || definition"
//!     compliance  = "2 mL/mmHg || assumed: a round number"
//!     [space.ground]
//!     kind  = "outside"
//!     holds = "water"
//!     [passage.drain]
//!     from = "tank"
//!     to   = "ground"
//!     law  = "resistance"
//!     resistance = "3 mmHg s/mL || assumed: a round number"
//! "#)]);
//! let model = Model::from_library(&library, "tank", &[])?;
//! let (drain, _) = model.address("drain.resistance").unwrap();
//! assert_eq!(model.network.values(drain.owner), [3.0]);
//! assert_eq!(model.evidence_of("tank.compliance").unwrap()[0].shown(), "2 mL/mmHg");
//! # Ok::<(), cisterna_model::Problems>(())
//! ```

mod assembly;
mod bones;
mod build;
pub mod document;
mod evidence;
mod library;
mod manoeuvre;
mod model;
mod names;
mod not_found;
mod reference;
mod schema;
mod sources;
mod structure;

pub use bones::{Bones, Otherwise};
pub use document::{Problem, Problems};
pub use evidence::{Evidence, Ground};
pub use library::Library;
pub use manoeuvre::{Amount, Change, Goal, Manoeuvre, Moment};
pub use model::Model;
pub use not_found::NotFound;
pub use reference::reference;
pub use schema::model_schema;
pub use sources::{Source, Sources};

/// The names of the models that Cisterna brings along, each with its title; parts and hypotheses left out.
#[must_use]
pub fn list_embedded() -> Vec<(String, String)> {
    assembly::models(&Library::embedded())
}

/// The names of the conditions that Cisterna brings along, each with its summary: restrictions, strain patterns and the like,
/// which a scenario lays on.
#[must_use]
pub fn list_conditions() -> Vec<(String, String)> {
    assembly::conditions(&Library::embedded())
}

/// The names of the hypotheses that Cisterna brings along.
#[must_use]
pub fn list_hypotheses() -> Vec<String> {
    assembly::laid_on(&Library::embedded(), "hypothesis").into_iter().map(|(name, _)| name).collect()
}

/// The names of the manoeuvres that Cisterna brings along, each with its summary.
#[must_use]
pub fn list_manoeuvres() -> Vec<(String, String)> {
    assembly::manoeuvres(&Library::embedded())
}
