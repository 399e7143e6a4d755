//! From a recording to a report.

use cisterna_recording::Recording;
use nalgebra::DVector;

use crate::Problem;
use crate::figures::{Found, figures};
use crate::fit::{Data, Fit};
use crate::held::Held;
use crate::inflow;
use crate::levels::Level;
use crate::phases::phases;
use crate::protocol::{Dose, Inflow, Kind, Options, Part, Phase, Protocol};
use crate::report::{Fitted, Noise, Report};
use crate::series::{self, Windows};

/// Windows that a fit needs at least: some for each unknown. Assumed.
const FEWEST_WINDOWS: usize = 12;
/// Elastances at rest (mmHg/mL) and elastance coefficients (1/mL) from which the search begins, across the published ranges:
/// coefficients of 0.05 .. 0.31 1/mL some mmHg above the reference pressure.
const STARTS: [(f64, f64); 6] = [(0.5, 0.1), (0.5, 0.01), (2.0, 0.2), (5.0, 0.05), (2.0, 0.0), (8.0, 0.0)];

/// Analyses an infusion test.
///
/// # Errors
/// When channels are missing or empty, nothing was infused, there is no baseline, or nothing fits. What a test does not
/// determine is no error: the figure then has its reason.
pub fn analyse(recording: &Recording, protocol: &Protocol, options: &Options) -> Result<Report, Problem> {
    check(options)?;
    let windows = series::pressure(recording, &protocol.pressure, options)?;
    let doses = inflow::doses(recording, &protocol.inflow)?;
    enough(windows.means.len(), &protocol.pressure)?;
    let phases = phases(protocol, &windows, &doses, options)?;
    let (from, until) = fitted_time(protocol.kind, &phases, options);
    let inside = windows.within(from, until);
    enough(inside.len(), &protocol.pressure)?;
    let part = Windows {
        spans: inside.iter().map(|&index| windows.spans[index]).collect(),
        means: inside.iter().map(|&index| windows.means[index]).collect(),
        valid: windows.valid,
    };
    let baseline = phases.iter().find(|phase| phase.part == Part::Baseline);
    let rest = baseline.and_then(|phase| Level::over(&part, &doses, phase.from, phase.until));
    let rest = rest.ok_or(Problem::NoBaseline { found: 0.0, needed: 3.0 * options.window })?;
    let (data, fit) = fitted(&part, &doses, rest.pressure, options)?;
    let plateaus: Vec<Level> = phases
        .iter()
        .filter(|phase| phase.part == Part::Plateau)
        .filter_map(|phase| Level::over(&part, &doses, phase.from, phase.until))
        .map(|level| level.beside(&fit.model, &fit.fitted))
        .collect();
    let yielding = match protocol.kind {
        Kind::ConstantPressure => Vec::new(),
        _ => data.yielding(&fit),
    };
    let held: Vec<Held> = match protocol.kind {
        Kind::ConstantPressure => std::iter::once(&rest)
            .chain(&plateaus)
            .map(|level| Held::of(level, &part, &doses))
            .collect::<Option<Vec<Held>>>()
            .unwrap_or_default(),
        _ => Vec::new(),
    };
    let [white, slow_waves, drift, memory] = fit.noise.sizes();
    let course = Fitted {
        times: fit.course.times.clone(),
        residuals: part.means.iter().zip(&fit.fitted).map(|(measured, fitted)| measured - fitted).collect(),
        measured: part.means.clone(),
        fitted: fit.fitted.clone(),
    };
    let found = Found {
        kind: protocol.kind,
        windows: &part,
        fit: &fit,
        yielding: &yielding,
        rest: &rest,
        plateaus: &plateaus,
        held: &held,
        doses: &doses,
        until,
        straight: data.straight,
        given: protocol.phases.is_some(),
        options,
    };
    let (figures, remarks) = figures(&found);
    let noise = Noise { white, slow_waves, memory, drift };
    let (kind, pressure, valid) = (protocol.kind, protocol.pressure.clone(), windows.valid);
    let doses = inflow::together(doses, inflow::ALIKE);
    let (span, stated) = ([from, until], matches!(protocol.inflow, Inflow::Stated(_)));
    Ok(Report { kind, pressure, valid, phases, doses, stated, span, figures, course, noise, remarks })
}

/// What is fitted, and the fit. Elastance that falls with pressure is noise: then it is taken to be the same at all pressures.
fn fitted<'a>(
    part: &'a Windows,
    doses: &'a [Dose],
    rest: f64,
    options: &Options,
) -> Result<(Data<'a>, Fit), Problem> {
    let (windows, means, reference) = (&part.spans, &part.means, options.reference_pressure);
    let mut data = Data { windows, means, doses, reference, straight: false, taken: Vec::new() };
    let starts = starts(part, doses, rest, options);
    let mut fit = data.fit(&starts);
    if reference.is_none() && fit.as_ref().is_none_or(|fit| fit.model.coefficient < 0.0) {
        data.straight = true;
        let shorter: Vec<_> = starts.into_iter().map(|start| start.remove_row(3)).collect();
        fit = data.fit(&shorter);
    }
    let told = "from no start did the search end at finite values; is the pressure that of this infusion?";
    fit.map(|fit| (data, fit)).ok_or_else(|| Problem::NoFit(told.to_owned()))
}

fn check(options: &Options) -> Result<(), Problem> {
    let sound = options.window > 0.0
        && options.plateau >= 6.0 * options.window
        && options.least_valid > 0.0
        && options.least_valid <= 1.0;
    if sound {
        return Ok(());
    }
    Err(Problem::Improper(format!(
        "a window of {} s, a plateau of {} s and a least share of {} do not go together: windows are longer than nought, a \
         plateau has six or more, and the share lies above 0 and up to 1",
        options.window, options.plateau, options.least_valid
    )))
}

fn enough(found: usize, channel: &str) -> Result<(), Problem> {
    if found >= FEWEST_WINDOWS {
        return Ok(());
    }
    Err(Problem::NoPressure { channel: channel.to_owned(), found, needed: FEWEST_WINDOWS })
}

/// From the baseline to the end of the infusion; for boluses, drainage and steps to the end of the recording.
fn fitted_time(kind: Kind, phases: &[Phase], options: &Options) -> (f64, f64) {
    let from = phases.iter().map(|phase| phase.from).fold(f64::INFINITY, f64::min);
    let after = options.fit_after || matches!(kind, Kind::Bolus | Kind::Drainage | Kind::PressureSteps);
    let counted = phases.iter().filter(|phase| after || phase.part != Part::After);
    (from, counted.map(|phase| phase.until).fold(from, f64::max))
}

fn starts(windows: &Windows, doses: &[Dose], rest: f64, options: &Options) -> Vec<DVector<f64>> {
    let most = windows.means.iter().fold(0.0_f64, |most, mean| most.max((mean - rest).abs()));
    let steady = doses.iter().filter(|dose| dose.until - dose.from > options.plateau);
    let rate = steady.map(|dose| dose.rate.abs()).reduce(f64::max);
    // Where no dose lasts, a resistance of healthy adults.
    let resistance = rate.map_or(9.0, |rate| (most / rate).clamp(1.0, 100.0));
    let start = |&(elastance, coefficient): &(f64, f64)| {
        let mut unknowns = vec![rest, resistance.ln(), f64::ln(elastance)];
        if options.reference_pressure.is_none() {
            unknowns.push(coefficient);
        }
        DVector::from_vec(unknowns)
    };
    STARTS.iter().map(start).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::reach;
    use crate::space::{SPACE, disturbed, pressure, recorded};

    /// By its noise alone, before anything is allowed for slow tissue.
    #[test]
    fn the_plain_fit_holds_the_truth_as_often_as_it_says() {
        let doses = [Dose { from: 300.0, until: 1800.0, rate: 1.5 }];
        let (clean, options) = (pressure(SPACE, &doses, 1800.0), Options::default());
        let count = 200;
        let held = (0..count).filter(|seed| {
            let windows = series::pressure(&recorded(disturbed(&clean, *seed)), "icp", &options).unwrap();
            let (_, fit) = fitted(&windows, &doses, SPACE.rest, &options).unwrap();
            let off = (fit.unknowns[1] - SPACE.resistance.ln()).abs();
            off <= reach() * fit.covariance[(1, 1)].sqrt()
        });
        let held = held.count();
        assert!((180..=198).contains(&held), "{held} of {count}");
    }
}
