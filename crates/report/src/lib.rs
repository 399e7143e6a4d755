//! Pages and pictures of a run: one HTML file that needs no network, can be read without
//! script, and can be explored with it by mouse or keyboard.
//!
//! This crate draws what it is handed and computes no physiology: means, spectra, loops and
//! verdicts come from the caller. What it does work out is where to put ink: scales, ticks,
//! and the smallest and largest sample under each column of a picture.
//!
//! ```
//! use cisterna_report::{Page, Panel, Section, Trace, Waveforms, render};
//!
//! let pressure = Trace::new("vault", 0.0, 4.0, vec![9.8, 10.4, 10.1, 9.9, 9.8]);
//! let page = Page {
//!     title: "Supine rest".to_owned(),
//!     sections: vec![Section::Waveforms(Waveforms {
//!         heading: "Waveforms".to_owned(),
//!         panels: vec![Panel::new("Intracranial pressure", "mmHg", vec![pressure])],
//!         ..Waveforms::default()
//!     })],
//!     ..Page::default()
//! };
//! assert!(render(&page).starts_with("<!doctype html>"));
//! ```

mod claims;
mod html;
mod number;
mod page;
mod sections;
mod shell;
mod skeleton;
mod svg;
mod validation;

pub use claims::{claim_page, claims_page};
pub use page::{Facts, Page, Published, Section, SummaryRow, Verdict, render, render_recording};
pub use sections::bars::{Bar, BarGroup, Bars};
pub use sections::bones::{Bones, Strand};
pub use sections::charts::{Axis, Band, Chart, Charts, Dot, Line, LineForm};
pub use sections::ledger::{Door, Ledger};
pub use sections::patterns::Patterns;
pub use sections::table::Table;
pub use sections::text::Text;
pub use sections::waveforms::{Panel, Trace, TraceForm, Waveforms};
pub use skeleton::{Outlines, View};
pub use svg::scale::Spacing;
pub use validation::{ValidationPage, table_page};
