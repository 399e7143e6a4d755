//! The indices that a recording allows.

use cisterna_analysis::index::{
    self, DOSE_LEVELS, Figure, OverTime, Phases, Settings, Transfer, amplitude_pressure, band_powers,
    baroreflex, critical_closing_harmonic, critical_closing_linear, flow_curves, icp_dose, lundberg,
    mean_icp, mx, mxa, optimal_cpp, pax, prx, pulsatility, pulse_transmission, rap, transfer,
};
use cisterna_analysis::{Window, pulse_shape, spectrum};
use cisterna_recording::{Channel, Kind};

use crate::channels::Plan;
use crate::examination::{
    Examination, FigureFound, Pulse, PulsePeakFound, SeriesFound, SpectrumFound, TransferFound, WaveFound,
};
use crate::gather::Gathered;
use crate::options::Options;

/// A pulse is averaged over so much, s: some three hundred beats.
const PULSE_SPAN: f64 = 300.0;
/// Segments of spectra, s: lines 0.01 Hz apart show slow waves beside breath and pulse.
const SPECTRUM_SEGMENT: f64 = 102.4;
/// Spectra are of at most so much, s.
const SPECTRUM_SPAN: f64 = 1200.0;

/// Adds everything that the channels allow.
pub(crate) fn add(gathered: &Gathered, options: &Options, found: &mut Examination) {
    let make = Make { gathered, found };
    make.all(options);
}

struct Make<'a> {
    gathered: &'a Gathered,
    found: &'a mut Examination,
}

impl<'a> Make<'a> {
    fn all(mut self, options: &Options) {
        let icp = self.pressure(&[Kind::IntracranialPressure, Kind::LumbarPressure]);
        let abp = self.pressure(&[Kind::ArterialPressure]);
        let velocities: Vec<&Plan> =
            self.gathered.plans.iter().filter(|plan| plan.kind == Kind::FlowVelocity).collect();
        if let Some(icp) = icp {
            self.intracranial(icp);
        }
        let perfusion = icp.zip(abp).and_then(|(icp, abp)| self.reactivity(icp, abp, options));
        for velocity in velocities {
            self.velocity(velocity, abp, perfusion.as_ref());
        }
        if let Some(abp) = abp.filter(|abp| abp.has_pulse()) {
            let made = baroreflex(&self.gathered.waves, &abp.name, None);
            self.over_time(made);
        }
        self.flows();
        self.shapes();
    }

    fn pressure(&self, kinds: &[Kind]) -> Option<&'a Plan> {
        let gathered = self.gathered;
        kinds.iter().find_map(|kind| gathered.plans.iter().find(|p| p.kind == *kind && p.is_in_mmhg()))
    }

    fn trend(&self, plan: &Plan, what: &str) -> Option<&'a Channel> {
        self.gathered.trends.channel(&format!("{}.{what}", plan.name))
    }

    fn intracranial(&mut self, icp: &Plan) {
        let Some(mean) = self.trend(icp, "mean") else { return };
        self.over_time(mean_icp(mean, None));
        for level in DOSE_LEVELS {
            for figure in icp_dose(mean, level) {
                self.figure(&figure, vec![icp.name.clone()], None);
            }
        }
        if let Some(fundamental) = self.trend(icp, "fundamental") {
            self.over_time(rap(fundamental, mean, None));
            let line = amplitude_pressure(mean, fundamental);
            for figure in [&line.slope, &line.lower_knee, &line.upper_knee, &line.level] {
                self.figure(figure, vec![icp.name.clone()], None);
            }
        }
        let Some(wave) = self.gathered.waves.channel(&icp.name) else { return };
        for band in band_powers(wave, None) {
            self.over_time(band);
        }
        let waves = lundberg(wave);
        for figure in &waves.shares {
            self.figure(figure, vec![icp.name.clone()], None);
        }
        self.found.marks.extend(waves.waves.iter().map(|wave| wave.mark()));
        self.found.waves.extend(waves.waves.iter().map(|wave| WaveFound {
            kind: format!("{:?}", wave.kind),
            from_s: wave.start,
            to_s: wave.end,
            height: wave.height,
            per_minute: wave.per_minute,
        }));
    }

    /// What pressures of head and arteries tell together; gives the perfusion pressure.
    fn reactivity(&mut self, icp: &Plan, abp: &Plan, options: &Options) -> Option<Channel> {
        let (mean, arterial) = (self.trend(icp, "mean")?, self.trend(abp, "mean")?);
        let perfusion = index::cpp(mean, arterial, options.arterial_zero, None);
        let series = perfusion.series.clone();
        self.over_time(perfusion);
        let reactivity = prx(mean, arterial, None);
        let best = optimal_cpp(&series, &reactivity, None);
        self.over_time(reactivity);
        self.figure(&best.overall, vec![icp.name.clone(), abp.name.clone()], None);
        self.over_time(best.over_time);
        if let Some(fundamental) = self.trend(icp, "fundamental") {
            self.over_time(pax(fundamental, arterial, None));
        }
        if icp.has_pulse() && abp.has_pulse() {
            let made = pulse_transmission(&self.gathered.waves, &icp.name, &abp.name, None);
            self.over_time(made);
        }
        self.transfer(abp, icp, Phases::All);
        Some(series)
    }

    fn velocity(&mut self, velocity: &Plan, abp: Option<&Plan>, perfusion: Option<&Channel>) {
        if velocity.has_pulse() {
            let made = pulsatility(&self.gathered.waves, &velocity.name, None);
            self.over_time(made);
        }
        let Some(abp) = abp else { return };
        let (mean, arterial) = (self.trend(velocity, "mean"), self.trend(abp, "mean"));
        if let (Some(mean), Some(arterial)) = (mean, arterial) {
            self.over_time(match perfusion {
                Some(perfusion) => mx(mean, perfusion, None),
                None => mxa(mean, arterial, None),
            });
        }
        if velocity.has_pulse() && abp.has_pulse() {
            let waves = &self.gathered.waves;
            let harmonic = critical_closing_harmonic(waves, &abp.name, &velocity.name, None);
            let linear = critical_closing_linear(waves, &abp.name, &velocity.name, None);
            self.over_time(harmonic);
            self.over_time(linear);
        }
        self.transfer(abp, velocity, Phases::OutputLeads);
    }

    fn transfer(&mut self, input: &Plan, output: &Plan, phases: Phases) {
        let waves = &self.gathered.waves;
        let (Some(from), Some(to)) = (waves.channel(&input.name), waves.channel(&output.name)) else {
            return;
        };
        match transfer(from, to, phases) {
            Ok(made) => {
                for figure in made.figures() {
                    self.figure(figure, vec![input.name.clone(), output.name.clone()], None);
                }
                self.found.transfers.push(shown(&made));
            }
            Err(reason) => self
                .found
                .notes
                .push(format!("no transfer function from `{}` to `{}`: {reason}", input.name, output.name)),
        }
    }

    /// Curves of one cycle, as of magnetic resonance: only where they last no longer than a beat or two.
    fn flows(&mut self) {
        let gathered = self.gathered;
        let of = |kind: Kind| {
            let plans = gathered.plans.iter().filter(move |plan| plan.kind == kind);
            plans.filter_map(|plan| gathered.waves.channel(&plan.name))
        };
        let one_cycle = |channel: &&Channel| channel.values.len() as f64 / channel.rate < 2.5;
        let csf = of(Kind::FluidFlow).find(one_cycle);
        let blood: Vec<&Channel> = of(Kind::BloodFlow).filter(one_cycle).collect();
        let venous = |channel: &&&Channel| {
            let name = channel.name.to_lowercase();
            ["ven", "jug", "ijv", "sinus"].iter().any(|word| name.contains(word))
        };
        let curves = index::FlowCurves {
            arterial: blood.iter().find(|channel| !venous(channel)).copied(),
            venous: blood.iter().find(venous).copied(),
            csf,
        };
        if curves.arterial.is_none() && curves.csf.is_none() && curves.venous.is_none() {
            return;
        }
        let names = [curves.arterial, curves.venous, curves.csf].into_iter().flatten();
        let names: Vec<String> = names.map(|channel| channel.name.clone()).collect();
        for figure in flow_curves(&curves) {
            self.figure(&figure, names.clone(), None);
        }
    }

    /// Averaged pulses, and spectra.
    fn shapes(&mut self) {
        let gathered = self.gathered;
        for plan in gathered.plans.iter().filter(|plan| plan.has_pulse()) {
            let Some(wave) = gathered.waves.channel(&plan.name) else { continue };
            let span = best(wave, PULSE_SPAN);
            match pulse_shape(wave, span) {
                Ok(shape) => self.found.pulses.push(Pulse {
                    channel: plan.name.clone(),
                    second_over_first: shape.second_over_first(),
                    unit: shape.unit,
                    beats: [shape.beats.0, shape.beats.1],
                    span_s: [span.from, span.to],
                    rate_hz: shape.rate,
                    values: shape.values,
                    peaks: shape
                        .peaks
                        .iter()
                        .map(|peak| PulsePeakFound {
                            time_s: peak.time,
                            height: peak.height,
                            confidence: peak.confidence,
                        })
                        .collect(),
                }),
                Err(error) => self.found.notes.push(format!("no averaged pulse of `{}`: {error}", plan.name)),
            }
            let span = best(wave, SPECTRUM_SPAN);
            if let Ok(made) = spectrum(&gathered.waves, &plan.name, span, SPECTRUM_SEGMENT) {
                let points = made
                    .density
                    .iter()
                    .enumerate()
                    .map(|(line, density)| (line as f64 * made.step, *density));
                self.found.spectra.push(SpectrumFound {
                    channel: plan.name.clone(),
                    unit: made.unit.clone(),
                    points: points.collect(),
                });
            }
        }
    }

    fn over_time(&mut self, made: OverTime) {
        let OverTime { info, settings, inputs, series, summary, .. } = made;
        // A trend is named after its channel; two trends of one channel are told once.
        let bare = |name: &String| name.rsplit_once('.').map_or(name.as_str(), |(name, _)| name).to_owned();
        let mut of: Vec<String> = inputs.iter().map(bare).collect();
        of.dedup();
        self.figure(&summary, of, Some(settings));
        if series.values.iter().any(|value| value.is_finite()) {
            self.found.series.push(SeriesFound {
                index: info.name.to_owned(),
                title: info.title.to_owned(),
                channel: series,
            });
        }
    }

    fn figure(&mut self, figure: &Figure, of: Vec<String>, settings: Option<Settings>) {
        let info = figure.info;
        let value = figure.value.as_ref().ok();
        let interval = value.and_then(|value| value.interval);
        self.found.figures.push(FigureFound {
            index: info.name.to_owned(),
            title: info.title.to_owned(),
            part: figure.part.clone(),
            of,
            value: value.map(|value| value.value),
            interval: interval.map(|(low, high)| [low, high]),
            unit: figure.unit.clone(),
            valid: figure.valid_fraction,
            reason: figure.value.as_ref().err().cloned(),
            settings: settings.map(|set| [set.window, set.step, set.least_valid]),
            definition: info.doc.to_owned(),
            interval_by: info.interval.to_owned(),
            source: info.source.to_owned(),
        });
    }
}

/// The stretch of a length with the most valid samples, the earliest of equals.
fn best(channel: &Channel, length: f64) -> Window {
    let duration = channel.values.len() as f64 / channel.rate;
    let count = (duration / length).floor().max(1.0) as usize;
    let window = |index: usize| {
        let from = channel.start + index as f64 * length;
        Window { from, to: from + length.min(duration) }
    };
    let valid = |window: &Window| {
        channel.window(window.from, window.to).1.iter().filter(|value| value.is_finite()).count()
    };
    (0..count)
        .map(window)
        .rev()
        .max_by_key(valid)
        .unwrap_or(Window { from: channel.start, to: channel.end() })
}

fn shown(made: &Transfer) -> TransferFound {
    TransferFound {
        input: made.input.clone(),
        output: made.output.clone(),
        windows: made.windows,
        critical_coherence: made.critical_coherence,
        lines: made
            .lines
            .iter()
            .map(|line| [line.frequency, line.gain, line.phase, line.coherence])
            .collect(),
    }
}
