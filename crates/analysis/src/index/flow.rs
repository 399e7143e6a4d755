//! `flow_*`: figures of flow curves of one cycle from phase-contrast imaging.

mod cycle;
#[cfg(test)]
mod tests;

use super::{Estimate, Figure, IndexInfo};
use cisterna_recording::Channel;
use cycle::Cycle;

const TAKES: &str = "flow curves of one cycle, evenly sampled, positive into the head";
const ALONE: &str = "none: one averaged cycle says nothing of its own scatter";

pub(crate) const STROKE: IndexInfo = IndexInfo {
    name: "flow_stroke",
    title: "Stroke volume",
    doc: "What a flow moves to and fro about its mean in a cycle: 1/2 integral of |q - mean q|.",
    takes: TAKES,
    unit: "mL",
    settings: None,
    interval: ALONE,
    source: "oscillatory volume of Enzmann and Pelc 1993, AJNR 14:1301 (abstract read), as of the statistic `stroke_volume`",
};

pub(crate) const NET: IndexInfo = IndexInfo {
    name: "flow_net",
    title: "Net flow",
    doc: "Mean of a flow over the cycle, positive into the head.",
    takes: TAKES,
    unit: "mL/min",
    settings: None,
    interval: ALONE,
    source: "by definition",
};

pub(crate) const DELAY: IndexInfo = IndexInfo {
    name: "flow_delay",
    title: "Delay after the arterial peak",
    doc: "From the peak of arterial inflow to the peak of venous outflow, and to that of CSF flow out of the head, each from the parabola through its highest samples; as a part of the cycle, from 0 up to 100 %.",
    takes: TAKES,
    unit: "% of the cycle, ms",
    settings: None,
    interval: ALONE,
    source: "Baledent and others 2001, Invest Radiol 36:368 (not re-read): delays to the arterial systolic peak in percent of the cycle",
};

pub(crate) const VOLUME: IndexInfo = IndexInfo {
    name: "flow_volume_change",
    title: "Volume change over the cycle",
    doc: "Highest less lowest value of the integral of arterial inflow and venous outflow (vascular), and of these with CSF flow (intracranial); venous flow is multiplied so that it carries away what arteries bring, as jugular veins are not all veins, and the mean of CSF flow is taken away.",
    takes: TAKES,
    unit: "mL",
    settings: None,
    interval: ALONE,
    source: "Alperin and others 2000, Radiology 217:877 (not re-read)",
};

pub(crate) const SPINAL: IndexInfo = IndexInfo {
    name: "flow_spinal_share",
    title: "Spinal share",
    doc: "Highest less lowest volume of CSF that passes into the spine in a cycle over that of blood that comes into the head: what part of the vascular volume change the canal takes up.",
    takes: TAKES,
    unit: "%",
    settings: None,
    interval: ALONE,
    source: "after Baledent and others 2001 and Alperin and others 2005 (not re-read): CSF stroke over vascular stroke at the level of the neck",
};

/// The curves of one person at the level of the neck; each is one whole cycle and positive into the head.
#[derive(Clone, Copy, Debug, Default)]
pub struct FlowCurves<'a> {
    /// All arteries together.
    pub arterial: Option<&'a Channel>,
    /// The veins that were seen.
    pub venous: Option<&'a Channel>,
    /// CSF in the canal.
    pub csf: Option<&'a Channel>,
}

/// All figures of the curves; what a missing curve would tell has its reason.
pub fn flow_curves(curves: &FlowCurves) -> Vec<Figure> {
    let named = [("arterial", curves.arterial), ("venous", curves.venous), ("CSF", curves.csf)];
    let cycles = named.map(|(name, channel)| match channel {
        Some(channel) => Cycle::new(channel),
        None => Err(format!("there is no {name} curve")),
    });
    let mut figures = Vec::new();
    for ((name, _), cycle) in named.iter().zip(&cycles) {
        let of = |value: fn(&Cycle) -> f64| cycle.as_ref().map(value).map_err(String::clone);
        figures.push(figure(&STROKE, name, "mL", of(Cycle::stroke_volume)));
        figures.push(figure(&NET, name, "mL/min", of(|cycle| 60.0 * cycle.mean())));
    }
    let [arterial, venous, csf] = &cycles;
    for (name, other) in [("venous outflow", venous), ("CSF outflow", csf)] {
        let delay = pair(arterial, other).map(|(arterial, other)| {
            let part = (other.flipped().time_of_peak() - arterial.time_of_peak()) / arterial.period;
            let part = part.rem_euclid(1.0);
            (100.0 * part, 1000.0 * part * arterial.period)
        });
        let pick = |place: fn((f64, f64)) -> f64| delay.clone().map(place);
        figures.push(figure(&DELAY, name, "%", pick(|delay| delay.0)));
        figures.push(figure(&DELAY, &format!("{name}, time"), "ms", pick(|delay| delay.1)));
    }
    let vascular = pair(arterial, venous).and_then(|(arterial, venous)| balanced(arterial, venous));
    let into_spine = csf.as_ref().map(|csf| csf.less_mean()).map_err(String::clone);
    let intracranial = vascular.clone().and_then(|vascular| {
        let csf = into_spine.clone()?;
        same_period(&vascular, &csf)?;
        Ok(vascular.and(&csf, 1.0))
    });
    let swing =
        |cycle: &Result<Cycle, String>| cycle.as_ref().map(Cycle::volume_swing).map_err(String::clone);
    let share = swing(&vascular).and_then(|vascular| {
        let csf = swing(&into_spine)?;
        if vascular > 0.0 {
            Ok(100.0 * csf / vascular)
        } else {
            Err("the blood volume does not vary".to_owned())
        }
    });
    figures.push(figure(&VOLUME, "vascular", "mL", swing(&vascular)));
    figures.push(figure(&VOLUME, "intracranial", "mL", swing(&intracranial)));
    figures.push(figure(&SPINAL, "", "%", share));
    figures
}

fn figure(info: &'static IndexInfo, part: &str, unit: &str, value: Result<f64, String>) -> Figure {
    let valid_fraction = if value.is_ok() { 1.0 } else { 0.0 };
    let (part, unit) = (part.to_owned(), unit.to_owned());
    Figure { info, part, unit, value: value.map(Estimate::plain), valid_fraction }
}

/// Both curves, if both are there and of one cycle.
fn pair<'a>(
    first: &'a Result<Cycle, String>,
    second: &'a Result<Cycle, String>,
) -> Result<(&'a Cycle, &'a Cycle), String> {
    let (first, second) = (first.as_ref().map_err(String::clone)?, second.as_ref().map_err(String::clone)?);
    same_period(first, second)?;
    Ok((first, second))
}

/// The longest difference of two cycles that are taken for one, as a part (assumed: gating from scan to scan).
const SAME_PERIOD: f64 = 0.1;

fn same_period(first: &Cycle, second: &Cycle) -> Result<(), String> {
    if (first.period / second.period - 1.0).abs() <= SAME_PERIOD {
        return Ok(());
    }
    Err(format!("cycles of {:.3} s and {:.3} s are not one", first.period, second.period))
}

/// Arterial inflow with the venous outflow that carries it away.
fn balanced(arterial: &Cycle, venous: &Cycle) -> Result<Cycle, String> {
    let (inflow, outflow) = (arterial.mean(), -venous.mean());
    if inflow <= 0.0 || outflow <= 0.0 {
        return Err("arterial flow must be into the head and venous flow out of it (positive into the head)"
            .to_owned());
    }
    Ok(arterial.and(venous, inflow / outflow))
}
