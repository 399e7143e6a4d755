//! What of a client goes on from one stage of a visit to the next: arousal, hormones, tightness, pain, sleep, overload.

use cisterna_course::Split;
use cisterna_experiment::Run;
use cisterna_model::Model;
use cisterna_quantity::exact_number;

/// Laws of release begin anew with each technique: what they have freed is the degree of a restriction, and would count twice.
const COUNTED_AS_DEGREE: [&str; 2] = ["restriction_freed", "muscle_freed"];

/// A state with its value in canonical units.
pub(crate) type State = (String, f64);

/// The states that go on: those that a heart beat does not move, as in a course. The heart itself, vessels and bones follow
/// within seconds and are sought beside them.
pub(crate) fn left_by(run: &Run, model: &Model) -> Vec<State> {
    let split = Split::of(&model.network, &[]);
    let calm = split.calm.iter().map(|id| &model.network.signals[id.0]);
    let calm = calm.filter(|signal| !COUNTED_AS_DEGREE.contains(&signal.name.as_str()));
    let names: Vec<String> = calm.flat_map(cisterna_fluid::Signal::remembers).collect();
    run.end_state.iter().filter(|(name, _)| names.contains(name)).cloned().collect()
}

/// The table of a scenario that begins with states.
pub(crate) fn document(states: &[State], model: &Model) -> String {
    if states.is_empty() {
        return String::new();
    }
    let mut text = "\n# Where the stage before ended.\n[start.state]\n".to_owned();
    for (name, value) in states {
        let signal = name.split('.').next().unwrap_or(name);
        if model.network.signals.iter().any(|own| own.is_relay() && own.name == *name) {
            text += &format!("{name:?} = {}\n", exact_number(*value));
            continue;
        }
        let Ok((_, unit)) = model.observable(signal) else { continue };
        text += &format!("{name:?} = \"{} {}\"\n", exact_number(unit.from_canonical(*value)), unit.text());
    }
    text
}
