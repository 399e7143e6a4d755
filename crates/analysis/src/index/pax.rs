//! `pax`: pulse amplitude index.

use super::moving::{INTERVAL, SETTINGS, correlate};
use super::{IndexInfo, OverTime, Settings};
use cisterna_recording::Channel;

pub(crate) const INFO: IndexInfo = IndexInfo {
    name: "pax",
    title: "Pulse amplitude index (PAx)",
    doc: "Correlation of the amplitude of the pulse of intracranial pressure with mean arterial pressure over thirty means of ten seconds.",
    takes: "amplitude of the pulse (trend), arterial pressure",
    unit: "1",
    settings: Some(SETTINGS),
    interval: INTERVAL,
    source: "Radolovich and others 2011, Neurocrit Care 15:379 (abstract read: means of ten seconds, five minutes)",
};

/// PAx over time; `settings` as in the listing where none are given.
pub fn pax(amplitude: &Channel, abp: &Channel, settings: Option<Settings>) -> OverTime {
    correlate(&INFO, settings, amplitude, abp)
}
