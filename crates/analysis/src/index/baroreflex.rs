//! `baroreflex`: by how much the heart slows for a higher pressure, followed over time.

use super::chance::OF_MEAN;
use super::windows_of::{Detail, follow_waves};
use super::{IndexInfo, OverTime, Settings};
use crate::Statistic;
use cisterna_recording::Recording;

/// Five minutes (Task Force 1996, Circulation 93:1043, for short recordings), one after the other, half of them valid.
const SETTINGS: Settings = Settings { window: 300.0, step: 300.0, least_valid: 0.5 };

pub(crate) const INFO: IndexInfo = IndexInfo {
    name: "baroreflex",
    title: "Baroreflex sensitivity (alpha index)",
    doc: "Root of the power of the intervals over that of the systolic pressures of beats between 0.04 and 0.15 Hz, in five minutes: the statistic `baroreflex_sensitivity` over windows.",
    takes: "arterial pressure (wave)",
    unit: "ms/mmHg",
    settings: Some(SETTINGS),
    interval: OF_MEAN,
    source: "Pagani and others 1988 as named in Gerritsen and others 2000, Clin Sci 99:371; band of Task Force 1996, Circulation 93:1043",
};

/// The alpha index of the channel called `abp`; `settings` as in the listing where none are given.
pub fn baroreflex(recording: &Recording, abp: &str, settings: Option<Settings>) -> OverTime {
    let statistic = Statistic::BaroreflexSensitivity { from_hz: 0.04, to_hz: 0.15 };
    follow_waves(&INFO, settings.unwrap_or(SETTINGS), "ms/mmHg", recording, (&[abp], Detail::Full), |piece| {
        piece.measure(statistic, 0).map_err(|error| error.to_string())
    })
}
