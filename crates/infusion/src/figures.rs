//! Figures with their intervals, or with the reason why a test does not tell them.

use cisterna_analysis::{normal_cdf, normal_quantile};

use crate::fit::Fit;
use crate::levels::{Level, resistance};
use crate::protocol::{Dose, Kind, Options};
use crate::report::Figure;

/// An interval whose ends differ by more than this factor tells nothing of a resistance. Assumed.
const WIDEST: f64 = 10.0;
/// Below this share of its way to the plateau a rise is called too short. Assumed.
const SHORT: f64 = 0.8;

/// An infusion of so long, s, has seen what yields over 10 to 20 minutes: three of its time constants.
const LONG: f64 = 3600.0;
/// Into how many slices what tissue may take is cut.
const SLICES: usize = 100;

/// All that figures are made from.
pub(crate) struct Found<'a> {
    pub kind: Kind,
    pub fit: &'a Fit,
    pub yielding: &'a [(Fit, f64, f64)],
    pub rest: &'a Level,
    pub plateaus: &'a [Level],
    pub doses: &'a [Dose],
    pub until: f64,
    pub straight: bool,
    pub options: &'a Options,
}

impl Found<'_> {
    /// When the baseline ends, s.
    fn rest_end(&self) -> f64 {
        let last = self.rest.windows.last().map_or(0.0, |&window| self.fit.course.times[window]);
        last + 0.5 * self.options.window
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
    let andersson = "Andersson et al. 2011, Fluids Barriers CNS 8:15";
    let pressure =
        |level: &Level| around(level.pressure, level.variance(&found.fit.noise, &found.fit.course).sqrt());
    let plateau = found.plateaus.last().map(pressure).ok_or_else(|| no_plateau(found));
    let made = vec![
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
            "slope of the steady pressures on the rates infused, the resting pressure at rate nought among them",
            andersson,
            with_rest(found),
        ),
        figure(
            "static_resistance_without_rest",
            "Outflow resistance, static, without the resting pressure",
            outflow,
            "slope of the steady pressures on the rates infused, under infusion only",
            andersson,
            without_rest(found),
        ),
        figure(
            "dynamic_resistance",
            "Outflow resistance, dynamic",
            outflow,
            "R of dP/dt = e(P) (I - (P - P_b)/R), fitted to the whole course",
            czosnyka,
            dynamic(found),
        ),
        figure(
            "steady_resistance",
            "Outflow resistance, dynamic, with tissue that yields slowly",
            outflow,
            "R of the same with a store behind a resistance that takes g (P - P_s), dP_s/dt = (P - P_s)/tau, g fitted and tau of 8, 16 and 32 min weighed by likelihood",
            "a standard linear solid beside the store of Marmarou 1978; that the second spring and its bounds are as they are is assumed",
            steady(found),
        ),
        figure(
            "elastance_at_rest",
            "Elastance at rest",
            "mmHg/mL",
            "e(P_b) of dP/dt = e(P) (I - (P - P_b)/R), fitted to the whole course",
            marmarou,
            at_rest(found),
        ),
        figure(
            "elastance_coefficient",
            "Elastance coefficient",
            "1/mL",
            "E of e(P) = E (P - P_0), fitted to the whole course",
            "Avezaat and van Eijndhoven 1984, Cerebrospinal fluid pulse pressure and craniospinal dynamics",
            coefficient(found),
        ),
        figure(
            "pressure_volume_index",
            "Pressure-volume index",
            "mL",
            "ln(10)/E: the volume that raises P - P_0 tenfold",
            marmarou,
            index(found),
        ),
        figure(
            "reference_pressure",
            "Reference pressure",
            mmhg,
            "P_0 of e(P) = E (P - P_0): P_b - e(P_b)/E",
            "Avezaat and van Eijndhoven 1984, Cerebrospinal fluid pulse pressure and craniospinal dynamics",
            reference(found),
        ),
        figure(
            "formation",
            "Formation of fluid",
            "mL/min",
            "(P_b - venous pressure)/R with the dynamic resistance",
            "Davson, Hollingsworth and Segal 1970, Brain 93:665",
            formation(found),
        ),
    ];
    let remarks = remarks(found);
    (made, remarks)
}

/// How many standard errors a 95 % interval reaches to either side.
fn reach() -> f64 {
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

/// The share of the way from rest to its steady end that the pressure has gone under the last dose, by the model.
fn way(found: &Found) -> Option<f64> {
    let dose = found.doses.iter().rev().find(|dose| dose.from < found.until)?;
    let end = dose.rate * found.fit.model.resistance;
    let over = found.fit.fitted.last()? - found.fit.model.rest;
    (found.kind == Kind::ConstantRate && dose.until > found.until - 2.0 * found.options.window)
        .then_some(over / end)
}

fn no_plateau(found: &Found) -> String {
    match way(found) {
        Some(way) if way < 1.0 => format!(
            "no steady plateau was reached: by the model the pressure had gone {:.0} % of its way when the infusion ended",
            100.0 * way
        ),
        _ => "no steady plateau was found".to_owned(),
    }
}

fn static_of(levels: &[&Level], found: &Found) -> Answer {
    let answer = resistance(levels, &found.fit.noise, &found.fit.course);
    let (value, error) = answer.ok_or("the levels do not differ in what was infused")?;
    Ok(around(value, error))
}

fn with_rest(found: &Found) -> Answer {
    if found.plateaus.is_empty() {
        return Err(no_plateau(found));
    }
    let levels: Vec<&Level> = std::iter::once(found.rest).chain(found.plateaus).collect();
    static_of(&levels, found)
}

fn without_rest(found: &Found) -> Answer {
    if found.plateaus.len() < 2 {
        return Err(format!("it takes two steady levels under infusion; there are {}", found.plateaus.len()));
    }
    static_of(&found.plateaus.iter().collect::<Vec<_>>(), found)
}

fn dynamic(found: &Found) -> Answer {
    let (value, error) = unknown(found, 1);
    let factor = (2.0 * reach() * error).exp();
    if factor.is_nan() || factor > WIDEST {
        let how_far = way(found).map_or(String::new(), |way| {
            format!("; by the model the pressure had gone {:.0} % of its way", 100.0 * way)
        });
        return Err(format!(
            "the course does not determine it: its interval spans a factor of {factor:.0}{how_far}"
        ));
    }
    Ok(of_logarithm((value, error)))
}

/// Values of all time constants together, by their weights, where tissue takes fluid up, less easily than the ways out do, and
/// in the end no more than what yields at once: `0 <= g <= min(1/R, 1/(e_b tau))`. That it takes up is physics; the two ends
/// are assumed, the last of them from elastance coefficients of 0.24 1/mL in the rise and 0.14 in the fall of 27 tests, by which
/// what yields slowly is 0.7 of what yields at once. Whether tissue yields at all is left open, even beforehand.
fn steady(found: &Found) -> Answer {
    let mut normals: Vec<(f64, f64, f64)> = Vec::new();
    for (fit, constant, weight) in found.yielding {
        let stored = 60.0 / (found.fit.model.elastance * constant);
        let easiest = stored.min(1.0 / found.fit.model.resistance);
        let last = fit.unknowns.len() - 1;
        let (ease, spread) = (fit.unknowns[last], fit.covariance[(last, last)].sqrt());
        let slope = fit.covariance[(1, last)] / (spread * spread);
        let left = (fit.covariance[(1, 1)] - slope * slope * spread * spread).max(0.0).sqrt();
        // As likely beforehand as all that yields: tissue that does not.
        let rigid = (-0.5 * (ease / spread).powi(2)).exp() / spread;
        normals.push((weight * rigid, fit.unknowns[1] - slope * ease, left));
        // The normal distribution of both, cut where g ends and in slices of g.
        for slice in 0..SLICES {
            let at = easiest * (slice as f64 + 0.5) / SLICES as f64;
            let share = (-0.5 * ((at - ease) / spread).powi(2)).exp() / spread / SLICES as f64;
            normals.push((weight * share, fit.unknowns[1] + slope * (at - ease), left));
        }
    }
    let total: f64 = normals.iter().map(|normal| normal.0).sum();
    if total.is_nan() || total <= 0.0 {
        return Err("the course bends the other way than slowly yielding tissue makes it".to_owned());
    }
    let below = |place: f64| {
        normals
            .iter()
            .map(|(weight, mean, error)| weight / total * normal_cdf((place - mean) / error.max(1e-12)))
            .sum::<f64>()
    };
    let quantile = |share: f64| {
        let (mut low, mut high) = (-10.0, 15.0);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if below(middle) < share { low = middle } else { high = middle }
        }
        (0.5 * (low + high)).exp()
    };
    let [low, high] = [0.025, 0.975].map(quantile);
    // The mean and not the median, which would jump from tissue that yields to tissue that does not.
    let value = normals.iter().map(|(weight, mean, _)| weight / total * mean).sum::<f64>().exp();
    if high > WIDEST * low {
        return Err(format!(
            "the course does not tell slow tissue from outflow: the interval spans a factor of {:.0}",
            high / low
        ));
    }
    Ok((value, [Some(low), Some(high)]))
}

fn at_rest(found: &Found) -> Answer {
    let (value, error) = unknown(found, 2);
    let factor = (2.0 * reach() * error).exp();
    if factor.is_nan() || factor > WIDEST {
        return Err(format!("the course does not determine it: its interval spans a factor of {factor:.0}"));
    }
    Ok(of_logarithm((value, error)))
}

/// The elastance coefficient with its standard error, by the held reference pressure where there is one.
fn bend(found: &Found) -> (f64, f64) {
    match found.options.reference_pressure {
        None => unknown(found, 3),
        Some(_) => (found.fit.model.coefficient, found.fit.model.coefficient * unknown(found, 2).1),
    }
}

fn straight(found: &Found) -> Option<String> {
    if found.straight {
        return Some(
            "the course does not show that elastance grows with pressure: a longer or higher rise is needed"
                .to_owned(),
        );
    }
    let (value, error) = bend(found);
    (value - reach() * error <= 0.0).then(|| {
        format!(
            "the course does not show that elastance grows with pressure ({:.3} 1/mL, 95 % from {:.3} to {:.3}): a longer or higher rise is needed",
            value, value - reach() * error, value + reach() * error
        )
    })
}

fn coefficient(found: &Found) -> Answer {
    straight(found).map_or_else(
        || {
            let (value, error) = bend(found);
            Ok(around(value, error))
        },
        Err,
    )
}

fn index(found: &Found) -> Answer {
    straight(found).map_or_else(
        || {
            let (value, error) = bend(found);
            let index = |coefficient: f64| 10_f64.ln() / coefficient;
            Ok((index(value), [Some(index(value + reach() * error)), Some(index(value - reach() * error))]))
        },
        Err,
    )
}

/// `P_b - e_b/E` with the interval of Fieller (1954, J R Stat Soc B 16:175) for the ratio.
fn reference(found: &Found) -> Answer {
    if found.options.reference_pressure.is_some() {
        return Err("it was held and not found".to_owned());
    }
    if let Some(reason) = straight(found) {
        return Err(reason);
    }
    let (fit, square) = (found.fit, reach() * reach());
    let [rest, elastance, coefficient] = [fit.model.rest, fit.model.elastance, fit.model.coefficient];
    // Variances of e_b, of E, and how both go together; e_b is fitted by its logarithm.
    let own = elastance * elastance * fit.covariance[(2, 2)];
    let both = elastance * fit.covariance[(2, 3)];
    let bend = fit.covariance[(3, 3)];
    let [a, b, c] = [
        coefficient * coefficient - square * bend,
        elastance * coefficient - square * both,
        elastance * elastance - square * own,
    ];
    let root = (b * b - a * c).max(0.0).sqrt();
    let (ratio, near, far) = (elastance / coefficient, (b - root) / a, (b + root) / a);
    // The reference pressure cannot lie above rest: a ratio below nought is none.
    Ok((rest - ratio, [Some(rest - far), Some(rest - near.max(0.0))]))
}

fn formation(found: &Found) -> Answer {
    let Some(venous) = found.options.venous_pressure else {
        return Err(
            "an infusion does not tell it: it takes the pressure of the sagittal sinus, measured besides"
                .to_owned(),
        );
    };
    let (resistance, _) = dynamic(found)?;
    let over = found.rest.pressure - venous;
    let value = over / resistance;
    // (P_b - P_v)/R by the errors of both; that of the venous pressure is not known.
    let rest = found.rest.variance(&found.fit.noise, &found.fit.course) / (resistance * resistance);
    Ok(around(value, (rest + (value * unknown(found, 1).1).powi(2)).sqrt()))
}

fn remarks(found: &Found) -> Vec<String> {
    let mut told = Vec::new();
    if let Some(way) = way(found).filter(|way| *way < SHORT) {
        told.push(format!(
            "the test was too short: by the model the pressure had gone {:.0} % of its way to the plateau when the infusion ended, and the outflow resistance rests on what the model makes of the rest",
            100.0 * way
        ));
    }
    if found.kind == Kind::ConstantRate && found.until - found.rest_end() < LONG {
        told.push("where tissue yields slowly, the static and the dynamic resistance of an infusion shorter than an hour come out too low; `steady_resistance` allows for it".to_owned());
    }
    if found.options.reference_pressure.is_some() {
        told.push(
            "the reference pressure was held, so that intervals do not hold what is not known of it"
                .to_owned(),
        );
    }
    told
}
