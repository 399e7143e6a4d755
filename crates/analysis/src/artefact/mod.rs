//! What in a recording is no measurement: intervals with their reason, drawn and overridable, never mended silently.

mod excursion;
mod finder;
mod quiet;
mod wave;

use crate::Window;
use cisterna_recording::{Channel, Mark, MarkKind};
pub(crate) use finder::{Found, find_in};
pub(crate) use wave::samples as samples_of;

/// Why an interval should not be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The line was flushed: a sudden plateau far above the pulse.
    Flush,
    /// Pegged at a rail: equal samples at the highest or lowest value there is.
    Clipping,
    /// Nothing changes for a second, within the range of the pulse.
    FlatLine,
    /// Several plateaus at different levels: zeroing or calibration.
    Calibration,
    /// A moment far off its neighbours.
    Spike,
    /// A sudden fall far below the pulse, and back.
    DropOut,
    /// Samples vary, but not as beats.
    Noise,
    /// Beats that the channel's kind cannot have: another signal is plugged in.
    OtherSignal,
    /// Codes that ran over their end and went on at the other.
    Wrapped,
    /// Intracranial pressure near the level of an open drain, without its pulse.
    DrainOpen,
    /// A step of the mean while the pulse stays as it was.
    TransducerMoved,
    /// The recording came with a mark that says so.
    Marked,
    /// A person has excluded it.
    Excluded,
}

/// An interval that should not be trusted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Artefact {
    /// Why.
    pub reason: Reason,
    /// Its beginning, s.
    pub start: f64,
    /// Its end, s.
    pub end: f64,
}

/// What a channel of its kind can show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plausible {
    /// The mean of a beat: lowest, highest, in the unit of the channel.
    pub mean: (f64, f64),
    /// The height of a pulse: lowest, highest, in the unit of the channel.
    pub pulse: (f64, f64),
    /// The range of means that an open drain may show; none where there is no drain.
    pub drain: Option<(f64, f64)>,
}

impl Reason {
    /// All of them.
    pub const ALL: [Reason; 13] = [
        Reason::Flush,
        Reason::Clipping,
        Reason::FlatLine,
        Reason::Calibration,
        Reason::Spike,
        Reason::DropOut,
        Reason::Noise,
        Reason::OtherSignal,
        Reason::Wrapped,
        Reason::DrainOpen,
        Reason::TransducerMoved,
        Reason::Marked,
        Reason::Excluded,
    ];

    /// The reason in words, as it stands in the label of a mark.
    pub fn text(self) -> &'static str {
        match self {
            Reason::Flush => "flush",
            Reason::Clipping => "clipping",
            Reason::FlatLine => "flat line",
            Reason::Calibration => "calibration",
            Reason::Spike => "spike",
            Reason::DropOut => "drop-out",
            Reason::Noise => "noise without pulse",
            Reason::OtherSignal => "another signal",
            Reason::Wrapped => "wrapped codes",
            Reason::DrainOpen => "drain open",
            Reason::TransducerMoved => "transducer moved",
            Reason::Marked => "marked in the file",
            Reason::Excluded => "excluded by hand",
        }
    }

    /// The reason of a label, if it is one.
    pub fn of_label(label: &str) -> Option<Reason> {
        Reason::ALL.into_iter().find(|reason| reason.text() == label)
    }
}

impl Artefact {
    /// The interval as a mark with the reason as its label.
    pub fn mark(&self) -> Mark {
        Mark { kind: MarkKind::Artefact, start: self.start, end: self.end, label: self.reason.text().into() }
    }
}

impl Plausible {
    /// Anything.
    pub const ANYTHING: Plausible =
        Plausible { mean: (f64::NEG_INFINITY, f64::INFINITY), pulse: (0.0, f64::INFINITY), drain: None };
    /// Arterial pressure in mmHg: means of 30 to 200 with pulses of 20 and more (Sun, Reisner and Mark 2006, Comput Cardiol 33:13).
    pub const ARTERIAL: Plausible = Plausible { mean: (30.0, 200.0), pulse: (20.0, 280.0), drain: None };
    /// Intracranial pressure in mmHg: pulses up to 35 (Eide 2006, Med Eng Phys 28:579); the means are assumed (from upright
    /// with a shunt to above any plateau wave that was reported), and so is the height of a drain, 20 cm above or 7 below.
    pub const INTRACRANIAL: Plausible =
        Plausible { mean: (-30.0, 120.0), pulse: (0.0, 35.0), drain: Some((-5.0, 15.0)) };
}

/// Finds what in a channel with a pulse is no measurement, in order of time. Missing samples are no artefact but a gap.
///
/// Everything is measured against the usual pulse of two minutes, so that offset and scale do not matter; only what is plausible is in
/// the channel's unit. A channel without a single beat has no measure, and is found flat or noisy.
pub fn find_artefacts(channel: &Channel, plausible: &Plausible) -> Vec<Artefact> {
    if !(channel.rate.is_finite() && channel.rate >= 20.0) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut finder = crate::detect::Finder::new(channel.rate, crate::Wave::Pulse);
    crate::detect::each_block(channel, |block| {
        let beats = finder.beats_in(block, crate::detect::Part::Whole);
        found.extend(find_in(block, channel.rate, &beats, plausible));
    });
    joined(found.iter().map(|found| found.timed(channel.start, channel.rate)).collect(), 1.5 / channel.rate)
}

/// What was found, as a person sees it: with what they add, and without the stretches that they trust.
pub fn revise(found: &[Artefact], added: &[Artefact], trusted: &[Window]) -> Vec<Artefact> {
    let mut kept: Vec<Artefact> = found.to_vec();
    for window in trusted {
        kept = kept
            .into_iter()
            .flat_map(|one| {
                let before = Artefact { end: one.end.min(window.from), ..one };
                let after = Artefact { start: one.start.max(window.to), ..one };
                [before, after].into_iter().filter(|part| part.start < part.end)
            })
            .collect();
    }
    kept.extend_from_slice(added);
    kept.sort_by(|a, b| a.start.total_cmp(&b.start));
    kept
}

/// Joins intervals of one reason that touch or nearly do (s), as at the seams of blocks.
pub(crate) fn joined(mut found: Vec<Artefact>, near: f64) -> Vec<Artefact> {
    found.sort_by(|a, b| a.start.total_cmp(&b.start));
    let mut kept: Vec<Artefact> = Vec::new();
    for one in found {
        match kept.iter_mut().rev().find(|last| last.reason == one.reason) {
            Some(last) if one.start <= last.end + near => last.end = last.end.max(one.end),
            _ => kept.push(one),
        }
    }
    kept
}
