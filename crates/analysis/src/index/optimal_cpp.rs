//! `optimal_cpp`: the perfusion pressure at which vessels react best.

use super::chance::{mean, of_blocks};
use super::over_time::follow;
use super::{Estimate, Figure, IndexInfo, OverTime, Settings, perfusion};
use crate::least_squares::Normal;
use cisterna_recording::Channel;

/// Four hours, a value a minute, half of them valid.
const SETTINGS: Settings = Settings { window: 14_400.0, step: 60.0, least_valid: 0.5 };

pub(crate) const INFO: IndexInfo = IndexInfo {
    name: "optimal_cpp",
    title: "Optimal perfusion pressure (CPPopt)",
    doc: "Lowest point of the parabola through the means of PRx in bins of 5 mmHg of perfusion pressure from 40 to 120 mmHg, over four hours. It counts where at least four bins hold 2 % of the data each, the parabola opens upwards, its lowest point lies within these bins and it explains a fifth of their variance.",
    takes: "cerebral perfusion pressure, PRx",
    unit: "mmHg",
    settings: Some(SETTINGS),
    interval: "drawing blocks of neighbouring values again, over the whole recording, and a little wider for few blocks",
    source: "Steiner and others 2002, Crit Care Med 30:733 (bins of 5 mmHg; not re-read); Aries and others 2012, Crit Care Med 40:2456 (four hours, parabola, every minute; as told in Beqiri and others 2023, J Clin Monit Comput 37:963); range of 40 to 120 mmHg from cppopt.org; the conditions are assumed in their spirit, as the published ones could not be read",
};

/// The width of a bin, mmHg.
const BIN: f64 = 5.0;
/// The range that is binned, mmHg.
const RANGE: (f64, f64) = (40.0, 120.0);
/// The least share of the data in a bin that counts, 1 (assumed).
const LEAST_SHARE: f64 = 0.02;
/// The fewest bins: one more than a parabola has numbers (assumed).
const FEWEST_BINS: usize = 4;
/// The least share of the variance of the bins that the parabola explains, 1 (assumed).
const LEAST_EXPLAINED: f64 = 0.2;

/// The values of PRx within a range of perfusion pressure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CppBin {
    /// Its middle, mmHg.
    pub cpp: f64,
    /// The mean of PRx in it, 1.
    pub prx: f64,
    /// The standard error of that mean as if values were independent, 1; not a number for a single value.
    pub standard_error: f64,
    /// How many values it holds.
    pub count: usize,
}

/// The bins of all data, and the parabola through them.
#[derive(Clone, Debug, PartialEq)]
pub struct OptimalCpp {
    /// The optimum of each window, and their mean.
    pub over_time: OverTime,
    /// The bins of the whole recording that hold enough, from low to high.
    pub bins: Vec<CppBin>,
    /// The optimum of the whole recording, or why there is none.
    pub overall: Figure,
}

/// The optimal perfusion pressure from PRx over time and the perfusion pressure of the same recording.
pub fn optimal_cpp(cpp: &Channel, prx: &OverTime, settings: Option<Settings>) -> OptimalCpp {
    // The perfusion pressure of the windows of PRx, one to one.
    let means = follow(&perfusion::INFO, prx.settings, "mmHg", &[cpp], super::moving::BLOCK, |rows| {
        Ok((mean(&rows[0]).ok_or("it holds no data")?, None))
    });
    let channels = [&prx.series, &means.series];
    let settings = settings.unwrap_or(SETTINGS);
    let over_time = follow(&INFO, settings, "mmHg", &channels, prx.settings.step, |rows| {
        let pairs: Vec<Pair> = rows[1].iter().copied().zip(rows[0].iter().copied()).collect();
        Ok((optimum(&bins(&pairs))?, None))
    });
    let pairs: Vec<Pair> = super::aligned::Aligned::new(&channels, prx.settings.step)
        .map(|rows| rows.columns[1].iter().copied().zip(rows.columns[0].iter().copied()).collect())
        .unwrap_or_default();
    let kept: Vec<Pair> = pairs.iter().copied().filter(|(x, y)| x.is_finite() && y.is_finite()).collect();
    let found = bins(&kept);
    let block = (2.0 * prx.settings.window / prx.settings.step).max((kept.len() as f64).sqrt()).ceil();
    let value = optimum(&found)
        .map(|value| Estimate {
            value,
            interval: of_blocks(&kept, block as usize, |drawn| optimum(&bins(drawn)).ok()),
        })
        .map_err(str::to_owned);
    let overall = Figure {
        info: &INFO,
        part: "whole recording".to_owned(),
        unit: "mmHg".to_owned(),
        value,
        valid_fraction: kept.len() as f64 / pairs.len().max(1) as f64,
    };
    OptimalCpp { over_time, bins: found, overall }
}

/// Perfusion pressure and PRx.
type Pair = (f64, f64);

/// The bins that hold enough.
fn bins(pairs: &[Pair]) -> Vec<CppBin> {
    let count = ((RANGE.1 - RANGE.0) / BIN) as usize;
    let mut sums = vec![(0_usize, 0.0, 0.0); count];
    for (cpp, prx) in pairs {
        let place = (cpp - RANGE.0) / BIN;
        if place >= 0.0 && (place as usize) < count {
            let (number, sum, squares) = &mut sums[place as usize];
            *number += 1;
            *sum += prx;
            *squares += prx * prx;
        }
    }
    let enough = (LEAST_SHARE * pairs.len() as f64).max(1.0);
    sums.iter()
        .enumerate()
        .filter(|(_, (number, _, _))| *number as f64 >= enough)
        .map(|(place, (number, sum, squares))| {
            let count = *number as f64;
            let prx = sum / count;
            let variance = (squares - count * prx * prx).max(0.0) / (count - 1.0);
            CppBin {
                cpp: RANGE.0 + BIN * (place as f64 + 0.5),
                prx,
                standard_error: (variance / count).sqrt(),
                count: *number,
            }
        })
        .collect()
}

/// The lowest point of the parabola through the bins, or which condition it breaks.
fn optimum(bins: &[CppBin]) -> Result<f64, &'static str> {
    if bins.len() < FEWEST_BINS {
        return Err("perfusion pressure fills fewer than four bins of 5 mmHg");
    }
    let middle = bins.iter().map(|bin| bin.cpp).sum::<f64>() / bins.len() as f64;
    let row = |bin: &CppBin| {
        let x = (bin.cpp - middle) / BIN;
        [1.0, x, x * x]
    };
    let mut normal = Normal::new(3);
    bins.iter().for_each(|bin| normal.add(&row(bin), bin.prx));
    let fit = normal.solve().ok_or("perfusion pressure fills fewer than four bins of 5 mmHg")?;
    if fit[2] <= 0.0 {
        return Err("PRx has no lowest point: its parabola opens downwards");
    }
    let optimum = middle - BIN * fit[1] / (2.0 * fit[2]);
    let level = bins.iter().map(|bin| bin.prx).sum::<f64>() / bins.len() as f64;
    let fitted = |bin: &CppBin| row(bin).iter().zip(&fit).map(|(x, b)| x * b).sum::<f64>();
    let left: f64 = bins.iter().map(|bin| (bin.prx - fitted(bin)).powi(2)).sum();
    let all: f64 = bins.iter().map(|bin| (bin.prx - level).powi(2)).sum();
    if left > (1.0 - LEAST_EXPLAINED) * all {
        return Err("PRx does not follow a parabola of perfusion pressure");
    }
    match (bins.first(), bins.last()) {
        (Some(first), Some(last)) if (first.cpp..=last.cpp).contains(&optimum) => Ok(optimum),
        _ => Err("the lowest PRx would lie outside of the perfusion pressures that were seen"),
    }
}

#[cfg(test)]
mod tests;
