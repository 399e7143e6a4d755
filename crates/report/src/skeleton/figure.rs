//! One view of bones that move.

use super::key::{clean, times};
use super::labels::{Frame, Label, labels};
use super::plate::{Plate, Shape};
use super::steps::round_below;
use super::view::View;
use super::{Magnified, Outlines, Steps, arrows, curve, short_name};
use crate::html::escape;
use crate::number::{coordinate, exact, number};
use crate::sections::bones::Strand;
use cisterna_skeleton::taught::Moved;
use curve::Ends;
use std::fmt::Write as _;

/// Round the bones, for arrows that leave them, mm.
const PAD: f64 = 9.0;
/// Under the bones, for the bars that tell the scales, px.
const FLOOR: f64 = 46.0;
/// How far outside the picture a membrane may begin, mm.
const OUTSIDE: f64 = 4.0;

/// How narrow a picture may become before it scrolls, so that its letters stay legible, as a share.
const LEAST: f64 = 0.8;
/// Shorter pieces of a membrane are left out, mm.
const SHORTEST: f64 = 5.0;

/// What all views of a section share.
pub(crate) struct Drawing<'a> {
    pub(crate) bones: &'a [Moved],
    pub(crate) strands: &'a [Strand],
    pub(crate) outlines: &'a Outlines,
    pub(crate) magnified: Magnified,
    /// Of motion, mm.
    pub(crate) steps: Steps,
    /// Of tension, N.
    pub(crate) pulls: Steps,
}

/// The picture of a view with its caption.
pub(crate) fn figure(view: View, id: &str, drawing: &Drawing<'_>) -> String {
    let plate = drawing.outlines.plate(view);
    let Some(sheet) = Sheet::of(view, &plate, drawing) else { return String::new() };
    let source = if drawing.outlines.is_traced(view) { "" } else { " The outlines are drawings." };
    let title = view.title();
    format!(
        "<figure class=\"bone-figure\" style=\"width:{w}px\">\n<figcaption>{title}.{source}</figcaption>\n\
         <div class=\"scroll\" role=\"region\" aria-label=\"{title}\" tabindex=\"0\">\
         <svg class=\"bones\" style=\"min-width:{least}px\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" \
         aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">{title}</title><desc id=\"{id}-d\">{}</desc>\n{}{}{}{}{}</svg></div>\n</figure>\n",
        escape(&drawing.in_words(view, &plate)),
        drawing.shapes(&plate, &sheet),
        drawing.membranes(&plate, &sheet),
        drawing.arrows(&plate, &sheet),
        drawing.names(&plate, &sheet),
        drawing.bars(&sheet),
        w = coordinate(sheet.width),
        h = coordinate(sheet.height),
        least = coordinate(LEAST * sheet.width),
    )
}

/// Where the picture lies on its sheet.
struct Sheet {
    view: View,
    /// Lowest and highest place, mm.
    low: [f64; 2],
    high: [f64; 2],
    /// Where the bones begin and end across, px.
    left: f64,
    right: f64,
    width: f64,
    height: f64,
}

impl Sheet {
    fn of(view: View, plate: &Plate, drawing: &Drawing<'_>) -> Option<Self> {
        let tips = drawing.tips(view, plate);
        let rings = || plate.shapes.iter().flat_map(|shape| shape.rings.iter().flatten().map(|node| node.at));
        let places = || rings().chain(tips.iter().copied());
        let least = |axis: usize| places().map(|at| at[axis]).fold(f64::INFINITY, f64::min) - PAD;
        let most = |axis: usize| places().map(|at| at[axis]).fold(f64::NEG_INFINITY, f64::max) + PAD;
        let [low, high] = [[least(0), least(1)], [most(0), most(1)]];
        if !(high[0] - low[0]).is_finite() {
            return None;
        }
        let left = if view.names_at_the_right() { 8.0 } else { view.margin() };
        let right = left + view.scale() * (high[0] - low[0]);
        let height = view.scale() * (high[1] - low[1]) + FLOOR;
        Some(Sheet { view, low, high, left, right, width: right + view.margin(), height })
    }

    /// A place in mm, in px.
    fn place(&self, [x, up]: [f64; 2]) -> [f64; 2] {
        let scale = self.view.scale();
        [self.left + scale * (x - self.low[0]), scale * (self.high[1] - up)]
    }

    fn holds(&self, [x, up]: [f64; 2]) -> bool {
        (self.low[0] + PAD - OUTSIDE..=self.high[0] - PAD + OUTSIDE).contains(&x)
            && (self.low[1] + PAD - OUTSIDE..=self.high[1] - PAD + OUTSIDE).contains(&up)
    }
}

impl Drawing<'_> {
    fn moved(&self, name: &str) -> Option<&Moved> {
        self.bones.iter().find(|bone| bone.name == name)
    }

    /// The bones, the lowest first.
    fn shapes(&self, plate: &Plate, sheet: &Sheet) -> String {
        let mut out = String::new();
        let path = |class: &str, nodes: &[curve::Node], ends| {
            let commands = curve::commands(nodes, ends, |at| sheet.place(at));
            format!("<path class=\"{class}\" d=\"{commands}\"/>")
        };
        for shape in &plate.shapes {
            let Some(bone) = &shape.bone else {
                shape.rings.iter().for_each(|ring| out.push_str(&path("shadow", ring, Ends::Closed)));
                continue;
            };
            let _ = write!(out, "<g class=\"bone\"><title>{}</title>", escape(&self.told(bone)));
            let fill = match self.moved(bone) {
                Some(moved) => format!("m{}", self.steps.of(moved.motion.shift.norm())),
                None => "m-none".to_owned(),
            };
            let closed = |ring: &Vec<curve::Node>| curve::commands(ring, Ends::Closed, |at| sheet.place(at));
            let rings: Vec<String> = if shape.rings.iter().any(|ring| curve::area(ring) < 0.0) {
                // A ring that runs clockwise is the rim of a hole in the others.
                vec![shape.rings.iter().map(closed).collect()]
            } else {
                shape.rings.iter().map(closed).collect()
            };
            rings.iter().for_each(|d| {
                let _ = write!(out, "<path class=\"{fill}\" d=\"{d}\"/>");
            });
            shape.lines.iter().for_each(|line| out.push_str(&path("detail", line, Ends::Open)));
            shape.openings.iter().for_each(|ring| out.push_str(&path("opening", ring, Ends::Closed)));
            shape.hollows.iter().for_each(|ring| out.push_str(&path("hollow", ring, Ends::Closed)));
            out.push_str("</g>\n");
        }
        out
    }

    /// The membranes, as far as they lie in the picture; from above, not those under the bones.
    fn membranes(&self, plate: &Plate, sheet: &Sheet) -> String {
        let mut out = String::new();
        let shown = if sheet.view.shows_membranes() { self.strands } else { &[] };
        let deepest = self.deepest(plate, sheet.view);
        for strand in shown {
            let class = if strand.tension > 0.0 {
                format!("p{}", self.pulls.of(strand.tension))
            } else {
                "slack".to_owned()
            };
            let hidden =
                |&point: &[f64; 3]| sheet.view.depth(point) < deepest || !sheet.holds(sheet.view.flat(point));
            for piece in strand.points.split(hidden) {
                let flat: Vec<[f64; 2]> = piece.iter().map(|&point| sheet.view.flat(point)).collect();
                if length(&flat) < SHORTEST {
                    continue;
                }
                let nodes: Vec<curve::Node> =
                    flat.into_iter().map(|at| curve::Node { at, corner: false }).collect();
                let commands = curve::commands(&nodes, Ends::Open, |at| sheet.place(at));
                let _ = writeln!(
                    out,
                    "<g><title>{}: {} N</title><path class=\"rim\" d=\"{commands}\"/><path class=\"strand {class}\" d=\"{commands}\"/></g>",
                    escape(&short_name(&strand.name)),
                    number(strand.tension)
                );
            }
        }
        out
    }

    /// How far from whoever looks a membrane is seen: from above down to a little under the lowest centre of the bones, from the side
    /// through all of them.
    fn deepest(&self, plate: &Plate, view: View) -> f64 {
        if view != View::Inside {
            return f64::NEG_INFINITY;
        }
        // The tentorium reaches less deep at the back, the foramen magnum deeper.
        const UNDER: f64 = 15.0;
        let centres = plate.bones().into_iter().filter_map(|bone| self.moved(bone)).map(|bone| bone.centre);
        centres.map(|centre| view.depth(centre.into()) - UNDER).reduce(f64::min).unwrap_or(f64::NEG_INFINITY)
    }

    /// Where the arrows of the bones that are seen end, mm in the picture.
    fn tips(&self, view: View, plate: &Plate) -> Vec<[f64; 2]> {
        let tip = |bone: &Moved| view.flat((bone.centre + bone.motion.shift * self.magnified.shift).into());
        let tips = plate.bones().into_iter().filter_map(|bone| self.moved(bone)).map(tip);
        tips.filter(|tip| tip.iter().all(|part| part.is_finite())).collect()
    }

    /// What shifts and turns, at the centres of the bones that are seen.
    fn arrows(&self, plate: &Plate, sheet: &Sheet) -> String {
        let scale = sheet.view.scale();
        let mut out = String::from("<g class=\"motion\">");
        for bone in plate.bones() {
            let Some(Moved { centre, motion, .. }) = self.moved(bone) else { continue };
            let at = sheet.place(sheet.view.flat((*centre).into()));
            let [x, up] =
                sheet.view.flat(motion.shift.into()).map(|part| part * self.magnified.shift * scale);
            let turn = sheet.view.seen_turn(motion.turn.into()) * self.magnified.turn;
            let _ = writeln!(
                out,
                "{}{}<circle class=\"centre\" cx=\"{}\" cy=\"{}\" r=\"2.2\"/>",
                arrows::turn(at, radius(plate, bone, scale), turn),
                arrows::shift(at, [at[0] + x, at[1] - up]),
                coordinate(at[0]),
                coordinate(at[1])
            );
        }
        out + "</g>\n"
    }

    fn names(&self, plate: &Plate, sheet: &Sheet) -> String {
        let label = |bone: &str| {
            let pin = pin(plate, bone)?;
            let value = self.moved(bone).map(|moved| in_micrometres(moved.motion.shift.norm()));
            Some(Label { name: short_name(bone), value: value.unwrap_or_default(), pin: sheet.place(pin) })
        };
        let frame = Frame { left: sheet.left, right: sheet.right, height: sheet.height - FLOOR };
        labels(plate.bones().into_iter().filter_map(label).collect(), &frame, sheet.view.names_at_the_right())
    }

    /// Bars that tell the scale of the motion and that of the body.
    fn bars(&self, sheet: &Sheet) -> String {
        const LONGEST: f64 = 75.0;
        let scale = sheet.view.scale();
        let room = 0.5 * (sheet.right - sheet.left);
        let bar = |x: f64, y: f64, length: f64, text: &str| {
            format!(
                "<path class=\"bar\" d=\"M{} {}v6m0 -3h{}m0 -3v6\"/><text x=\"{}\" y=\"{}\">{text}</text>",
                coordinate(x),
                coordinate(y - 3.0),
                coordinate(length),
                coordinate(x + length + 7.0),
                coordinate(y + 4.0)
            )
        };
        let longest = LONGEST.min(room);
        let mut out = String::from("<g class=\"scales\">");
        if let Some(motion) = round_below(longest / (scale * self.magnified.shift)) {
            let text = format!(
                "{} µm of motion, drawn {} times larger",
                exact(clean(1000.0 * motion)),
                times(self.magnified.shift)
            );
            out += &bar(sheet.left, sheet.height - 30.0, motion * scale * self.magnified.shift, &text);
        }
        if let Some(body) = round_below(longest / scale) {
            out += &bar(
                sheet.left,
                sheet.height - 10.0,
                body * scale,
                &format!("{} mm of the body", exact(body)),
            );
        }
        let [left, right] = sheet.view.sides();
        let _ = writeln!(
            out,
            "</g><text class=\"side\" x=\"{}\" y=\"12\">{left}</text><text class=\"side\" text-anchor=\"end\" x=\"{}\" y=\"12\">{right}</text>",
            coordinate(sheet.left),
            coordinate(sheet.right)
        );
        out
    }

    /// How one bone moves.
    fn told(&self, bone: &str) -> String {
        match self.moved(bone) {
            Some(Moved { motion, .. }) => format!(
                "{}: {}, turns by {} mrad",
                short_name(bone),
                in_micrometres(motion.shift.norm()),
                number(1000.0 * motion.turn.norm())
            ),
            None => format!("{}: not computed", short_name(bone)),
        }
    }

    fn in_words(&self, view: View, plate: &Plate) -> String {
        let bones: Vec<String> = plate.bones().into_iter().map(|bone| self.told(bone)).collect();
        let [left, right] = view.sides();
        format!(
            "The {left} of the body is at the left, the {right} at the right. How far the centre of each bone moves and how far the bone turns: {}.",
            bones.join("; ")
        )
    }
}

fn length(line: &[[f64; 2]]) -> f64 {
    line.windows(2).map(|pair| (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1])).sum()
}

fn in_micrometres(millimetres: f64) -> String {
    format!("{} µm", number(1000.0 * millimetres))
}

/// The largest ring of a bone.
fn largest<'a>(plate: &'a Plate, bone: &str) -> Option<&'a [curve::Node]> {
    let own = |shape: &&'a Shape| shape.bone.as_deref() == Some(bone);
    let rings = plate.shapes.iter().filter(own).flat_map(|shape| &shape.rings);
    rings.map(Vec::as_slice).max_by(|a, b| curve::area(a).abs().total_cmp(&curve::area(b).abs()))
}

/// Where the name of a bone points.
fn pin(plate: &Plate, bone: &str) -> Option<[f64; 2]> {
    let said = plate.shapes.iter().find(|shape| shape.bone.as_deref() == Some(bone) && shape.pin.is_some());
    said.and_then(|shape| shape.pin).or_else(|| curve::inner_point(largest(plate, bone)?))
}

/// How large the round arrow of a bone is, px: as its size, within bounds.
fn radius(plate: &Plate, bone: &str, scale: f64) -> f64 {
    let area = largest(plate, bone).map_or(0.0, |ring| curve::area(ring).abs());
    (0.22 * scale * area.sqrt()).clamp(8.0, 26.0)
}
