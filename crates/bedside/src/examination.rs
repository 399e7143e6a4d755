//! What an analysis gives: plain data.

use cisterna_analysis::{Breath, Fiducials};
use cisterna_recording::{Channel, Mark};
use serde::Serialize;

/// A recording, analysed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Examination {
    /// The file.
    pub file: String,
    /// Its title, where it has one.
    pub title: String,
    /// How it came about: key and text, as the file tells.
    pub provenance: Vec<(String, String)>,
    /// Its beginning and end, s.
    pub span_s: [f64; 2],
    /// Its channels.
    pub channels: Vec<ChannelFound>,
    /// All figures, those without a value with their reason.
    pub figures: Vec<FigureFound>,
    /// Waves of intracranial pressure.
    pub waves: Vec<WaveFound>,
    /// Transfer functions.
    pub transfers: Vec<TransferFound>,
    /// Averaged pulses.
    pub pulses: Vec<Pulse>,
    /// The infusion test, where there is one, or why it could not be analysed.
    pub infusion: Option<Result<cisterna_infusion::Report, String>>,
    /// What must be known, one sentence each.
    pub notes: Vec<String>,
    /// Trends: one value a window.
    #[serde(skip)]
    pub trends: Vec<Channel>,
    /// Indices over time.
    #[serde(skip)]
    pub series: Vec<SeriesFound>,
    /// Marks of the file and waves found.
    #[serde(skip)]
    pub marks: Vec<Mark>,
    /// Some seconds at full resolution that stand for the rest.
    #[serde(skip)]
    pub close_up: Vec<Channel>,
    /// The channels from afar: lowest and highest sample of each stretch, in their order of time.
    #[serde(skip)]
    pub envelopes: Vec<Channel>,
    /// All beats and breaths.
    #[serde(skip)]
    pub beats: Vec<BeatsFound>,
    /// Spectra of the channels with a pulse.
    #[serde(skip)]
    pub spectra: Vec<SpectrumFound>,
}

/// A channel.
#[derive(Clone, Debug, Serialize)]
pub struct ChannelFound {
    /// Its name.
    pub name: String,
    /// The unit in which it came.
    pub unit: String,
    /// The unit of the figures here.
    pub analysed_in: String,
    /// What it is.
    pub kind: String,
    /// Why it is taken for that.
    pub why: String,
    /// Samples a second.
    pub rate_hz: f64,
    /// How many samples there are.
    pub samples: usize,
    /// How many of them are missing.
    pub missing: usize,
    /// The share of the time that is neither missing nor an artefact.
    pub valid: f64,
    /// The mean of all samples that are there.
    pub mean: Option<f64>,
    /// The lowest sample.
    pub lowest: Option<f64>,
    /// The highest sample.
    pub highest: Option<f64>,
    /// Whole beats found.
    pub beats: usize,
    /// Beats a minute: the median of all windows.
    pub heart_rate: Option<f64>,
    /// Breaths a minute: the median of all windows.
    pub respiratory_rate: Option<f64>,
    /// The height of the pulse: the median of all windows.
    pub pulse: Option<f64>,
    /// What is no measurement.
    pub artefacts: Vec<Break>,
    /// What must be known of it.
    pub notes: Vec<String>,
}

/// The beats and breaths of a channel.
#[derive(Clone, Debug)]
pub struct BeatsFound {
    /// The channel.
    pub channel: String,
    /// Its beats, in order of time.
    pub beats: Vec<Fiducials>,
    /// Its breaths, in order of time.
    pub breaths: Vec<Breath>,
}

/// An interval that is no measurement.
#[derive(Clone, Debug, Serialize)]
pub struct Break {
    /// Why.
    pub reason: String,
    /// Its beginning, s.
    pub from_s: f64,
    /// Its end, s.
    pub to_s: f64,
}

/// A figure.
#[derive(Clone, Debug, Serialize)]
pub struct FigureFound {
    /// The index: `prx`.
    pub index: String,
    /// What a reader sees.
    pub title: String,
    /// Which of its figures; empty where it has one.
    pub part: String,
    /// The channels that it is made of.
    pub of: Vec<String>,
    /// Its value.
    pub value: Option<f64>,
    /// Its 95 % interval.
    pub interval: Option<[f64; 2]>,
    /// Its unit.
    pub unit: String,
    /// The share of the time that it rests on.
    pub valid: f64,
    /// Why there is no value.
    pub reason: Option<String>,
    /// Window, step (s) and least share of valid data, where it was followed over time.
    pub settings: Option<[f64; 3]>,
    /// How it is defined.
    pub definition: String,
    /// How its interval is found.
    pub interval_by: String,
    /// Where it is published.
    pub source: String,
}

/// An index over time.
#[derive(Clone, Debug)]
pub struct SeriesFound {
    /// The index.
    pub index: String,
    /// What a reader sees.
    pub title: String,
    /// Its values.
    pub channel: Channel,
}

/// A power spectrum.
#[derive(Clone, Debug)]
pub struct SpectrumFound {
    /// The channel.
    pub channel: String,
    /// The unit of the density.
    pub unit: String,
    /// Frequency (Hz) and density.
    pub points: Vec<(f64, f64)>,
}

/// A wave of intracranial pressure.
#[derive(Clone, Debug, Serialize)]
pub struct WaveFound {
    /// A, B or C.
    pub kind: String,
    /// Its beginning, s.
    pub from_s: f64,
    /// Its end, s.
    pub to_s: f64,
    /// Its height, mmHg.
    pub height: f64,
    /// How often it comes, 1/min.
    pub per_minute: Option<f64>,
}

/// A transfer function.
#[derive(Clone, Debug, Serialize)]
pub struct TransferFound {
    /// The input.
    pub input: String,
    /// The output.
    pub output: String,
    /// How many windows were averaged.
    pub windows: usize,
    /// The coherence that chance exceeds in one of twenty cases.
    pub critical_coherence: f64,
    /// Frequency (Hz), gain, phase (deg), coherence.
    pub lines: Vec<[f64; 4]>,
}

/// An averaged pulse.
#[derive(Clone, Debug, Serialize)]
pub struct Pulse {
    /// The channel.
    pub channel: String,
    /// Its unit.
    pub unit: String,
    /// How many beats it rests on, of how many.
    pub beats: [usize; 2],
    /// The stretch that was looked at, s.
    pub span_s: [f64; 2],
    /// Points a second.
    pub rate_hz: f64,
    /// The points, over the level at the onset.
    pub values: Vec<f64>,
    /// Its peaks.
    pub peaks: Vec<PulsePeakFound>,
    /// P2 over P1.
    pub second_over_first: Option<f64>,
}

/// A peak of an averaged pulse.
#[derive(Clone, Debug, Serialize)]
pub struct PulsePeakFound {
    /// How long after the onset, s.
    pub time_s: f64,
    /// How high over the onset.
    pub height: f64,
    /// How sure it is, 0 to 1.
    pub confidence: f64,
}
