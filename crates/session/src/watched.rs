//! What is watched at both evaluations, while nobody presses.

use crate::visit::Visit;

/// A mean over the evaluation and over the re-evaluation.
#[derive(Clone, Debug, PartialEq)]
pub struct Watched {
    /// The measure behind it.
    pub id: String,
    /// What a reader sees.
    pub label: String,
    /// Its unit.
    pub unit: String,
    /// Before the techniques.
    pub before: f64,
    /// After them.
    pub after: f64,
}

impl Visit {
    /// Pressures, heart rate, and arousal with what follows from it where the subject has that, before and after.
    #[must_use]
    pub fn watched(&self) -> Vec<Watched> {
        let both = self.before.outcomes.iter().filter_map(|before| {
            let after = self.after.outcomes.iter().find(|after| after.id == before.id)?;
            Some(Watched {
                id: before.id.clone(),
                label: before.label.clone(),
                unit: if before.unit == "1" { String::new() } else { before.unit.clone() },
                before: before.value.as_ref().ok().copied()?,
                after: after.value.as_ref().ok().copied()?,
            })
        });
        both.collect()
    }
}
