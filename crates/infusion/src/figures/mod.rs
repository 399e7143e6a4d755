//! Figures with their intervals, or with the reason why a test does not tell them.

mod bolus;
mod formation;
mod held;
mod mixed;
mod remarks;
mod resistance;
mod stiffness;

use cisterna_analysis::normal_quantile;

use crate::fit::{Fit, Yielding};
use crate::held::Held;
use crate::levels::Level;
use crate::protocol::{Dose, Kind, Options};
use crate::report::Figure;
use crate::series::Windows;

/// An interval whose ends differ by more than this factor tells nothing of a resistance. Assumed.
const WIDEST: f64 = 10.0;
/// All that figures are made from.
pub(crate) struct Found<'a> {
    pub kind: Kind,
    /// The windows that were fitted.
    pub windows: &'a Windows,
    pub fit: &'a Fit,
    /// The fits beside each tissue, where the course tells of it.
    pub yielding: &'a [Yielding],
    pub rest: &'a Level,
    pub plateaus: &'a [Level],
    /// Rest and plateaus once more, where the pressure is held; none where one of them is too short.
    pub held: &'a [Held],
    pub doses: &'a [Dose],
    pub until: f64,
    pub straight: bool,
    /// Whether the phases were given and not found.
    pub given: bool,
    pub options: &'a Options,
}

impl Found<'_> {
    /// When the baseline ends, s.
    fn rest_end(&self) -> f64 {
        let last = self.rest.windows.last().map_or(0.0, |&window| self.fit.course.times[window]);
        last + 0.5 * self.options.window
    }

    /// The variance of the mean pressure of a level.
    fn variance(&self, level: &Level) -> f64 {
        level.variance(&self.fit.noise, &self.fit.course)
    }
}

/// A value with its interval, or a reason.
type Answer = Result<(f64, [Option<f64>; 2]), String>;

fn figure(id: &str, label: &str, unit: &str, definition: &str, source: &str, answer: Answer) -> Figure {
    let text = str::to_owned;
    let (value, interval, reason) = match answer {
        Ok((value, interval)) => (Some(value), Some(interval), None),
        Err(reason) => (None, None, Some(reason)),
    };
    let (id, label, unit) = (text(id), text(label), text(unit));
    Figure { id, label, value, interval, unit, definition: text(definition), source: text(source), reason }
}

/// The figures, and what a reader must know.
pub(crate) fn figures(found: &Found) -> (Vec<Figure>, Vec<String>) {
    let (mmhg, outflow) = ("mmHg", "mmHg/(mL/min)");
    let marmarou = "Marmarou, Shulman and Rosende 1978, J Neurosurg 48:332";
    let czosnyka = "Czosnyka et al. 1990, J Neurol Neurosurg Psychiatry 53:1113";
    let pressure = |level: &Level| around(level.pressure, found.variance(level).sqrt());
    // A pressure that is held says itself how well.
    let plateau = match found.held {
        [_, .., last] => Some(around(last.pressure.0, last.pressure.1.sqrt())),
        _ => resistance::steady_levels(found).last().map(|level| pressure(level)),
    };
    let plateau = plateau.ok_or_else(|| resistance::no_plateau(found));
    let mut made = vec![
        figure(
            "resting_pressure",
            "Resting pressure",
            mmhg,
            "mean over the baseline",
            czosnyka,
            Ok(pressure(found.rest)),
        ),
        figure("plateau_pressure", "Plateau pressure", mmhg, "mean over the last plateau", czosnyka, plateau),
        figure(
            "static_resistance",
            "Outflow resistance, static, with the resting pressure",
            outflow,
            resistance::slope_with_rest(found.kind),
            resistance::slope_source(found.kind),
            resistance::with_rest(found),
        ),
        figure(
            "static_resistance_without_rest",
            "Outflow resistance, static, without the resting pressure",
            outflow,
            resistance::slope_without_rest(found.kind),
            resistance::slope_source(found.kind),
            resistance::without_rest(found),
        ),
        figure(
            "dynamic_resistance",
            "Outflow resistance, dynamic",
            outflow,
            "R of dP/dt = e(P) (I - (P - P_b)/R), fitted to the whole course; its interval reaches as far as that beside slow tissue",
            czosnyka,
            resistance::dynamic(found),
        ),
        figure(
            "steady_resistance",
            "Outflow resistance, dynamic, with tissue that yields slowly",
            outflow,
            "R of the same with a store behind a resistance that takes g (P - P_s), dP_s/dt = (P - P_s)/tau, g up to what yields at once and tau of 8, 16 and 32 min weighed by likelihood",
            "a standard linear solid beside the store of Marmarou 1978; that the second spring and its bounds are as they are is assumed",
            resistance::steady(found),
        ),
        figure(
            "elastance_at_rest",
            "Elastance at rest",
            "mmHg/mL",
            "e(P_b) of dP/dt = e(P) (I - (P - P_b)/R), fitted to the whole course",
            marmarou,
            stiffness::at_rest(found),
        ),
        figure(
            "elastance_coefficient",
            "Elastance coefficient",
            "1/mL",
            "E of e(P) = E (P - P_0), fitted to the whole course",
            "Avezaat and van Eijndhoven 1984, Cerebrospinal fluid pulse pressure and craniospinal dynamics",
            stiffness::coefficient(found),
        ),
        figure(
            "pressure_volume_index",
            "Pressure-volume index",
            "mL",
            "ln(10)/E: the volume that raises P - P_0 tenfold",
            marmarou,
            stiffness::index(found),
        ),
        figure(
            "reference_pressure",
            "Reference pressure",
            mmhg,
            "P_0 of e(P) = E (P - P_0): P_b - e(P_b)/E",
            "Avezaat and van Eijndhoven 1984, Cerebrospinal fluid pulse pressure and craniospinal dynamics",
            stiffness::reference(found),
        ),
        figure(
            "formation",
            "Formation of fluid",
            "mL/min",
            formation::definition(found),
            formation::source(found),
            formation::formation(found),
        ),
    ];
    made.extend(bolus::figures(found));
    (made, remarks::remarks(found))
}

/// How many standard errors a 95 % interval reaches to either side.
pub(crate) fn reach() -> f64 {
    normal_quantile(0.975)
}

fn around(value: f64, error: f64) -> (f64, [Option<f64>; 2]) {
    (value, [Some(value - reach() * error), Some(value + reach() * error)])
}

/// An unknown of the fit with its standard error.
fn unknown(found: &Found, index: usize) -> (f64, f64) {
    (found.fit.unknowns[index], found.fit.covariance[(index, index)].sqrt())
}

fn of_logarithm((value, error): (f64, f64)) -> (f64, [Option<f64>; 2]) {
    (value.exp(), [Some((value - reach() * error).exp()), Some((value + reach() * error).exp())])
}
