//! What is to be fitted.

use cisterna_infusion::Inflow;
use cisterna_recording::Recording;

/// What is to be fitted to what.
#[derive(Clone, Debug)]
pub struct Task<'a> {
    /// The recording …
    pub recording: &'a Recording,
    /// … and the name of its file.
    pub file: &'a str,
    /// The subject whose values are sought, by name or path.
    pub subject: &'a str,
    /// What is to be explained.
    pub explained: Vec<Explained>,
    /// The channel of arterial pressure that drives the model in place of its own heart.
    pub arterial: Option<String>,
    /// What was infused. The model begins with the first dose where that comes before the part that is looked at.
    pub infused: Option<Infused>,
    /// The values that are free, as `NAME.PARAMETER`; a `*` stands for any letters, and all values that fit then move by one
    /// factor.
    pub free: Vec<String>,
    /// The part of the recording that is looked at, s.
    pub from: f64,
    /// Its end, s.
    pub to: f64,
    /// How the person lay, as scenarios name it.
    pub posture: String,
    /// How many draws of the values make the intervals, each one run of the model; nought for ends found by the curvature at the
    /// least and one run each.
    pub draws: usize,
}

/// A recorded channel and what of the model it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The channel of the recording.
    pub channel: String,
    /// What of the model, as scenarios record it: `vault.pressure`.
    pub of: String,
}

/// What was infused and where it went.
#[derive(Clone, Debug, PartialEq)]
pub struct Infused {
    /// A channel of the rate or of the volume, or doses as stated.
    pub inflow: Inflow,
    /// The space: `lumbar_sac`.
    pub space: String,
}
