//! `prx`: pressure reactivity index.

use super::moving::{INTERVAL, SETTINGS, correlate};
use super::{IndexInfo, OverTime, Settings};
use cisterna_recording::Channel;

pub(crate) const INFO: IndexInfo = IndexInfo {
    name: "prx",
    title: "Pressure reactivity index (PRx)",
    doc: "Correlation of mean intracranial with mean arterial pressure over thirty means of ten seconds: below 0 where vessels answer to pressure, towards +1 where they follow it.",
    takes: "intracranial pressure, arterial pressure",
    unit: "1",
    settings: Some(SETTINGS),
    interval: INTERVAL,
    source: "Czosnyka and others 1997, Neurosurgery 41:11 (40 means of 5 s; not re-read); thirty means of ten seconds as in Steiner and others 2002, Crit Care Med 30:733 (not re-read)",
};

/// PRx over time; `settings` as in the listing where none are given.
pub fn prx(icp: &Channel, abp: &Channel, settings: Option<Settings>) -> OverTime {
    correlate(&INFO, settings, icp, abp)
}
