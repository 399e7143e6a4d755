//! Many drawn panels, and published figures beside them.

use cisterna_touch::{Random, Values};
use rayon::prelude::*;

use crate::arm::Arm;
use crate::draw::draw;
use crate::error::PanelError;
use crate::statistic::Statistic;
use crate::study::{Row, Study};

/// A band of a coefficient of agreement that is as wide as this or wider explains nothing.
const WIDEST: f64 = 0.4;

/// More ratings than this under one arm tell nothing more: large studies are drawn less often.
const MOST_RATINGS: usize = 30_000;
/// But as often as this, or a band means nothing.
const FEWEST_DRAWS: usize = 50;

/// How often panels are drawn, and from which seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How many panels are drawn for each arm; large ones less often, down to fifty times, as their figures scatter less.
    pub draws: usize,
    /// The seed; the same gives the same figures.
    pub seed: u64,
}

impl Settings {
    /// How many panels of a study are drawn for each arm.
    #[must_use]
    pub fn draws_of(&self, study: &Study) -> usize {
        let ratings = study.subjects * study.raters * study.repeats;
        self.draws.min((MOST_RATINGS / ratings).max(FEWEST_DRAWS))
    }
}

/// How a published figure stands to the simulated ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It lies in the band of 90 % of the draws.
    Hit,
    /// It does, but the band is so wide (0.4 or more of a coefficient of agreement) that much else would.
    Undecided,
    /// It does not.
    Miss,
}

impl Verdict {
    /// In a word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Hit => "hit",
            Verdict::Undecided => "undecided",
            Verdict::Miss => "miss",
        }
    }

    /// How `published` stands to a band.
    #[must_use]
    pub fn of(published: f64, low: f64, high: f64, statistic: Statistic) -> Self {
        match (low..=high).contains(&published) {
            true if statistic.is_agreement() && high - low >= WIDEST => Verdict::Undecided,
            true => Verdict::Hit,
            false => Verdict::Miss,
        }
    }
}

/// A published figure beside the simulated ones.
#[derive(Clone, Debug, PartialEq)]
pub struct RowOutcome {
    /// What was published.
    pub row: Row,
    /// The middle of the draws.
    pub median: f64,
    /// Below which 5 % of the draws lie.
    pub low: f64,
    /// Above which 5 % of the draws lie.
    pub high: f64,
    /// How the published figure stands to them.
    pub verdict: Verdict,
    /// The figure of every draw; NaN where it could not be told.
    pub draws: Vec<f64>,
}

impl RowOutcome {
    pub(crate) fn new(row: Row, draws: Vec<f64>) -> Self {
        let mut sorted: Vec<f64> = draws.iter().copied().filter(|figure| figure.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let [low, median, high] = [0.05, 0.5, 0.95].map(|share| quantile(&sorted, share));
        let verdict = Verdict::of(row.published, low, high, row.statistic);
        Self { row, median, low, high, verdict, draws }
    }

    /// How far the published figure lies from the median, in standard deviations by the width of the band.
    #[must_use]
    pub fn distance(&self) -> f64 {
        (self.row.published - self.median) * 2.0 * 1.645 / (self.high - self.low)
    }
}

/// The value below which a share of sorted values lies, straight between them; NaN of none.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let place = share * last as f64;
    let below = sorted[place as usize];
    let above = sorted[(place as usize + 1).min(last)];
    below + place.fract() * (above - below)
}

/// All rows under one arm.
#[derive(Clone, Debug, PartialEq)]
pub struct ArmOutcome {
    /// The arm.
    pub arm: Arm,
    /// One result for each row of the study.
    pub results: Vec<RowOutcome>,
    /// The reported rates of the first draw, 1/min, or findings.
    pub ratings: Vec<f64>,
}

/// A simulated study.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The study.
    pub study: Study,
    /// Its arms.
    pub arms: Vec<ArmOutcome>,
}

/// Draws the panels of a study under each of its arms; `go_on` is asked before each draw.
///
/// # Errors
/// Where a motion cannot be felt, or `go_on` says no.
pub fn simulate(
    study: &Study,
    settings: &Settings,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Result<Outcome, PanelError> {
    let values = Values::embedded()?;
    let arms: Result<Vec<ArmOutcome>, PanelError> =
        study.arms.iter().map(|arm| one_arm(study, arm, &values, settings, go_on)).collect();
    Ok(Outcome { study: study.clone(), arms: arms? })
}

fn one_arm(
    study: &Study,
    arm: &Arm,
    values: &Values,
    settings: &Settings,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Result<ArmOutcome, PanelError> {
    // Arms share their seeds: people and raters are the same in all of them.
    let chance = Random::new(settings.seed).branch(&study.name);
    let draws = settings.draws_of(study);
    let one = |number: usize| {
        if !go_on() {
            return Err(PanelError::Interrupted);
        }
        let ratings = draw(study, arm, values, chance.branch(&format!("draw {number}")).bits())?;
        let figures: Vec<f64> =
            study.rows.iter().map(|row| row.statistic.of(&ratings).unwrap_or(f64::NAN)).collect();
        let first = if number == 0 { ratings.into_iter().flatten().flatten().collect() } else { Vec::new() };
        Ok((figures, first))
    };
    let drawn = (0..draws).into_par_iter().map(one).collect::<Result<Vec<_>, PanelError>>()?;
    let result = |(index, row): (usize, &Row)| {
        RowOutcome::new(row.clone(), drawn.iter().map(|(figures, _)| figures[index]).collect())
    };
    Ok(ArmOutcome {
        arm: arm.clone(),
        results: study.rows.iter().enumerate().map(result).collect(),
        ratings: drawn.first().map(|(_, first)| first.clone()).unwrap_or_default(),
    })
}
