//! What a reader must know of a test.

use super::Found;
use super::resistance::way;
use crate::protocol::Kind;

/// Below this share of its way to the plateau a rise is called too short. Assumed.
const SHORT: f64 = 0.8;

/// An infusion of so long, s, has seen what yields over 10 to 20 minutes: three of its time constants.
const LONG: f64 = 3600.0;

pub(super) fn remarks(found: &Found) -> Vec<String> {
    let mut told = Vec::new();
    if let Some(way) = way(found).filter(|way| *way < SHORT) {
        told.push(format!(
            "the test was too short: by the model the pressure had gone {:.0} % of its way to the plateau when the infusion ended, and the outflow resistance rests on what the model makes of the rest",
            100.0 * way
        ));
    }
    let steady = matches!(found.kind, Kind::ConstantRate | Kind::ConstantPressure | Kind::PressureSteps);
    if steady && found.until - found.rest_end() < LONG {
        told.push("where tissue yields slowly, the static and the dynamic resistance of an infusion shorter than an hour come out too low; `steady_resistance` allows for it, and the intervals of the others reach as far".to_owned());
    }
    if found.kind == Kind::Bolus {
        told.push("boluses give lower resistances than infusions do (Shapiro, Marmarou and Shulman 1980); that of the whole course is told as far as that of the returns reaches".to_owned());
    }
    if found.options.reference_pressure.is_some() {
        told.push(
            "the reference pressure was held, so that intervals do not hold what is not known of it"
                .to_owned(),
        );
    }
    told
}
