//! An infusion test by Marmarou's model: of what was recorded, and of what the subject makes of the same infusion.

use cisterna_infusion::{Figure, Inflow, Kind, Options, Protocol, Report, analyse, recognise};
use cisterna_recording::Recording;
use serde::Serialize;

use crate::free::Free;
use crate::task::Task;
use crate::trial::Trial;

/// What of the model an infusion test is told by, the first that is explained.
const PRESSURES: [&str; 2] = ["vault.pressure", "lumbar_sac.pressure"];

/// One infusion test, read by one and the same analysis three times.
#[derive(Clone, Debug, Serialize)]
pub struct Test {
    /// Of what was recorded.
    pub recorded: Report,
    /// Of the subject as its documents say.
    pub before: Report,
    /// Of the subject with the values that were found.
    pub found: Option<Report>,
}

impl Test {
    /// The test of a task and of the first run of its subject.
    ///
    /// # Errors
    /// Why there is none, in words.
    pub(crate) fn of(task: &Task<'_>, trial: &Trial, first: &Recording) -> Result<Self, String> {
        let recorded = of_recorded(task, trial)?;
        let before = of_simulated(recorded.kind, trial, first)?;
        Ok(Test { recorded, before, found: None })
    }

    /// With the analysis of a run with the values that were found.
    pub(crate) fn with_found(mut self, trial: &Trial, last: &Recording) -> Result<Self, String> {
        self.found = Some(of_simulated(self.recorded.kind, trial, last)?);
        Ok(self)
    }

    /// Where a search may begin, as logarithms of factors: Marmarou first, then the full subject. A value all of whose members
    /// are resistances of outflow begins where Marmarou's resistance says, one of elastance coefficients where his elastance
    /// says; nowhere outside of what is published.
    pub(crate) fn starts(&self, free: &[Free]) -> Vec<f64> {
        let factors = self.recorded.factors_over(&self.before);
        let start = |free: &Free| {
            let all = |parameter: &str| free.members.iter().all(|member| member.name.ends_with(parameter));
            let factor = match &factors {
                Some(factors) if all(".resistance") => factors.resistance,
                Some(factors) if all(".elastance_coefficient") => factors.elastance,
                _ => 1.0,
            };
            let reach = 2.0 * free.spread;
            if factor > 0.0 { factor.ln().clamp(free.centre - reach, free.centre + reach) } else { 0.0 }
        };
        free.iter().map(start).collect()
    }

    /// A figure of all three: recorded, before, found.
    #[must_use]
    pub fn figures(&self) -> Vec<[Option<&Figure>; 3]> {
        let found = |id: &str| self.found.as_ref().and_then(|found| found.figure(id));
        let figures = self.recorded.figures.iter();
        figures.map(|figure| [Some(figure), self.before.figure(&figure.id), found(&figure.id)]).collect()
    }
}

/// The analysis of what was recorded.
fn of_recorded(task: &Task<'_>, trial: &Trial) -> Result<Report, String> {
    let explained =
        PRESSURES.iter().find_map(|of| task.explained.iter().find(|explained| explained.of == *of));
    let channel =
        explained.ok_or("nothing that is explained is a pressure of the fluid in skull or spine")?;
    let inflow = Inflow::Stated(trial.doses.clone());
    let kind = recognise(task.recording, &channel.channel, &inflow, &Options::default());
    analysed(kind.map_err(|problem| problem.to_string())?, trial, task.recording, &channel.channel)
}

/// The analysis of what a run makes of the same infusion: what is compared, on the clock of the recording.
fn of_simulated(kind: Kind, trial: &Trial, run: &Recording) -> Result<Report, String> {
    let channel = PRESSURES.iter().find_map(|of| run.channel(of)).ok_or("no pressure was simulated")?;
    let mut channel = channel.clone();
    channel.start += trial.begin;
    let name = channel.name.clone();
    analysed(kind, trial, &Recording { channels: vec![channel], ..Recording::default() }, &name)
}

fn analysed(kind: Kind, trial: &Trial, recording: &Recording, pressure: &str) -> Result<Report, String> {
    let inflow = Inflow::Stated(trial.doses.clone());
    let protocol = Protocol { kind, pressure: pressure.to_owned(), inflow, phases: None };
    analyse(recording, &protocol, &Options::default()).map_err(|problem| problem.to_string())
}
