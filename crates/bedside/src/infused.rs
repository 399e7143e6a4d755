//! The infusion test of a recording, where it holds one.

use cisterna_infusion::{
    Dose, Inflow, Kind as TestKind, Options as Settings, Protocol, Report, analyse as fit,
};
use cisterna_recording::Kind;

use crate::gather::Gathered;
use crate::options::Options;

/// Analyses the infusion test of a recording: one that was stated, or one that a channel of the rate or the volume tells of.
/// None where nothing was infused.
pub(crate) fn analyse(gathered: &Gathered, options: &Options) -> Option<Result<Report, String>> {
    let named = |kind: Kind| gathered.plans.iter().find(|plan| plan.kind == kind);
    let inflow = match (&options.infusion, named(Kind::InfusionRate), named(Kind::InfusedVolume)) {
        (Some(stated), _, _) => {
            Inflow::Stated(vec![Dose { from: stated.from, until: stated.until, rate: stated.rate }])
        }
        (None, Some(rate), _) => Inflow::Rate(rate.name.clone()),
        (None, None, Some(volume)) => Inflow::Volume(volume.name.clone()),
        (None, None, None) => return None,
    };
    let pressures = [Kind::IntracranialPressure, Kind::LumbarPressure];
    let pressure = pressures.into_iter().filter_map(named).find(|plan| plan.is_in_mmhg());
    let Some(pressure) = pressure else {
        return Some(Err(
            "something was infused, but no channel is a pressure of the fluid in mmHg".to_owned()
        ));
    };
    let protocol =
        Protocol { kind: kind(gathered, &inflow), pressure: pressure.name.clone(), inflow, phases: None };
    Some(fit(&gathered.waves, &protocol, &Settings::default()).map_err(|problem| problem.to_string()))
}

/// What kind of test it is, by how the rate goes.
fn kind(gathered: &Gathered, inflow: &Inflow) -> TestKind {
    let Inflow::Rate(name) = inflow else { return TestKind::ConstantRate };
    let Some(channel) = gathered.waves.channel(name) else { return TestKind::ConstantRate };
    let highest = channel.values.iter().copied().filter(|v| v.is_finite()).fold(0.0, |a: f64, b| a.max(b));
    let lowest = channel.values.iter().copied().filter(|v| v.is_finite()).fold(0.0, |a: f64, b| a.min(b));
    if highest <= 0.0 && lowest < 0.0 { TestKind::Drainage } else { TestKind::ConstantRate }
}
