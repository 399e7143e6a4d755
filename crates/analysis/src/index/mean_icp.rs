//! `mean_icp`: mean intracranial pressure.

use super::chance::{OF_MEAN, mean};
use super::moving::BLOCK;
use super::over_time::follow;
use super::{IndexInfo, OverTime, Settings};
use cisterna_recording::Channel;

/// A mean a minute, as monitors print it (assumed), of a minute that is valid by half.
pub(super) const SETTINGS: Settings = Settings { window: 60.0, step: 60.0, least_valid: 0.5 };

pub(crate) const INFO: IndexInfo = IndexInfo {
    name: "mean_icp",
    title: "Mean intracranial pressure",
    doc: "Mean over time of intracranial pressure, minute by minute, and over the whole recording.",
    takes: "intracranial pressure",
    unit: "that of the channel",
    settings: Some(SETTINGS),
    interval: OF_MEAN,
    source: "by definition",
};

/// Mean intracranial pressure over time; `settings` as in the listing where none are given.
pub fn mean_icp(icp: &Channel, settings: Option<Settings>) -> OverTime {
    follow(&INFO, settings.unwrap_or(SETTINGS), &icp.unit, &[icp], BLOCK, |rows| {
        Ok((mean(&rows[0]).ok_or("it holds no data")?, None))
    })
}
