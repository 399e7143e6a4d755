//! Thresholds, detection, and what hands report.

#![allow(clippy::unwrap_used, reason = "a helper of a test may panic")]

use cisterna_recording::{Channel, Recording};
use cisterna_touch::{
    Contact, Detection, Hand, Motion, Oscillation, Random, Rater, Side, Training, Values, symmetry,
};
use proptest::prelude::*;

fn values() -> Values {
    Values::embedded().unwrap()
}

fn wave(amplitude: f64, rate: f64, seconds: usize) -> Motion {
    let steady = Oscillation { name: "wave", amplitude, rate, cycle_variation: 0.0 };
    Motion { rate: 10.0, samples: steady.samples(10.0, 10 * seconds, &mut Random::new(3)) }
}

const CONTACTS: [Contact; 2] = [Contact::Skin { area: 500.0 }, Contact::TwoHands];

#[test]
fn every_value_says_what_it_rests_on() {
    let values = values();
    assert!(values.stated.len() > 40);
    for value in &values.stated {
        let stated = &value.stated;
        assert!(!stated.sources.is_empty() || stated.note.is_some(), "{}", value.name);
    }
}

#[test]
fn a_misspelt_or_missing_value_is_told_by_its_name() {
    let text = include_str!("../touch.toml");
    let unknown = text.replace("scatter     =", "scater     =");
    let error = Values::from_text(&unknown).unwrap_err().to_string();
    assert_eq!(error, "touch.toml: `two_hands.scatter` is missing, or no text");
    let surplus = text.replace("[sides]", "[sides]\nfeet = \"1 | | assumed: no\"");
    let error = Values::from_text(&surplus).unwrap_err().to_string();
    assert_eq!(error, "touch.toml: `sides.feet` is no value of touch");
}

#[test]
fn detection_at_the_threshold_is_what_it_is_defined_to_be() {
    let values = values();
    for contact in CONTACTS {
        for frequency in [0.05, 0.1, 1.0, 10.0] {
            let threshold = values.threshold(contact, frequency, 0.0);
            let d_prime = values.d_prime(contact, threshold, frequency, 0.0);
            assert!((d_prime - values.sensitivity(contact)).abs() < 1e-12);
            assert!((values.share_who_feel(contact, threshold, frequency) - 0.5).abs() < 1e-12);
            assert!((values.least_amplitude(contact, frequency, 0.5) / threshold - 1.0).abs() < 1e-9);
        }
    }
    // Three of four intervals told right, without a leaning to either answer: d'/sqrt(2) = z(0.75).
    let right = cisterna_analysis::normal_cdf(values.skin_sensitivity / 2.0_f64.sqrt());
    assert!((right - 0.75).abs() < 1e-3);
}

#[test]
fn published_shares_of_people_feel_a_motion_between_their_hands() {
    let values = values();
    let share = |um: f64| values.share_who_feel(Contact::TwoHands, um / 1000.0, 1.0);
    assert!((share(50.0) - 0.33).abs() < 0.01 && (share(200.0) - 0.62).abs() < 0.01);
}

#[test]
fn motions_slower_than_published_need_more_depth() {
    let values = values();
    let skin = Contact::Skin { area: 290.0 };
    let threshold = |frequency| values.threshold(skin, frequency, 0.0);
    assert!((threshold(0.1) - 0.06).abs() < 1e-12 && (threshold(250.0) - 0.0001).abs() < 1e-12);
    assert!(threshold(0.05) > threshold(0.1) && threshold(0.1) > threshold(0.4));
    // More skin helps where it is fast, not where it is slow (Verrillo 1963).
    let palm = Contact::Skin { area: 2900.0 };
    assert_eq!(values.threshold(palm, 0.1, 0.0), threshold(0.1));
    assert!(values.threshold(palm, 250.0, 0.0) < threshold(250.0));
}

#[test]
fn who_was_taught_claims_twice_as_many_false_motions_as_are_missed() {
    let values = values();
    let mut rater = Rater::typical(&values);
    let threshold = values.threshold(Contact::TwoHands, 1.0, 0.0);
    for (training, ratio) in [(Training::Taught, 2.0), (Training::Untaught, 1.0)] {
        rater.training = training;
        let detection = rater.detection(&values, Contact::TwoHands, threshold, 1.0);
        let found = detection.false_claims() / (1.0 - detection.hits());
        assert!((found - ratio).abs() < 1e-6, "{found}");
    }
    rater.odds = 20.0;
    assert!(rater.detection(&values, Contact::TwoHands, 0.0, 1.0).hits() > 0.9, "who is sure claims");
}

#[test]
fn a_hand_that_feels_nothing_reports_what_was_taught_and_its_noise() {
    let values = values();
    let rater = Rater::typical(&values).without_own_rhythms();
    let still = Motion { rate: 10.0, samples: vec![0.0; 1200] };
    let mean = |rater: &Rater| {
        let reported = (0..200).filter_map(|seed| {
            let hand = Hand { values: &values, rater, contact: Contact::TwoHands, seed };
            hand.perceive("head", &still).unwrap().rate
        });
        60.0 * reported.sum::<f64>() / 200.0
    };
    let taught = mean(&rater);
    assert!((6.0..9.0).contains(&taught), "{taught}");
    let slower = mean(&Rater { expected_rate: 4.0 / 60.0, ..rater });
    assert!(slower < taught - 1.0, "{slower} {taught}");
}

#[test]
fn places_felt_at_one_time_share_the_rhythm_of_the_hand() {
    let values = values();
    let mut rater = Rater::typical(&values).without_expectation();
    rater.own.truncate(1);
    rater.own[0].amplitude = 50.0;
    let still = Motion { rate: 10.0, samples: vec![0.0; 1200] };
    let hand = Hand { values: &values, rater: &rater, contact: Contact::TwoHands, seed: 5 };
    let [head, sacrum] = ["head", "sacrum"].map(|place| hand.perceive(place, &still).unwrap());
    assert!((head.rate.unwrap() / sacrum.rate.unwrap() - 1.0).abs() < 0.02);
    assert!(head.rate != sacrum.rate, "noise is not shared");
    assert_eq!(head, hand.perceive("head", &still).unwrap(), "the same seed, the same finding");
}

#[test]
fn a_side_that_moves_twice_as_far_is_told() {
    let values = values();
    let rater = Rater::typical(&values).without_own_rhythms();
    let hand = Hand { values: &values, rater: &rater, contact: Contact::Skin { area: 500.0 }, seed: 2 };
    let [left, right] = [2.0, 4.0].map(|size| hand.perceive("side", &wave(size, 0.1, 120)).unwrap());
    let found = symmetry(&left, &right).unwrap();
    assert!((found.ratio - 2.0).abs() < 0.2 && found.differs, "{found:?}");
    assert!(!symmetry(&left, &left).unwrap().differs);
    let says =
        |ratio: f64| (0..400).map(|seed| Hand { seed, ..hand }.compare_sides(ratio)).collect::<Vec<_>>();
    let stiff = says(2.0).iter().filter(|side| **side == Side::Right).count();
    assert!(stiff > 380, "{stiff}");
    let alike = says(1.0);
    let share = |side| alike.iter().filter(|said| **said == side).count();
    assert!(share(Side::Left).abs_diff(share(Side::Right)) < 60 && share(Side::Neither) > 200);
}

#[test]
fn channels_in_millimetres_can_be_felt_and_others_cannot() {
    let values = values();
    let rater = Rater::typical(&values);
    let hand = Hand { values: &values, rater: &rater, contact: Contact::TwoHands, seed: 1 };
    let mut recording = Recording::default();
    let motion = wave(0.058, 0.1, 120);
    recording.channels.push(Channel::new("station_head", "mm", 0.0, 10.0, motion.samples.clone()));
    recording.channels.push(Channel::new("vault.pressure", "mmHg", 0.0, 10.0, motion.samples));
    let felt = hand.perceive_channels(&recording, &["station_head"]).unwrap();
    assert!((felt[0].1.d_prime - values.d_prime(Contact::TwoHands, 0.058, 0.1, 0.0)).abs() < 0.01);
    for (name, words) in [
        ("vault.pressure", "is in mmHg; a displacement in mm, um or m can be felt"),
        ("station_hed", "did you mean `station_head`?"),
    ] {
        let error = hand.perceive_channels(&recording, &[name]).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
    let short = hand.perceive("head", &Motion { rate: 10.0, samples: vec![0.0; 100] }).unwrap_err();
    assert!(short.to_string().contains("lasts 10 s"), "{short}");
    let broken = hand.perceive("head", &Motion { rate: 10.0, samples: vec![f64::NAN; 1200] }).unwrap_err();
    assert!(broken.to_string().contains("has missing samples"), "{broken}");
    let coarse = hand.perceive("head", &Motion { rate: 0.5, samples: vec![0.0; 1200] }).unwrap_err();
    assert!(coarse.to_string().contains("samples a second"), "{coarse}");
}

proptest! {
    #[test]
    fn more_motion_is_felt_more(size in 1e-4..1.0f64, more in 1.01..10.0f64, rate in 0.03..10.0f64, acuity in -2.0..2.0f64) {
        let values = values();
        for contact in CONTACTS {
            let d_prime = |size| values.d_prime(contact, size, rate, acuity);
            prop_assert!(d_prime(more * size) > d_prime(size));
            prop_assert!(values.d_prime(contact, size, rate, acuity + 0.1) > d_prime(size), "the finer feels more");
            let share = values.share_who_feel(contact, size, rate);
            if (1e-6..1.0 - 1e-6).contains(&share) {
                prop_assert!((values.least_amplitude(contact, rate, share) / size - 1.0).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn hits_are_never_rarer_than_false_claims(d_prime in 0.0..5.0f64, criterion in -4.0..4.0f64) {
        let detection = Detection { d_prime, criterion };
        prop_assert!(detection.hits() >= detection.false_claims());
    }

    #[test]
    fn a_strong_motion_is_reported_at_its_rate(cycles in 3.0..11.0f64, seed in any::<u64>()) {
        let values = values();
        let rater = Rater::typical(&values).without_own_rhythms();
        let hand = Hand { values: &values, rater: &rater, contact: Contact::TwoHands, seed };
        let finding = hand.perceive("head", &wave(20.0, cycles / 60.0, 180)).unwrap();
        prop_assert!(finding.felt);
        prop_assert!((60.0 * finding.rate.unwrap() - cycles).abs() < 0.15, "{:?}", finding);
        prop_assert!((finding.amplitude - 20.0).abs() < 2.5 && finding.regularity > 0.8, "{:?}", finding);
    }
}

#[test]
fn a_threshold_has_the_sources_of_what_it_is_computed_from() {
    let values = Values::embedded().unwrap();
    let skin = values.threshold_sources(Contact::Skin { area: 290.0 }, 0.2);
    assert_eq!(skin, ["bolanowski1988", "greenspan1984"]);
    // Between 5 and 10 Hz nothing slow is used.
    let faster = values.threshold_sources(Contact::Skin { area: 290.0 }, 7.0);
    assert_eq!(faster, ["bolanowski1988", "gescheider2002"]);
    let hands = values.threshold_sources(Contact::TwoHands, 0.2);
    assert!(hands.contains(&"kasparian2015") && hands.contains(&"greenspan1984"), "{hands:?}");
}
