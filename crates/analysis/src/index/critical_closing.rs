//! `critical_closing_*`: the arterial pressure at which small vessels would close.

use super::chance::OF_MEAN;
use super::pulsatility::SETTINGS;
use super::windows_of::{Detail, Piece, follow_waves};
use super::{IndexInfo, OverTime, Settings};
use crate::Statistic;
use cisterna_recording::Recording;

pub(crate) const HARMONIC: IndexInfo = IndexInfo {
    name: "critical_closing_harmonic",
    title: "Critical closing pressure, first harmonic",
    doc: "CrCP = mean ABP - mean FV A1 / F1, A1 and F1 the amplitudes of the fundamental of the pulse of arterial pressure and flow velocity over the whole beats of a minute.",
    takes: "arterial pressure, flow velocity (waves)",
    unit: "that of the pressure",
    settings: Some(SETTINGS),
    interval: OF_MEAN,
    source: "Aaslid and others 2003, Stroke 34:1645 (not re-read)",
};

pub(crate) const LINEAR: IndexInfo = IndexInfo {
    name: "critical_closing_linear",
    title: "Critical closing pressure, line",
    doc: "Pressure at which the least-squares line of arterial pressure on flow velocity, sample by sample over a minute, meets zero velocity.",
    takes: "arterial pressure, flow velocity (waves)",
    unit: "that of the pressure",
    settings: Some(SETTINGS),
    interval: OF_MEAN,
    source: "Panerai 2003, Med Eng Phys 25:621 (not re-read): line through pressure and velocity of beats",
};

/// By the fundamental of the pulse; the arguments are names of channels of the recording.
pub fn critical_closing_harmonic(
    recording: &Recording,
    abp: &str,
    velocity: &str,
    settings: Option<Settings>,
) -> OverTime {
    closing((&HARMONIC, Detail::Fundamental), recording, (abp, velocity), settings, |piece| {
        let of = |statistic, channel| piece.measure(statistic, channel).map_err(|error| error.to_string());
        let of_velocity = of(Statistic::AmplitudeFundamental, 1)?;
        if of_velocity <= 0.0 {
            return Err("the velocity does not pulsate".to_owned());
        }
        Ok(of(Statistic::AmplitudeFundamental, 0)? / of_velocity)
    })
}

/// By the line of pressure on velocity; the arguments are names of channels of the recording.
pub fn critical_closing_linear(
    recording: &Recording,
    abp: &str,
    velocity: &str,
    settings: Option<Settings>,
) -> OverTime {
    closing((&LINEAR, Detail::Full), recording, (abp, velocity), settings, |piece| {
        piece.measure(Statistic::Slope, 0).map_err(|error| error.to_string())
    })
}

/// `mean ABP - mean FV * resistance`.
fn closing(
    (info, detail): (&'static IndexInfo, Detail),
    recording: &Recording,
    (abp, velocity): (&str, &str),
    settings: Option<Settings>,
    resistance: impl Fn(&Piece) -> Result<f64, String>,
) -> OverTime {
    let unit = recording.channel(abp).map_or("mmHg", |channel| channel.unit.as_str()).to_owned();
    let settings = settings.unwrap_or(SETTINGS);
    follow_waves(info, settings, &unit, recording, (&[abp, velocity], detail), |piece| {
        let mean = |channel| piece.measure(Statistic::Mean, channel).map_err(|error| error.to_string());
        Ok(mean(0)? - mean(1)? * resistance(piece)?)
    })
}
