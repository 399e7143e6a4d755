//! Waveforms: panels over one axis of time, the whole run first, then a few beats close up.

use super::wave_figure::{Sort, WaveFigure};
use crate::svg::data::{self, Samples};
use cisterna_recording::{Basis, Channel, Mark};

/// Panels that share one axis of time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waveforms {
    /// The heading of the section.
    pub heading: String,
    /// Paragraphs before the pictures, separated by empty lines.
    pub text: String,
    /// The panels, top to bottom.
    pub panels: Vec<Panel>,
    /// Events, artefacts and gaps are drawn as labelled bands; beats as ticks in the close-up.
    pub marks: Vec<Mark>,
    /// The stretch shown at full resolution, from and to in s; usually the last few beats.
    pub close_up: Option<(f64, f64)>,
}

/// Traces of one quantity on one vertical axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panel {
    /// The quantity, for example "Intracranial pressure".
    pub label: String,
    /// Its unit, for example `mmHg`.
    pub unit: String,
    /// The traces.
    pub traces: Vec<Trace>,
}

/// One evenly sampled signal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// Its name.
    pub name: String,
    /// Time of the first sample, s.
    pub start: f64,
    /// Samples per second.
    pub rate: f64,
    /// The samples; NaN where nothing was recorded.
    pub values: Vec<f64>,
    /// On what the numbers rest.
    pub basis: Basis,
    /// A line, or single points.
    pub form: TraceForm,
}

/// How a trace is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TraceForm {
    /// From sample to sample.
    #[default]
    Line,
    /// A round point at each sample that has neighbours without a value, for example the peak of each beat.
    Points,
    /// The same as a square.
    Squares,
}

impl TraceForm {
    /// The class that its style goes by.
    pub(crate) fn class(self) -> &'static str {
        match self {
            TraceForm::Line => "",
            TraceForm::Points => " points",
            TraceForm::Squares => " points square",
        }
    }
}

impl Panel {
    /// A panel of `traces`.
    pub fn new(label: &str, unit: &str, traces: Vec<Trace>) -> Self {
        Panel { label: label.to_owned(), unit: unit.to_owned(), traces }
    }

    /// A panel with one channel, under the channel's own label and unit.
    pub fn of(channel: &Channel) -> Self {
        Panel::new(&channel.label, &channel.unit, vec![Trace::of(channel)])
    }
}

impl Trace {
    /// A trace computed by the model.
    pub fn new(name: &str, start: f64, rate: f64, values: Vec<f64>) -> Self {
        Trace { name: name.to_owned(), start, rate, values, basis: Basis::Model, form: TraceForm::Line }
    }

    /// The trace of a channel, under the channel's label.
    pub fn of(channel: &Channel) -> Self {
        Trace {
            name: channel.label.clone(),
            start: channel.start,
            rate: channel.rate,
            values: channel.values.clone(),
            basis: channel.basis.clone(),
            form: TraceForm::Line,
        }
    }

    /// Time after the last sample's interval, s.
    fn end(&self) -> f64 {
        self.start + self.values.len() as f64 / self.rate
    }

    /// Whether its samples have times at all.
    pub(crate) fn has_times(&self) -> bool {
        self.start.is_finite() && self.rate.is_finite() && self.rate > 0.0 && !self.values.is_empty()
    }

    /// On what it rests, unless it simply follows from the model.
    pub(crate) fn basis_in_words(&self) -> Option<String> {
        match &self.basis {
            Basis::Recorded => Some("recorded".to_owned()),
            Basis::Model => None,
            Basis::Hypothesis(names) => Some(format!("hypothesis: {}", names.join(", "))),
        }
    }
}

impl Waveforms {
    pub(crate) fn body(&self, id: &str) -> String {
        let traces = || self.panels.iter().flat_map(|panel| &panel.traces).filter(|trace| trace.has_times());
        let start = traces().map(|trace| trace.start).reduce(f64::min);
        let end = traces().map(Trace::end).reduce(f64::max);
        let (Some(start), Some(end)) = (start, end) else {
            return "<p>Nothing was recorded.</p>\n".to_owned();
        };
        let whole = WaveFigure { waves: self, id, window: (start, end), sort: Sort::Whole };
        let mut out = whole.draw();
        let close = self.close_up.filter(|(from, to)| from < to && *from < end && *to > start);
        if let Some(window) = close {
            out.push_str(&WaveFigure { waves: self, id, window, sort: Sort::CloseUp }.draw());
        }
        let samples: Vec<Samples<'_>> =
            self.panels.iter().flat_map(|panel| &panel.traces).map(Trace::samples).collect();
        let every = data::thinning(samples.iter().map(|trace| trace.values.len()).sum());
        if every > 1 {
            out.push_str(&format!(
                "<p class=\"note\">The run is longer than a page can carry: when zoomed in, every {every} samples \
                 are shown by their smallest and their largest. The recording itself holds them all.</p>\n"
            ));
        }
        out + &format!(
            "<script type=\"application/json\" id=\"{id}-data\">{}</script>\n",
            data::block(&samples)
        )
    }
}

impl Trace {
    fn samples(&self) -> Samples<'_> {
        let values: &[f64] = if self.has_times() { &self.values } else { &[] };
        Samples { start: self.start, rate: self.rate, values }
    }
}
