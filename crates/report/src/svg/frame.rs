//! The frame of a picture: its words, its grid and its ticks. Places along are percentages and
//! heights are pixels, so that letters keep their size while the picture takes any width.

use super::scale::{Scale, Tick};
use crate::html::escape;
use crate::number::{coordinate, fixed};
use std::fmt::Write as _;

/// The opening of a picture `height` px high that says in words what it shows.
pub(crate) fn open(id: &str, height: f64, title: &str, description: &str) -> String {
    format!(
        "<svg class=\"chart\" width=\"100%\" height=\"{height}\" role=\"img\" \
         aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>\n",
        escape(title),
        escape(description)
    )
}

/// Horizontal grid lines with their values at the left.
pub(crate) fn rungs(up: &Scale, height: f64) -> String {
    let mut out = String::from("<g class=\"rungs\">");
    for Tick { place, text } in up.ticks((height / 36.0) as usize) {
        let y = coordinate(height * (1.0 - place));
        let _ = write!(
            out,
            "<line x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/><text x=\"-8\" y=\"{y}\" dy=\".35em\">{text}</text>"
        );
    }
    out + "</g>\n"
}

/// Vertical grid lines.
pub(crate) fn posts(ticks: &[Tick]) -> String {
    let mut out = String::from("<g class=\"posts\">");
    for tick in ticks {
        let x = percent(tick.place);
        let _ = write!(out, "<line x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"100%\"/>");
    }
    out + "</g>\n"
}

/// The values of the vertical grid lines, to stand under the frame, at `y` px.
pub(crate) fn post_labels(ticks: &[Tick], y: f64) -> String {
    let mut out = String::from("<g class=\"post-labels\">");
    for tick in ticks {
        let _ = write!(out, "<text x=\"{}\" y=\"{y}\">{}</text>", percent(tick.place), tick.text);
    }
    out + "</g>\n"
}

/// A place from 0 to 1 as a percentage.
pub(crate) fn percent(place: f64) -> String {
    coordinate(100.0 * place) + "%"
}

/// The unit in which a span of time reads best: seconds, minutes or hours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TimeUnit {
    /// Seconds in one.
    pub(crate) seconds: f64,
    /// Its symbol.
    pub(crate) symbol: &'static str,
}

impl TimeUnit {
    /// For a picture that shows `span` seconds.
    pub(crate) fn for_span(span: f64) -> Self {
        match span {
            s if s > 4.0 * 3600.0 => TimeUnit { seconds: 3600.0, symbol: "h" },
            s if s > 600.0 => TimeUnit { seconds: 60.0, symbol: "min" },
            _ => TimeUnit { seconds: 1.0, symbol: "s" },
        }
    }

    /// Ticks in this unit on an axis of seconds.
    pub(crate) fn ticks(self, across: &Scale) -> Vec<Tick> {
        Scale::exact(across.low / self.seconds, across.high / self.seconds).ticks(6)
    }

    /// `seconds` in this unit, with at most two decimals.
    pub(crate) fn text(self, seconds: f64) -> String {
        let text = fixed(seconds / self.seconds, 2);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_is_marked_in_minutes() {
        let unit = TimeUnit::for_span(3600.0);
        let texts: Vec<String> =
            unit.ticks(&Scale::exact(0.0, 3600.0)).into_iter().map(|tick| tick.text).collect();
        assert_eq!((unit.symbol, texts.join(" ")), ("min", "0 10 20 30 40 50 60".to_owned()));
        assert_eq!(unit.text(90.0), "1.5");
    }
}
