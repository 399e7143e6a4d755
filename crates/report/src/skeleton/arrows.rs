//! Arrows for shifts and turns, in px of the picture.

use crate::number::coordinate;

/// Length and half width of a head, px.
const HEAD: [f64; 2] = [8.0, 3.6];
/// Shorter arrows are left out, px.
const SHORTEST: f64 = 2.5;
/// Smaller turns are left out, rad.
const SMALLEST: f64 = 0.35;

/// A straight arrow, or nothing where it would be too short to see.
pub(crate) fn shift(from: [f64; 2], to: [f64; 2]) -> String {
    let [x, y] = [to[0] - from[0], to[1] - from[1]];
    let length = x.hypot(y);
    if length.is_nan() || length < SHORTEST {
        return String::new();
    }
    let along = [x / length, y / length];
    let neck = (length - HEAD[0]).max(0.0);
    let line = format!("M{}L{}", pair(from), pair([from[0] + along[0] * neck, from[1] + along[1] * neck]));
    drawn("shift", &line, &head(to, along, length.min(HEAD[0])))
}

/// A round arrow about a centre, counterclockwise where the turn is positive, with its middle at the top; nothing where it
/// would be too small to see.
pub(crate) fn turn(centre: [f64; 2], radius: f64, turn: f64) -> String {
    if turn.is_nan() || turn.abs() < SMALLEST {
        return String::new();
    }
    let on = |angle: f64| [centre[0] + radius * angle.cos(), centre[1] - radius * angle.sin()];
    let from = std::f64::consts::FRAC_PI_2 - 0.5 * turn;
    let to = from + turn;
    // The head takes the last part of the arc, and points along its chord.
    let neck = to - turn.signum() * (HEAD[0] / radius).min(0.6 * turn.abs());
    let [tip, base] = [on(to), on(neck)];
    let chord = [tip[0] - base[0], tip[1] - base[1]];
    let length = chord[0].hypot(chord[1]);
    let large = u8::from((neck - from).abs() > std::f64::consts::PI);
    let clockwise = u8::from(turn < 0.0);
    let r = coordinate(radius);
    let line = format!("M{}A{r} {r} 0 {large} {clockwise} {}", pair(on(from)), pair(base));
    // The whole circle, faint, so that a small turn is not taken for a shift.
    let [x, y] = centre.map(coordinate);
    let dial = format!("<circle class=\"dial\" cx=\"{x}\" cy=\"{y}\" r=\"{r}\"/>");
    dial + &drawn("turn", &line, &head(tip, [chord[0] / length, chord[1] / length], length))
}

/// Lines with a rim in the colour of the paper under them, so that they are seen on every fill.
fn drawn(class: &str, line: &str, head: &str) -> String {
    format!(
        "<path class=\"rim\" d=\"{line}{head}\"/><path class=\"{class}\" d=\"{line}\"/><path class=\"{class} head\" d=\"{head}\"/>"
    )
}

fn head(tip: [f64; 2], along: [f64; 2], length: f64) -> String {
    let wide = HEAD[1] * length / HEAD[0];
    let base = [tip[0] - along[0] * length, tip[1] - along[1] * length];
    let side = |sign: f64| [base[0] - sign * wide * along[1], base[1] + sign * wide * along[0]];
    format!("M{}L{}L{}Z", pair(tip), pair(side(1.0)), pair(side(-1.0)))
}

fn pair([x, y]: [f64; 2]) -> String {
    format!("{} {}", coordinate(x), coordinate(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrow_ends_in_its_tip() {
        let arrow = shift([0.0, 0.0], [20.0, 0.0]);
        assert!(arrow.contains("d=\"M0 0L12 0\"") && arrow.contains("M20 0L12 3.6L12 -3.6Z"), "{arrow}");
        assert_eq!(shift([0.0, 0.0], [1.0, 1.0]), "");
        assert_eq!(shift([0.0, 0.0], [f64::NAN, 1.0]), "");
    }

    #[test]
    fn a_positive_turn_runs_counterclockwise_over_the_top() {
        let half = turn([0.0, 0.0], 10.0, std::f64::consts::PI);
        assert!(half.contains("d=\"M10 0A10 10 0 0 0"), "{half}");
        assert!(half.contains("M-10 0L"), "{half}");
        assert!(turn([0.0, 0.0], 10.0, -1.0).contains(" 0 0 1 "));
    }
}
