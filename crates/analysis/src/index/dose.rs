//! `icp_dose`: for how long and by how much intracranial pressure lies above a level.

use super::aligned::Aligned;
use super::moving::BLOCK;
use super::{Estimate, Figure, IndexInfo};
use cisterna_recording::Channel;

pub(crate) const INFO: IndexInfo = IndexInfo {
    name: "icp_dose",
    title: "Pressure dose",
    doc: "Time for which ten-second means of intracranial pressure lie above a level, that time as a part of the valid time, and the area between pressure and level in that time; missing data count for nothing.",
    takes: "intracranial pressure",
    unit: "h, %, mmHg h",
    settings: None,
    interval: "none: it is a total of what was recorded, not an estimate",
    source: "area: Vik and others 2008, J Neurosurg 109:678 (not re-read); levels 20 mmHg (guidelines until 2016) and 22 mmHg (Carney and others 2017, Neurosurgery 80:6; abstract read, which does not hold the level)",
};

/// The levels that guidelines name, mmHg.
pub const DOSE_LEVELS: [f64; 2] = [20.0, 22.0];

/// Time, share of time and area above `level` (unit of the channel).
pub fn icp_dose(icp: &Channel, level: f64) -> [Figure; 3] {
    let rows = Aligned::new(&[icp], BLOCK);
    let valid_fraction = rows.as_ref().map_or(0.0, Aligned::valid_fraction);
    let found = rows.and_then(|rows| {
        let valid: Vec<f64> = rows.columns[0].iter().copied().filter(|value| value.is_finite()).collect();
        if valid.is_empty() {
            return Err("no ten seconds are valid by half".to_owned());
        }
        let hours = BLOCK / 3600.0;
        let above: Vec<f64> = valid.iter().map(|value| value - level).filter(|above| *above > 0.0).collect();
        let share = 100.0 * above.len() as f64 / valid.len() as f64;
        Ok([hours * above.len() as f64, share, hours * above.iter().fold(0.0, |sum, above| sum + above)])
    });
    let figure = |place: usize, part: &str, unit: String| Figure {
        info: &INFO,
        part: format!("{part} above {level} {}", icp.unit),
        unit,
        value: found.clone().map(|found| Estimate::plain(found[place])),
        valid_fraction,
    };
    [
        figure(0, "time", "h".to_owned()),
        figure(1, "share of time", "%".to_owned()),
        figure(2, "area", format!("{} h", icp.unit)),
    ]
}
