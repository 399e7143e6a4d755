//! `pulse_amplitude`, `fundamental_amplitude`, `respiratory_rate`: means of trends, minute by minute.

use super::chance::{OF_MEAN, mean};
use super::mean_icp::SETTINGS;
use super::moving::BLOCK;
use super::over_time::follow;
use super::{IndexInfo, OverTime, Settings};
use cisterna_recording::Channel;

pub(crate) const PULSE: IndexInfo = IndexInfo {
    name: "pulse_amplitude",
    title: "Amplitude of the pulse, peak to peak",
    doc: "Highest less lowest sample of each beat, averaged over whole beats; the mean minute by minute, and over the whole recording.",
    takes: "peak-to-peak amplitude of the pulse (trend)",
    unit: "that of the channel",
    settings: Some(SETTINGS),
    interval: OF_MEAN,
    source: "Eide 2006, Med Eng Phys 28:579 (single waves, not re-read)",
};
pub(crate) const FUNDAMENTAL: IndexInfo = IndexInfo {
    name: "fundamental_amplitude",
    title: "Amplitude of the pulse, fundamental (AMP)",
    doc: "Amplitude of the first harmonic of each beat over its own length, averaged over whole beats; from its middle to its top, so that a sine is half as high here as peak to peak.",
    takes: "amplitude of the fundamental of the pulse (trend)",
    unit: "that of the channel",
    settings: Some(SETTINGS),
    interval: OF_MEAN,
    source: "Czosnyka and Pickard 2004, J Neurol Neurosurg Psychiatry 75:813, who take it of a spectrum of some seconds",
};
pub(crate) const BREATH: IndexInfo = IndexInfo {
    name: "respiratory_rate",
    title: "Breaths",
    doc: "Breaths over the time that they take, in a respiration channel or in the means of the beats of a pulse, minute by minute.",
    takes: "rate of breath (trend)",
    unit: "1/min",
    settings: Some(SETTINGS),
    interval: OF_MEAN,
    source: "counting after Schaefer and Kratky 2008, Ann Biomed Eng 36:476 (abstract read)",
};

/// Peak-to-peak amplitude over time, from its trend.
pub fn pulse_amplitude(trend: &Channel, settings: Option<Settings>) -> OverTime {
    level(&PULSE, trend, settings)
}

/// Amplitude of the fundamental over time, from its trend.
pub fn fundamental_amplitude(trend: &Channel, settings: Option<Settings>) -> OverTime {
    level(&FUNDAMENTAL, trend, settings)
}

/// Breaths a minute over time, from their trend.
pub fn respiratory_rate(trend: &Channel, settings: Option<Settings>) -> OverTime {
    level(&BREATH, trend, settings)
}

fn level(info: &'static IndexInfo, trend: &Channel, settings: Option<Settings>) -> OverTime {
    follow(info, settings.unwrap_or(SETTINGS), &trend.unit, &[trend], BLOCK, |rows| {
        Ok((mean(&rows[0]).ok_or("it holds no data")?, None))
    })
}
