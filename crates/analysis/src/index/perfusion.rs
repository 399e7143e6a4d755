//! `cpp`: cerebral perfusion pressure, with the level at which arterial pressure is meant.

use super::chance::{OF_MEAN, mean};
use super::mean_icp::SETTINGS;
use super::moving::BLOCK;
use super::over_time::follow;
use super::{IndexInfo, OverTime, Settings};
use cisterna_recording::Channel;

pub(crate) const INFO: IndexInfo = IndexInfo {
    name: "cpp",
    title: "Cerebral perfusion pressure",
    doc: "Mean arterial less mean intracranial pressure, both at the level of the ear: CPP = ABP - rho g h - ICP, h the height of the ear above the zero of the arterial pressure (0 where that lies at the ear, or the person lies flat).",
    takes: "intracranial pressure, arterial pressure",
    unit: "mmHg",
    settings: Some(SETTINGS),
    interval: OF_MEAN,
    source: "by definition; for the two levels see Kosty and others 2013, Neurosurg Focus 35:E2 (not re-read)",
};

/// The weight of a column of blood, mmHg/cm: 1.06 g/mL (assumed; whole blood is given as 1.05 to 1.06), 9.80665 m/s^2 and
/// 133.322 Pa/mmHg.
const COLUMN: f64 = 1.06 * 9.806_65 * 10.0 / 133.322;

/// Where arterial pressure reads zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ArterialZero {
    /// At the ear (external auditory meatus), where intracranial pressure reads zero too.
    Meatus,
    /// At the heart (phlebostatic axis).
    Heart {
        /// How high the ear lies above it, cm; 0 for a person who lies flat.
        meatus_above_cm: f64,
    },
}

impl ArterialZero {
    /// What is taken off arterial pressure, mmHg.
    pub fn correction(self) -> f64 {
        match self {
            Self::Meatus => 0.0,
            Self::Heart { meatus_above_cm } => COLUMN * meatus_above_cm,
        }
    }
}

/// Cerebral perfusion pressure over time; its label says of which level. Both channels must be in mmHg.
pub fn cpp(icp: &Channel, abp: &Channel, zero: ArterialZero, settings: Option<Settings>) -> OverTime {
    let correction = zero.correction();
    let settings = settings.unwrap_or(SETTINGS);
    let mut found = follow(&INFO, settings, "mmHg", &[abp, icp], BLOCK, |rows| {
        if abp.unit != "mmHg" || icp.unit != "mmHg" {
            return Err("both pressures must be in mmHg");
        }
        let lacking = "it holds no data";
        Ok((mean(&rows[0]).ok_or(lacking)? - mean(&rows[1]).ok_or(lacking)? - correction, None))
    });
    found.series.label = match zero {
        ArterialZero::Meatus => format!("{}, both at the ear", INFO.title),
        ArterialZero::Heart { meatus_above_cm } => format!(
            "{}, arterial pressure zeroed at the heart, less {correction:.1} mmHg for {meatus_above_cm} cm",
            INFO.title
        ),
    };
    found
}
