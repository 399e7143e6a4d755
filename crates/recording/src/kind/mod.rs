//! What a channel is: intracranial pressure, flow velocity, an electrocardiogram, ...

mod aliases;
mod guess;
mod map;

use std::fmt;
use std::str::FromStr;

use crate::error::nearest;

pub use guess::{Guess, guess_kind};
pub use map::KindMap;

/// What a channel is, whatever it is called and whatever unit it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Intracranial pressure, wherever in the head it is measured.
    IntracranialPressure,
    /// Pressure of the spinal fluid, measured in the lumbar sac.
    LumbarPressure,
    /// Arterial blood pressure.
    ArterialPressure,
    /// Cerebral perfusion pressure.
    PerfusionPressure,
    /// Central venous pressure.
    CentralVenousPressure,
    /// Pulmonary arterial pressure.
    PulmonaryPressure,
    /// Electrocardiogram, any lead.
    Electrocardiogram,
    /// Breathing by any belt, impedance or flow sensor, in any unit.
    Respiration,
    /// Carbon dioxide in the breath.
    CarbonDioxide,
    /// Velocity of blood, as by transcranial Doppler.
    FlowVelocity,
    /// How fast an infusion runs.
    InfusionRate,
    /// What an infusion has brought so far.
    InfusedVolume,
    /// Flow of cerebrospinal fluid.
    FluidFlow,
    /// Flow of blood.
    BloodFlow,
    /// Pressure in the airway.
    AirwayPressure,
    /// Flow in the airway.
    AirwayFlow,
    /// Volume of a breath or of the lungs.
    LungVolume,
    /// Pulse seen by light or volume.
    Plethysmogram,
    /// Saturation of haemoglobin with oxygen.
    OxygenSaturation,
    /// Beats a minute.
    HeartRate,
    /// Breaths a minute.
    RespiratoryRate,
    /// Temperature.
    Temperature,
    /// None of these, or nothing tells.
    Other,
}

impl Kind {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [Kind; 23] = [
        Kind::IntracranialPressure,
        Kind::LumbarPressure,
        Kind::ArterialPressure,
        Kind::PerfusionPressure,
        Kind::CentralVenousPressure,
        Kind::PulmonaryPressure,
        Kind::Electrocardiogram,
        Kind::Respiration,
        Kind::CarbonDioxide,
        Kind::FlowVelocity,
        Kind::InfusionRate,
        Kind::InfusedVolume,
        Kind::FluidFlow,
        Kind::BloodFlow,
        Kind::AirwayPressure,
        Kind::AirwayFlow,
        Kind::LungVolume,
        Kind::Plethysmogram,
        Kind::OxygenSaturation,
        Kind::HeartRate,
        Kind::RespiratoryRate,
        Kind::Temperature,
        Kind::Other,
    ];

    /// The short name by which it is written: `icp`, `abp`, ...
    pub fn name(self) -> &'static str {
        match self {
            Kind::IntracranialPressure => "icp",
            Kind::LumbarPressure => "lumbar_pressure",
            Kind::ArterialPressure => "abp",
            Kind::PerfusionPressure => "cpp",
            Kind::CentralVenousPressure => "cvp",
            Kind::PulmonaryPressure => "pap",
            Kind::Electrocardiogram => "ecg",
            Kind::Respiration => "respiration",
            Kind::CarbonDioxide => "etco2",
            Kind::FlowVelocity => "flow_velocity",
            Kind::InfusionRate => "infusion_rate",
            Kind::InfusedVolume => "infused_volume",
            Kind::FluidFlow => "csf_flow",
            Kind::BloodFlow => "blood_flow",
            Kind::AirwayPressure => "airway_pressure",
            Kind::AirwayFlow => "airway_flow",
            Kind::LungVolume => "lung_volume",
            Kind::Plethysmogram => "plethysmogram",
            Kind::OxygenSaturation => "oxygen_saturation",
            Kind::HeartRate => "heart_rate",
            Kind::RespiratoryRate => "respiratory_rate",
            Kind::Temperature => "temperature",
            Kind::Other => "other",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Kind {
    type Err = String;

    /// Reads a short name, or any alias of a kind that stands for it whatever the unit (`art` for `abp`).
    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = text.trim().to_lowercase();
        if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.name() == wanted) {
            return Ok(kind);
        }
        if let Some(kind) = aliases::alias(&aliases::words(&wanted).join(" ")) {
            return Ok(kind);
        }
        let names = Kind::ALL.map(Kind::name);
        let hint = nearest(&wanted, names.into_iter()).map(|near| format!("; did you mean `{near}`?"));
        Err(format!(
            "`{}` is no kind of channel; allowed: {}{}",
            text.trim(),
            names.join(", "),
            hint.unwrap_or_default()
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_reads_back_from_its_name() {
        for kind in Kind::ALL {
            assert_eq!(kind.name().parse(), Ok(kind));
        }
        assert_eq!("ART".parse(), Ok(Kind::ArterialPressure));
        let told = Kind::from_str("inffusion_rate").unwrap_err();
        assert!(told.ends_with("did you mean `infusion_rate`?"), "{told}");
    }
}
