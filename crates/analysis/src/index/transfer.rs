//! `transfer`: how one signal follows another, frequency by frequency, after the recommendations of CARNet.

mod in_band;
mod over_time;
#[cfg(test)]
mod tests;
mod windows;

use super::{Figure, IndexInfo};
use cisterna_recording::Channel;
use in_band::{Rules, smoothed};
pub use over_time::transfer_over_time;
pub(crate) use over_time::{COHERENCE, GAIN, PHASE};
use windows::Windows;

pub(crate) const INFO: IndexInfo = IndexInfo {
    name: "transfer",
    title: "Transfer function",
    doc: "H = S_xy / S_xx of output y on input x by Welch's method: Hann windows of 102.4 s over the whole recording with at most 59.99 % overlap, means taken away, spectra smoothed by the triangle 1/4, 1/2, 1/4; means of gain and phase over the lines of the bands 0.02 to 0.07, 0.07 to 0.2 and 0.2 to 0.5 Hz whose coherence |S_xy|^2 / (S_xx S_yy) reaches its critical value; for flow on pressure negative phases below 0.1 Hz are left out.",
    takes: "two channels of at least 1.25 samples a second, best means of beats: arterial pressure and flow velocity, or arterial and intracranial pressure",
    unit: "gain: output unit over input unit, and % of the mean output over input unit; phase: deg, positive where the output leads; coherence: 1",
    settings: None,
    interval: "jackknife over the windows, Student's t, widened for what overlapping windows share (Welch 1967, IEEE Trans Audio Electroacoust 15:70, not re-read)",
    source: "Claassen and others 2016, J Cereb Blood Flow Metab 36:665 (abstract read; revised by Panerai and others 2023, 43:3, abstract read), as coded by Simpson 2015 for CARNet, whose critical values of coherence for 3 to 15 windows are used",
};

/// The length of a window, s.
const WINDOW: f64 = 102.4;
/// The largest overlap of neighbouring windows, as a part of one; a little under 60 % by CARNet.
const LARGEST_OVERLAP: f64 = 0.5999;
/// The bands: name, from and to, Hz.
const BANDS: [(&str, f64, f64); 3] =
    [("very low frequencies", 0.02, 0.07), ("low frequencies", 0.07, 0.2), ("high frequencies", 0.2, 0.5)];
/// Critical values (5 %) of the coherence for 3 to 15 windows, by simulation (Simpson 2015, CARNet).
const CRITICAL: [f64; 13] = [0.51, 0.40, 0.34, 0.29, 0.25, 0.22, 0.20, 0.18, 0.17, 0.15, 0.14, 0.13, 0.12];
/// Independent windows that a window counts for, beyond the table: `1 - 0.05^(1 / (c L)) = 0.12` at L = 15.
const INDEPENDENT: f64 = 1.5624;
/// Below this frequency (Hz) a flow that lags its pressure is a turn too far and left out (Claassen 2016).
const LEADS_BELOW: f64 = 0.1;

/// Which phases count in the mean of a band.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phases {
    /// All: for pressures that follow pressures.
    All,
    /// Below 0.1 Hz only those at which the output leads: for flow that follows pressure under autoregulation.
    OutputLeads,
}

/// One frequency of a transfer function.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TransferLine {
    /// Hz.
    pub frequency: f64,
    /// Output unit over input unit.
    pub gain: f64,
    /// Deg, positive where the output leads.
    pub phase: f64,
    /// 0 to 1.
    pub coherence: f64,
}

/// A band of a transfer function.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Its name, for example "low frequencies".
    pub name: &'static str,
    /// Its lower edge, which belongs to it, Hz.
    pub from: f64,
    /// Its upper edge, which does not, Hz.
    pub to: f64,
    /// Output unit over input unit.
    pub gain: Figure,
    /// Percent of the mean output over input unit.
    pub normalised_gain: Figure,
    /// Deg.
    pub phase: Figure,
    /// 0 to 1, over all lines of the band.
    pub coherence: Figure,
    /// Power of the input in the band, its unit squared.
    pub input_power: Figure,
    /// Power of the output in the band, its unit squared.
    pub output_power: Figure,
}

/// A transfer function.
#[derive(Clone, Debug, PartialEq)]
pub struct Transfer {
    /// The name of the input.
    pub input: String,
    /// The name of the output.
    pub output: String,
    /// Its lines up to 0.5 Hz.
    pub lines: Vec<TransferLine>,
    /// How many windows were averaged.
    pub windows: usize,
    /// By how much neighbouring windows overlap, as a part of one.
    pub overlap: f64,
    /// The coherence that chance exceeds in one of twenty cases.
    pub critical_coherence: f64,
    /// The three bands, from low to high.
    pub bands: Vec<Band>,
}

impl Transfer {
    /// All figures of all bands.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.bands.iter().flat_map(|band| {
            [
                &band.gain,
                &band.normalised_gain,
                &band.phase,
                &band.coherence,
                &band.input_power,
                &band.output_power,
            ]
        })
    }
}

/// How `output` follows `input`, or the reason why that cannot be said.
pub fn transfer(input: &Channel, output: &Channel, phases: Phases) -> Result<Transfer, String> {
    let spectra = Windows::new(input, output)?;
    let all = spectra.sum_without(None);
    let smooth = smoothed(&all);
    let count = spectra.lines.len();
    let critical = critical_coherence(count);
    let lines = smooth.iter().enumerate().map(|(index, line)| TransferLine {
        frequency: index as f64 * spectra.step,
        gain: line.gain(),
        phase: line.phase().to_degrees(),
        coherence: line.coherence(),
    });
    let lines = lines.take_while(|line| line.frequency < BANDS[2].2).collect();
    let rules = Rules { step: spectra.step, critical, phases };
    let bands = BANDS.iter().map(|band| spectra.band(*band, &smooth, rules, input, output)).collect();
    Ok(Transfer {
        input: input.name.clone(),
        output: output.name.clone(),
        lines,
        windows: count,
        overlap: spectra.overlap,
        critical_coherence: critical,
        bands,
    })
}

/// The critical value of the coherence for a number of windows: the table, and beyond it the law of independent windows
/// joined to its end.
fn critical_coherence(windows: usize) -> f64 {
    match windows.checked_sub(3).and_then(|place| CRITICAL.get(place)) {
        Some(critical) => *critical,
        None => 1.0 - 0.05_f64.powf(1.0 / (INDEPENDENT * windows as f64)),
    }
}
