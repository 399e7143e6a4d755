//! `pulse_transmission`: how much of the arterial pulse reaches the cranium.

use super::chance::OF_MEAN;
use super::pulsatility::SETTINGS;
use super::windows_of::{Detail, follow_waves};
use super::{IndexInfo, OverTime, Settings};
use crate::Statistic;
use cisterna_recording::Recording;

pub(crate) const INFO: IndexInfo = IndexInfo {
    name: "pulse_transmission",
    title: "Transmission of the arterial pulse",
    doc: "Amplitude of the fundamental of the pulse of intracranial pressure over that of arterial pressure, over the whole beats of a minute.",
    takes: "intracranial pressure, arterial pressure (waves)",
    unit: "1 where both have one unit",
    settings: Some(SETTINGS),
    interval: OF_MEAN,
    source: "by definition; the fundamental as in Avezaat and others 1979, J Neurol Neurosurg Psychiatry 42:687",
};

/// The ratio of fundamentals; beats are those of arterial pressure. The arguments are names of channels.
pub fn pulse_transmission(
    recording: &Recording,
    icp: &str,
    abp: &str,
    settings: Option<Settings>,
) -> OverTime {
    let unit_of = |name: &str| recording.channel(name).map_or("mmHg", |channel| channel.unit.as_str());
    let unit = crate::unit::product(unit_of(icp), 1, unit_of(abp), -1).1;
    follow_waves(
        &INFO,
        settings.unwrap_or(SETTINGS),
        &unit,
        recording,
        (&[abp, icp], Detail::Fundamental),
        |piece| {
            let of = |channel| {
                piece.measure(Statistic::AmplitudeFundamental, channel).map_err(|error| error.to_string())
            };
            let arterial = of(0)?;
            if arterial <= 0.0 {
                return Err("arterial pressure does not pulsate".to_owned());
            }
            Ok(of(1)? / arterial)
        },
    )
}
