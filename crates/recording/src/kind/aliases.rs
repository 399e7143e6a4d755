//! The names under which channels come, from monitors, exports and papers.

use super::Kind;

/// What a unit measures, as far as it tells kinds apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measures {
    Pressure,
    Voltage,
    Velocity,
    Flow,
    Volume,
    Rate,
    Share,
    Temperature,
    Nothing,
}

/// Names by kind, in lower case with one space between words.
const ALIASES: [(Kind, &[&str]); 22] = [
    (
        Kind::IntracranialPressure,
        &[
            "icp",
            "intracranial pressure",
            "icp evd",
            "evd",
            "icp bolt",
            "pic",
            "vault pressure",
            "ventricular pressure",
        ],
    ),
    (
        Kind::LumbarPressure,
        &["lumbar pressure", "lumbar", "lp pressure", "csfp", "csf pressure", "lumbar sac pressure"],
    ),
    (
        Kind::ArterialPressure,
        &[
            "abp",
            "art",
            "ap",
            "ibp",
            "bp",
            "map",
            "arterial pressure",
            "arterial blood pressure",
            "blood pressure",
            "aortic pressure",
            "aorta pressure",
            "nabp",
            "fap",
            "rap art",
            "radial",
            "art line",
            "finapres",
            "finometer",
            "systemic blood pressure",
            "fin ap",
        ],
    ),
    (Kind::PerfusionPressure, &["cpp", "cerebral perfusion pressure", "perfusion pressure"]),
    (Kind::CentralVenousPressure, &["cvp", "central venous pressure", "zvd"]),
    (Kind::PulmonaryPressure, &["pap", "pulmonary arterial pressure", "pulmonary artery pressure"]),
    (
        Kind::Electrocardiogram,
        &[
            "ecg",
            "ekg",
            "electrocardiogram",
            "i",
            "ii",
            "iii",
            "avr",
            "avl",
            "avf",
            "mcl",
            "mcl1",
            "mlii",
            "ml2",
            "v",
            "v1",
            "v2",
            "v3",
            "v4",
            "v5",
            "v6",
            "lead i",
            "lead ii",
            "lead iii",
        ],
    ),
    (Kind::Respiration, &["resp", "respiration", "breathing", "rsp", "belt", "chest belt", "impedance"]),
    (Kind::CarbonDioxide, &["etco2", "co2", "petco2", "end tidal co2", "capnogram", "pco2"]),
    (
        Kind::FlowVelocity,
        &[
            "fv",
            "cbfv",
            "mca",
            "mcav",
            "mcafv",
            "fvmca",
            "mcfv",
            "pca",
            "aca",
            "tcd",
            "fvl",
            "fvr",
            "fvx",
            "vmca",
            "mca v",
            "flow velocity",
            "blood flow velocity",
            "velocity",
        ],
    ),
    (Kind::InfusionRate, &["infusion rate", "infusion", "infusion flow", "inf rate", "pump", "pump rate"]),
    (
        Kind::InfusedVolume,
        &["infused volume", "infused", "volume infused", "infusion volume", "infusion passed"],
    ),
    (
        Kind::FluidFlow,
        &["csf flow", "csf", "aqueduct flow", "aqueduct", "foramen magnum flow", "c2 csf", "c2c3 csf"],
    ),
    (
        Kind::BloodFlow,
        &[
            "blood flow",
            "cbf",
            "arterial flow",
            "venous flow",
            "cerebral inflow",
            "cerebral blood flow",
            "ica flow",
            "ica",
            "ijv",
            "jugular flow",
        ],
    ),
    (Kind::AirwayPressure, &["airway pressure", "paw", "awp", "ventilator pressure"]),
    (Kind::AirwayFlow, &["airway flow", "airflow", "ventilator flow", "air flow"]),
    (Kind::LungVolume, &["lung volume", "tidal volume", "vt"]),
    (Kind::Plethysmogram, &["pleth", "ppg", "plethysmogram", "plethysmograph", "photoplethysmogram"]),
    (Kind::OxygenSaturation, &["spo2", "sao2", "sp o2", "pleth sat o2", "oxygen saturation"]),
    (Kind::HeartRate, &["hr", "heart rate", "pulse rate", "heart frequency"]),
    (Kind::RespiratoryRate, &["rr", "respiratory rate", "respiration rate", "resp rate", "breathing rate"]),
    (Kind::Temperature, &["temp", "temperature", "t blood", "bt"]),
];

/// Units by what they measure, in lower case.
const UNITS: [(Measures, &[&str]); 9] = [
    (Measures::Pressure, &["mmhg", "mm hg", "torr", "cmh2o", "mmh2o", "mbar", "hpa", "kpa", "pa"]),
    (Measures::Voltage, &["v", "mv", "uv", "µv", "μv", "nv"]),
    (Measures::Velocity, &["cm/s", "m/s", "mm/s", "cm/sec", "cm s-1"]),
    (
        Measures::Flow,
        &["ml/min", "ml/s", "l/min", "l/s", "ml/h", "ul/min", "µl/min", "μl/min", "mm3/s", "ul/s"],
    ),
    (Measures::Volume, &["ml", "l", "ul", "µl", "μl", "cm3", "mm3"]),
    (Measures::Rate, &["1/min", "bpm", "/min", "min-1", "hz", "1/s", "brpm", "breaths/min", "beats/min"]),
    (Measures::Share, &["%", "percent", "vol%"]),
    (Measures::Temperature, &["degc", "°c", "c", "deg c", "k", "celsius"]),
    (Measures::Nothing, &["", "au", "a.u.", "nu", "n.u.", "uncalibrated", "adu", "counts", "raw", "nd"]),
];

/// The kind that goes by `name` (lower case, one space between words).
pub(super) fn alias(name: &str) -> Option<Kind> {
    ALIASES.iter().find(|(_, names)| names.contains(&name)).map(|(kind, _)| *kind)
}

/// What `unit` measures; `None` for one that is not known.
pub(super) fn measures(unit: &str) -> Option<Measures> {
    let unit = unit.trim().to_lowercase();
    UNITS.iter().find(|(_, units)| units.contains(&unit.as_str())).map(|(measures, _)| *measures)
}

/// Whether a channel of `kind` can be in a unit of this sort. A raw channel has none.
pub(super) fn fits(kind: Kind, measures: Measures) -> bool {
    use Measures as M;
    if measures == M::Nothing {
        return true;
    }
    match kind {
        Kind::IntracranialPressure
        | Kind::LumbarPressure
        | Kind::ArterialPressure
        | Kind::PerfusionPressure
        | Kind::CentralVenousPressure
        | Kind::PulmonaryPressure
        | Kind::AirwayPressure => measures == M::Pressure,
        Kind::Electrocardiogram => measures == M::Voltage,
        Kind::Respiration => measures != M::Rate && measures != M::Velocity,
        Kind::CarbonDioxide => matches!(measures, M::Pressure | M::Share | M::Voltage),
        Kind::FlowVelocity => measures == M::Velocity,
        Kind::InfusionRate | Kind::FluidFlow | Kind::BloodFlow | Kind::AirwayFlow => measures == M::Flow,
        Kind::InfusedVolume | Kind::LungVolume => measures == M::Volume,
        Kind::Plethysmogram => matches!(measures, M::Voltage | M::Share),
        Kind::OxygenSaturation => measures == M::Share,
        Kind::HeartRate | Kind::RespiratoryRate => measures == M::Rate,
        Kind::Temperature => measures == M::Temperature,
        Kind::Other => true,
    }
}

/// The words of a name, in lower case: `ABP_Left` and `abpLeft` are `abp`, `left`.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before_was_small = false;
    for letter in name.chars() {
        if !letter.is_alphanumeric() {
            words.push(String::new());
        } else {
            if letter.is_uppercase() && before_was_small {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(letter.to_lowercase());
            }
        }
        before_was_small = letter.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}
