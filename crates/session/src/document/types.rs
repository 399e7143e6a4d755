//! What a session's document says.

use cisterna_quantity::Stated;

use crate::technique::Technique;

/// A visit: who comes with what, what the practitioner does, and under which hypotheses.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// One or two lines.
    pub summary: String,
    /// The date that its user gives, as 2026-11-03.
    pub date: Option<String>,
    /// The code of the client; never a name.
    pub client: Option<String>,
    /// Name or path of the model document.
    pub subject: String,
    /// What brings the client, in the client's own words.
    pub complaints: Vec<String>,
    /// The conditions that are laid on: restrictions and strain patterns.
    pub restrictions: Vec<String>,
    /// The hypotheses that are switched on.
    pub hypotheses: Vec<String>,
    /// How much stress is on the client, from none to the social stress test.
    pub stress: Option<f64>,
    /// What is agreed to do next.
    pub plan: Option<String>,
    /// Who touches.
    pub practitioner: Practitioner,
    /// What is felt before and after.
    pub evaluation: Evaluation,
    /// The techniques, in their order.
    pub steps: Vec<Step>,
    /// A short hash of the document and of those of its techniques.
    pub hash: String,
}

/// Who touches.
#[derive(Clone, Debug, PartialEq)]
pub struct Practitioner {
    /// A code; never a name.
    pub code: Option<String>,
    /// Years of practice.
    pub years: f64,
    /// What the chance in feeling is drawn from.
    pub seed: u64,
}

/// What is felt before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// The stations that are listened to.
    pub stations: Vec<String>,
    /// The joints and sutures that are tested.
    pub joints: Vec<String>,
    /// How long each is listened to, s.
    pub time: f64,
    /// The force of a test, N.
    pub force: Stated,
}

/// A technique in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The technique.
    pub technique: Technique,
    /// How long it lasts here, s.
    pub time: f64,
}
