//! One drawn panel: people, raters, and what they say.

use cisterna_touch::{Hand, Motion, Oscillation, Random, Rater, Side, TouchError, Values};

use crate::arm::{Arm, Hypothesis};
use crate::statistic::Ratings;
use crate::study::{Judged, Moments, Study};

/// Samples a second of simulated motions: twice what the pulse needs.
const SAMPLING: f64 = 4.0;

/// Draws a panel from a seed.
pub(crate) fn draw(study: &Study, arm: &Arm, values: &Values, seed: u64) -> Result<Ratings, TouchError> {
    let chance = Random::new(seed);
    let panel: Vec<Rater> = raters(study, arm, values, &mut chance.branch("raters"));
    (0..study.subjects)
        .map(|number| {
            let mut own = chance.branch(&format!("subject {number}"));
            let visitors =
                if study.own_raters { raters(study, arm, values, &mut own) } else { panel.clone() };
            match study.judged {
                Judged::Rate => rates(study, arm, values, &visitors, &mut own),
                Judged::Restriction => Ok(restrictions(study, arm, values, &visitors, &mut own)),
            }
        })
        .collect()
}

fn raters(study: &Study, arm: &Arm, values: &Values, chance: &mut Random) -> Vec<Rater> {
    let one = |_| {
        let mut rater = Rater::drawn(values, chance);
        if let Some(taught) = &study.taught {
            rater.expected_rate *= taught.value / values.expected_rate;
        }
        if !arm.holds(Hypothesis::Expectation) {
            rater.expectation = 0.0;
        }
        if !arm.holds(Hypothesis::OwnRhythm) {
            rater.own.retain(|rhythm| rhythm.name != "slow rhythm");
        }
        if !arm.holds(Hypothesis::OwnHands) {
            rater.hands = 0.0;
        }
        rater
    };
    (0..study.raters).map(one).collect()
}

/// What raters say of the rate of one subject in one visit, `[rater][repeat]`.
///
/// Between visits the slow rhythms of subject and raters differ by `slow_rhythm.occasions`; within one only their cycles
/// do. Raters together feel the same stretch of motion, raters in turn a later one.
fn rates(
    study: &Study,
    arm: &Arm,
    values: &Values,
    raters: &[Rater],
    chance: &mut Random,
) -> Result<Vec<Vec<f64>>, TouchError> {
    let body = rhythms(study, arm, values, chance);
    let mut ratings = vec![Vec::with_capacity(study.repeats); raters.len()];
    let today: Vec<Rater> = raters.iter().map(|rater| on_the_day(rater, values, chance)).collect();
    for _ in 0..study.repeats {
        let mut moved = motion(study, &body, chance);
        for (number, rater) in today.iter().enumerate() {
            if number > 0 && study.moments == Moments::InTurn {
                moved = motion(study, &body, chance);
            }
            let hand = Hand { values, rater, contact: study.contact, seed: chance.bits() };
            let finding = hand.perceive("head", &moved)?;
            // Whoever could not count says what was taught: all raters of these studies reported a rate.
            ratings[number].push(60.0 * finding.rate.unwrap_or(rater.expected_rate));
        }
    }
    Ok(ratings)
}

/// The rater on one occasion: the slow rhythm has the rate of the day.
fn on_the_day(rater: &Rater, values: &Values, chance: &mut Random) -> Rater {
    let mut rater = rater.clone();
    for rhythm in rater.own.iter_mut().filter(|rhythm| rhythm.name == "slow rhythm") {
        rhythm.rate = chance.positive(rhythm.rate, values.slow_occasions);
    }
    rater
}

/// The rhythms of one subject on one occasion.
fn rhythms(study: &Study, arm: &Arm, values: &Values, chance: &mut Random) -> Vec<Oscillation> {
    let larger = (values.slow_amplitude_people * chance.normal()).exp();
    let mut body = Vec::new();
    if study.body.is_none() {
        for (name, rhythm) in [("breath", values.breath), ("pulse", values.pulse)] {
            let rate = chance.positive(rhythm.rate, rhythm.people);
            let cycle_variation = rhythm.cycle_variation;
            body.push(Oscillation { name, amplitude: rhythm.amplitude, rate, cycle_variation });
        }
    }
    if arm.holds(Hypothesis::SubjectRhythm) {
        let usual = chance.positive(values.slow.rate, values.slow.people);
        body.push(Oscillation {
            name: "slow rhythm",
            amplitude: larger * values.slow.amplitude,
            rate: chance.positive(usual, values.slow_occasions),
            cycle_variation: values.slow.cycle_variation,
        });
    }
    body
}

/// A stretch of the motion of a subject.
fn motion(study: &Study, body: &[Oscillation], chance: &mut Random) -> Motion {
    let count = (study.listens.value * SAMPLING).ceil() as usize;
    let mut samples = study
        .body
        .as_ref()
        .map_or_else(|| vec![0.0; count], |recorded| stretch(&recorded.motion, count, chance));
    for rhythm in body {
        let moved = rhythm.samples(SAMPLING, count, chance);
        samples.iter_mut().zip(&moved).for_each(|(sum, sample)| *sum += sample);
    }
    Motion { rate: SAMPLING, samples }
}

/// A stretch of a recorded motion from a random beginning, each sample the mean of the recorded ones in it.
fn stretch(recorded: &Motion, count: usize, chance: &mut Random) -> Vec<f64> {
    let wide = recorded.rate / SAMPLING;
    let room = recorded.samples.len() as f64 - wide * count as f64;
    let begin = chance.share() * room.max(0.0);
    let sample = |index: usize| {
        let from = (begin + wide * index as f64) as usize;
        let to = ((begin + wide * (index + 1) as f64) as usize).max(from + 1).min(recorded.samples.len());
        let part = recorded.samples.get(from..to).unwrap_or(&[]);
        part.iter().sum::<f64>() / part.len().max(1) as f64
    };
    (0..count).map(sample).collect()
}

/// Whether raters call one bone of a subject restricted, `[rater][repeat]`.
fn restrictions(
    study: &Study,
    arm: &Arm,
    values: &Values,
    raters: &[Rater],
    chance: &mut Random,
) -> Vec<Vec<f64>> {
    let differ = values.sides_people * chance.normal();
    let ratio = if arm.holds(Hypothesis::SubjectSides) { differ.exp() } else { 1.0 };
    let mut say = |rater: &Rater| {
        let hand = Hand { values, rater, contact: study.contact, seed: chance.bits() };
        f64::from(u8::from(hand.compare_sides(ratio) != Side::Neither))
    };
    raters.iter().map(|rater| (0..study.repeats).map(|_| say(rater)).collect()).collect()
}
