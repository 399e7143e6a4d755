//! The infusion test of a recording, where it holds one.

use cisterna_infusion::{Inflow, Protocol, Report, analyse as fit, recognise};
use cisterna_recording::Kind;

use crate::gather::Gathered;
use crate::options::Options;

/// Analyses the infusion test of a recording: one that was stated, or one that a channel of the rate or the volume tells of.
/// None where nothing was infused.
pub(crate) fn analyse(gathered: &Gathered, options: &Options) -> Option<Result<Report, String>> {
    let named = |kind: Kind| gathered.plans.iter().find(|plan| plan.kind == kind);
    let test = &options.test;
    let inflow = match (named(Kind::InfusionRate), named(Kind::InfusedVolume)) {
        _ if !test.doses.is_empty() => Inflow::Stated(test.doses.clone()),
        (Some(rate), _) => Inflow::Rate(rate.name.clone()),
        (None, Some(volume)) => Inflow::Volume(volume.name.clone()),
        (None, None) if test.kind.is_some() || test.phases.is_some() => {
            return Some(Err(
                "nothing says what was infused: no channel is a rate or a volume, and no rate is stated"
                    .to_owned(),
            ));
        }
        (None, None) => return None,
    };
    let pressures = [Kind::IntracranialPressure, Kind::LumbarPressure];
    let pressure = pressures.into_iter().filter_map(named).find(|plan| plan.is_in_mmhg());
    let Some(pressure) = pressure else {
        return Some(Err(
            "something was infused, but no channel is a pressure of the fluid in mmHg".to_owned()
        ));
    };
    let (waves, pressure) = (&gathered.waves, pressure.name.clone());
    let kind = match test.kind {
        Some(kind) => Ok(kind),
        None => recognise(waves, &pressure, &inflow, &test.settings),
    };
    let analysed = kind.and_then(|kind| {
        fit(waves, &Protocol { kind, pressure, inflow, phases: test.phases.clone() }, &test.settings)
    });
    Some(analysed.map_err(|problem| problem.to_string()))
}
