//! A recording of any length reduced to trends: one value for each window, from pieces as they come.

mod track;
mod window;

use crate::detect::Blocks;
use crate::{Artefact, Breath, Fiducials, MeasureError, Plausible, Wave, Window};
use cisterna_recording::{Channel, Mark, Recording};
use track::Track;

/// What is asked of a channel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Role {
    /// A pulse: `mean`, `pulse` (peak to peak), `fundamental`, `heart_rate`, `respiratory_rate`, `valid`; artefacts by what is plausible.
    Pulse(Plausible),
    /// An electrocardiogram: `heart_rate`, `valid`.
    Electrocardiogram,
    /// A respiration channel: `respiratory_rate`, `depth`, `valid`.
    Respiration,
    /// Anything slow: `mean`, `valid`.
    Level,
}

/// What is left of a recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Trends {
    /// The trends: channels called `NAME.mean` and so on, of one value per window at its middle; not a number where less than half of
    /// the window was valid or it held no beat or breath.
    pub channels: Vec<Channel>,
    /// What was found in each channel, in the order in which they were asked for.
    pub findings: Vec<Findings>,
}

/// What was found in one channel, in order of time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// The channel.
    pub channel: String,
    /// Its beats.
    pub beats: Vec<Fiducials>,
    /// Its breaths: of its own, or in the means of its beats.
    pub breaths: Vec<Breath>,
    /// Its artefacts.
    pub artefacts: Vec<Artefact>,
}

impl Findings {
    /// All of it as marks, in order of time.
    pub fn marks(&self) -> Vec<Mark> {
        let beats = self.beats.iter().map(Fiducials::mark);
        let breaths = self.breaths.iter().map(Breath::mark);
        let mut marks: Vec<Mark> =
            beats.chain(breaths).chain(self.artefacts.iter().map(Artefact::mark)).collect();
        marks.sort_by(|a, b| a.start.total_cmp(&b.start));
        marks
    }
}

/// Takes the pieces of a recording one after the other and keeps of them what the next one needs: two and a half minutes.
///
/// The result does not depend on how the recording is cut. Windows are counted from the beginning of the first piece.
///
/// ```
/// # use cisterna_analysis::{Plausible, Reducer, Role};
/// # use cisterna_recording::{Channel, Recording};
/// # let pulse = |i: i32| 12.0 + 4.0 * (-((f64::from(i % 100) - 20.0) / 9.0).powi(2)).exp();
/// let mut reducer = Reducer::new(&[("icp", Role::Pulse(Plausible::INTRACRANIAL))], 10.0)?;
/// for minute in 0..3 {
///     let mut piece = Recording::default();
///     let samples = (0..6000).map(pulse).collect();
///     piece.channels.push(Channel::new("icp", "mmHg", 60.0 * f64::from(minute), 100.0, samples));
///     reducer.push(&piece)?;
/// }
/// let trends = reducer.finish();
/// let rate = trends.channel("icp.heart_rate").ok_or("it is missing")?;
/// assert!(rate.values.iter().all(|rate| (rate - 60.0).abs() < 0.1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Reducer {
    window: f64,
    origin: Option<f64>,
    tracks: Vec<Track>,
}

impl Reducer {
    /// A reducer of these channels to windows of `window` s (ten by custom), a whole part of two minutes.
    pub fn new(asked: &[(&str, Role)], window: f64) -> Result<Self, MeasureError> {
        let parts = Blocks::LENGTH / window;
        if !(window >= 1.0 && (parts - parts.round()).abs() < 1e-9) {
            return Err(MeasureError::Undetermined {
                what: "trends",
                channel: asked.first().map_or_else(String::new, |(name, _)| (*name).to_owned()),
                reason: format!("windows of {window} s do not make up {} s; 10 s do", Blocks::LENGTH),
            });
        }
        let tracks = asked.iter().map(|(name, role)| Track::new(name, *role, window)).collect();
        Ok(Reducer { window, origin: None, tracks })
    }

    /// From here on these intervals of a channel are artefacts, and in those nothing that is found is one.
    pub fn overrule(&mut self, channel: &str, added: &[Artefact], trusted: &[Window]) {
        for track in self.tracks.iter_mut().filter(|track| track.name == channel) {
            track.added.extend_from_slice(added);
            track.trusted.extend_from_slice(trusted);
        }
    }

    /// Takes the next piece. A channel that it lacks is missing for as long.
    pub fn push(&mut self, piece: &Recording) -> Result<(), MeasureError> {
        let origin = *self.origin.get_or_insert(piece.span().0);
        for track in &mut self.tracks {
            if let Some(channel) = piece.channel(&track.name) {
                track.push(channel, origin)?;
            }
        }
        Ok(())
    }

    /// The trends, once all pieces are in. A channel that no piece had is not among them.
    pub fn finish(self) -> Trends {
        let origin = self.origin.unwrap_or(0.0);
        let mut trends = Trends { channels: Vec::new(), findings: Vec::new() };
        for track in self.tracks {
            let (channels, findings) = track.finish(origin, self.window);
            trends.channels.extend(channels);
            trends.findings.push(findings);
        }
        trends
    }
}

impl Trends {
    /// The trend called `name`, for example `icp.mean`.
    pub fn channel(&self, name: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.name == name)
    }
}

impl Role {
    /// Whether beats are looked for.
    pub fn has_beats(self) -> bool {
        self.wave().is_some()
    }

    fn wave(self) -> Option<Wave> {
        match self {
            Role::Pulse(_) => Some(Wave::Pulse),
            Role::Electrocardiogram => Some(Wave::Electrocardiogram),
            Role::Respiration | Role::Level => None,
        }
    }
}
