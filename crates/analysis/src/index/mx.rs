//! `mx`: mean flow index.

use super::moving::{INTERVAL, SETTINGS, correlate};
use super::{IndexInfo, OverTime, Settings};
use cisterna_recording::Channel;

pub(crate) const INFO: IndexInfo = IndexInfo {
    name: "mx",
    title: "Mean flow index (Mx)",
    doc: "Correlation of mean flow velocity with cerebral perfusion pressure over thirty means of ten seconds (with arterial pressure in its place it is called Mxa).",
    takes: "flow velocity, cerebral perfusion pressure or arterial pressure",
    unit: "1",
    settings: Some(SETTINGS),
    interval: INTERVAL,
    source: "Czosnyka and others 1996, Stroke 27:1829 (not re-read)",
};

/// Mx over time; `settings` as in the listing where none are given.
pub fn mx(velocity: &Channel, perfusion: &Channel, settings: Option<Settings>) -> OverTime {
    correlate(&INFO, settings, velocity, perfusion)
}
