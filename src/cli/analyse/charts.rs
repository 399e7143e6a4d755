//! Pictures of an analysis.

use std::fmt::Write as _;

use cisterna::bedside::{Examination, Pulse, SpectrumFound, TransferFound};
use cisterna::quantity::short_number;
use cisterna::report::{Axis, Band, Chart, Charts, Dot, Line, Section};

/// Highest frequency of a spectrum that is drawn, Hz: a few harmonics of the pulse.
const HIGHEST: f64 = 5.0;

/// Averaged pulses with their peaks.
pub fn pulses(found: &Examination) -> Option<Section> {
    let charts: Vec<Chart> = found.pulses.iter().map(pulse).collect();
    section(
        "Averaged pulses",
        "The mean of the clean beats of the best five minutes, over its level at the onset. Peaks are where it bends most sharply; \
         three are P1, P2 and P3, a single one is a rounded hump.",
        charts,
    )
}

fn pulse(pulse: &Pulse) -> Chart {
    let points = pulse.values.iter().enumerate().map(|(index, value)| (index as f64 / pulse.rate_hz, *value));
    let dots = pulse.peaks.iter().enumerate().map(|(index, peak)| Dot {
        label: if pulse.peaks.len() == 1 { "peak".to_owned() } else { format!("P{}", index + 1) },
        x: peak.time_s,
        y: peak.height,
    });
    Chart {
        caption: format!("{}: {} of {} beats", pulse.channel, pulse.beats[0], pulse.beats[1]),
        x: Axis::linear("time from the onset", "s"),
        y: Axis::linear("over the onset", &pulse.unit),
        lines: vec![Line::curve(&pulse.channel, points.collect())],
        bands: Vec::new(),
        dots: dots.collect(),
    }
}

/// Spectra of the channels with a pulse.
pub fn spectra(found: &Examination) -> Option<Section> {
    let charts: Vec<Chart> = found.spectra.iter().filter_map(spectrum).collect();
    section(
        "Spectra",
        "Welch's method in segments of 102.4 s, of the best twenty minutes. The density is drawn by its logarithm.",
        charts,
    )
}

fn spectrum(found: &SpectrumFound) -> Option<Chart> {
    let inside = |&&(frequency, density): &&(f64, f64)| {
        frequency > 0.0 && frequency <= HIGHEST && density.is_finite() && density > 0.0
    };
    let points: Vec<(f64, f64)> = found.points.iter().filter(inside).copied().collect();
    if points.len() < 2 {
        return None;
    }
    let band = |label: &str, from: f64, to: f64| Band { label: label.to_owned(), from, to };
    Some(Chart {
        caption: format!("Power of {}", found.channel),
        x: Axis::log("frequency", "Hz"),
        y: Axis::log("density", &found.unit),
        lines: vec![Line::curve(&found.channel, points)],
        // The bands of the indices of power.
        bands: vec![
            band("slow", 0.0056, 0.05),
            band("Mayer", 0.05, 0.15),
            band("breath", 0.15, 0.5),
            band("pulse", 0.67, 4.0),
        ],
        dots: Vec::new(),
    })
}

/// Transfer functions.
pub fn transfers(found: &Examination) -> Option<Section> {
    let charts: Vec<Chart> = found.transfers.iter().flat_map(transfer).collect();
    section(
        "Transfer functions",
        "After the recommendations of the CARNet group. Where the coherence lies below its critical value, gain and phase say nothing.",
        charts,
    )
}

fn transfer(made: &TransferFound) -> [Chart; 3] {
    let line = |column: usize, name: &str| {
        Line::curve(name, made.lines.iter().skip(1).map(|line| (line[0], line[column])).collect())
    };
    let chart = |what: &str, unit: &str, lines: Vec<Line>| Chart {
        caption: format!("{what} from {} to {}, {} windows", made.input, made.output, made.windows),
        x: Axis::linear("frequency", "Hz"),
        y: Axis::linear(&what.to_lowercase(), unit),
        lines,
        bands: Vec::new(),
        dots: Vec::new(),
    };
    let mut coherence = chart("Coherence", "", vec![line(3, "coherence")]);
    let _ = write!(coherence.caption, "; chance alone reaches {}", short_number(made.critical_coherence));
    [chart("Gain", "", vec![line(1, "gain")]), chart("Phase", "deg", vec![line(2, "phase")]), coherence]
}

/// The course of an infusion test beside its fit.
pub fn infusion(found: &Examination) -> Option<Section> {
    let Some(Ok(report)) = &found.infusion else { return None };
    let course = &report.course;
    let line = |name: &str, values: &[f64]| {
        let minutes = course.times.iter().map(|time| time / 60.0);
        Line::curve(name, minutes.zip(values.iter().copied()).collect())
    };
    let chart = |caption: &str, lines: Vec<Line>| Chart {
        caption: caption.to_owned(),
        x: Axis::linear("time", "min"),
        y: Axis::linear("pressure", "mmHg"),
        lines,
        bands: report
            .phases
            .iter()
            .map(|phase| Band {
                label: phase.part.name().to_owned(),
                from: phase.from / 60.0,
                to: phase.until / 60.0,
            })
            .collect(),
        dots: Vec::new(),
    };
    section(
        "Infusion test",
        "Means of windows as measured, and Marmarou's model with the values found; below, what it leaves.",
        vec![
            chart(
                "Pressure and model",
                vec![line("measured", &course.measured), line("model", &course.fitted)],
            ),
            chart("Measured less model", vec![line("residual", &course.residuals)]),
        ],
    )
}

fn section(heading: &str, text: &str, charts: Vec<Chart>) -> Option<Section> {
    let charts = Charts { heading: heading.to_owned(), text: text.to_owned(), charts };
    (!charts.charts.is_empty()).then_some(Section::Charts(charts))
}
