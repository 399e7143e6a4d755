//! What of a recording is explained, what drives the model, and what is left out.

use cisterna::analysis::{Artefact, Plausible, find_artefacts};
use cisterna::fit::{Explained, Infused, Task};
use cisterna::infusion::Inflow;
use cisterna::quantity::short_number;
use cisterna::recording::{Channel, Kind, KindMap, Recording};

use super::Arguments;
use crate::cli::exit::Failure;

/// Kinds that are explained where nobody says, and what of the model they are.
const EXPLAINED: [(Kind, &str); 2] =
    [(Kind::IntracranialPressure, "vault.pressure"), (Kind::LumbarPressure, "lumbar_sac.pressure")];

/// What of a recording is used and how.
pub struct Choice {
    /// The recording; what is an artefact is no longer in it.
    pub recording: Recording,
    /// What is explained.
    pub explained: Vec<Explained>,
    /// The channel that drives the model.
    pub arterial: Option<String>,
    /// What was infused.
    pub infused: Option<Infused>,
    /// What was left out, by channel.
    pub artefacts: Vec<(String, Artefact)>,
    /// What the user should know of it.
    pub notes: Vec<String>,
    /// The part that is looked at, s.
    pub span: (f64, f64),
}

/// Reads `P1=vault.pressure`; the last equals sign parts channel and place.
pub fn explained(text: &str) -> Result<Explained, String> {
    match text.rsplit_once('=') {
        Some((channel, of)) if !channel.trim().is_empty() && !of.trim().is_empty() => {
            Ok(Explained { channel: channel.trim().to_owned(), of: of.trim().to_owned() })
        }
        _ => Err("allowed: CHANNEL=PLACE, such as P1=vault.pressure".to_owned()),
    }
}

impl Choice {
    /// Reads what a recording holds and what the user says of it.
    pub fn of(file: &str, recording: Recording, arguments: &Arguments) -> Result<Self, Failure> {
        let kinds: KindMap = arguments.map.join(",").parse().map_err(Failure::Input)?;
        kinds.check(file, &recording).map_err(Failure::input)?;
        let span = span(file, &recording, arguments)?;
        let mut choice = Choice {
            explained: Vec::new(),
            arterial: None,
            infused: None,
            artefacts: Vec::new(),
            notes: Vec::new(),
            span,
            recording,
        };
        choice.explained = choice.explained_of(file, &kinds, &arguments.explain)?;
        choice.arterial = match (&arguments.driven_by, arguments.no_arterial) {
            (Some(name), _) => Some(choice.named(file, name)?),
            (None, true) => None,
            (None, false) => choice.first_of(&kinds, Kind::ArterialPressure, "drives the model"),
        };
        let into = format!("goes into `{}`", arguments.infused_into);
        let inflow = if arguments.infuse.is_empty() {
            let rate = choice.first_of(&kinds, Kind::InfusionRate, &into).map(Inflow::Rate);
            rate.or_else(|| choice.first_of(&kinds, Kind::InfusedVolume, &into).map(Inflow::Volume))
        } else {
            choice.notes.push(format!("what is stated {into}"));
            Some(Inflow::Stated(arguments.infuse.clone()))
        };
        choice.infused = inflow.map(|inflow| Infused { inflow, space: arguments.infused_into.clone() });
        choice.blank(&kinds);
        Ok(choice)
    }

    /// The task of a fit.
    pub fn task<'a>(&'a self, file: &'a str, arguments: &'a Arguments) -> Task<'a> {
        Task {
            recording: &self.recording,
            file,
            subject: &arguments.subject,
            explained: self.explained.clone(),
            arterial: self.arterial.clone(),
            infused: self.infused.clone(),
            free: if arguments.free.is_empty() { super::default_free() } else { arguments.free.clone() },
            from: self.span.0,
            to: self.span.1,
            posture: arguments.posture.clone(),
            draws: arguments.draws,
        }
    }

    fn named(&self, file: &str, name: &str) -> Result<String, Failure> {
        self.recording.require(file, name).map(|channel| channel.name.clone()).map_err(Failure::input)
    }

    /// The first channel of a kind, with what it is used for told.
    fn first_of(&mut self, kinds: &KindMap, kind: Kind, used: &str) -> Option<String> {
        let channel = kinds.channels_of(&self.recording, kind).next()?;
        let why = kinds.kind_of(channel).reason;
        self.notes.push(format!("`{}` {used} ({why})", channel.name));
        Some(channel.name.clone())
    }

    fn explained_of(
        &mut self,
        file: &str,
        kinds: &KindMap,
        said: &[Explained],
    ) -> Result<Vec<Explained>, Failure> {
        for explained in said {
            self.named(file, &explained.channel)?;
        }
        if !said.is_empty() {
            return Ok(said.to_vec());
        }
        let mut found = Vec::new();
        for (kind, of) in EXPLAINED {
            let channel = self.first_of(kinds, kind, &format!("is taken for `{of}`"));
            found.extend(channel.map(|channel| Explained { channel, of: of.to_owned() }));
        }
        if found.is_empty() {
            let channel = |channel: &Channel| format!("`{}` ({})", channel.name, kinds.kind_of(channel).kind);
            let there: Vec<String> = self.recording.channels.iter().map(channel).collect();
            return Err(Failure::Input(format!(
                "{file}: no channel is a pressure of the fluid in skull or spine, so there is nothing to explain; it has {}; \
                 allowed: an icp or lumbar_pressure, said with --map P1=icp or --explain P1=vault.pressure",
                there.join(", ")
            )));
        }
        Ok(found)
    }

    /// Takes out what is no measurement: nothing is put in its place.
    fn blank(&mut self, kinds: &KindMap) {
        let used = self.explained.iter().map(|explained| &explained.channel).chain(&self.arterial);
        let used: Vec<String> = used.cloned().collect();
        let (from, to) = self.span;
        for channel in self.recording.channels.iter_mut().filter(|channel| used.contains(&channel.name)) {
            let plausible = match kinds.kind_of(channel).kind {
                Kind::ArterialPressure => Plausible::ARTERIAL,
                _ => Plausible::INTRACRANIAL,
            };
            let mut missing = 0;
            for artefact in find_artefacts(channel, &plausible) {
                let (first, own) = channel.window(artefact.start, artefact.end + 0.5 / channel.rate);
                let first = ((first - channel.start) * channel.rate).round() as usize;
                let range = first..first + own.len();
                channel.values[range].fill(f64::NAN);
                if artefact.end > from && artefact.start < to {
                    missing += 1;
                    self.artefacts.push((channel.name.clone(), artefact));
                }
            }
            if missing > 0 {
                self.notes.push(told(&channel.name, &self.artefacts));
            }
        }
    }
}

/// What was left out of a channel, by reason.
fn told(channel: &str, artefacts: &[(String, Artefact)]) -> String {
    let mut reasons: Vec<(&str, usize, f64)> = Vec::new();
    for (_, artefact) in artefacts.iter().filter(|(name, _)| name == channel) {
        let (reason, length) = (artefact.reason.text(), artefact.end - artefact.start);
        match reasons.iter_mut().find(|(name, ..)| *name == reason) {
            Some((_, count, sum)) => (*count, *sum) = (*count + 1, *sum + length),
            None => reasons.push((reason, 1, length)),
        }
    }
    let reasons: Vec<String> = reasons
        .iter()
        .map(|(reason, count, sum)| format!("{reason} ({count}, {} s)", short_number(*sum)))
        .collect();
    format!("left out of `{channel}`: {}", reasons.join(", "))
}

/// The part that is looked at: all of it where nobody says.
fn span(file: &str, recording: &Recording, arguments: &Arguments) -> Result<(f64, f64), Failure> {
    let whole = recording.span();
    let from = arguments.from.unwrap_or(whole.0);
    let to = arguments.to.unwrap_or(whole.1);
    let inside = |time: f64| (whole.0..=whole.1).contains(&time);
    if inside(from) && inside(to) && from < to {
        return Ok((from, to));
    }
    Err(Failure::Input(format!(
        "{file}: there is nothing from {} to {} s; allowed: {} .. {} s",
        short_number(from),
        short_number(to),
        short_number(whole.0),
        short_number(whole.1)
    )))
}

#[cfg(test)]
mod tests {
    use super::explained;

    #[test]
    fn a_channel_and_its_place_are_parted_at_the_last_equals_sign() {
        let read = explained("P=1 = vault.pressure").map(|own| (own.channel, own.of));
        assert_eq!(read, Ok(("P=1".to_owned(), "vault.pressure".to_owned())));
        assert!(explained("P1").is_err());
    }
}
