//! Do raters agree? Coefficients of agreement of measures (intraclass correlation, limits of agreement) and of
//! findings (kappa), with the intervals that are usual for them.
//!
//! Ratings stand as one row for each subject with one column for each rater or repeat. What cannot be determined
//! (too few rows, no spread at all) is none.

mod intraclass;
mod kappa;
mod limits;

pub use intraclass::{Intraclass, intraclass};
pub use kappa::{Kappa, cohen_kappa, fleiss_kappa, weighted_kappa};
pub use limits::{Limits, limits_of_agreement};

/// An estimate with its confidence interval of 95 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}
