//! Lines over a horizontal quantity: spectra, pressure–volume curves, flow loops.

use crate::html::{escape, with_unit};
use crate::number::{coordinate, number};
use crate::sections::waveforms::TraceForm;
use crate::svg::frame::{self, percent};
use crate::svg::key::{self, Entry, STYLES};
use crate::svg::path::{WIDTH, of_points};
use crate::svg::scale::{Scale, Spacing};
use std::fmt::Write as _;

/// Height of a chart, px.
const HEIGHT: f64 = 260.0;

/// Charts side by side where the page is wide enough.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Charts {
    /// The heading of the section.
    pub heading: String,
    /// Paragraphs before the charts, separated by empty lines.
    pub text: String,
    /// The charts.
    pub charts: Vec<Chart>,
}

/// One picture with lines, bands and dots.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// What it shows, in one line.
    pub caption: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// The lines.
    pub lines: Vec<Line>,
    /// Named stretches of the horizontal axis, for example the band of breathing.
    pub bands: Vec<Band>,
    /// Named points, for example the working point at rest.
    pub dots: Vec<Dot>,
}

/// What an axis measures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// The quantity.
    pub label: String,
    /// Its unit; empty for a plain number.
    pub unit: String,
    /// Linear or logarithmic.
    pub spacing: Spacing,
}

/// Points joined by a line; a point that is not finite breaks it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// The points, in the units of the axes.
    pub points: Vec<(f64, f64)>,
    /// Open, or a loop with an arrow that shows its sense.
    pub form: LineForm,
}

/// Whether a line has a sense of rotation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineForm {
    /// A curve.
    #[default]
    Open,
    /// A loop, drawn with an arrow in the order of its points.
    Loop,
}

/// A named stretch of the horizontal axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Band {
    /// Its name.
    pub label: String,
    /// Its beginning, in the unit of the axis.
    pub from: f64,
    /// Its end, in the unit of the axis.
    pub to: f64,
}

/// A named point.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dot {
    /// Its name.
    pub label: String,
    /// Its place along, in the unit of the horizontal axis.
    pub x: f64,
    /// Its height, in the unit of the vertical axis.
    pub y: f64,
}

impl Axis {
    /// A linear axis.
    pub fn linear(label: &str, unit: &str) -> Self {
        Axis { label: label.to_owned(), unit: unit.to_owned(), spacing: Spacing::Linear }
    }

    /// A logarithmic axis.
    pub fn log(label: &str, unit: &str) -> Self {
        Axis { spacing: Spacing::Log, ..Axis::linear(label, unit) }
    }

    fn in_words(&self) -> String {
        if self.unit.is_empty() { self.label.clone() } else { format!("{} in {}", self.label, self.unit) }
    }
}

impl Line {
    /// A curve through `points`.
    pub fn curve(name: &str, points: Vec<(f64, f64)>) -> Self {
        Line { name: name.to_owned(), points, form: LineForm::Open }
    }

    /// A loop through `points`.
    pub fn closed(name: &str, points: Vec<(f64, f64)>) -> Self {
        Line { name: name.to_owned(), points, form: LineForm::Loop }
    }
}

impl Charts {
    pub(crate) fn body(&self, id: &str) -> String {
        let alone = if self.charts.len() == 1 { " alone" } else { "" };
        let mut out = format!("<div class=\"charts{alone}\">\n");
        for (k, chart) in self.charts.iter().enumerate() {
            out.push_str(&chart.figure(&format!("{id}-{k}")));
        }
        out + "</div>\n"
    }
}

impl Chart {
    fn figure(&self, id: &str) -> String {
        let points = || self.lines.iter().flat_map(|line| line.points.iter().copied());
        let dots = || self.dots.iter().map(|dot| (dot.x, dot.y));
        let all = || points().chain(dots());
        let is_loop = self.lines.iter().any(|line| line.form == LineForm::Loop);
        let across = if is_loop {
            Scale::around(all().map(|p| p.0), self.x.spacing, 4)
        } else {
            Scale::tight(all().map(|p| p.0), self.x.spacing)
        };
        let up = Scale::around(all().map(|p| p.1), self.y.spacing, 5);
        let ticks = across.ticks(5);

        let labelled = if self.lines.len() > 1 && !is_loop { " labelled" } else { "" };
        let mut out = format!(
            "<figure class=\"chart-figure{labelled}\">\n<figcaption>{}</figcaption>\n",
            escape(&self.caption)
        );
        let _ = writeln!(out, "<p class=\"up\">{}</p>", with_unit(&self.y.label, &self.y.unit));
        out.push_str("<div class=\"plot\">\n");
        if self.lines.len() > 1 {
            let entries: Vec<Entry<'_>> = self
                .lines
                .iter()
                .map(|line| Entry { name: &line.name, form: TraceForm::Line, height: end_height(line, &up) })
                .collect();
            out.push_str(&key::list(&entries, HEIGHT));
        }
        out.push_str(&frame::open(id, HEIGHT, &self.caption, &self.description()));
        out.push_str(&self.bands(&across));
        out.push_str(&frame::posts(&ticks));
        out.push_str(&frame::rungs(&up, HEIGHT));
        let _ = writeln!(
            out,
            "<svg class=\"lines\" width=\"100%\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {}\" preserveAspectRatio=\"none\">",
            10.0 * HEIGHT
        );
        for (k, line) in self.lines.iter().enumerate() {
            let commands = of_points(&line.points, &across, &up, HEIGHT);
            let _ = writeln!(out, "<path class=\"line c{}\" d=\"{commands}\"/>", k % STYLES);
        }
        out.push_str("</svg>\n");
        for (k, line) in self.lines.iter().enumerate().filter(|(_, line)| line.form == LineForm::Loop) {
            out.push_str(&arrow(line, k, &across, &up));
        }
        for dot in &self.dots {
            out.push_str(&drawn_dot(dot, &across, &up));
        }
        out.push_str(&frame::post_labels(&ticks, HEIGHT + 18.0));
        out.push_str("</svg></div>\n");
        let _ = writeln!(out, "<p class=\"along\">{}</p>\n</figure>", with_unit(&self.x.label, &self.x.unit));
        out
    }

    fn description(&self) -> String {
        let mut words = format!("{} against {}.", self.y.in_words(), self.x.in_words());
        for line in &self.lines {
            let finite = || line.points.iter().filter(|p| p.0.is_finite() && p.1.is_finite());
            let Some(most) = finite().max_by(|a, b| a.1.total_cmp(&b.1)) else {
                let _ = write!(words, " {}: no values.", line.name);
                continue;
            };
            let least = finite().map(|p| p.1).fold(f64::INFINITY, f64::min);
            let _ = write!(
                words,
                " {}: from {} to {}, highest at {}.",
                line.name,
                number(least),
                number(most.1),
                number(most.0)
            );
        }
        for dot in &self.dots {
            let _ = write!(words, " {} at {}, {}.", dot.label, number(dot.x), number(dot.y));
        }
        words
    }

    fn bands(&self, across: &Scale) -> String {
        let mut out = String::from("<g class=\"bands\">");
        let mut lanes: Vec<f64> = Vec::new();
        for band in &self.bands {
            let place = |v: f64| across.place(v.max(across.low).min(across.high));
            let (from, to) = (place(band.from), place(band.to));
            if from.partial_cmp(&to) != Some(std::cmp::Ordering::Less) {
                continue;
            }
            // Labels stand at the middle of their band, one below the other where they would meet.
            let half = band.label.chars().count() as f64 * 0.011 + 0.01;
            let middle = (0.5 * (from + to)).clamp(half.min(0.5), (1.0 - half).max(0.5));
            let lane = lanes.iter().position(|&end| end <= middle - half).unwrap_or(lanes.len());
            if lane == lanes.len() {
                lanes.push(0.0);
            }
            lanes[lane] = middle + half;
            let _ = write!(
                out,
                "<rect class=\"band event\" x=\"{}\" width=\"{}\" y=\"0\" height=\"100%\"/>\
                 <text class=\"band-label\" x=\"{}\" y=\"{}\">{}</text>",
                percent(from),
                percent(to - from),
                percent(middle),
                14 + 15 * lane,
                escape(&band.label)
            );
        }
        out + "</g>\n"
    }
}

fn end_height(line: &Line, up: &Scale) -> f64 {
    let last = line.points.iter().rev().map(|p| up.place(p.1)).find(|place| place.is_finite());
    last.map_or(f64::NAN, |place| HEIGHT * (1.0 - place))
}

fn drawn_dot(dot: &Dot, across: &Scale, up: &Scale) -> String {
    let (x, y) = (across.place(dot.x), HEIGHT * (1.0 - up.place(dot.y)));
    if !(x.is_finite() && y.is_finite()) {
        return String::new();
    }
    let (anchor, shift) = if x > 0.6 { ("end", -9) } else { ("start", 9) };
    let (x, y) = (percent(x), coordinate(y));
    format!(
        "<g class=\"dot\"><circle cx=\"{x}\" cy=\"{y}\" r=\"4.5\"/>\
         <text x=\"{x}\" y=\"{y}\" dx=\"{shift}\" dy=\"-.9em\" text-anchor=\"{anchor}\">{}</text></g>\n",
        escape(&dot.label)
    )
}

/// An arrow head on the longest rise or fall of a loop, in the order of its points. Its angle
/// belongs to a picture 420 px wide; at other widths it still shows the sense.
fn arrow(line: &Line, style: usize, across: &Scale, up: &Scale) -> String {
    let seen = |p: &(f64, f64)| (420.0 * across.place(p.0), HEIGHT * (1.0 - up.place(p.1)));
    let stride = (line.points.len() / 40).max(1);
    let best = (stride..line.points.len())
        .map(|i| (seen(&line.points[i - stride]), seen(&line.points[i])))
        .map(|(a, b)| ((b.0 - a.0).hypot(b.1 - a.1), a, b))
        .filter(|(length, _, _)| *length > 0.0)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let Some((_, a, b)) = best else { return String::new() };
    let angle = (b.1 - a.1).atan2(b.0 - a.0).to_degrees();
    format!(
        "<svg class=\"arrow\" x=\"{}\" y=\"{}\"><path class=\"c{}\" transform=\"rotate({angle:.0})\" d=\"M7 0L-5 5.5V-5.5Z\"/></svg>\n",
        percent(b.0 / 420.0),
        coordinate(b.1),
        style % STYLES
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pressure_volume_curve_has_axes_words_and_its_working_point() {
        let chart = Chart {
            caption: "Pressure–volume curve".to_owned(),
            x: Axis::linear("volume added", "mL"),
            y: Axis::linear("pressure", "mmHg"),
            lines: vec![Line::curve("adult", vec![(0.0, 10.0), (10.0, 20.0), (20.0, 40.0)])],
            dots: vec![Dot { label: "rest".to_owned(), x: 0.0, y: 10.0 }],
            bands: Vec::new(),
        };
        let figure = chart.figure("s1-0");
        assert!(figure.contains("pressure in mmHg against volume added in mL. adult: from 10.0 to 40.0, highest at 20.0. rest at 0, 10.0."));
        assert!(figure.contains("d=\"M0 2600 5000 1733 10000 0\""), "{figure}");
        assert!(figure.contains(">rest</text>"));
    }

    #[test]
    fn a_loop_shows_its_sense_and_a_spectrum_drops_what_has_no_logarithm() {
        let circle: Vec<(f64, f64)> = (0..=60)
            .map(|k| f64::from(k) / 60.0 * std::f64::consts::TAU)
            .map(|a| (a.cos(), a.sin()))
            .collect();
        let chart = Chart { lines: vec![Line::closed("aqueduct", circle)], ..Chart::default() };
        assert!(chart.figure("a").contains("class=\"arrow\""));
        let spectrum = Chart {
            x: Axis::log("frequency", "Hz"),
            y: Axis::log("amplitude", "mmHg"),
            lines: vec![Line::curve("vault", vec![(0.0, 9.0), (0.1, 0.01), (1.0, 1.0), (2.0, 0.0)])],
            bands: vec![Band { label: "heart".to_owned(), from: 0.8, to: 3.0 }],
            ..Chart::default()
        };
        let figure = spectrum.figure("b");
        assert!(!figure.contains("NaN") && !figure.contains("inf"), "{figure}");
        assert!(figure.contains(">heart</text>"));
    }
}
