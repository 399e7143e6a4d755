//! The key of all pictures of one section.

use super::arrows;
use super::figure::Drawing;
use crate::number::{exact, number};
use std::fmt::Write as _;

/// What fills, arrows and lines mean, in words and samples.
pub(crate) fn key(drawing: &Drawing<'_>) -> String {
    let mut out = String::from(
        "<div class=\"bones-key\">\n<p>How far the centre of a bone moves, µm</p>\n<ul class=\"ramp\">",
    );
    let mut low = 0.0;
    for (k, &border) in drawing.steps.borders.iter().enumerate() {
        let range = if k == 0 {
            format!("to {}", exact(clean(1000.0 * border)))
        } else {
            format!("{} to {}", exact(clean(1000.0 * low)), exact(clean(1000.0 * border)))
        };
        let _ = write!(
            out,
            "<li><svg class=\"swatch\" width=\"44\" height=\"14\" aria-hidden=\"true\"><rect class=\"m{k}\" width=\"44\" height=\"14\"/></svg><span>{range}</span></li>"
        );
        low = border;
    }
    out.push_str("<li><svg class=\"swatch\" width=\"44\" height=\"14\" aria-hidden=\"true\"><rect class=\"m-none\" width=\"44\" height=\"14\"/></svg><span>not computed</span></li></ul>\n");
    let _ = write!(
        out,
        "<p>Motion in the plane of the picture</p>\n<ul class=\"ramp\"><li>{}<span>how the centre moves, {} times larger than life</span></li>\
         <li>{}<span>how the bone turns, {} times larger than life</span></li></ul>\n",
        sample(&arrows::shift([3.0, 13.0], [41.0, 13.0])),
        times(drawing.magnified.shift),
        sample(&arrows::turn([22.0, 11.0], 9.0, -2.6)),
        times(drawing.magnified.turn),
    );
    if !drawing.strands.is_empty() {
        out.push_str("<p>Tension of membranes, N</p>\n<ul class=\"ramp\">");
        let mut low = 0.0;
        for (k, &border) in drawing.pulls.borders.iter().enumerate() {
            let range = if k == 0 {
                format!("to {}", exact(border))
            } else {
                format!("{} to {}", exact(low), exact(border))
            };
            let _ = write!(
                out,
                "<li>{}<span>{range}</span></li>",
                sample(&format!("<path class=\"strand p{k}\" d=\"M1 11H43\"/>"))
            );
            low = border;
        }
        let _ = writeln!(
            out,
            "<li>{}<span>slack</span></li></ul>",
            sample("<path class=\"strand slack\" d=\"M1 11H43\"/>")
        );
    }
    out + "</div>\n"
}

fn sample(drawn: &str) -> String {
    format!("<svg class=\"bones sample\" width=\"44\" height=\"22\" aria-hidden=\"true\">{drawn}</svg>")
}

/// A magnification as people read it: `10 000`.
pub(crate) fn times(magnified: f64) -> String {
    if !(1.0..1e9).contains(&magnified) {
        return number(magnified);
    }
    let digits = format!("{magnified:.0}");
    let mut out = String::new();
    for (k, digit) in digits.chars().enumerate() {
        if k > 0 && (digits.len() - k) % 3 == 0 {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

/// A round number without what a change of unit leaves behind its digits.
pub(crate) fn clean(number: f64) -> f64 {
    format!("{number:.3e}").parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(times(20_000.0), "20\u{202f}000");
        assert_eq!(times(500.0), "500");
        assert_eq!(clean(1000.0 * 0.000_2), 0.2);
    }
}
