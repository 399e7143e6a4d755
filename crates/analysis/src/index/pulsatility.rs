//! `pulsatility`: how much flow velocity pulsates.

use super::chance::OF_MEAN;
use super::windows_of::{Detail, follow_waves};
use super::{IndexInfo, OverTime, Settings};
use crate::Statistic;
use cisterna_recording::Recording;

/// A minute of beats, a value a minute, half of it valid (assumed).
pub(super) const SETTINGS: Settings = Settings { window: 60.0, step: 60.0, least_valid: 0.5 };

pub(crate) const INFO: IndexInfo = IndexInfo {
    name: "pulsatility",
    title: "Pulsatility index (Gosling)",
    doc: "PI = (systolic - end-diastolic velocity) / mean velocity, each the mean over the whole beats of a minute, the diastolic as the lowest value of a beat.",
    takes: "flow velocity (wave)",
    unit: "1",
    settings: Some(SETTINGS),
    interval: OF_MEAN,
    source: "Gosling and King 1974, Proc R Soc Med 67:447 (not re-read)",
};

/// The pulsatility index of the channel called `velocity`; `settings` as in the listing where none are given.
pub fn pulsatility(recording: &Recording, velocity: &str, settings: Option<Settings>) -> OverTime {
    follow_waves(&INFO, settings.unwrap_or(SETTINGS), "1", recording, (&[velocity], Detail::Full), |piece| {
        let of = |statistic| piece.measure(statistic, 0).map_err(|error| error.to_string());
        let mean = of(Statistic::Mean)?;
        if mean <= 0.0 {
            return Err("the mean velocity is not above zero".to_owned());
        }
        Ok((of(Statistic::Systolic)? - of(Statistic::Diastolic)?) / mean)
    })
}
