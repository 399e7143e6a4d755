//! `mx`, `mxa`: mean flow index, of perfusion or of arterial pressure.

use super::moving::{INTERVAL, SETTINGS, correlate};
use super::{IndexInfo, OverTime, Settings};
use cisterna_recording::Channel;

pub(crate) const INFO: IndexInfo = IndexInfo {
    name: "mx",
    title: "Mean flow index (Mx)",
    doc: "Correlation of mean flow velocity with cerebral perfusion pressure over thirty means of ten seconds.",
    takes: "flow velocity, cerebral perfusion pressure",
    unit: "1",
    settings: Some(SETTINGS),
    interval: INTERVAL,
    source: "Czosnyka and others 1996, Stroke 27:1829 (not re-read)",
};

pub(crate) const OF_ARTERIAL: IndexInfo = IndexInfo {
    name: "mxa",
    title: "Mean flow index of arterial pressure (Mxa)",
    doc: "Correlation of mean flow velocity with arterial pressure over thirty means of ten seconds: Mx where intracranial pressure is not known.",
    takes: "flow velocity, arterial pressure",
    source: "Olsen and others 2022, J Cereb Blood Flow Metab 42:27 (abstract read: ways of computing it differ, repeatability from poor to excellent) and 42:2164 (abstract read: the name)",
    ..INFO
};

/// Mxa over time; `settings` as in the listing where none are given.
pub fn mxa(velocity: &Channel, arterial: &Channel, settings: Option<Settings>) -> OverTime {
    correlate(&OF_ARTERIAL, settings, velocity, arterial)
}

/// Mx over time; `settings` as in the listing where none are given.
pub fn mx(velocity: &Channel, perfusion: &Channel, settings: Option<Settings>) -> OverTime {
    correlate(&INFO, settings, velocity, perfusion)
}
