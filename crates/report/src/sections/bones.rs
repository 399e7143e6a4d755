//! Pictures of bones that move.

use crate::skeleton::{Drawing, Magnified, Outlines, Steps, View, figure, key};
use cisterna_skeleton::taught::Moved;

/// Colours of motion and of tension.
const FILLS: usize = 7;
const PULLS: usize = 5;

/// Bones with their motion, seen from several sides. All pictures of a section share one scale of colours, and one by which
/// motion is drawn larger than life.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bones {
    /// The heading of the section.
    pub heading: String,
    /// Paragraphs before the pictures, separated by empty lines.
    pub text: String,
    /// From where the bones are seen; see [`View::ALL`].
    pub views: Vec<View>,
    /// The bones, in mm and rad, in the frame of the body.
    pub bones: Vec<Moved>,
    /// Membranes and other lines of tissue.
    pub strands: Vec<Strand>,
    /// Whose outlines are drawn.
    pub outlines: Outlines,
    /// By how much shifts and turns are drawn larger than life; where it is not said, as much as shows the largest well.
    pub magnified: Option<[f64; 2]>,
}

/// A membrane, or a strip of one, along which tissue pulls.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Strand {
    /// Its name.
    pub name: String,
    /// Its course, mm: to the subject's right, forward, up.
    pub points: Vec<[f64; 3]>,
    /// What it pulls with, N; zero where it hangs slack.
    pub tension: f64,
}

impl Bones {
    pub(crate) fn body(&self, id: &str) -> String {
        if self.bones.is_empty() {
            return "<p>No motion was computed.</p>\n".to_owned();
        }
        let largest =
            |sizes: &mut dyn Iterator<Item = f64>| sizes.filter(|size| size.is_finite()).fold(0.0, f64::max);
        let shift = largest(&mut self.bones.iter().map(|bone| bone.motion.shift.norm()));
        let turn = largest(&mut self.bones.iter().map(|bone| bone.motion.turn.norm()));
        let pull = largest(&mut self.strands.iter().map(|strand| strand.tension));
        let magnified = match self.magnified {
            Some([shift, turn]) => Magnified { shift, turn },
            None => Magnified::for_largest(shift, turn),
        };
        let drawing = Drawing {
            bones: &self.bones,
            strands: &self.strands,
            outlines: &self.outlines,
            magnified,
            steps: Steps::up_to(shift, FILLS),
            pulls: Steps::up_to(pull, PULLS),
        };
        let figures: String = self
            .views
            .iter()
            .enumerate()
            .map(|(k, &view)| figure(view, &format!("{id}-{k}"), &drawing))
            .collect();
        format!("{}<div class=\"bone-figures\">\n{figures}</div>\n", key(&drawing))
    }
}
