//! The transfer function in a moving window.

use super::in_band::{Asked, Rules, smoothed};
use super::windows::Windows;
use super::{BANDS, Phases, critical_coherence};
use crate::index::chance::OF_MEAN;
use crate::index::over_time::{Made, Reasons, assemble};
use crate::index::{IndexInfo, OverTime, Settings};
use crate::unit;
use cisterna_recording::Channel;

/// Five minutes, the least that CARNet asks of a recording, every two and a half.
const SETTINGS: Settings = Settings { window: 300.0, step: 150.0, least_valid: 0.5 };

const fn followed(
    name: &'static str,
    title: &'static str,
    doc: &'static str,
    unit: &'static str,
) -> IndexInfo {
    IndexInfo {
        name,
        title,
        doc,
        takes: "two channels, as of the transfer function",
        unit,
        settings: Some(SETTINGS),
        interval: OF_MEAN,
        source: super::INFO.source,
    }
}

pub(crate) const GAIN: IndexInfo = followed(
    "transfer_gain",
    "Gain of the transfer function over time",
    "Mean gain over the coherent lines of each band, as of the transfer function, in windows of five minutes.",
    "output unit over input unit",
);
pub(crate) const PHASE: IndexInfo = followed(
    "transfer_phase",
    "Phase of the transfer function over time",
    "Mean phase over the coherent lines of each band, as of the transfer function, in windows of five minutes; positive where the output leads.",
    "deg",
);
pub(crate) const COHERENCE: IndexInfo = followed(
    "transfer_coherence",
    "Coherence over time",
    "Mean coherence over all lines of each band, as of the transfer function, in windows of five minutes.",
    "1",
);

/// Gain, phase and coherence of very low and low frequencies over time; `settings` as in the listing where none are given.
pub fn transfer_over_time(
    input: &Channel,
    output: &Channel,
    phases: Phases,
    settings: Option<Settings>,
) -> Vec<OverTime> {
    let settings = settings.unwrap_or(SETTINGS);
    let per = unit::product(&output.unit, 1, &input.unit, -1).1;
    let asked = [
        (&GAIN, Asked::Gain, per.as_str(), "no line reaches the critical coherence"),
        (&PHASE, Asked::Phase, "deg", "no coherent line has a phase that counts"),
        (&COHERENCE, Asked::Coherence, "1", "there is no power of both"),
    ];
    let walked = walk(input, output, phases, settings);
    let mut all = Vec::new();
    for (number, (name, _, _)) in BANDS.iter().take(2).enumerate() {
        for (place, (info, _, unit, lacking)) in asked.iter().enumerate() {
            let made = match &walked {
                Err(reason) => Made::nothing(reason.clone()),
                Ok(walked) => walked.made(3 * number + place, lacking),
            };
            let names = vec![input.name.clone(), output.name.clone()];
            let mut made = assemble(info, settings, unit, names, made);
            made.summary.part = (*name).to_owned();
            made.series.label = format!("{}, {name}", info.title);
            all.push(made);
        }
    }
    all
}

/// What each window gives: gain, phase and coherence of each band.
struct Walked {
    start: f64,
    windows: Vec<Option<[Option<f64>; 6]>>,
    valid: f64,
    reason: Option<String>,
}

fn walk(input: &Channel, output: &Channel, phases: Phases, settings: Settings) -> Result<Walked, String> {
    if let Some(fault) = settings.fault() {
        return Err(fault);
    }
    let start = input.start.max(output.start);
    let end = input.end().min(output.end());
    let (mut windows, mut lacking) = (Vec::new(), Reasons::default());
    for number in 0.. {
        let from = start + f64::from(number) * settings.step;
        let to = from + settings.window;
        // The last sample stands for the time up to the next.
        if to > end + 1.5 / input.rate.min(output.rate) {
            break;
        }
        windows.push(match window(&cut(input, from, to), &cut(output, from, to), phases) {
            Ok(found) => Some(found),
            Err(reason) => {
                lacking.add(reason);
                None
            }
        });
    }
    if windows.is_empty() {
        return Err(format!(
            "the channels last {:.0} s together and a window {} s",
            end - start,
            settings.window
        ));
    }
    let valid = windows.iter().flatten().count() as f64 / windows.len() as f64;
    let start = start + 0.5 * settings.window;
    Ok(Walked { start, valid, reason: lacking.most_frequent().map(str::to_owned), windows })
}

fn cut(channel: &Channel, from: f64, to: f64) -> Channel {
    let (start, values) = channel.window(from, to);
    Channel { start, values: values.to_vec(), ..channel.without_samples() }
}

fn window(input: &Channel, output: &Channel, phases: Phases) -> Result<[Option<f64>; 6], String> {
    let spectra = Windows::new(input, output)?;
    let smooth = smoothed(&spectra.sum_without(None));
    let rules = Rules { step: spectra.step, critical: critical_coherence(spectra.lines.len()), phases };
    let of = |band: usize, asked: Asked| spectra.ask(&smooth, (BANDS[band].1, BANDS[band].2), rules, asked);
    let band = |band: usize| [of(band, Asked::Gain), of(band, Asked::Phase), of(band, Asked::Coherence)];
    let ([a, b, c], [d, e, f]) = (band(0), band(1));
    Ok([a, b, c, d, e, f])
}

impl Walked {
    /// The series of one of the six.
    fn made(&self, which: usize, lacking: &str) -> Made {
        let values: Vec<f64> =
            self.windows.iter().map(|window| window.and_then(|of| of[which]).unwrap_or(f64::NAN)).collect();
        Made {
            start: self.start,
            intervals: vec![(f64::NAN, f64::NAN); values.len()],
            values,
            valid: self.valid,
            reason: match (&self.reason, self.valid > 0.0) {
                (Some(reason), false) => reason.clone(),
                _ => lacking.to_owned(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    /// A flow that leads its pressure by 30 deg and swings half as much at first, and follows without lead and as much later.
    #[test]
    fn autoregulation_that_fails_is_seen_when_it_does() {
        let pressure =
            |t: f64| (1..40).map(move |k| (TAU * 0.005 * f64::from(k) * t + f64::from(k * k)).sin());
        let input: Vec<f64> =
            (0..36_000).map(|i| 90.0 + pressure(f64::from(i) / 10.0).sum::<f64>()).collect();
        let flow = |i: i32| {
            let t = f64::from(i) / 10.0;
            let (lead, part) = if t < 1800.0 { (30_f64.to_radians(), 0.5) } else { (0.0, 1.0) };
            let line = |k: i32| (TAU * 0.005 * f64::from(k) * t + f64::from(k * k) + lead).sin();
            60.0 + part * (1..40).map(line).sum::<f64>()
        };
        let input = Channel::new("abp", "mmHg", 0.0, 10.0, input);
        let output = Channel::new("fv", "cm/s", 0.0, 10.0, (0..36_000).map(flow).collect());
        let found = transfer_over_time(&input, &output, Phases::OutputLeads, None);
        assert_eq!(found.len(), 6);
        let (gain, phase) = (&found[3].series, &found[4].series);
        assert_eq!((gain.start, gain.values.len()), (150.0, 23));
        assert!((gain.values[3] - 0.5).abs() < 0.02 && (phase.values[3] - 30.0).abs() < 2.0, "{phase:?}");
        assert!((gain.values[20] - 1.0).abs() < 0.02 && phase.values[20].abs() < 2.0, "{phase:?}");
        assert!(found[3].summary.part == "low frequencies");
        let short = transfer_over_time(&cut(&input, 0.0, 250.0), &output, Phases::All, None);
        assert!(short[0].summary.value.as_ref().is_err_and(|reason| reason.contains("a window 300 s")));
    }
}
