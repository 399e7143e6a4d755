//! Arms of a simulation: what the raters' findings are supposed to come from.

/// A mechanism from which findings of raters may come. None is a fact; each is switched on by an arm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hypothesis {
    /// The body of the subject moves in a slow rhythm of its own.
    SubjectRhythm,
    /// The hand of the rater moves in the rater's own slow rhythm.
    OwnRhythm,
    /// What was taught draws the reported rate towards it, the more the less is felt.
    Expectation,
    /// The sides of the subject truly differ.
    SubjectSides,
    /// One hand of the rater feels more than the other.
    OwnHands,
}

/// All hypotheses with their names in documents and what they say.
pub const HYPOTHESES: [(Hypothesis, &str, &str); 5] = [
    (Hypothesis::SubjectRhythm, "subject_rhythm", "the subject moves in a slow rhythm (slow_rhythm)"),
    (
        Hypothesis::OwnRhythm,
        "own_rhythm",
        "the rater's hand moves in the rater's slow rhythm (own_slow_rhythm)",
    ),
    (
        Hypothesis::Expectation,
        "expectation",
        "what was taught draws the reported rate towards it (expectation)",
    ),
    (Hypothesis::SubjectSides, "subject_sides", "the sides of the subject differ (sides.people)"),
    (Hypothesis::OwnHands, "own_hands", "one hand of the rater feels more than the other (sides.hands)"),
];

/// A set of hypotheses under which a panel is simulated.
#[derive(Clone, Debug, PartialEq)]
pub struct Arm {
    /// Its name, as `subject` or `own`.
    pub name: String,
    /// What holds in it.
    pub hypotheses: Vec<Hypothesis>,
}

impl Arm {
    /// Whether a hypothesis holds.
    #[must_use]
    pub fn holds(&self, hypothesis: Hypothesis) -> bool {
        self.hypotheses.contains(&hypothesis)
    }

    /// The names of what holds.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        HYPOTHESES.iter().filter(|(it, ..)| self.holds(*it)).map(|(_, name, _)| *name).collect()
    }
}
