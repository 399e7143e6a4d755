//! Formation of fluid, where a test tells it.

use super::mixed::Mixed;
use super::{Answer, Found, reach, resistance};
use crate::inflow::joined;
use crate::marmarou::Marmarou;
use crate::protocol::{Dose, Kind};
use crate::tissue::Tissue;

/// Over how long to either side of the fall through the venous pressure a line is laid, s. Assumed.
const AROUND: f64 = 60.0;
/// The same of the return, which is as slow as fluid is formed: a mmHg in some minutes. Assumed.
const AROUND_RETURN: f64 = 300.0;
/// What the difference of two pressures is off by for their sensors alone, mmHg, a standard deviation. Assumed: half a mmHg each.
const SENSORS: f64 = 0.7;
/// The fewest windows of such a line. Assumed.
const FEWEST: usize = 5;

/// How it is defined in this test.
pub(super) fn definition(found: &Found) -> &'static str {
    if below(found).is_some() {
        "volume withdrawn while the pressure was below that of the sinus, so that nothing flowed out, over the time until it was back at the sinus's; the interval allows for what slow tissue gave back"
    } else {
        "(P_b - venous pressure)/R with the resistance that allows for slow tissue, or else the dynamic one"
    }
}

/// Where that is published.
pub(super) fn source(found: &Found) -> &'static str {
    if below(found).is_some() {
        "Masserman 1934, Arch Neurol Psychiatry 32:523; that it is read at the venous and not at the resting pressure, near which fluid flows out too, is our own"
    } else {
        "Davson, Hollingsworth and Segal 1970, Brain 93:665"
    }
}

/// Where fluid was withdrawn, by how fast it comes back while nothing flows out; else by what flows out at rest.
pub(super) fn formation(found: &Found) -> Answer {
    let Some(venous) = found.options.venous_pressure else {
        return Err(if found.kind == Kind::Drainage {
            "not identifiable: fluid also leaves while the pressure returns, but for while it is below the pressure of the sagittal sinus, which was not given".to_owned()
        } else {
            "not identifiable: an infusion tells what comes on top of formation; it takes the pressure of the sagittal sinus, measured besides".to_owned()
        });
    };
    match below(found) {
        Some(dose) => refill(found, &dose, venous),
        None => at_rest(found, venous),
    }
}

fn at_rest(found: &Found, venous: f64) -> Answer {
    let over = found.rest.pressure - venous;
    if over <= 0.0 {
        return Err(format!(
            "not identifiable: the venous pressure of {venous:.1} mmHg is not below the resting pressure of {:.1} mmHg",
            found.rest.pressure
        ));
    }
    let (resistance, [low, high]) = resistance::steady(found).or_else(|_| resistance::dynamic(found))?;
    let value = over / resistance;
    let rest = reach() * found.variance(found.rest).sqrt().hypot(SENSORS) / resistance;
    let off = |end: Option<f64>| end.map(|end| rest.hypot(value - over / end));
    // What is formed is no less than nought.
    Ok((value, [Some(off(high).map_or(0.0, |off| (value - off).max(0.0))), off(low).map(|off| value + off)]))
}

/// The one withdrawal, where the pressure was above that of the veins before it and below in the minute after.
fn below(found: &Found) -> Option<Dose> {
    let venous = found.options.venous_pressure?;
    let [dose] = joined(found.doses, found.options.window)[..] else { return None };
    let after = found.windows.within(dose.until, dose.until + AROUND);
    let low = !after.is_empty() && found.windows.mean(&after) < venous;
    (dose.rate < 0.0 && low && found.rest.pressure > venous).then_some(dose)
}

/// Between the passages `t_1` (down) and `t_2` (up) through the venous pressure nothing flows out, and what yields at once ends as
/// it began, so that `I_f (t_2 - t_1) = W (t_e - t_1)`, with W withdrawn until `t_e`: neither stiffness nor outflow is in it. Slow
/// tissue gives some fluid back meanwhile, which the interval allows for.
fn refill(found: &Found, dose: &Dose, venous: f64) -> Answer {
    let told = |what: &str| format!("not identifiable: {what} the venous pressure of {venous:.1} mmHg");
    let during = found.windows.within(dose.from, dose.until);
    let down = passage(found, &during, venous, AROUND, -1.0)
        .ok_or_else(|| told("too few windows show when the pressure fell through"))?;
    let after = found.windows.within(dose.until, f64::INFINITY);
    let up = passage(found, &after, venous, AROUND_RETURN, 1.0)
        .ok_or_else(|| told(unreturned(found, &after, venous)))?;
    let [low, time] = [(dose.until - down.0) / 60.0, (up.0 - down.0) / 60.0];
    if low <= 0.0 || time <= low {
        return Err(told("it is not clear for how long the pressure was below"));
    }
    let withdrawn = -dose.rate * low;
    let normal = |tissue: &Tissue| {
        let value = (withdrawn + taken(found, tissue, down.0, up.0)) / time;
        let [falls, rises] = [(value + dose.rate) / time, -value / time];
        (tissue.weight, value, (falls * down.1).hypot(rises * up.1) / 60.0)
    };
    // Below the veins the fit's outflow means nothing; its stiffness, which the fall tells, bounds what tissue takes.
    let model = Marmarou { resistance: 0.0, ..found.fit.model };
    let mixed = Mixed(Tissue::all(&model).iter().map(normal).collect());
    let [least, most] = [0.025, 0.975].map(|share| mixed.quantile(share));
    // What is formed is no less than nought.
    Ok((withdrawn / time, [Some(least.max(0.0)), Some(most)]))
}

/// What a tissue takes up between two times, mL.
fn taken(found: &Found, tissue: &Tissue, from: f64, until: f64) -> f64 {
    let times = &found.fit.course.times;
    let rates = tissue.takes(found.rest.pressure, times, &found.windows.means);
    let part = |index: usize| {
        let [start, end] = [times[index], times[index + 1]].map(|time| time.clamp(from, until));
        rates[index + 1] * (end - start) / 60.0
    };
    (0..times.len().saturating_sub(1)).map(part).sum()
}

fn unreturned(found: &Found, after: &[usize], venous: f64) -> &'static str {
    let last = &after[after.len().saturating_sub(FEWEST)..];
    if last.is_empty() || found.windows.mean(last) < venous {
        "the pressure was not followed until it had come back to"
    } else {
        "waves hide when the pressure came back to"
    }
}

/// When the pressure passes, and the standard error of that, s: by the line through the windows around, laid again around where
/// it passes, as the first window beyond is more often one that noise has lifted.
fn passage(found: &Found, windows: &[usize], level: f64, half: f64, direction: f64) -> Option<(f64, f64)> {
    let middle = |&window: &usize| 0.5 * (found.windows.spans[window].0 + found.windows.spans[window].1);
    let passed = |some: &&[usize]| direction * (found.windows.mean(some) - level) >= 0.0;
    // A third of the line, so that no single wave is taken for the passage.
    let together = FEWEST.max((2.0 * half / 3.0 / found.options.window) as usize);
    let some = windows.windows(together).find(passed)?;
    let mut time = middle(&some[together / 2]);
    let mut error = f64::NAN;
    for _ in 0..5 {
        let near = |window: &&usize| (middle(window) - time).abs() <= half;
        let around: Vec<usize> = windows.iter().filter(near).copied().collect();
        if around.len() < FEWEST {
            return None;
        }
        let count = around.len() as f64;
        let centre = around.iter().map(middle).sum::<f64>() / count;
        let squares: f64 = around.iter().map(|window| (middle(window) - centre).powi(2)).sum();
        let share = |window: &usize| (middle(window) - centre) / squares;
        let slope: f64 = around.iter().map(|window| share(window) * found.windows.means[*window]).sum();
        if direction * slope <= 0.0 {
            return None;
        }
        time = centre + (level - found.windows.mean(&around)) / slope;
        let weight = |window: &usize| (*window, (1.0 / count + (time - centre) * share(window)) / slope);
        let weights: Vec<(usize, f64)> = around.iter().map(weight).collect();
        error = found.fit.noise.variance_of(&found.fit.course, &weights).sqrt();
    }
    let inside = time >= middle(windows.first()?) && time <= middle(windows.last()?);
    (inside && error.is_finite()).then_some((time, error))
}
