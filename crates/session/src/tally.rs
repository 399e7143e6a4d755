//! A visit in few numbers: for the index of sessions, and to hold beside a sham.

use crate::visit::{Done, Findings, Visit};

/// A number that sums up a visit.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    /// What it is.
    pub label: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// What kind of statement it is.
    pub kind: TallyKind,
    /// How much; none where the subject or the session has no such thing.
    pub value: Option<f64>,
}

/// What kind of statement a number of a visit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TallyKind {
    /// What physically happens.
    Physical,
    /// What the virtual practitioner reports.
    Reported,
}

impl Visit {
    /// The visit in few numbers.
    #[must_use]
    pub fn tally(&self) -> Vec<Tally> {
        let over = |number: &dyn Fn(&Done) -> Option<f64>| mean(self.done.iter().filter_map(number));
        let greatest = |end: &'static str, unit: &'static str| {
            over(&|done| {
                let of_kind = done.outcomes.iter().filter(|own| own.id.ends_with(end) && own.unit == unit);
                let sizes = of_kind.filter_map(|own| own.value.as_ref().ok().map(|value| value.abs()));
                sizes.max_by(f64::total_cmp)
            })
        };
        let measured = |id: &'static str| {
            over(&|done| {
                let own = done.outcomes.iter().find(|own| own.id == id)?;
                own.value.as_ref().ok().copied()
            })
        };
        let watched = self.watched();
        let apart = |id: &str| watched.iter().find(|own| own.id == id).map(|own| own.after - own.before);
        let left = mean(self.restrictions.iter().map(|left| 100.0 * left.after));
        let change =
            |number: &dyn Fn(&Findings) -> Option<f64>| Some(number(&self.after)? - number(&self.before)?);
        let of = |kind: TallyKind| {
            move |label: &'static str, unit: &'static str, value: Option<f64>| Tally {
                label,
                unit,
                kind,
                value,
            }
        };
        let (physical, reported) = (of(TallyKind::Physical), of(TallyKind::Reported));
        vec![
            physical(
                "Greatest motion of bone under a hand, mean of the techniques",
                "um",
                greatest("_motion", "um"),
            ),
            physical("Greatest opening of a joint, mean of the techniques", "um", greatest("_opening", "um")),
            physical("Intracranial pressure while held, mean change", "mmHg", measured("pressure_held")),
            physical("Arousal while held, mean change", "1", measured("arousal_held")),
            physical("Arousal at rest, after less before", "1", apart("arousal")),
            physical("Heart rate at rest, after less before", "1/min", apart("heart_rate")),
            physical("Left of the restrictions, mean", "%", left),
            reported("Joints called restricted, after less before", "1", change(&|own| own.called())),
            reported("Rate told, after less before", "1/min", change(&|own| own.rate())),
            reported("Amplitude told, after less before", "um", change(&|own| own.amplitude())),
        ]
    }
}

impl Findings {
    /// How many joints were called restricted; none where none was tested.
    #[must_use]
    pub fn called(&self) -> Option<f64> {
        let judged = self.judged.iter().flatten();
        (judged.clone().count() > 0).then(|| judged.filter(|judged| judged.claimed).count() as f64)
    }

    /// The mean of the rates that were told of stations, 1/min.
    #[must_use]
    pub fn rate(&self) -> Option<f64> {
        let told = self.felt.iter().filter_map(|felt| felt.finding.as_ref()?.rate);
        mean(told.map(|rate| 60.0 * rate))
    }

    /// The mean of the amplitudes that were told of stations, um.
    #[must_use]
    pub fn amplitude(&self) -> Option<f64> {
        mean(self.felt.iter().filter_map(|felt| Some(1e3 * felt.finding.as_ref()?.amplitude)))
    }
}

/// The mean; none of nothing.
pub(crate) fn mean(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let (count, sum) = numbers.fold((0usize, 0.0), |(count, sum), number| (count + 1, sum + number));
    (count > 0).then(|| sum / count as f64)
}
