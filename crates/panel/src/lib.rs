//! Simulated panels of raters, held against published studies of reliability.
//!
//! A study document (`panels/NAME.toml`) says how a published study was laid out: how many people, raters and
//! repeats, and which figures were printed. Each of its *arms* names the hypotheses from which a rate or a restriction
//! would come. The panel is then drawn many times, with other people and other raters each time, and every printed
//! figure is laid beside the band that holds 90 % of the draws. What explains a study is shown, not chosen: nothing is
//! fitted, and a miss stays a miss.
//!
//! ```
//! use cisterna_panel::{Settings, Study, simulate};
//!
//! let study = Study::load("wirth_pattullo_1994")?;
//! let settings = Settings { draws: 20, seed: 1 };
//! let outcome = simulate(&study, &settings, &|| true)?;
//! assert_eq!(outcome.arms.len(), study.arms.len());
//! let first = &outcome.arms[0].results[0];
//! assert!(first.low <= first.median && first.median <= first.high);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod arm;
mod document;
mod draw;
mod embedded;
mod error;
mod outcome;
mod pool;
mod schema;
mod statistic;
mod study;

pub use arm::{Arm, HYPOTHESES, Hypothesis};
pub use error::PanelError;
pub use outcome::{ArmOutcome, Outcome, RowOutcome, Settings, Verdict, simulate};
pub use pool::{POOLS, Pooled, pooled};
pub use schema::panel_schema;
pub use statistic::Statistic;
pub use study::{Body, Judged, Moments, Row, Study};
