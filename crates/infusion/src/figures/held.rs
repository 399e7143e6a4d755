//! The outflow resistance of held pressures, by the flows that hold them.

use super::mixed::Mixed;
use super::{Answer, Found, WIDEST, reach};
use crate::held::{Held, resistance, taken};
use crate::marmarou::Marmarou;
use crate::tissue::Tissue;

/// Of flows at held pressures as they are.
pub(super) fn plain(levels: &[Held]) -> Answer {
    ends(resistance(levels, &vec![0.0; levels.len()]).ok_or_else(no_growth)?)
}

fn no_growth() -> String {
    "the pressures held do not differ, flow does not grow with them, or one is seen in fewer than three windows"
        .to_owned()
}

/// An interval by the conductance, which noise moves evenly to either side.
fn ends((value, error): (f64, f64)) -> Answer {
    let [least, most] = [-reach(), reach()].map(|reach| (1.0 + reach * error / value) / value);
    if least <= 0.0 || most > WIDEST * least {
        return Err(format!(
            "flow grows with the pressures held by less than it varies: {:.1} mmHg/(mL/min) at least",
            1.0 / most
        ));
    }
    Ok((value, [Some(1.0 / most), Some(1.0 / least)]))
}

/// Of flows at held pressures once a tissue has taken what it takes, by all tissues together.
pub(super) fn beside_tissues(found: &Found) -> Answer {
    let levels = found.held;
    let (plain, _) = resistance(levels, &vec![0.0; levels.len()]).ok_or_else(no_growth)?;
    let model = Marmarou { resistance: plain, ..found.fit.model };
    let normal = |tissue: &Tissue| {
        let times = &found.fit.course.times;
        let taken = taken(levels, tissue, found.rest.pressure, times, found.windows);
        let (value, error) = resistance(levels, &taken)?;
        Some((tissue.weight, 1.0 / value, error / (value * value)))
    };
    let normals: Option<Vec<_>> = Tissue::all(&model).iter().map(normal).collect();
    let untold = || "the flows do not tell slow tissue from outflow".to_owned();
    let mixed = Mixed(normals.ok_or_else(untold)?);
    let [least, most] = [0.025, 0.975].map(|share| mixed.quantile(share));
    if least <= 0.0 || most > WIDEST * least {
        return Err(untold());
    }
    Ok((1.0 / mixed.mean(), [Some(1.0 / most), Some(1.0 / least)]))
}
