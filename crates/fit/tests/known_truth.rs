//! Values that were put into a model are found in its recordings, and what a recording cannot tell is said.

#![allow(clippy::expect_used, clippy::panic)] // a test that fails here says why

use cisterna_experiment::{Scenario, run};
use cisterna_fit::{Explained, FitError, Found, Infused, Task, Watch, fit, subject_document};
use cisterna_infusion::Inflow;
use cisterna_model::Library;
use cisterna_recording::{Channel, Recording};

const VILLI: &str = "arachnoid_villi.resistance";
const SACS: &str = "*_sac.elastance_coefficient";

/// A short infusion test of an adult with other values, with noise on the pressure and the rate beside it.
fn infusion(villi: f64) -> Recording {
    let text = "title = \"Truth\"\nsummary = \"An infusion test\"\nsubject = \"adult\"\nduration = \"420 s\"\n\
                [[event]]\nat = \"60 s\"\ninfuse = \"lumbar_sac\"\nrate = \"4 mL/min\"\nuntil = \"300 s\"\n\
                [record]\nrate = \"50 Hz\"\nchannels = [{ of = \"vault.pressure\" }]\n";
    let mut scenario = Scenario::from_text("truth", text, &Library::embedded()).expect("a scenario");
    let (address, _) = scenario.model.address(VILLI).expect("a value");
    let before = scenario.model.evidence_of(VILLI).expect("a value")[0].value;
    scenario.model = scenario.model.set(address, before * villi).expect("an allowed value");
    let mut recording = run(&scenario, &mut |_| true).expect("a run").recording;
    recording.marks.clear();
    let mut seed = 1_u64;
    let mut noise = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as f64 / f64::from(1_u32 << 31) - 0.5
    };
    let pressure = recording.channels.iter_mut().find(|channel| channel.name == "vault.pressure");
    let pressure = pressure.expect("a channel");
    pressure.name = "icp".to_owned();
    pressure.values.iter_mut().for_each(|value| *value += 0.4 * noise());
    let rate = (0..=420).map(|second| if (60..300).contains(&second) { 4.0 } else { 0.0 }).collect();
    recording.channels.push(Channel::new("infusion", "mL/min", 0.0, 1.0, rate));
    recording
}

fn found(recording: &Recording, free: &[&str], from: f64, to: f64, draws: usize) -> Result<Found, FitError> {
    fit(&task(recording, free, from, to, draws), &Watch { told: &|_, _| (), going: &|| true })
}

fn task<'a>(recording: &'a Recording, free: &[&str], from: f64, to: f64, draws: usize) -> Task<'a> {
    Task {
        recording,
        file: "bed/truth.csv",
        subject: "adult",
        explained: vec![Explained { channel: "icp".to_owned(), of: "vault.pressure".to_owned() }],
        arterial: None,
        infused: Some(Infused {
            inflow: Inflow::Rate("infusion".to_owned()),
            space: "lumbar_sac".to_owned(),
        }),
        free: free.iter().map(|name| (*name).to_owned()).collect(),
        from,
        to,
        posture: "supine".to_owned(),
        draws,
    }
}

#[test]
fn what_was_put_in_is_found_and_written() {
    let truth = 1.35;
    let recording = infusion(truth);
    let found = found(&recording, &[VILLI, SACS], 0.0, 420.0, 0).expect("a fit");
    let villi = &found.values[0];
    println!("{VILLI}: {:.3} ({:.3} .. {:.3})", villi.factor, villi.interval[0], villi.interval[1]);
    assert!(villi.interval[0] <= truth && truth <= villi.interval[1], "{villi:?}");
    assert!((villi.factor / truth - 1.0).abs() < 0.1, "{villi:?}");
    assert!(villi.determined, "{:?}", found.notes);
    let sacs = &found.values[1];
    assert!(sacs.interval[0] <= 1.0 && 1.0 <= sacs.interval[1], "{sacs:?}");

    // The same analysis of recorded and simulated pressure agrees where the values are found.
    let test = found.test.as_ref().expect("an infusion test");
    let resistance =
        test.figures().into_iter().flatten().flatten().filter(|figure| figure.id == "dynamic_resistance");
    let resistance: Vec<f64> = resistance.filter_map(|figure| figure.value).collect();
    println!("Marmarou, recorded, before, found: {resistance:?}");
    let [recorded, before, after] = resistance[..] else { panic!("{resistance:?}") };
    assert!((after / recorded - 1.0).abs() < 0.1 && (before / recorded - 1.0).abs() > 0.1, "{resistance:?}");

    let document = subject_document(&found);
    let library = Library::embedded().with("subjects/fitted", &document);
    let model = cisterna_model::Model::from_library(&library, "subjects/fitted", &[]);
    let model = model.unwrap_or_else(|problems| panic!("{problems}\n{document}"));
    let written = &model.evidence_of(VILLI).expect("a value")[0];
    let value = written.unit.from_canonical(written.value);
    assert!((value / villi.members[0].value - 1.0).abs() < 0.01, "{document}");
}

#[test]
fn a_rest_of_a_minute_does_not_tell_elastance() {
    let recording = infusion(1.0);
    let found = found(&recording, &[SACS], 0.0, 55.0, 0).expect("a fit");
    assert!(!found.values[0].determined, "{:?}", found.values[0]);
    assert!(found.notes.iter().any(|note| note.contains("not determined")), "{:?}", found.notes);
    let document = subject_document(&found);
    assert!(!document.contains("elastance_coefficient ="), "{document}");
}

#[test]
fn an_infusion_that_began_before_is_run_from_its_beginning() {
    let truth = 1.35;
    let mut recording = infusion(truth);
    // Told by the volume this time.
    let rate = recording.channels.iter_mut().find(|channel| channel.name == "infusion").expect("a rate");
    let volume = rate.values.iter().scan(0.0, |volume, rate| {
        let before = *volume;
        *volume += rate / 60.0;
        Some(before)
    });
    (rate.values, rate.unit) = (volume.collect(), "mL".to_owned());
    let mut task = task(&recording, &[VILLI], 150.0, 270.0, 0);
    task.infused =
        Some(Infused { inflow: Inflow::Volume("infusion".to_owned()), space: "lumbar_sac".to_owned() });
    let found = fit(&task, &Watch { told: &|_, _| (), going: &|| true }).expect("a fit");
    let villi = &found.values[0];
    println!("{:.3} ({:.3} .. {:.3})", villi.factor, villi.interval[0], villi.interval[1]);
    assert!(villi.interval[0] <= truth && truth <= villi.interval[1], "{villi:?} {:?}", found.notes);
    assert!((villi.factor / truth - 1.0).abs() < 0.1, "{villi:?}");
    assert_eq!(found.span_s, [150.0, 270.0]);
    assert!(found.windows.iter().all(|window| (150.0..270.0).contains(&window.time_s)));
}

#[test]
fn draws_hold_the_truth() {
    let truth = 1.35;
    let recording = infusion(truth);
    let found = found(&recording, &[VILLI], 0.0, 150.0, 100).expect("a fit");
    let draws = found.draws.as_ref().expect("draws");
    assert!(draws.suffice(), "{}", draws.effective);
    assert!((draws.weights.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    let villi = &found.values[0];
    println!(
        "{:.3} ({:.3} .. {:.3}), worth {:.0}",
        villi.factor, villi.interval[0], villi.interval[1], draws.effective
    );
    assert!(villi.interval[0] <= truth && truth <= villi.interval[1], "{villi:?}");
    assert!(villi.interval[0] <= villi.factor && villi.factor <= villi.interval[1], "{villi:?}");
}

#[test]
fn wrong_names_are_told_with_the_nearest() {
    let mut recording = Recording::default();
    recording.channels.push(Channel::new("icp", "mmHg", 0.0, 10.0, vec![10.0; 1000]));
    recording.channels.push(Channel::new("infusion", "mL/min", 0.0, 1.0, vec![0.0; 100]));
    let error = found(&recording, &["arachnoid_vili.resistance"], 0.0, 99.0, 0).expect_err("no such value");
    assert!(error.to_string().contains("did you mean `arachnoid_villi.resistance`?"), "{error}");
    let error = found(&recording, &["lumbar_sac.start_pressure"], 0.0, 99.0, 0).expect_err("no parameter");
    assert!(error.to_string().contains("there is no value"), "{error}");
    let error = found(&recording, &[VILLI], 0.0, 99.0, 7).expect_err("too few draws");
    assert!(error.to_string().contains("allowed: 100 or more, or none"), "{error}");
    let error = found(&recording, &[VILLI], 0.0, 20.0, 0).expect_err("too short");
    assert!(error.to_string().contains("too short"), "{error}");
    recording.channels[0].unit = "V".to_owned();
    let error = found(&recording, &[VILLI], 0.0, 99.0, 0).expect_err("no pressure");
    assert!(error.to_string().contains("a pressure or a flow"), "{error}");
}
