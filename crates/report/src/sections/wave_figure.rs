//! One figure of waveforms over one window of time.

use super::waveforms::{Panel, Trace, Waveforms};
use crate::html::{escape, with_unit};
use crate::number::{coordinate, number};
use crate::svg::frame::{self, TimeUnit};
use crate::svg::key::{self, Entry, STYLES};
use crate::svg::marks::{Beats, Strip};
use crate::svg::path::{WIDTH, of_samples};
use crate::svg::scale::{Scale, Spacing};
use cisterna_recording::{Basis, MarkKind};
use std::fmt::Write as _;

/// Height of a panel, px.
const HEIGHT: f64 = 118.0;

/// A figure: which waves, over which window (s).
pub(crate) struct WaveFigure<'a> {
    pub(crate) waves: &'a Waveforms,
    pub(crate) id: &'a str,
    pub(crate) window: (f64, f64),
    pub(crate) sort: Sort,
}

/// The whole run, or a stretch of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Whole,
    CloseUp,
}

impl WaveFigure<'_> {
    pub(crate) fn draw(&self) -> String {
        let (from, to) = self.window;
        let across = Scale::exact(from, to);
        let unit = TimeUnit::for_span(across.high - across.low);
        let beats = if self.sort == Sort::CloseUp { Beats::Shown } else { Beats::Left };
        let strip = Strip::new(&self.waves.marks, across, beats);
        let id = format!("{}-{}", self.id, if self.sort == Sort::Whole { "whole" } else { "close" });
        let labelled = if self.waves.panels.iter().any(|p| p.traces.len() > 1) { " labelled" } else { "" };
        let mut out = format!(
            "<figure class=\"waves{labelled}\" data-source=\"{}-data\" data-from=\"{}\" data-to=\"{}\" data-unit=\"{}\" data-seconds=\"{}\">\n",
            self.id,
            coordinate(across.low),
            coordinate(across.high),
            unit.symbol,
            unit.seconds
        );
        let _ = writeln!(out, "<figcaption>{}</figcaption>", self.caption(unit));
        out.push_str("<div class=\"stack\">\n");
        out.push_str(&strip.labels());
        let bands = strip.bands();
        let mut first = 0;
        for (k, panel) in self.waves.panels.iter().enumerate() {
            out.push_str(&self.panel(panel, &format!("{id}-{k}"), first, &across, unit, &bands));
            first += panel.traces.len();
        }
        let ticks = unit.ticks(&across);
        let _ = writeln!(
            out,
            "<div class=\"plot time\"><svg class=\"chart\" width=\"100%\" height=\"18\" aria-hidden=\"true\">{}</svg></div>",
            frame::post_labels(&ticks, 14.0)
        );
        let _ =
            writeln!(out, "<p class=\"along\">time <span class=\"unit\">{}</span></p>\n</div>", unit.symbol);
        out.push_str(&strip.in_words(unit));
        out + "</figure>\n"
    }

    fn caption(&self, unit: TimeUnit) -> String {
        let (from, to) = self.window;
        let when = format!("{} to {} {}", unit.text(from), unit.text(to), unit.symbol);
        let has_beats = self.waves.marks.iter().any(|mark| mark.kind == MarkKind::Beat);
        match self.sort {
            Sort::Whole if self.is_recorded() => format!("From {when}."),
            Sort::Whole => format!("The whole run, {when}."),
            Sort::CloseUp if has_beats => {
                format!("Close up, {when}, every sample; the small ticks at the top are the beats.")
            }
            Sort::CloseUp => format!("Close up, {when}, every sample."),
        }
    }

    /// Whether nothing in it was run.
    fn is_recorded(&self) -> bool {
        self.waves.panels.iter().flat_map(|panel| &panel.traces).all(|trace| trace.basis == Basis::Recorded)
    }

    fn panel(
        &self,
        panel: &Panel,
        id: &str,
        first: usize,
        across: &Scale,
        unit: TimeUnit,
        bands: &str,
    ) -> String {
        let windows: Vec<&[f64]> = panel.traces.iter().map(|trace| within(trace, across)).collect();
        let up = Scale::around(windows.iter().flat_map(|w| w.iter().copied()), Spacing::Linear, 3);
        let mut out = format!(
            "<div class=\"panel\">\n<p class=\"panel-title\">{}{} <span class=\"reading\"></span></p>\n<div class=\"plot\">\n",
            with_unit(&panel.label, &panel.unit),
            badges(panel)
        );
        if panel.traces.len() > 1 {
            let entries: Vec<Entry<'_>> = panel
                .traces
                .iter()
                .zip(&windows)
                .map(|(trace, window)| Entry {
                    name: &trace.name,
                    form: trace.form,
                    height: HEIGHT * (1.0 - up.place(tail(window))),
                })
                .collect();
            out.push_str(&key::list(&entries, HEIGHT));
        }
        let words = description(panel, &windows, across, unit);
        out.push_str(&frame::open(id, HEIGHT, &panel.label, &words));
        out.push_str(bands);
        out.push_str(&frame::posts(&unit.ticks(across)));
        out.push_str(&frame::rungs(&up, HEIGHT));
        let _ = writeln!(
            out,
            "<svg class=\"lines\" width=\"100%\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {}\" preserveAspectRatio=\"none\">",
            10.0 * HEIGHT
        );
        for (k, trace) in panel.traces.iter().enumerate() {
            let path = if trace.has_times() {
                of_samples((trace.start, trace.rate), &trace.values, across, &up, HEIGHT)
            } else {
                Default::default()
            };
            let dense = if path.dense { " dense" } else { "" };
            let _ = writeln!(
                out,
                "<path class=\"line c{}{dense}{}\" data-trace=\"{}\" data-name=\"{}\" d=\"{}\"/>",
                k % STYLES,
                trace.form.class(),
                first + k,
                escape(&trace.name),
                path.commands
            );
        }
        out + "</svg></svg></div>\n</div>\n"
    }
}

/// What does not simply follow from the model, said beside the title of the panel.
fn badges(panel: &Panel) -> String {
    let mut out = String::new();
    let alike = panel.traces.windows(2).all(|pair| pair[0].basis == pair[1].basis);
    for trace in &panel.traces[..if alike { panel.traces.len().min(1) } else { panel.traces.len() }] {
        let Some(basis) = trace.basis_in_words() else { continue };
        let whose = if alike { basis } else { format!("{} ({basis})", trace.name) };
        let _ = write!(out, " <span class=\"basis\">{}</span>", escape(&whose));
    }
    out
}

/// The samples of `trace` inside the window.
fn within<'a>(trace: &'a Trace, across: &Scale) -> &'a [f64] {
    if !trace.has_times() {
        return &[];
    }
    let index = |t: f64| (((t - trace.start) * trace.rate).max(0.0) as usize).min(trace.values.len());
    let (first, last) = (index(across.low), index(across.high));
    &trace.values[first..last.max(first)]
}

/// The middle of the extremes over the last twentieth of a window: where its name should stand.
fn tail(window: &[f64]) -> f64 {
    let last = &window[window.len() - window.len().div_ceil(20)..];
    limits(last).map_or(f64::NAN, |(low, high)| 0.5 * (low + high))
}

fn limits(values: &[f64]) -> Option<(f64, f64)> {
    values.iter().copied().filter(|v| v.is_finite()).fold(None, |limits, v| {
        let (low, high) = limits.unwrap_or((v, v));
        Some((f64::min(low, v), f64::max(high, v)))
    })
}

fn description(panel: &Panel, windows: &[&[f64]], across: &Scale, unit: TimeUnit) -> String {
    let mut words = format!(
        "{} in {} from {} to {} {}.",
        panel.label,
        panel.unit,
        unit.text(across.low),
        unit.text(across.high),
        unit.symbol
    );
    for (trace, window) in panel.traces.iter().zip(windows) {
        let name = trace
            .basis_in_words()
            .map_or_else(|| trace.name.clone(), |basis| format!("{} ({basis})", trace.name));
        let _ = match limits(window) {
            Some((low, high)) => write!(words, " {name}: between {} and {}.", number(low), number(high)),
            None => write!(words, " {name}: nothing recorded."),
        };
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use cisterna_recording::Mark;

    fn waves() -> Waveforms {
        let breath: Vec<f64> = (0..480).map(|k| 10.0 + (f64::from(k) * 0.05).sin()).collect();
        Waveforms {
            heading: "Waveforms".to_owned(),
            panels: vec![Panel::new(
                "Pressure",
                "mmHg",
                vec![Trace::new("vault", 0.0, 4.0, breath), Trace::new("sac", 0.0, 4.0, vec![f64::NAN; 480])],
            )],
            marks: vec![Mark {
                kind: MarkKind::Event,
                start: 60.0,
                end: 70.0,
                label: "tilt <60°>".to_owned(),
            }],
            close_up: Some((110.0, 120.0)),
            ..Waveforms::default()
        }
    }

    #[test]
    fn the_picture_says_in_words_what_it_shows() {
        let body = waves().body("s1");
        assert!(body.contains(
            "Pressure in mmHg from 0 to 120 s. vault: between 9.00 and 11.0. sac: nothing recorded."
        ));
        assert!(body.contains("tilt &lt;60°&gt;, 60 to 70 s"));
        assert_eq!(body.matches("<figure").count(), 2);
        assert!(!body.contains("NaN"));
    }

    #[test]
    fn a_trace_without_a_clock_is_left_out() {
        let mut broken = waves();
        broken.panels[0].traces[0].rate = 0.0;
        broken.panels[0].traces[1].rate = f64::NAN;
        assert_eq!(broken.body("s1"), "<p>Nothing was recorded.</p>\n");
    }
}
