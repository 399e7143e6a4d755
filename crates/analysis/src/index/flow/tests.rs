use super::*;
use std::f64::consts::{PI, TAU};

/// One cycle of 0.9 s.
fn curve(name: &str, unit: &str, samples: usize, flow: impl Fn(f64) -> f64) -> Channel {
    let values = (0..samples).map(|i| flow(i as f64 / samples as f64)).collect();
    Channel::new(name, unit, 0.0, samples as f64 / 0.9, values)
}

/// Figures by the name of their index and their part.
fn of(figures: &[Figure], name: &str, part: &str) -> f64 {
    let found = figures.iter().find(|figure| (figure.info.name, figure.part.as_str()) == (name, part));
    found.and_then(Figure::number).unwrap_or(f64::NAN)
}

fn person(samples: usize, factor: f64, unit: &str) -> Vec<Figure> {
    let wave = |phase: f64, delay: f64| (TAU * (phase - delay)).sin();
    let arterial = curve("a", unit, samples, |p| factor * (12.0 + 5.0 * wave(p, 0.0)));
    // Veins carry four fifths of it, CSF goes out of the head where the arteries bring most.
    let venous = curve("v", unit, samples / 2, |p| -factor * (9.6 + 1.6 * wave(p, 0.2)));
    let csf = curve("c", unit, samples, |p| factor * (0.01 - 2.0 * wave(p, 0.1)));
    flow_curves(&FlowCurves { arterial: Some(&arterial), venous: Some(&venous), csf: Some(&csf) })
}

#[test]
fn strokes_means_delays_and_volumes_of_sines() {
    for (samples, factor, unit) in [(64, 1.0, "mL/s"), (256, 60.0, "mL/min")] {
        let figures = person(samples, factor, unit);
        let near = |name: &str, part: &str, truth: f64, by: f64| {
            let found = of(&figures, name, part);
            assert!((found - truth).abs() < by, "{name} {part}: {found} for {truth}");
        };
        // A sine of amplitude a moves a T / pi.
        near("flow_stroke", "arterial", 5.0 * 0.9 / PI, 0.01);
        near("flow_stroke", "CSF", 2.0 * 0.9 / PI, 0.005);
        near("flow_net", "venous", -576.0, 0.5);
        near("flow_net", "CSF", 0.6, 0.01);
        near("flow_delay", "venous outflow", 20.0, 0.3);
        near("flow_delay", "CSF outflow", 10.0, 0.3);
        near("flow_delay", "CSF outflow, time", 90.0, 3.0);
        // Phasors: 5 - 2 e^(-0.4 pi i), and with CSF - 2 e^(-0.2 pi i).
        let phasor = |terms: &[(f64, f64)]| {
            let sum = |of: fn(f64) -> f64| terms.iter().map(|(a, turn)| a * of(TAU * turn)).sum::<f64>();
            sum(f64::cos).hypot(sum(f64::sin))
        };
        let vascular = phasor(&[(5.0, 0.0), (-2.0, 0.2)]) * 0.9 / PI;
        near("flow_volume_change", "vascular", vascular, 0.01);
        near(
            "flow_volume_change",
            "intracranial",
            phasor(&[(5.0, 0.0), (-2.0, 0.2), (-2.0, 0.1)]) * 0.9 / PI,
            0.01,
        );
        near("flow_spinal_share", "", 100.0 * (2.0 * 0.9 / PI) / vascular, 0.5);
    }
}

#[test]
fn what_is_missing_or_wrong_has_its_reason() {
    let flat = curve("a", "mL/s", 32, |_| 12.0);
    let reasons = |curves: FlowCurves| -> Vec<String> {
        flow_curves(&curves).into_iter().filter_map(|figure| figure.value.err()).collect()
    };
    let none = reasons(FlowCurves::default());
    assert!(none.len() == 13 && none.iter().any(|reason| reason == "there is no CSF curve"), "{none:?}");
    let inward = FlowCurves { arterial: Some(&flat), venous: Some(&flat), csf: None };
    assert!(reasons(inward).iter().any(|reason| reason.contains("positive into the head")));
    let mut slower = curve("v", "mL/s", 32, |_| -9.0);
    slower.rate = 20.0;
    let unequal = FlowCurves { arterial: Some(&flat), venous: Some(&slower), csf: None };
    assert!(reasons(unequal).iter().any(|reason| reason.contains("are not one")));
    let mut holed = flat.clone();
    holed.values[3] = f64::NAN;
    assert!(
        reasons(FlowCurves { arterial: Some(&holed), ..FlowCurves::default() })[0]
            .contains("sample 4 of `a`")
    );
    let pressure = Channel { unit: "mmHg".into(), ..flat };
    assert!(
        reasons(FlowCurves { arterial: Some(&pressure), ..FlowCurves::default() })[0].contains("not in mL/s")
    );
}
