//! Guessing what a channel is from its name and unit.

use super::Kind;
use super::aliases::{Measures, alias, fits, measures, words};

/// What a channel is taken for, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The kind.
    pub kind: Kind,
    /// Why, in words for the user.
    pub reason: String,
}

/// Words that say which one of several, or how it was treated, and leave the kind as it is.
const QUALIFIERS: [&str; 24] = [
    "left", "right", "l", "r", "raw", "filtered", "mean", "wave", "waveform", "signal", "channel", "ch",
    "main", "1", "2", "3", "4", "red", "infrared", "ir", "invasive", "lead", "sensor", "pressure",
];

/// What the channel called `name`, in `unit`, is likely to be. A name that is not known, or that contradicts the
/// unit, is [`Kind::Other`]: nothing is guessed from a pressure's unit alone, as it tells no place.
///
/// ```
/// use cisterna_recording::{Kind, guess_kind};
/// assert_eq!(guess_kind("ART", "mmHg").kind, Kind::ArterialPressure);
/// assert_eq!(guess_kind("P1", "mmHg").kind, Kind::Other);
/// ```
pub fn guess_kind(name: &str, unit: &str) -> Guess {
    let words = words(name);
    let Some((kind, known)) = by_words(&words) else { return by_unit(name, unit) };
    let named = format!("`{known}` is a name of {kind}");
    match measures(unit) {
        Some(sort) if !fits(kind, sort) => {
            let kind = instead(kind, sort);
            let then = if kind == Kind::Other { String::new() } else { format!(", so {kind}") };
            Guess { kind, reason: format!("{named}, but its unit {unit} does not fit{then}") }
        }
        None => Guess { kind, reason: format!("{named}; the unit {unit} is not known") },
        Some(Measures::Nothing) => Guess { kind, reason: format!("{named}; it has no unit") },
        Some(_) => Guess { kind, reason: format!("{named}, and its unit {unit} fits") },
    }
}

/// The kind whose alias is the whole name but for qualifiers.
fn by_words(words: &[String]) -> Option<(Kind, String)> {
    let whole = words.join(" ");
    if let Some(kind) = alias(&whole) {
        return Some((kind, whole));
    }
    let bare: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !QUALIFIERS.contains(word)).collect();
    let joined = bare.join(" ");
    if let Some(kind) = alias(&joined) {
        return Some((kind, joined));
    }
    // `ECG II`, `ART BP`: every word is a name of the same kind.
    let kind = alias(bare.first()?)?;
    bare.iter().all(|word| alias(word) == Some(kind)).then_some((kind, joined))
}

/// A name that is known for one kind, in the unit of another that goes by it too.
fn instead(kind: Kind, sort: Measures) -> Kind {
    match (kind, sort) {
        (Kind::BloodFlow | Kind::FluidFlow, Measures::Velocity) => Kind::FlowVelocity,
        (Kind::FlowVelocity, Measures::Flow) => Kind::BloodFlow,
        (Kind::Respiration, Measures::Rate) => Kind::RespiratoryRate,
        (Kind::InfusionRate, Measures::Volume) => Kind::InfusedVolume,
        _ => Kind::Other,
    }
}

fn by_unit(name: &str, unit: &str) -> Guess {
    match measures(unit) {
        Some(Measures::Velocity) => Guess {
            kind: Kind::FlowVelocity,
            reason: format!("`{name}` is not known, but its unit {unit} is one of velocity"),
        },
        _ => Guess { kind: Kind::Other, reason: format!("`{name}` is no name that is known") },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_real_files_are_known() {
        for (name, unit, kind) in [
            ("icp", "mmHg", Kind::IntracranialPressure),
            ("ICP", "", Kind::IntracranialPressure),
            ("vault.pressure", "mmHg", Kind::IntracranialPressure),
            ("abp", "mmHg", Kind::ArterialPressure),
            ("art", "mmHg", Kind::ArterialPressure),
            ("ART", "", Kind::ArterialPressure),
            ("ABP_MEAN", "mmHg", Kind::ArterialPressure),
            ("mcav_left", "cm/s", Kind::FlowVelocity),
            ("Mca L", "cm/s", Kind::FlowVelocity),
            ("hr", "1/min", Kind::HeartRate),
            ("III", "mV", Kind::Electrocardiogram),
            ("ECG II", "uV", Kind::Electrocardiogram),
            ("V", "mV", Kind::Electrocardiogram),
            ("MCL1", "mV", Kind::Electrocardiogram),
            ("PLETH", "mV", Kind::Plethysmogram),
            ("RESP", "mV", Kind::Respiration),
            ("PAP", "mmHg", Kind::PulmonaryPressure),
            ("etco2", "kPa", Kind::CarbonDioxide),
            ("airway_pressure", "mbar", Kind::AirwayPressure),
            ("RespirationRate", "1/min", Kind::RespiratoryRate),
            ("TidalVolume", "mL", Kind::LungVolume),
            ("infusion rate", "mL/min", Kind::InfusionRate),
            ("infusion.flow", "mL/min", Kind::InfusionRate),
            ("infusion.passed", "mL", Kind::InfusedVolume),
        ] {
            let guess = guess_kind(name, unit);
            assert_eq!(guess.kind, kind, "{name} [{unit}]: {}", guess.reason);
        }
    }

    #[test]
    fn what_nothing_tells_is_not_guessed() {
        for (name, unit) in [
            ("P1", "mmHg"),
            ("P", "mmHg"),
            ("ABP_BaroIndex", ""),
            ("brs", "ms/mmHg"),
            ("ABP_SYS", "mmHg"),
            ("icp", "cm/s"),
            ("mn", ""),
            ("RR", "mmHg"),
        ] {
            let guess = guess_kind(name, unit);
            assert_eq!(guess.kind, Kind::Other, "{name} [{unit}]: {}", guess.reason);
        }
        assert_eq!(
            guess_kind("icp", "cm/s").reason,
            "`icp` is a name of icp, but its unit cm/s does not fit"
        );
    }
}
