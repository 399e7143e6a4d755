//! Made-up waves that look like an adult at rest, sitting up after a minute. No number here is physiology.

use cisterna_recording::{Basis, Mark, MarkKind};
use cisterna_report::*;
use std::f64::consts::TAU;

const RATE: f64 = 125.0;
const LENGTH: f64 = 120.0;

/// A report with every kind of section and twelve traces.
pub fn page() -> Page {
    Page {
        title: "Sitting up after a minute of rest".to_owned(),
        subtitle: "Adult, two minutes, breathing freely; head-up tilt to 60° at 60 s.".to_owned(),
        cautions: vec![
            "Two of the eight main numbers lie outside their published range.".to_owned(),
            "This run uses one hypothesis: stiff dura.".to_owned(),
        ],
        summary: summary(),
        sections: vec![
            Section::Waveforms(waveforms()),
            Section::Charts(spectra()),
            Section::Charts(pressure_volume()),
            Section::Charts(loops()),
            Section::Bars(volumes()),
            Section::Ledger(ledger()),
            Section::Text(Text {
                heading: "How to read this page".to_owned(),
                text: "Every picture is complete as printed. The waveforms can also be explored.".to_owned(),
            }),
        ],
        provenance: [
            ("program", "cisterna 0.1.0"),
            ("model", "adult (23 spaces), b3:5f0c…91"),
            ("scenario", "scenarios/sit-up.toml"),
            ("speed", "1240 × real time, one core, x86-64-v3"),
            ("hypotheses", "stiff dura"),
        ]
        .map(|(key, text)| (key.to_owned(), text.to_owned()))
        .to_vec(),
    }
}

/// Evenly sampled values of `signal` (a function of time in s).
fn sampled(name: &str, signal: impl Fn(f64) -> f64) -> Trace {
    let values = (0..(LENGTH * RATE) as usize).map(|k| signal(k as f64 / RATE)).collect();
    Trace::new(name, 0.0, RATE, values)
}

/// From 0 before the tilt to 1 after it.
fn upright(t: f64) -> f64 {
    1.0 / (1.0 + (-(t - 62.5) * 1.6).exp())
}

/// A pulse with a notch; `t` in s, with a little variation of the heart period.
fn pulse(t: f64, delay: f64) -> f64 {
    let beat = (t - delay) * 1.12 + 0.12 * (TAU * 0.24 * t).sin();
    let phase = beat.rem_euclid(1.0);
    let hump = |at: f64, width: f64| (-((phase - at) / width).powi(2)).exp();
    hump(0.16, 0.075) + 0.62 * hump(0.32, 0.09) + 0.42 * hump(0.52, 0.12) - 0.3
}

fn breath(t: f64) -> f64 {
    (TAU * 0.24 * t).sin()
}

fn waveforms() -> Waveforms {
    let head = |t: f64| {
        10.5 - 12.0 * upright(t) + 1.4 * pulse(t, 0.05) + 0.8 * breath(t) + 0.7 * (TAU * t / 33.0).sin()
    };
    let mut sac =
        sampled("lumbar sac", |t| 10.8 + 15.0 * upright(t) + 0.9 * pulse(t, 0.12) + 0.9 * breath(t));
    for value in &mut sac.values[11_000..11_500] {
        *value = f64::NAN;
    }
    let mut stiff = sampled("ventricle, stiff dura", |t| head(t) + 0.9 * pulse(t, 0.05) + 0.4);
    stiff.basis = Basis::Hypothesis(vec!["stiff dura".to_owned()]);
    let mut arterial =
        sampled("radial artery", |t| 82.0 - 6.0 * upright(t) + 40.0 * pulse(t, 0.0) + 2.5 * breath(t));
    arterial.basis = Basis::Recorded;
    let one = |label: &str, unit: &str, trace| Panel::new(label, unit, vec![trace]);
    let event = |start, end, label: &str| Mark { kind: MarkKind::Event, start, end, label: label.to_owned() };
    let mut marks = vec![
        event(20.0, 30.0, "breath held"),
        event(60.0, 65.0, "tilt to 60°"),
        event(65.0, 65.0, "upright"),
        event(100.0, 100.0, "cough"),
        Mark { kind: MarkKind::Gap, start: 88.0, end: 92.0, label: "lumbar line off".to_owned() },
    ];
    marks.extend((0..134).map(|k| f64::from(k) / 1.12).map(|t| Mark {
        kind: MarkKind::Beat,
        start: t,
        end: t + 1.0 / 1.12,
        label: String::new(),
    }));
    Waveforms {
        heading: "Waveforms".to_owned(),
        text: "Pressures against atmosphere at the level of the external auditory meatus.".to_owned(),
        panels: vec![
            one("Arterial pressure", "mmHg", arterial),
            Panel::new("Craniospinal pressure", "mmHg", vec![sampled("lateral ventricle", head), sac, stiff]),
            Panel::new(
                "Jugular flow",
                "mL/s",
                vec![
                    sampled("left", |t| 5.0 - 3.8 * upright(t) + 0.8 * pulse(t, 0.2) - 0.5 * breath(t)),
                    sampled("right", |t| 6.4 - 5.0 * upright(t) + 0.9 * pulse(t, 0.21) - 0.5 * breath(t)),
                    sampled("vertebral plexus", |t| 1.0 + 7.5 * upright(t) + 0.2 * pulse(t, 0.2)),
                ],
            ),
            one(
                "Aqueduct flow",
                "mL/s",
                sampled("aqueduct", |t| 0.11 * (pulse(t, 0.1) - pulse(t, 0.45)) + 0.006),
            ),
            one(
                "Foramen magnum flow",
                "mL/s",
                sampled("foramen", |t| 1.9 * (pulse(t, 0.06) - pulse(t, 0.4)) - 0.2 * breath(t)),
            ),
            one(
                "Central venous pressure",
                "mmHg",
                sampled("vein", |t| 4.2 - 3.0 * upright(t) - 1.4 * breath(t) + 0.4 * pulse(t, 0.6)),
            ),
            one(
                "Cerebral blood flow",
                "mL/min",
                sampled("flow", |t| 740.0 - 60.0 * upright(t) + 260.0 * pulse(t, 0.03)),
            ),
            one("Heart rate", "1/min", sampled("rate", |t| 67.0 + 9.0 * upright(t) + 2.0 * breath(t))),
        ],
        marks,
        close_up: Some((115.0, 120.0)),
    }
}

fn spectra() -> Charts {
    let amplitude = |slow: f64, breath: f64, heart: f64| {
        (1..=400)
            .map(|k| f64::from(k) * 0.0125)
            .map(|f| {
                let line = |at: f64, size: f64| size * (-((f - at) / 0.018).powi(2)).exp();
                let harmonics: f64 =
                    (1..5).map(|n| line(1.12 * f64::from(n), heart / f64::from(n * n))).sum();
                (f, 0.002 + slow / (1.0 + (f / 0.03).powi(2)) + line(0.24, breath) + harmonics)
            })
            .collect()
    };
    let band = |label: &str, from, to| Band { label: label.to_owned(), from, to };
    Charts {
        heading: "Spectra".to_owned(),
        text: "Amplitudes over the first minute, Hann window.".to_owned(),
        charts: vec![Chart {
            caption: "Amplitude of the intracranial and the lumbar pressure".to_owned(),
            x: Axis::log("frequency", "Hz"),
            y: Axis::log("amplitude", "mmHg"),
            lines: vec![
                Line::curve("lateral ventricle", amplitude(0.9, 0.8, 1.1)),
                Line::curve("lumbar sac", amplitude(0.6, 0.9, 0.7)),
            ],
            bands: vec![band("slow", 0.0125, 0.15), band("breath", 0.15, 0.4), band("heart", 0.8, 3.0)],
            dots: Vec::new(),
        }],
    }
}

fn pressure_volume() -> Charts {
    let curve = |e: f64| (-10..=40).map(f64::from).map(|v| (v, 2.0 + 8.5 * (e * v).exp())).collect();
    Charts {
        heading: "Pressure–volume curve".to_owned(),
        text: String::new(),
        charts: vec![Chart {
            caption: "Intracranial pressure against fluid added".to_owned(),
            x: Axis::linear("volume added", "mL"),
            y: Axis::linear("pressure", "mmHg"),
            lines: vec![Line::curve("adult", curve(0.045)), Line::curve("stiff dura", curve(0.055))],
            bands: Vec::new(),
            dots: vec![Dot { label: "at rest".to_owned(), x: 0.0, y: 10.5 }],
        }],
    }
}

fn loops() -> Charts {
    let ring = |lag: f64, size: f64| {
        (0..=200)
            .map(|k| f64::from(k) / 200.0 / 1.12)
            .map(|t| (9.9 + 1.4 * pulse(t, 0.05), size * (pulse(t, lag) - pulse(t, lag + 0.33))))
            .collect()
    };
    let chart = |caption: &str, lag, size| Chart {
        caption: caption.to_owned(),
        x: Axis::linear("pressure", "mmHg"),
        y: Axis::linear("flow", "mL/s"),
        lines: vec![Line::closed("mean beat", ring(lag, size))],
        ..Chart::default()
    };
    Charts {
        heading: "Flow loops".to_owned(),
        text: "The mean beat of the first minute.".to_owned(),
        charts: vec![
            chart("Aqueduct", 0.1, 0.11),
            chart("Foramen magnum", 0.06, 1.9),
            chart("Carotid", 0.0, 6.0),
        ],
    }
}

/// A name, a volume, and its range, mL.
type Amount<'a> = (&'a str, f64, Option<(f64, f64)>);

fn volumes() -> Bars {
    let group = |label: &str, bars: &[Amount<'_>]| BarGroup {
        label: label.to_owned(),
        bars: bars.iter().map(|&(name, value, range)| Bar { label: name.to_owned(), value, range }).collect(),
    };
    Bars {
        heading: "Volumes".to_owned(),
        text: String::new(),
        caption: "Mean volume of each space, with its published range".to_owned(),
        unit: "mL".to_owned(),
        groups: vec![
            group(
                "Cerebrospinal fluid",
                &[
                    ("lateral ventricles", 21.4, Some((10.0, 35.0))),
                    ("third ventricle", 1.02, Some((0.5, 2.0))),
                    ("fourth ventricle", 1.61, Some((1.0, 3.0))),
                    ("cranial subarachnoid space", 131.0, Some((80.0, 180.0))),
                    ("spinal subarachnoid space", 81.2, Some((60.0, 110.0))),
                ],
            ),
            group(
                "Blood",
                &[
                    ("arteries", 720.0, None),
                    ("capillaries", 310.0, None),
                    ("veins", 3420.0, None),
                    ("dural sinuses", 18.0, None),
                ],
            ),
        ],
    }
}

fn ledger() -> Ledger {
    let door = |name: &str, from: &str, to: &str, moved, mean_rate| Door {
        name: name.to_owned(),
        from: from.to_owned(),
        to: to.to_owned(),
        moved,
        mean_rate,
    };
    Ledger {
        heading: "Ledger of doors".to_owned(),
        text: String::new(),
        caption: "What entered and left the cerebrospinal fluid in two minutes".to_owned(),
        doors: vec![
            door("choroid plexus", "choroid capillaries", "lateral ventricles", 0.7, 0.35),
            door("arachnoid villi", "cranial subarachnoid space", "sagittal sinus", 0.41, 0.205),
            door("nerve sheaths", "spinal subarachnoid space", "lymph", 0.19, 0.095),
        ],
        entered: 0.7,
        left: 0.6,
        stored: 0.1,
        residual: -2.2e-14,
    }
}

fn summary() -> Vec<SummaryRow> {
    let row = |label: &str, value, unit: &str, low, high, source: &str, verdict| SummaryRow {
        label: label.to_owned(),
        value,
        unit: unit.to_owned(),
        published: Some(Published { low, high, source: source.to_owned() }),
        verdict: Some(verdict),
        ..SummaryRow::default()
    };
    use Verdict::{InRange, Outside};
    let mut rows = vec![
        row("mean arterial pressure", 93.4, "mmHg", Some(70.0), Some(105.0), "sample2020", InRange),
        row("intracranial pressure, supine", 10.53, "mmHg", Some(7.0), Some(15.0), "sample2011", InRange),
        row("intracranial pressure, upright", -1.46, "mmHg", Some(-5.0), Some(2.0), "sample2015", InRange),
        row("pulse amplitude, peak to peak", 3.94, "mmHg", Some(1.0), Some(3.5), "sample2012", Outside),
        row("aqueduct stroke volume", 0.0421, "mL", Some(0.02), Some(0.05), "sample2008", InRange),
        row("cerebral blood flow", 738.0, "mL/min", Some(600.0), Some(900.0), "sample2009", InRange),
        row("outflow resistance", 14.2, "mmHg·min/mL", None, Some(12.0), "sample2001", Outside),
    ];
    rows[3].note = "the notch is too deep".to_owned();
    rows.push(SummaryRow {
        label: "pressure swing, stiff dura".to_owned(),
        value: 5.1,
        unit: "mmHg".to_owned(),
        basis: Basis::Hypothesis(vec!["stiff dura".to_owned()]),
        note: "3.94 without it".to_owned(),
        ..SummaryRow::default()
    });
    rows
}

/// A validation page with rows of every kind and outcome.
pub fn validation() -> ValidationPage {
    use cisterna_validate::Kind::{Measured, Regression, YesOrNo};
    use cisterna_validate::Row;
    use cisterna_validate::Verdict::{InRange, KnownMiss, Miss};
    let row =
        |id: &str, quantity: &str, unit: &str, published, low, high, simulated, verdict, kind, note: &str| {
            Row {
                id: id.to_owned(),
                quantity: quantity.to_owned(),
                unit: unit.to_owned(),
                published,
                low,
                high,
                simulated,
                verdict,
                kind,
                source: "sample2011".to_owned(),
                note: note.to_owned(),
                document: "validation/sample.toml".to_owned(),
                reason: None,
            }
        };
    let s = Some;
    ValidationPage {
        title: "Validation".to_owned(),
        subtitle: "Published experiments beside their simulation.".to_owned(),
        cautions: vec!["Ranges are published spreads; none was widened.".to_owned()],
        rows: vec![
            row(
                "supine.icp",
                "intracranial pressure, supine",
                "mmHg",
                s(11.6),
                s(7.0),
                s(15.0),
                s(10.5),
                InRange,
                Measured,
                "",
            ),
            row(
                "upright.icp",
                "intracranial pressure, upright",
                "mmHg",
                s(-2.4),
                s(-6.0),
                s(1.0),
                s(-1.4),
                InRange,
                Measured,
                "",
            ),
            row(
                "aqueduct.stroke",
                "aqueduct stroke volume",
                "mL",
                s(0.035),
                s(0.02),
                s(0.05),
                s(0.062),
                Miss,
                Measured,
                "",
            ),
            row(
                "jugular.collapse",
                "jugulars collapse when sitting up",
                "",
                s(1.0),
                None,
                None,
                s(1.0),
                InRange,
                YesOrNo,
                "",
            ),
            row(
                "infusion.slope",
                "slope of pressure in infusion",
                "mmHg/min",
                s(1.2),
                s(0.6),
                s(2.0),
                s(0.44),
                KnownMiss,
                Measured,
                "veins are still one lump",
            ),
            row(
                "marmarou.plateau",
                "Marmarou, plateau",
                "mmHg",
                s(24.0),
                s(23.99),
                s(24.01),
                s(24.0),
                InRange,
                Regression,
                "",
            ),
            row(
                "failed.run",
                "run that failed",
                "mmHg",
                s(3.0),
                s(1.0),
                s(5.0),
                None,
                Miss,
                Measured,
                "stopped at 31.2 s",
            ),
        ],
        provenance: vec![("program".to_owned(), "cisterna 0.1.0".to_owned())],
    }
}
