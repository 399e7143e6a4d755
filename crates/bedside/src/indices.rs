//! The indices that a recording allows.

use cisterna_analysis::index::{
    self, DOSE_LEVELS, Figure, OverTime, Phases, Settings, Transfer, amplitude_pressure, band_powers,
    baroreflex, beat_intervals, critical_closing_harmonic, critical_closing_linear, fundamental_amplitude,
    icp_dose, lundberg, mean_icp, mx, mxa, optimal_cpp, pax, prx, pulsatility, pulse_amplitude,
    pulse_transmission, rap, respiratory_rate, transfer, transfer_over_time,
};
use cisterna_recording::{Channel, Kind};

use crate::channels::Plan;
use crate::examination::{Examination, FigureFound, SeriesFound, TransferFound, WaveFound};
use crate::gather::{Gathered, median};
use crate::options::Options;

/// What follows a trend over time.
type Follow = fn(&Channel, Option<Settings>) -> OverTime;

/// Adds everything that the channels allow.
pub(crate) fn add(gathered: &Gathered, options: &Options, found: &mut Examination) {
    let make = Make { gathered, found };
    make.all(options);
}

pub(crate) struct Make<'a> {
    pub(crate) gathered: &'a Gathered,
    pub(crate) found: &'a mut Examination,
}

impl<'a> Make<'a> {
    fn all(mut self, options: &Options) {
        let icp = self.pressure(&[Kind::IntracranialPressure, Kind::LumbarPressure]);
        let abp = self.pressure(&[Kind::ArterialPressure]);
        let velocities: Vec<&Plan> =
            self.gathered.plans.iter().filter(|plan| plan.kind == Kind::FlowVelocity).collect();
        self.beats_and_breaths();
        if let Some(icp) = icp {
            self.intracranial(icp);
        }
        for plan in icp.into_iter().chain(abp).chain(velocities.iter().copied()) {
            self.powers(plan);
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

    /// Rates, variation and heights of what beats and breathes.
    fn beats_and_breaths(&mut self) {
        let gathered = self.gathered;
        for (plan, findings) in gathered.plans.iter().zip(&gathered.trends.findings) {
            if plan.role.has_beats() {
                let span = self.found.span_s;
                for made in beat_intervals(&plan.name, &findings.beats, (span[0], span[1]), None) {
                    self.over_time(made);
                }
            }
            let follows: [(&str, Follow); 3] = [
                ("respiratory_rate", respiratory_rate),
                ("pulse", pulse_amplitude),
                ("fundamental", fundamental_amplitude),
            ];
            for (what, follow) in follows {
                if let Some(trend) = self.trend(plan, what) {
                    self.over_time(follow(trend, None));
                }
            }
        }
    }

    /// The power of a channel in the bands of pulse, breath and slow waves, beside the breath that it was seen to have.
    fn powers(&mut self, plan: &Plan) {
        let Some(wave) = self.gathered.waves.channel(&plan.name) else { return };
        let breath = self.trend(plan, "respiratory_rate").and_then(median);
        for band in band_powers(wave, breath, None) {
            self.over_time(band);
        }
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
        }
        if let Some(pulse) = self.trend(icp, "pulse") {
            let line = amplitude_pressure(mean, pulse);
            for figure in [&line.slope, &line.lower_knee, &line.upper_knee, &line.level] {
                self.figure(figure, vec![icp.name.clone()], None);
            }
        }
        let Some(wave) = self.gathered.waves.channel(&icp.name) else { return };
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
        for made in transfer_over_time(from, to, phases, None) {
            self.over_time(made);
        }
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

    fn over_time(&mut self, made: OverTime) {
        let OverTime { info, settings, inputs, series, summary, .. } = made;
        // A trend is named after its channel; two trends of one channel are told once.
        let bare = |name: &String| name.rsplit_once('.').map_or(name.as_str(), |(name, _)| name).to_owned();
        let mut of: Vec<String> = inputs.iter().map(bare).collect();
        of.dedup();
        // Where several channels have the same index, its title says of which it is.
        let part = if summary.part.is_empty() { String::new() } else { format!(", {}", summary.part) };
        let titled = format!("{} of {}{part}", info.title, of.join(" and "));
        self.figure(&summary, of, Some(settings));
        if series.values.iter().any(|value| value.is_finite()) {
            self.found.series.push(SeriesFound {
                index: info.name.to_owned(),
                title: titled,
                channel: series,
            });
        }
    }

    pub(crate) fn figure(&mut self, figure: &Figure, of: Vec<String>, settings: Option<Settings>) {
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
