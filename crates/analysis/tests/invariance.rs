//! What no statistic may depend on: offset, scale and sampling rate of the signal, and how broken the data are.

use cisterna_analysis::{Need, Request, STATISTICS, Statistic, Window, detect_beats, measure};
use cisterna_recording::{Channel, Mark, MarkKind, Recording};
use proptest::prelude::*;
use std::f64::consts::TAU;

/// Beats of 0.9 s for 40 s, with a pulse, a breath and a rise; `x` is the same 0.1 s earlier.
fn recording(rate: f64, offset: f64, scale: f64) -> Recording {
    let wave = |t: f64| {
        let phi = TAU * t / 0.9;
        offset
            + scale
                * (phi.sin() + 0.35 * (2.0 * phi + 0.4).cos() + 0.3 * (TAU * 0.25 * t).sin()
                    - (-t / 8.0).exp() * 9.0)
    };
    let sampled = |shift: f64| (0..=(40.0 * rate) as usize).map(|i| wave(i as f64 / rate + shift)).collect();
    let mut recording = Recording::default();
    recording.channels.push(Channel::new("p", "mmHg", 0.0, rate, sampled(0.0)));
    recording.channels.push(Channel::new("x", "mmHg", 0.0, rate, sampled(0.1)));
    for beat in 0..44 {
        let (start, end) = (0.9 * f64::from(beat), 0.9 * f64::from(beat + 1));
        recording.marks.push(Mark { kind: MarkKind::Beat, start, end, label: String::new() });
    }
    recording
}

/// A sensible parameter for each name.
fn parameter(name: &str) -> Option<f64> {
    match name {
        "at" => Some(12.34),
        "number" => Some(2.0),
        "from_frequency" => Some(0.6),
        "to_frequency" => Some(2.9),
        "frequency" => Some(1.0 / 0.9),
        "longest" => Some(0.4),
        "fraction" => Some(0.5),
        "infusion" => Some(1.5),
        "bolus" => Some(4.0),
        "level" => Some(5.0),
        _ => None,
    }
}

/// Every statistic, asked of `p` with `x` as the other.
fn requests() -> impl Iterator<Item = Request<'static>> {
    STATISTICS.iter().filter_map(|info| Statistic::from_parts(info.name, &parameter).ok()).map(|statistic| {
        Request {
            other: Some("x"),
            baseline: Some(baseline(statistic)),
            ..Request::new(statistic, "p", window(statistic))
        }
    })
}

/// The beginning; the end for what comes back to it.
fn baseline(statistic: Statistic) -> Window {
    let ends = matches!(statistic, Statistic::TimeToReturn { .. });
    if ends { Window { from: 30.0, to: 40.0 } } else { Window { from: 0.0, to: 2.0 } }
}

/// Whether a statistic says something of [`recording`]. The others ask for a step, an infusion, a pulse that grows, beats
/// that vary or a level, and are tried on such a recording where they stand.
fn fits(request: &Request<'_>) -> bool {
    use Statistic as S;
    !matches!(
        request.statistic,
        S::AmplitudeBreakpoint
            | S::AutoregulationIndex
            | S::BaroreflexSensitivity { .. }
            | S::ElastanceCoefficient { .. }
            | S::IntervalDeviation
            | S::IntervalPower { .. }
            | S::LogarithmicSlope
            | S::PressureVolumeIndex { .. }
            | S::RateOfRegulation
            | S::TimeAbove { .. }
    )
}

/// Whether a statistic is a place among peaks of nearly the same height: a sample more or less may choose another.
fn chooses(request: &Request<'_>) -> bool {
    matches!(request.statistic, Statistic::TimeOfMaximum | Statistic::TimeOfHighestBeat)
}

/// All but the beginning; for the period only where the rise is over, since what rises once has none.
fn window(statistic: Statistic) -> Window {
    let from = if statistic == Statistic::Period { 25.0 } else { 2.0 };
    Window { from, to: 40.0 }
}

#[test]
fn no_statistic_is_left_out_here() {
    assert_eq!(requests().count(), STATISTICS.len());
}

/// How a statistic answers to `offset + scale y` in both channels.
enum Answer {
    Follows,
    Scales,
    Squares,
    Stays,
    Mixes,
}

fn answer(statistic: Statistic) -> Answer {
    use Statistic as S;
    match statistic {
        S::Mean
        | S::Minimum
        | S::Maximum
        | S::Median
        | S::ValueAt { .. }
        | S::FittedPlateau
        | S::Systolic
        | S::Diastolic
        | S::HighestBeat
        | S::LowestBeat => Answer::Follows,
        S::Change
        | S::RateOfChange
        | S::StandardDeviation
        | S::AmplitudePeakToPeak
        | S::AmplitudeFundamental
        | S::HarmonicAmplitude { .. }
        | S::StrokeVolume
        | S::BandAmplitude { .. }
        | S::BandDisplacement { .. } => Answer::Scales,
        S::BandPower { .. } => Answer::Squares,
        S::NetVolume | S::EjectedVolume | S::RatioOfMeans | S::RelativeChange => Answer::Mixes,
        _ => Answer::Stays,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() })]

    #[test]
    fn offset_and_scale_do_what_they_should(offset in -200.0..200.0_f64, scale in 0.02..50.0_f64) {
        let (plain, turned) = (recording(100.0, 0.0, 1.0), recording(100.0, offset, scale));
        for request in requests().filter(fits) {
            let name = request.statistic.info().name;
            let truth = measure(&plain, &request).unwrap_or_else(|error| panic!("{name}: {error}")).value;
            let found = measure(&turned, &request).unwrap_or_else(|error| panic!("{name}: {error}")).value;
            let expected = match answer(request.statistic) {
                Answer::Follows => offset + scale * truth,
                Answer::Scales => scale * truth,
                Answer::Squares => scale * scale * truth,
                Answer::Stays => truth,
                Answer::Mixes => continue,
            };
            let close = 1e-6 * (expected.abs() + scale + 1e-3 * offset.abs());
            prop_assert!((found - expected).abs() <= close, "{name}: {found} for {expected}");
        }
    }

    #[test]
    fn the_sampling_rate_hardly_matters(rate in 40.0..400.0_f64) {
        let (fine, coarse) = (recording(300.0, 10.0, 1.0), recording(rate, 10.0, 1.0));
        for request in requests().filter(|request| fits(request) && !chooses(request)) {
            let name = request.statistic.info().name;
            let truth = measure(&fine, &request).unwrap().value;
            let found = measure(&coarse, &request).unwrap_or_else(|error| panic!("{name}: {error}")).value;
            prop_assert!((found - truth).abs() <= 0.01 * (truth.abs() + 0.5), "{name}: {found} for {truth} at {rate}");
        }
    }

    #[test]
    fn a_few_missing_samples_hardly_matter(missing in proptest::collection::vec(0_usize..4000, 1..40)) {
        let whole = recording(100.0, 10.0, 1.0);
        let mut holed = whole.clone();
        missing.iter().for_each(|at| holed.channels[0].values[*at] = f64::NAN);
        let asked = |request: &Request<'_>| {
            fits(request) && !chooses(request) && request.statistic.info().needs.contains(&Need::Window)
        };
        for request in requests().filter(asked) {
            let name = request.statistic.info().name;
            let truth = measure(&whole, &request).unwrap().value;
            let found = measure(&holed, &request).unwrap_or_else(|error| panic!("{name}: {error}"));
            // Three parts in a hundred of a wave turn its phase by so much of a radian, however small the phase is.
            let size = if found.unit == "deg" { 1_f64.to_degrees() } else { truth.abs() + 1.0 };
            prop_assert!((found.value - truth).abs() <= 0.03 * size, "{name}: {} for {truth}", found.value);
            prop_assert!(found.valid_fraction > 0.98);
        }
    }

    #[test]
    fn broken_data_give_a_finite_number_or_a_reason(
        values in proptest::collection::vec(
            prop_oneof![
                4 => -100.0..100.0_f64,
                1 => Just(f64::NAN),
                1 => Just(f64::INFINITY),
                1 => Just(0.0),
                1 => Just(1e300),
            ],
            0..600,
        ),
        rate in prop_oneof![Just(0.0), Just(f64::NAN), 0.1..200.0_f64],
        from in -5.0..5.0_f64,
        length in -1.0..20.0_f64,
        marked in proptest::option::of(0.05..2.0_f64),
    ) {
        let mut broken = Recording::default();
        broken.channels.push(Channel::new("p", "mmHg", 0.0, rate, values.clone()));
        broken.channels.push(Channel::new("x", "", 0.5, rate, values));
        for (beat, duration) in marked.into_iter().flat_map(|d| (0..30).map(move |beat| (beat, d))) {
            let (start, end) = (f64::from(beat) * duration, f64::from(beat + 1) * duration);
            broken.marks.push(Mark { kind: MarkKind::Beat, start, end, label: String::new() });
        }
        for request in requests() {
            let window = Window { from, to: from + length };
            match measure(&broken, &Request { window, baseline: Some(window), ..request }) {
                Ok(measured) => prop_assert!(measured.value.is_finite() && measured.valid_fraction <= 1.0),
                Err(error) => prop_assert!(error.to_string().len() > 20),
            }
        }
    }

    #[test]
    fn beats_do_not_move_with_offset_and_scale(offset in -1000.0..1000.0_f64, scale in 0.01..100.0_f64) {
        let pressure = |offset: f64, scale: f64| {
            let wave = |t: f64| (-((t.rem_euclid(0.8) - 0.15) / 0.07).powi(2)).exp();
            let values = (0..2500).map(|i| offset + scale * wave(f64::from(i) / 125.0)).collect();
            Channel::new("abp", "mmHg", 0.0, 125.0, values)
        };
        let (plain, turned) = (detect_beats(&pressure(0.0, 1.0)), detect_beats(&pressure(offset, scale)));
        let (plain, turned) = (plain.unwrap().beats, turned.unwrap().beats);
        prop_assert_eq!(plain.len(), turned.len());
        for (a, b) in plain.iter().zip(&turned) {
            prop_assert!((a.start - b.start).abs() < 1e-3);
        }
    }
}
