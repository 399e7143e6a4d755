//! A published study, as far as a simulation needs to know it.

use cisterna_quantity::Stated;
use cisterna_touch::{Contact, Motion};

use crate::arm::Arm;
use crate::statistic::Statistic;

/// A published study of reliability.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    /// Its name, as `rogers_1998`.
    pub name: String,
    /// What it is, in a few words.
    pub title: String,
    /// What a reader must know of its layout.
    pub summary: String,
    /// The key of its source.
    pub source: String,
    /// What the raters judge.
    pub judged: Judged,
    /// How many people are rated.
    pub subjects: usize,
    /// How many raters rate each of them.
    pub raters: usize,
    /// How often each rater rates each of them.
    pub repeats: usize,
    /// Whether each subject has raters of its own.
    pub own_raters: bool,
    /// When the raters rate a subject.
    pub moments: Moments,
    /// How long is listened, s.
    pub listens: Stated,
    /// How the subject is touched.
    pub contact: Contact,
    /// The rate that these raters were taught, where the study says it, Hz.
    pub taught: Option<Stated>,
    /// A recorded motion that takes the place of the stated pulse and breath.
    pub body: Option<Body>,
    /// Under which hypotheses it is simulated.
    pub arms: Vec<Arm>,
    /// What was printed.
    pub rows: Vec<Row>,
}

/// What raters judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// The rate of the rhythm.
    Rate,
    /// Whether a bone is restricted: whether one side seems stiffer than the other.
    Restriction,
}

/// When raters rate a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moments {
    /// All at the same time, at different places.
    Together,
    /// One after another, in one visit.
    InTurn,
}

/// A recorded motion of a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// The recording and its channel, for the page.
    pub from: String,
    /// The motion.
    pub motion: Motion,
}

/// A printed figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its name.
    pub id: String,
    /// What it is, in words.
    pub label: String,
    /// Which figure of the simulated ratings stands beside it.
    pub statistic: Statistic,
    /// The printed value, in the unit of the statistic.
    pub published: f64,
    /// Lower end of what was printed as its range.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// The key of its source.
    pub source: String,
    /// What a reader must know.
    pub note: String,
}
