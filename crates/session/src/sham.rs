//! A visit beside shams on the same subject: nobody touches, and hands touch anywhere.

use cisterna_analysis::f_quantile;
use cisterna_model::Model;
use cisterna_skeleton::site::Sites;
use cisterna_touch::Random;
use rayon::prelude::*;

use crate::compile::Hypotheses;
use crate::document::Session;
use crate::tally::{Tally, TallyKind, mean};
use crate::technique::{Direction, Mode, Place};
use crate::visit::{Manner, Spreading, Stand, Visit, VisitError};

/// How sure an interval is.
const SURE: f64 = 0.95;

/// A visit beside its shams.
#[derive(Clone, Debug, PartialEq)]
pub struct Sham {
    /// Of how many seeds of chance.
    pub seeds: usize,
    /// The numbers.
    pub rows: Vec<ShamRow>,
}

/// One number of a visit and of its shams.
#[derive(Clone, Debug, PartialEq)]
pub struct ShamRow {
    /// What it is.
    pub label: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// What kind of statement it is.
    pub kind: TallyKind,
    /// The mean of the visit.
    pub own: f64,
    /// Where nobody touches.
    pub untouched: Arm,
    /// Where hands touch anywhere.
    pub anywhere: Arm,
}

/// What a sham gives, and how far the visit lies above it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arm {
    /// Its mean.
    pub mean: f64,
    /// The mean of the differences, visit less sham, seed by seed.
    pub difference: f64,
    /// The interval that holds the true mean of differences in 95 of 100 cases, by the paired t test; none of one seed.
    pub interval: Option<(f64, f64)>,
}

impl Session {
    /// The visit beside so many shams of each kind. Where nobody touches, the same time goes by; where hands touch anywhere,
    /// they have the same forces and times at sites and in directions drawn by chance. The practitioner feels each with the
    /// seed's own chance, and feels the visit itself with the same.
    ///
    /// # Errors
    /// Those of [`Session::visit`].
    pub fn sham(
        &self,
        visit: &Visit,
        seeds: usize,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Result<Sham, VisitError> {
        let model = Model::load(&self.subject)?;
        let manner = Manner { hypotheses: Hypotheses::On, spread: Spreading::One, folder: None };
        let ran = |session: &Session| session.visit_from(&visit.before, manner, &mut |_: Stand<'_>| go_on());
        let mut still = self.clone();
        for step in &mut still.steps {
            step.technique.contacts.clear();
        }
        let (still, anywhere) = rayon::join(
            || ran(&still),
            || {
                let chance = Random::new(self.practitioner.seed).branch("sham");
                let one = |seed: usize| ran(&self.anywhere(&model, &mut chance.branch(&seed.to_string())));
                (0..seeds).into_par_iter().map(one).collect::<Result<Vec<_>, _>>()
            },
        );
        let (still, anywhere) = (still?, anywhere?);
        // Three tallies for each seed.
        let mut tallies = Vec::new();
        for (seed, anywhere) in anywhere.iter().enumerate() {
            let mut felt = Vec::new();
            for own in [visit, &still, anywhere] {
                let mut own = own.clone();
                let chance = self.practitioner.seed.wrapping_add(1000 + 2 * seed as u64);
                own.before.feel(self, chance)?;
                own.after.feel(self, chance + 1)?;
                felt.push(own.tally());
            }
            tallies.push(felt);
        }
        Ok(Sham { seeds, rows: rows(&tallies) })
    }

    /// The same session with hands anywhere: forces, times and what hands do are kept, sites and directions drawn by chance.
    fn anywhere(&self, model: &Model, chance: &mut Random) -> Session {
        let sites = Sites::embedded().unwrap_or_default();
        let bones = model.bones.as_ref().map(|bones| &bones.plan.anatomy.bones);
        let there = |bone: &str| bones.is_some_and(|bones| bones.contains_key(bone));
        let known: Vec<&String> = sites
            .site
            .iter()
            .filter(|(_, rule)| rule.serves.contains("hand") && there(&rule.bone))
            .map(|(name, _)| name)
            .collect();
        let mut other = self.clone();
        for contact in other.steps.iter_mut().flat_map(|step| &mut step.technique.contacts) {
            let drawn = (chance.share() * known.len() as f64) as usize;
            if let Some(site) = known.get(drawn.min(known.len().saturating_sub(1))) {
                contact.place = Place::Site((*site).clone());
            }
            let way = [chance.normal(), chance.normal(), chance.normal()];
            if matches!(contact.mode, Mode::Force | Mode::Torque | Mode::Path) {
                contact.direction = Direction::Along(way);
            }
        }
        other
    }
}

fn rows(tallies: &[Vec<Vec<Tally>>]) -> Vec<ShamRow> {
    let Some(first) = tallies.first().and_then(|felt| felt.first()) else { return Vec::new() };
    let row = |place: usize, tally: &Tally| {
        let of = |arm: usize| -> Option<Vec<f64>> {
            tallies.iter().map(|felt| felt.get(arm)?.get(place)?.value).collect()
        };
        let (own, still, anywhere) = (of(0)?, of(1)?, of(2)?);
        Some(ShamRow {
            label: tally.label,
            unit: tally.unit,
            kind: tally.kind,
            own: mean(own.iter().copied())?,
            untouched: Arm::of(&own, &still)?,
            anywhere: Arm::of(&own, &anywhere)?,
        })
    };
    first.iter().enumerate().filter_map(|(place, tally)| row(place, tally)).collect()
}

impl Arm {
    fn of(own: &[f64], sham: &[f64]) -> Option<Self> {
        let apart: Vec<f64> = own.iter().zip(sham).map(|(own, sham)| own - sham).collect();
        let difference = mean(apart.iter().copied())?;
        let count = apart.len() as f64;
        let interval = (apart.len() > 1).then(|| {
            let variance = apart.iter().map(|one| (one - difference).powi(2)).sum::<f64>() / (count - 1.0);
            // The square of t has the distribution of F with one degree of freedom above.
            let half = (f_quantile(SURE, 1.0, count - 1.0) * variance / count).sqrt();
            (difference - half, difference + half)
        });
        Some(Arm { mean: mean(sham.iter().copied())?, difference, interval })
    }
}
