//! The phases of a test, found from what was infused and how the pressure went.

use crate::Problem;
use crate::inflow::joined;
use crate::protocol::{Dose, Kind, Options, Part, Phase, Protocol};
use crate::series::Windows;

/// The shortest baseline, s: some windows, as its mean alone gives the resting pressure. Assumed.
const SHORTEST_BASELINE: f64 = 60.0;
/// A pressure counts as steady when it moves by less than this share of its rise. Assumed.
const STEADY: f64 = 0.05;
/// A pressure counts as held while it stays so near to its mean, mmHg. Assumed: what controllers of such tests reach.
const HELD: f64 = 1.5;

/// The phases that were given, or that are found.
pub(crate) fn phases(
    protocol: &Protocol,
    windows: &Windows,
    doses: &[Dose],
    options: &Options,
) -> Result<Vec<Phase>, Problem> {
    match &protocol.phases {
        Some(given) => checked(given),
        None => found(protocol.kind, windows, doses, options),
    }
}

fn checked(given: &[Phase]) -> Result<Vec<Phase>, Problem> {
    if let Some(wrong) =
        given.iter().find(|phase| phase.until.is_nan() || phase.from.is_nan() || phase.until <= phase.from)
    {
        return Err(Problem::Improper(format!(
            "the phase from {} to {} s is empty: its end must come after its beginning",
            wrong.from, wrong.until
        )));
    }
    if !given.iter().any(|phase| phase.part == Part::Baseline) {
        return Err(Problem::Improper("the phases that are given have no baseline".to_owned()));
    }
    Ok(given.to_vec())
}

fn found(kind: Kind, windows: &Windows, doses: &[Dose], options: &Options) -> Result<Vec<Phase>, Problem> {
    let (Some(first), Some(last)) = (windows.spans.first(), windows.spans.last()) else {
        return Ok(Vec::new());
    };
    let steps = steps(kind, doses, options);
    let (Some(&(begin, _)), Some(&(_, end))) = (steps.first(), steps.last()) else {
        return Ok(Vec::new());
    };
    if begin >= last.1 || end <= first.0 {
        let span = format!(
            "it runs from {begin:.0} to {end:.0} s, the pressure from {:.0} to {:.0} s",
            first.0, last.1
        );
        return Err(Problem::NoInfusion(span));
    }
    if begin - first.0 < SHORTEST_BASELINE {
        return Err(Problem::NoBaseline { found: (begin - first.0).max(0.0), needed: SHORTEST_BASELINE });
    }
    let mut phases = vec![Phase { part: Part::Baseline, from: first.0, until: begin }];
    let rest = windows.mean(&windows.within(first.0, begin));
    for (index, &(from, until)) in steps.iter().enumerate() {
        let before = phases.last().map_or(from, |phase| phase.until);
        if from - before > options.window {
            phases.push(Phase { part: Part::After, from: before, until: from });
        }
        let until = until.min(last.1);
        if until <= from {
            break;
        }
        let rising = if index == 0 { Part::Infusion } else { Part::Transition };
        let held = if kind == Kind::ConstantPressure {
            holds(windows, from, until, options.plateau, options.window)
        } else {
            plateau(windows, rest, from, until, options.plateau).into_iter().collect()
        };
        let mut time = from;
        for (start, stop) in held {
            let part = if time == from { rising } else { Part::Transition };
            if start > time {
                phases.push(Phase { part, from: time, until: start });
            }
            phases.push(Phase { part: Part::Plateau, from: start, until: stop });
            time = stop;
        }
        if until - time > 1e-6 {
            phases.push(Phase {
                part: if time == from { rising } else { Part::Transition },
                from: time,
                until,
            });
        }
    }
    if last.1 - end > options.window {
        phases.push(Phase { part: Part::After, from: end, until: last.1 });
    }
    Ok(phases)
}

/// For what share of the time of doses the pressure is held.
pub(crate) fn held_share(windows: &Windows, doses: &[Dose], options: &Options) -> f64 {
    let spans = steps(Kind::ConstantPressure, doses, options);
    let whole: f64 = spans.iter().map(|(from, until)| until - from).sum();
    let stretches = spans.iter().flat_map(|&(from, until)| stretches(windows, from, until, options.plateau));
    stretches.map(|(from, until)| until - from).sum::<f64>() / whole
}

/// When one rate runs; where the pressure is held by a rate that varies, all that runs without a pause; what is injected or drawn by
/// hand, whatever its pace.
fn steps(kind: Kind, doses: &[Dose], options: &Options) -> Vec<(f64, f64)> {
    if matches!(kind, Kind::Bolus | Kind::Drainage) {
        return joined(doses, options.window).iter().map(|dose| (dose.from, dose.until)).collect();
    }
    // A tenth: a pump's own unevenness is less, steps of a protocol are more. Assumed.
    let belongs =
        |before: f64, now: f64| kind == Kind::ConstantPressure || (now - before).abs() < 0.1 * before.abs();
    let mut steps: Vec<(f64, f64, f64)> = Vec::new();
    for dose in doses {
        match steps.last_mut() {
            Some(step) if dose.from - step.1 < options.window && belongs(step.2, dose.rate) => {
                step.1 = dose.until;
            }
            _ => steps.push((dose.from, dose.until, dose.rate)),
        }
    }
    steps.into_iter().map(|(from, until, _)| (from, until)).collect()
}

/// The end of a dose, where the pressure is steady: its two halves differ by little beside the rise and the scatter.
fn plateau(windows: &Windows, rest: f64, from: f64, until: f64, length: f64) -> Option<(f64, f64)> {
    if until - from < 1.5 * length {
        return None;
    }
    let (start, middle) = (until - length, until - 0.5 * length);
    let [early, late] = [windows.within(start, middle), windows.within(middle, until)];
    if early.len() < 3 || late.len() < 3 {
        return None;
    }
    let means = [windows.mean(&early), windows.mean(&late)];
    let scatter = |some: &[usize], mean: f64| {
        some.iter().map(|&i| (windows.means[i] - mean).powi(2)).sum::<f64>() / (some.len() - 1) as f64
    };
    // Slow waves hang together over some windows, so that a third of them count. Assumed.
    let chance = (3.0
        * (scatter(&early, means[0]) / early.len() as f64 + scatter(&late, means[1]) / late.len() as f64))
        .sqrt();
    let rise = (means[1] - rest).abs();
    ((means[1] - means[0]).abs() < STEADY * rise + 2.0 * chance).then_some((start, until))
}

/// Of the stretches over which the pressure is held, the last part: in the first half of a short hold the flow still settles.
fn holds(windows: &Windows, from: f64, until: f64, length: f64, window: f64) -> Vec<(f64, f64)> {
    let last = |(start, stop): (f64, f64)| {
        // Three windows are looked at together, so that the end is known to these; on the way to the next level the flow is
        // several times that of a hold.
        let stop = if stop < until - 1e-6 { stop - 3.0 * window } else { stop };
        (stop > start).then(|| (start.max(stop - length.max(0.5 * (stop - start))), stop))
    };
    stretches(windows, from, until, length).into_iter().filter_map(last).collect()
}

/// Stretches over which the pressure is held at one level.
fn stretches(windows: &Windows, from: f64, until: f64, length: f64) -> Vec<(f64, f64)> {
    let mut found = Vec::new();
    let mut some: Vec<usize> = Vec::new();
    let inside = windows.within(from, until);
    // Means of three windows, so that one slow wave does not end a hold.
    let smooth = |place: usize| {
        let near = &inside[place.saturating_sub(1)..(place + 2).min(inside.len())];
        windows.mean(near)
    };
    let mut close = |some: &mut Vec<usize>| {
        if let (Some(&first), Some(&last)) = (some.first(), some.last()) {
            let (start, stop) = (windows.spans[first].0, windows.spans[last].1);
            if stop - start >= length {
                found.push((start, stop));
            }
        }
        some.clear();
    };
    for (place, &index) in inside.iter().enumerate() {
        let leaves = !some.is_empty() && (smooth(place) - windows.mean(&some)).abs() > HELD;
        if leaves {
            close(&mut some);
        }
        some.push(index);
    }
    close(&mut some);
    found
}
