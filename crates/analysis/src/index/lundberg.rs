//! `lundberg_*`: Lundberg's A, B and C waves, as intervals.

mod plateau;
mod rhythm;
#[cfg(test)]
mod tests;

use super::{Estimate, Figure, IndexInfo};
use cisterna_recording::{Channel, Mark, MarkKind};
use rhythm::Rhythm;

const UNIT: &str = "% of the time; each wave: s, unit of the channel, 1/min";
const NO_INTERVAL: &str = "none: waves are found or not";

pub(crate) const A_INFO: IndexInfo = IndexInfo {
    name: "lundberg_a",
    title: "Lundberg A (plateau) waves",
    doc: "Intracranial pressure above 40 mmHg for 5 to 20 minutes (dips of half a minute are bridged), from and back to a pressure at least 10 mmHg lower within ten minutes on either side.",
    takes: "intracranial pressure, mmHg (wave or trend)",
    unit: UNIT,
    settings: None,
    interval: NO_INTERVAL,
    source: "Lundberg 1960, Acta Psychiatr Scand Suppl 149 (5 to 20 min, not re-read); 40 mmHg Czosnyka and others 1999, J Neurosurg 91:11; rise, fall and bridging assumed",
};

pub(crate) const B_INFO: IndexInfo = IndexInfo {
    name: "lundberg_b",
    title: "Lundberg B waves",
    doc: "Stretches in which a quarter of an hour holds one rhythm of 0.33 to 3 waves a minute: half of the power lies about its peak; of these, where two turns at a time reach 2 mmHg from trough to crest, for three turns or more.",
    takes: "intracranial pressure, mmHg (wave or trend)",
    unit: UNIT,
    settings: None,
    interval: NO_INTERVAL,
    source: "Lundberg 1960 (0.5 to 2 a minute, not re-read); 0.33 to 3 a minute as in later work, see Martinez-Tejada and others 2019, Fluids Barriers CNS 16:33, who find no agreed definition; least height and share of power assumed",
};

pub(crate) const C_INFO: IndexInfo = IndexInfo {
    name: "lundberg_c",
    title: "Lundberg C waves",
    doc: "Stretches in which five minutes hold one rhythm of 4 to 8 waves a minute: half of the power lies about its peak; of these, where two turns at a time reach 1 mmHg from trough to crest, for three turns or more.",
    takes: "intracranial pressure, mmHg (wave, or trend of one value every two seconds)",
    unit: UNIT,
    settings: None,
    interval: NO_INTERVAL,
    source: "Lundberg 1960 (4 to 8 a minute, not re-read); least height and share of power assumed",
};

/// The rhythm of B waves: five turns of the slowest in a window.
const B: Rhythm = Rhythm { per_minute: (0.33, 3.0), window: 900.0, least_height: 2.0, kind: WaveKind::B };
/// The rhythm of C waves: twenty turns of the slowest in a window.
const C: Rhythm = Rhythm { per_minute: (4.0, 8.0), window: 300.0, least_height: 1.0, kind: WaveKind::C };

/// Which waves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaveKind {
    /// Plateau waves.
    A,
    /// A third to three a minute.
    B,
    /// Four to eight a minute.
    C,
}

/// A plateau, or a stretch of rhythmic waves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PressureWave {
    /// Which waves.
    pub kind: WaveKind,
    /// Its beginning, s.
    pub start: f64,
    /// Its end, s.
    pub end: f64,
    /// From trough to crest; of a plateau its median above the pressure before it. Unit of the channel.
    pub height: f64,
    /// How many waves a minute; none of a plateau.
    pub per_minute: Option<f64>,
}

impl PressureWave {
    /// The wave as a mark of a recording.
    pub fn mark(&self) -> Mark {
        let rate = self.per_minute.map_or_else(String::new, |rate| format!(", {rate:.1} a minute"));
        let label = format!("{:?} waves, {:.0} mmHg{rate}", self.kind, self.height);
        Mark { kind: MarkKind::Event, start: self.start, end: self.end, label }
    }
}

/// All waves found, and for how much of the time each kind is there.
#[derive(Clone, Debug, PartialEq)]
pub struct LundbergWaves {
    /// The waves, in order of kind and time.
    pub waves: Vec<PressureWave>,
    /// The share of the valid time with A, B and C waves, or why it cannot be said.
    pub shares: [Figure; 3],
}

/// Seeks A, B and C waves in intracranial pressure (mmHg).
pub fn lundberg(icp: &Channel) -> LundbergWaves {
    let searched = [(&A_INFO, plateau::search(icp)), (&B_INFO, B.search(icp)), (&C_INFO, C.search(icp))];
    let mut waves = Vec::new();
    let shares = searched.map(|(info, found)| {
        let valid_fraction = found.as_ref().map_or(0.0, |found| found.valid);
        let value = found.and_then(|found| {
            let seconds = icp.values.len() as f64 / icp.rate * found.valid;
            if seconds <= 0.0 {
                return Err("no data are valid".to_owned());
            }
            let covered = found.waves.iter().fold(0.0, |sum, wave| sum + wave.end - wave.start);
            waves.extend(found.waves);
            Ok(Estimate::plain((100.0 * covered / seconds).min(100.0)))
        });
        Figure { info, part: "share of time".to_owned(), unit: "%".to_owned(), value, valid_fraction }
    });
    LundbergWaves { waves, shares }
}

/// What a search gives.
struct Found {
    waves: Vec<PressureWave>,
    /// The share of the time that is valid, 0 to 1.
    valid: f64,
}

/// Refuses what is not in mmHg, as levels and heights are.
fn require_mmhg(icp: &Channel) -> Result<(), String> {
    if icp.unit == "mmHg" {
        Ok(())
    } else {
        Err(format!("`{}` is in {} and not in mmHg", icp.name, icp.unit))
    }
}
