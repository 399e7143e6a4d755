//! `rap`: compensatory reserve.

use super::moving::{INTERVAL, SETTINGS, correlate};
use super::{IndexInfo, OverTime, Settings};
use cisterna_recording::Channel;

pub(crate) const INFO: IndexInfo = IndexInfo {
    name: "rap",
    title: "Compensatory reserve (RAP)",
    doc: "Correlation of the amplitude of the pulse of intracranial pressure with its mean, over thirty means of ten seconds: near 0 with reserve, +1 where the pulse grows with pressure, below 0 where it falls again.",
    takes: "amplitude of the pulse (trend), intracranial pressure",
    unit: "1",
    settings: Some(SETTINGS),
    interval: INTERVAL,
    source: "Czosnyka and Pickard 2004, J Neurol Neurosurg Psychiatry 75:813 (after Czosnyka and others 1988, not read): about 40 samples of 6 to 10 s; window of 300 s as in later work",
};

/// RAP over time; `settings` as in the listing where none are given.
pub fn rap(amplitude: &Channel, icp: &Channel, settings: Option<Settings>) -> OverTime {
    correlate(&INFO, settings, amplitude, icp)
}
