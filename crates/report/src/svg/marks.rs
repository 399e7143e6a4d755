//! Marks: bands across the panels, and a strip above them with a label for each,
//! laid in lanes so that no two labels meet.

use super::frame::{TimeUnit, percent};
use super::scale::Scale;
use crate::html::escape;
use crate::number::coordinate;
use cisterna_recording::{Mark, MarkKind};
use std::fmt::Write as _;

/// Height of one lane of labels, px.
const LANE: f64 = 19.0;
/// Beyond this many lanes the labels become numbers, explained below the figure.
const MOST_LANES: usize = 4;
/// The narrowest picture for which labels are kept apart, px, and the width of a letter in it.
const NARROW: (f64, f64) = (300.0, 6.6);

/// The marks of one figure with their places.
pub(crate) struct Strip<'a> {
    placed: Vec<Placed<'a>>,
    lanes: usize,
    numbered: bool,
    beats: Vec<&'a Mark>,
    across: Scale,
}

struct Placed<'a> {
    mark: &'a Mark,
    lane: usize,
    label: String,
    width: f64,
}

/// Whether a figure also shows the beats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beats {
    /// As small ticks above the panels.
    Shown,
    /// Not at all: there are too many.
    Left,
}

impl<'a> Strip<'a> {
    /// The strip over a figure that first shows the times of `across`.
    pub(crate) fn new(marks: &'a [Mark], across: Scale, beats: Beats) -> Self {
        let mut told: Vec<&Mark> = marks.iter().filter(|mark| is_told(mark)).collect();
        told.sort_by(|a, b| a.start.total_cmp(&b.start));
        let beats = match beats {
            Beats::Shown => marks.iter().filter(|m| m.kind == MarkKind::Beat).collect(),
            Beats::Left => Vec::new(),
        };
        let words = told.iter().map(|mark| mark.label.trim().to_owned()).collect();
        let (mut placed, mut lanes) = lay(&told, words, &across);
        let numbered = lanes > MOST_LANES;
        if numbered {
            let numbers = (1..=told.len()).map(|k| k.to_string()).collect();
            (placed, lanes) = lay(&told, numbers, &across);
            lanes = lanes.min(MOST_LANES);
        }
        Strip { placed, lanes, numbered, beats, across }
    }

    /// The labels above the panels; empty without marks.
    pub(crate) fn labels(&self) -> String {
        if self.placed.is_empty() && self.beats.is_empty() {
            return String::new();
        }
        let floor = self.lanes as f64 * LANE;
        let height = floor + if self.beats.is_empty() { 2.0 } else { 8.0 };
        let mut out = format!(
            "<div class=\"plot strip\"><svg class=\"chart\" width=\"100%\" height=\"{height}\" aria-hidden=\"true\">\n"
        );
        for beat in &self.beats {
            let x = percent(self.across.place(beat.start));
            let off = if self.shows(beat.start, beat.start) { "" } else { " off" };
            let _ = writeln!(
                out,
                "<line class=\"beat{off}\" data-from=\"{0}\" data-to=\"{0}\" x1=\"{x}\" x2=\"{x}\" y1=\"{floor}\" y2=\"{1}\"/>",
                coordinate(beat.start),
                floor + 6.0
            );
        }
        for placed in &self.placed {
            let Placed { mark, label, width, lane } = placed;
            let top = (lane % MOST_LANES) as f64 * LANE;
            let start = self.across.place(mark.start).max(0.0);
            let anchor = if start + width > 1.0 { "end" } else { "start" };
            let shift = if anchor == "end" { -5 } else { 5 };
            let _ = writeln!(
                out,
                "<rect {} y=\"{}\" height=\"2\"/><text class=\"{}{}\" {} data-width=\"{}\" x=\"{}\" dx=\"{shift}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
                self.extent(mark, "rule"),
                top + LANE - 2.0,
                class_of(mark),
                self.off(mark),
                times(mark),
                coordinate(*width),
                percent(start),
                top + 13.0,
                escape(label)
            );
        }
        out + "</svg></div>\n"
    }

    /// The bands behind one panel.
    pub(crate) fn bands(&self) -> String {
        let mut out = String::from("<g class=\"bands\">");
        for Placed { mark, .. } in &self.placed {
            if mark.end > mark.start {
                let _ = write!(out, "<rect {} y=\"0\" height=\"100%\"/>", self.extent(mark, "band"));
            }
            let x = percent(self.across.place(mark.start));
            let off = if self.shows(mark.start, mark.start) { "" } else { " off" };
            let _ = write!(
                out,
                "<line class=\"edge {}{off}\" data-from=\"{1}\" data-to=\"{1}\" x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"100%\"/>",
                class_of(mark),
                coordinate(mark.start),
            );
        }
        out + "</g>\n"
    }

    /// The marks in words below the figure: the key to numbers, or a list for readers by ear.
    pub(crate) fn in_words(&self, unit: TimeUnit) -> String {
        let shown = || self.placed.iter().filter(|placed| self.shows(placed.mark.start, placed.mark.end));
        if shown().next().is_none() {
            return String::new();
        }
        let class = if self.numbered { "marks" } else { "unseen" };
        let mut out = format!("<ol class=\"{class}\" aria-label=\"Marks\">");
        for Placed { mark, .. } in shown() {
            let (from, to) = (unit.text(mark.start), unit.text(mark.end));
            let when = if mark.end > mark.start {
                format!("{from} to {to} {}", unit.symbol)
            } else {
                format!("{from} {}", unit.symbol)
            };
            let kind = match mark.kind {
                MarkKind::Artefact => "artefact: ",
                MarkKind::Gap => "gap: ",
                MarkKind::Beat | MarkKind::Breath | MarkKind::Event => "",
            };
            let _ = write!(out, "<li>{kind}{}, {when}</li>", escape(&mark.label));
        }
        out + "</ol>\n"
    }

    fn shows(&self, from: f64, to: f64) -> bool {
        to >= self.across.low && from <= self.across.high
    }

    fn off(&self, mark: &Mark) -> &'static str {
        if self.shows(mark.start, mark.end) { "" } else { " off" }
    }

    fn extent(&self, mark: &Mark, role: &str) -> String {
        let from = self.across.place(mark.start).clamp(0.0, 1.0);
        let to = self.across.place(mark.end).clamp(0.0, 1.0);
        format!(
            "class=\"{role} {}{}\" {} x=\"{}\" width=\"{}\"",
            class_of(mark),
            self.off(mark),
            times(mark),
            percent(from),
            percent(to - from)
        )
    }
}

fn is_told(mark: &Mark) -> bool {
    matches!(mark.kind, MarkKind::Event | MarkKind::Artefact | MarkKind::Gap)
        && mark.start.is_finite()
        && mark.end.is_finite()
}

fn class_of(mark: &Mark) -> &'static str {
    match mark.kind {
        MarkKind::Artefact | MarkKind::Gap => "doubt",
        MarkKind::Beat | MarkKind::Breath | MarkKind::Event => "event",
    }
}

fn times(mark: &Mark) -> String {
    format!("data-from=\"{}\" data-to=\"{}\"", coordinate(mark.start), coordinate(mark.end))
}

/// Gives every label the first lane in which nothing is in its way.
fn lay<'a>(marks: &[&'a Mark], labels: Vec<String>, across: &Scale) -> (Vec<Placed<'a>>, usize) {
    let mut ends: Vec<f64> = Vec::new();
    let mut placed = Vec::with_capacity(marks.len());
    for (&mark, label) in marks.iter().zip(labels) {
        let width = (label.chars().count() as f64 * NARROW.1 + 14.0) / NARROW.0;
        // A mark that began before the picture is labelled at its left edge while it lasts.
        let begin = across.place(mark.start);
        let start = if across.place(mark.end) >= 0.0 { begin.max(0.0) } else { begin };
        // A label that would leave the picture at the right stands left of its start.
        let flipped = start <= 1.0 && start + width > 1.0;
        let (from, to) = if flipped { (start - width, start) } else { (start, start + width) };
        let end = to.max(across.place(mark.end));
        let lane = ends.iter().position(|&taken| taken <= from).unwrap_or(ends.len());
        if lane == ends.len() {
            ends.push(end);
        } else {
            ends[lane] = end;
        }
        placed.push(Placed { mark, lane, label, width });
    }
    (placed, ends.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(start: f64, end: f64, label: &str) -> Mark {
        Mark { kind: MarkKind::Event, start, end, label: label.to_owned() }
    }

    #[test]
    fn labels_that_would_meet_lie_in_two_lanes() {
        let marks =
            [event(30.0, 40.0, "tilt to 60 deg"), event(35.0, 36.0, "cough"), event(90.0, 90.0, "supine")];
        let strip = Strip::new(&marks, Scale::exact(0.0, 120.0), Beats::Left);
        let lanes: Vec<usize> = strip.placed.iter().map(|placed| placed.lane).collect();
        assert_eq!(lanes, [0, 1, 0]);
        assert!(strip.labels().contains(">cough</text>"));
    }

    #[test]
    fn many_close_events_become_numbers_with_a_key() {
        let marks: Vec<Mark> =
            (0..9).map(|k| event(f64::from(k), f64::from(k), "a long name of an event")).collect();
        let strip = Strip::new(&marks, Scale::exact(0.0, 120.0), Beats::Left);
        assert!(strip.numbered);
        assert!(strip.labels().contains(">9</text>"));
        assert!(strip.in_words(TimeUnit::for_span(120.0)).contains("<li>a long name of an event, 8 s</li>"));
    }

    #[test]
    fn beats_are_ticks_only_where_asked() {
        let marks = [Mark { kind: MarkKind::Beat, start: 1.0, end: 1.9, label: String::new() }];
        let across = Scale::exact(0.0, 4.0);
        assert!(Strip::new(&marks, across, Beats::Shown).labels().contains("class=\"beat\""));
        assert!(Strip::new(&marks, across, Beats::Left).labels().is_empty());
    }
}
