//! Cisterna simulates the cranio-sacral system: the blood and the fluid of brain and spine, the spaces that hold
//! them and the passages between these, in a body that breathes, stands up and lies down.
//!
//! This crate gathers the parts under one name. The way of the data is one: a [`model`] document and a scenario
//! ([`experiment`]) give a run; a run gives a [`recording`]; [`analysis`] measures it; [`report`] draws it and
//! [`validate`] holds it beside what was published. Below them, [`fluid`] compiles networks of spaces and passages
//! for the [`solver`], and knows no physiology. Beside them, [`skeleton`] measures bones.
//!
//! Load a model and ask what one of its numbers rests on, run a scenario on it, read a measure, write the recording:
//!
//! ```
//! use cisterna::experiment::{Scenario, run};
//! use cisterna::model::{Library, Model};
//!
//! let model = Model::load("adult")?;
//! let bore = &model.evidence_of("aqueduct")?[0];
//! assert_eq!(bore.ground.word(), "measured");
//!
//! let scenario = Scenario::from_text("three-beats.toml", r#"
//!     title    = "Three heart beats"
//!     subject  = "adult"
//!     duration = "3 s"
//!     settle   = "0 s"
//!     [record]
//!     channels = ["vault.pressure", "aqueduct.flow"]
//!     [[measure]]
//!     id        = "icp_mean"
//!     statistic = "mean"
//!     channel   = "vault.pressure"
//! "#, &Library::embedded())?;
//! let three_beats = run(&scenario, &mut |_| true)?;
//!
//! let icp = three_beats.outcomes[0].value.as_ref().unwrap();
//! assert!((0.0..25.0).contains(icp), "{icp} mmHg");
//!
//! let folder = tempfile::tempdir()?;
//! cisterna::recording::write_csv(&three_beats.recording, &folder.path().join("three-beats.csv"))?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub use cisterna_analysis as analysis;
pub use cisterna_claims as claims;
pub use cisterna_course as course;
pub use cisterna_experiment as experiment;
pub use cisterna_fit as fit;
pub use cisterna_fluid as fluid;
pub use cisterna_model as model;
pub use cisterna_panel as panel;
pub use cisterna_quantity as quantity;
pub use cisterna_recording as recording;
pub use cisterna_report as report;
pub use cisterna_sensitivity as sensitivity;
pub use cisterna_session as session;
pub use cisterna_skeleton as skeleton;
pub use cisterna_solver as solver;
pub use cisterna_touch as touch;
pub use cisterna_validate as validate;
