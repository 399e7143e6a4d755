//! `band_powers`: how much a pressure swings with pulse, breath and slow waves.

use super::chance::OF_MEAN;
use super::over_time::{Made, assemble};
use super::{IndexInfo, OverTime, Settings};
use crate::signal::Signal;
use crate::spectrum::welch;
use crate::{Window, unit};
use cisterna_recording::Channel;

/// Ten minutes one after the other: three turns of the slowest wave and more.
const SETTINGS: Settings = Settings { window: 600.0, step: 600.0, least_valid: 0.5 };
/// The length of a segment, s: two turns of the slowest wave (3 min) and a little.
const SEGMENT: f64 = 400.0;

const TAKES: &str = "any pressure or flow (wave, or trend fast enough for the band)";

/// Which band is that of the breath.
const BREATH: usize = 2;

macro_rules! band {
    ($name:literal, $title:literal, $doc:literal, $source:literal) => {
        IndexInfo {
            name: $name,
            title: $title,
            doc: $doc,
            takes: TAKES,
            unit: "that of the channel, squared",
            settings: Some(SETTINGS),
            interval: OF_MEAN,
            source: $source,
        }
    };
}

/// The bands from slow to fast: what they are, and from and to, Hz.
pub(crate) const BANDS: [(IndexInfo, f64, f64); 4] = [
    (
        band!(
            "power_slow",
            "Power of slow waves",
            "Power between 0.33 and 3 waves a minute (0.0056 to 0.05 Hz), where Lundberg's B waves lie, by Welch's method in segments of 400 s.",
            "Martinez-Tejada and others 2019, Fluids Barriers CNS 16:33 (review of B waves: no one range is agreed on)"
        ),
        0.33 / 60.0,
        0.05,
    ),
    (
        band!(
            "power_vasomotor",
            "Power of vasomotor (Mayer) waves",
            "Power between 0.05 and 0.15 Hz, by Welch's method in segments of 400 s; breath below 9 a minute falls into it, and is told where it is measured.",
            "upper edge of Task Force 1996, Circulation 93:1043; lower edge where the slow band ends"
        ),
        0.05,
        0.15,
    ),
    (
        band!(
            "power_respiratory",
            "Power of breathing",
            "Power between 0.15 and 0.5 Hz (9 to 30 breaths a minute), by Welch's method in segments of 400 s; where the breath itself, as it is measured, lies outside, the power is not given.",
            "lower edge of Task Force 1996, Circulation 93:1043; upper edge assumed: 30 breaths a minute"
        ),
        0.15,
        0.5,
    ),
    (
        band!(
            "power_pulse",
            "Power of the pulse",
            "Power between 0.67 and 4 Hz (40 to 240 beats a minute, with the first harmonics of slow hearts), by Welch's method in segments of 400 s.",
            "assumed: the rates that a heart can have"
        ),
        0.67,
        4.0,
    ),
];

/// The power of a channel in each band over time, from slow to fast; a band that its samples cannot show has a reason. The edges are
/// as published whatever the breath (1/min, where it is known); where it lies in another band than its own, the figures say so.
pub fn band_powers(channel: &Channel, breath: Option<f64>, settings: Option<Settings>) -> Vec<OverTime> {
    let settings = settings.unwrap_or(SETTINGS);
    let spectra = spectra(channel, settings);
    let squared = unit::product(&channel.unit, 1, &channel.unit, 1).1;
    BANDS
        .iter()
        .enumerate()
        .map(|(place, (info, _, to))| {
            let made = match &spectra {
                Err(reason) => Made::nothing(reason.clone()),
                Ok(_) if *to > 0.5 * channel.rate + 1e-9 => {
                    Made::nothing(format!("{} samples a second show nothing at {to} Hz", channel.rate))
                }
                Ok(found) => Made {
                    start: channel.start + 0.5 * settings.window,
                    values: found.powers.iter().map(|powers| powers[place]).collect(),
                    intervals: vec![(f64::NAN, f64::NAN); found.powers.len()],
                    valid: found.valid,
                    reason: found.reason.clone(),
                },
            };
            let made = assemble(info, settings, &squared, vec![channel.name.clone()], made);
            breath.map_or(made.clone(), |breath| beside_breath(made, place, breath))
        })
        .collect()
}

/// A band where breath of so many a minute lies outside its own band: that one has no value, and the one that holds the
/// breath says so.
fn beside_breath(mut made: OverTime, place: usize, breath: f64) -> OverTime {
    let holds = |band: usize| (BANDS[band].1..BANDS[band].2).contains(&(breath / 60.0));
    if holds(BREATH) || made.summary.value.is_err() {
        return made;
    }
    if place == BREATH {
        made.summary.value = Err(format!(
            "the breath, {breath:.1} a minute, lies outside 0.15 to 0.5 Hz, so that this is not its power"
        ));
        made.series.values.fill(f64::NAN);
    } else if holds(place) {
        made.summary.part = format!("with the breath of {breath:.1} a minute in it");
    }
    made
}

/// The powers of the bands in each window.
struct Spectra {
    powers: Vec<[f64; BANDS.len()]>,
    valid: f64,
    reason: String,
}

/// One spectrum a window, for all bands.
fn spectra(channel: &Channel, settings: Settings) -> Result<Spectra, String> {
    if let Some(fault) = settings.fault() {
        return Err(fault);
    }
    if settings.window < SEGMENT {
        return Err(format!("a window must be {SEGMENT} s or longer"));
    }
    let signal = Signal::of(channel)?;
    let duration = channel.values.len() as f64 / channel.rate;
    let windows = ((duration - settings.window) / settings.step + 1e-6).floor() + 1.0;
    if windows < 1.0 {
        return Err(format!("the recording lasts {duration:.0} s and a window {} s", settings.window));
    }
    let mut found = Spectra { powers: Vec::new(), valid: 0.0, reason: String::new() };
    for number in 0..windows as usize {
        let from = channel.start + number as f64 * settings.step;
        let window = Window { from, to: from + settings.window };
        let share = signal.valid_fraction(window);
        found.valid += share / windows;
        let spectrum = if share < settings.least_valid - 1e-9 {
            Err(format!("no window of {} s holds enough data", settings.window))
        } else {
            welch(&signal, window, SEGMENT).map_err(|error| error.to_string())
        };
        found.powers.push(match spectrum {
            Ok(spectrum) => BANDS.map(|(_, from, to)| spectrum.power(from, to)),
            Err(reason) => {
                found.reason = reason;
                [f64::NAN; BANDS.len()]
            }
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    /// A breath of 7.2 a minute (0.12 Hz), 2 high: a power of 2, which lies in the vasomotor band.
    #[test]
    fn a_slow_breath_is_told_in_the_band_that_it_falls_into() {
        let values = (0..12_000).map(|i| 90.0 + 2.0 * (TAU * 0.12 * f64::from(i) / 10.0).sin()).collect();
        let channel = Channel::new("abp", "mmHg", 0.0, 10.0, values);
        let of = |breath: Option<f64>| band_powers(&channel, breath, None);
        let slow = of(Some(7.2));
        assert!((slow[1].summary.number().unwrap() - 2.0).abs() < 0.1);
        assert_eq!(slow[1].summary.part, "with the breath of 7.2 a minute in it");
        assert!(slow[BREATH].summary.value.as_ref().is_err_and(|reason| reason.contains("7.2 a minute")));
        assert!(slow[BREATH].series.values.iter().all(|value| value.is_nan()));
        for usual in [of(Some(15.0)), of(None)] {
            assert!(usual[1].summary.part.is_empty() && usual[BREATH].summary.value.is_ok());
        }
    }
}
