//! What a technique changed, in a few lines for people: the greatest of each kind.

use cisterna_experiment::{Outcome, Spread};

use crate::visit::Done;

/// Something that a technique changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The measure behind it.
    pub id: String,
    /// What a reader sees.
    pub label: String,
    /// How much, or why it is not known.
    pub value: Result<f64, String>,
    /// Its unit.
    pub unit: String,
    /// What it is with other sutures and bone, where it tells of bones.
    pub spread: Option<Spread>,
    /// The same without hypotheses, where some are laid on.
    pub twin: Option<f64>,
}

impl Done {
    /// What it changed: pressure, bone under each hand, the joint that opens most, the membrane that is drawn most, what was
    /// freed; each beside the twin without hypotheses, where there is one.
    #[must_use]
    pub fn changes(&self, twin: Option<&Done>) -> Vec<Change> {
        let size = |outcome: &Outcome| outcome.value.as_ref().map_or(0.0, |value| value.abs());
        let greatest = |end: &str| {
            let of_kind = self.outcomes.iter().filter(|outcome| outcome.id.ends_with(end));
            of_kind.max_by(|a, b| size(a).total_cmp(&size(b)))
        };
        let starts =
            |start: &'static str| self.outcomes.iter().filter(move |outcome| outcome.id.starts_with(start));
        let kept = starts("pressure_").chain(starts("arousal_")).chain(starts("hand_"));
        let kept = kept.chain(greatest("_opening")).chain(greatest("_tension"));
        let freed = self.outcomes.iter().filter(|outcome| outcome.id.ends_with("_freed"));
        kept.chain(freed).map(|outcome| Change::of(outcome, twin)).collect()
    }
}

impl Change {
    pub(crate) fn of(outcome: &Outcome, twin: Option<&Done>) -> Self {
        let same = twin.and_then(|twin| twin.outcomes.iter().find(|other| other.id == outcome.id));
        Change {
            id: outcome.id.clone(),
            label: outcome.label.clone(),
            value: outcome.value.clone(),
            unit: outcome.unit.clone(),
            spread: outcome.spread,
            twin: same.and_then(|other| other.value.as_ref().ok().copied()),
        }
    }

    /// Its unit for people.
    #[must_use]
    pub fn shown_unit(&self) -> &str {
        if self.unit == "um" { "µm" } else { &self.unit }
    }

    /// Whether hypotheses change it.
    #[must_use]
    pub fn hangs_on_hypotheses(&self) -> bool {
        matches!((&self.value, self.twin), (Ok(own), Some(twin)) if *own != twin)
            || self.id.ends_with("_freed")
    }
}
