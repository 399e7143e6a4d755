//! The key of a picture: names with their line samples, beside the lines where there is room.

use crate::html::escape;
use crate::number::coordinate;
use crate::sections::waveforms::TraceForm;
use std::fmt::Write as _;

/// Colours and dashes before they repeat.
pub(crate) const STYLES: usize = 7;
/// Height of one name, px.
const PITCH: f64 = 17.0;

/// One name and the height (px from the top) at which its line ends.
pub(crate) struct Entry<'a> {
    pub(crate) name: &'a str,
    pub(crate) form: TraceForm,
    pub(crate) height: f64,
}

/// The list of names, in the order of the lines.
pub(crate) fn list(entries: &[Entry<'_>], picture_height: f64) -> String {
    let heights: Vec<f64> = entries.iter().map(|entry| entry.height).collect();
    let mut out = String::from("<ul class=\"key\">");
    for (i, (entry, top)) in entries.iter().zip(spread(&heights, picture_height)).enumerate() {
        let _ = write!(
            out,
            "<li style=\"top:{}px\" title=\"{2}\">{}<span>{2}</span></li>",
            coordinate(top),
            sample(i, entry.form),
            escape(entry.name)
        );
    }
    out + "</ul>\n"
}

/// A short piece of the line with index `i`, or one of its points.
fn sample(i: usize, form: TraceForm) -> String {
    let drawn = if form == TraceForm::Line { "M0 4H24" } else { "M12 4h0" };
    format!(
        "<svg class=\"sample\" width=\"24\" height=\"8\" aria-hidden=\"true\"><path class=\"line c{}{}\" d=\"{drawn}\"/></svg>",
        i % STYLES,
        form.class()
    )
}

/// Heights moved apart so that no two names overlap, in the order given.
pub(crate) fn spread(heights: &[f64], picture_height: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..heights.len()).collect();
    order.sort_by(|&a, &b| heights[a].total_cmp(&heights[b]));
    let mut places = vec![0.0; heights.len()];
    let mut above = f64::NEG_INFINITY;
    for &i in &order {
        let wanted = if heights[i].is_finite() { heights[i] } else { 0.5 * picture_height };
        above = wanted.max(above + PITCH);
        places[i] = above;
    }
    let mut below = (picture_height + PITCH * 0.5).max(PITCH * (heights.len() as f64 - 1.0));
    for &i in order.iter().rev() {
        places[i] = places[i].min(below);
        below = places[i] - PITCH;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_lines_that_end_together_stand_apart() {
        let places = spread(&[50.0, 51.0, 49.0], 100.0);
        assert!(places[2] < places[0] && places[0] < places[1], "{places:?}");
        assert!(places[0] - places[2] >= PITCH && places[1] - places[0] >= PITCH);
    }

    #[test]
    fn names_at_the_floor_stay_within_the_picture() {
        let places = spread(&[100.0, 100.0, f64::NAN], 100.0);
        assert!(places.iter().all(|place| (0.0..=110.0).contains(place)), "{places:?}");
    }
}
