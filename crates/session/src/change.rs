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
    /// What two runs may differ by through the steps of the solver alone, in the same unit.
    pub blur: f64,
}

/// The steps of the solver err by so much of a swing: its tolerance.
const TOLERANCE: f64 = 5e-3;

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
        let freed = freed.filter(|_| !self.freed.is_empty());
        let change = |outcome| Change { blur: self.blur(outcome), ..Change::of(outcome, twin) };
        kept.chain(freed).map(change).collect()
    }

    /// A state that goes on from its end, as arousal; none where the subject has no such thing.
    #[must_use]
    pub fn state(&self, name: &str) -> Option<f64> {
        self.state.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }

    /// What a measure may differ by through the steps of the solver: its tolerance times the swing of what is measured.
    fn blur(&self, outcome: &Outcome) -> f64 {
        // The pulse of a bone is measured on its motion.
        let id = outcome.id.replace("_pulse", "_motion");
        let measured = |name: &str| {
            let own = name.replace("_touches.", "_").replace("_rests.", "_").replace('.', "_");
            let kin = if name == "vault.pressure" { "pressure" } else { &own };
            id.starts_with(kin)
        };
        let channel = self.recording.channels.iter().find(|channel| measured(&channel.name));
        let values = channel.map_or(&[][..], |channel| &channel.values);
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        TOLERANCE * (high - low).max(0.0)
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
            blur: 0.0,
        }
    }

    /// Its unit for people.
    #[must_use]
    pub fn shown_unit(&self) -> &str {
        match self.unit.as_str() {
            "um" => "µm",
            "1" => "",
            unit => unit,
        }
    }

    /// Whether hypotheses change it by more than the steps of the solver do.
    #[must_use]
    pub fn hangs_on_hypotheses(&self) -> bool {
        matches!((&self.value, self.twin), (Ok(own), Some(twin)) if (own - twin).abs() > self.blur)
            || self.id.ends_with("_freed")
    }
}
