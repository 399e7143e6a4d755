//! Our own drawings of the bones, one document a view.

use super::curve::{Node, area};
use super::view::View;
use serde::Deserialize;

/// Shapes over each other, the lowest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Plate {
    pub(crate) shapes: Vec<Shape>,
}

/// What is seen of one bone, or a shadow; points in mm in the picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Shape {
    /// The bone; none for a shadow.
    pub(crate) bone: Option<String>,
    /// Closed curves, counterclockwise; those the other way are holes in the others.
    pub(crate) rings: Vec<Vec<Node>>,
    /// Open curves in it.
    pub(crate) lines: Vec<Vec<Node>>,
    /// Closed curves that are dark.
    pub(crate) hollows: Vec<Vec<Node>>,
    /// Closed curves through which one looks.
    pub(crate) openings: Vec<Vec<Node>>,
    /// Where a name should point; none where it is found.
    pub(crate) pin: Option<[f64; 2]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    middle: f64,
    shape: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    bone: Option<String>,
    twin: Option<String>,
    #[serde(default)]
    half: bool,
    outline: String,
    #[serde(default)]
    parts: Vec<String>,
    #[serde(default)]
    lines: Vec<String>,
    #[serde(default)]
    hollows: Vec<String>,
    #[serde(default)]
    openings: Vec<String>,
    pin: Option<[f64; 2]>,
}

impl Plate {
    /// The drawing of a view.
    ///
    /// # Errors
    /// Where a line of its document is wrong; a test reads them all.
    pub(crate) fn of(view: View) -> Result<Self, String> {
        let document: Document = toml::from_str(view.document()).map_err(|error| error.to_string())?;
        let flat = |[x, up]: [f64; 2]| {
            let [across, _, _] = view.axes();
            // A drawing gives the two coordinates of the body that are seen; from the front the first runs to the left.
            [if across[0] < 0.0 { -x } else { x }, up]
        };
        let mut shapes = Vec::new();
        for entry in &document.shape {
            let own = entry.shape(|[x, up]| flat([x + document.middle, up]))?;
            let mirrored = entry.shape(|[x, up]| flat([document.middle - x, up]))?;
            match (&entry.twin, &entry.bone) {
                // Both sides of one bone are one shape.
                (Some(twin), Some(bone)) if twin == bone => shapes.push(own.with(mirrored)),
                (Some(twin), bone) => {
                    shapes.push(own);
                    shapes.push(Shape { bone: bone.as_ref().map(|_| twin.clone()), ..mirrored });
                }
                (None, _) => shapes.push(own),
            }
        }
        Ok(Plate { shapes })
    }

    /// The bones that are drawn, each once.
    pub(crate) fn bones(&self) -> Vec<&str> {
        let mut bones: Vec<&str> = Vec::new();
        for bone in self.shapes.iter().filter_map(|shape| shape.bone.as_deref()) {
            if !bones.contains(&bone) {
                bones.push(bone);
            }
        }
        bones
    }
}

impl Entry {
    /// The shape with each of its points put in its place.
    fn shape(&self, place: impl Fn([f64; 2]) -> [f64; 2]) -> Result<Shape, String> {
        let read = |text: &String| -> Result<Vec<Node>, String> { nodes(text) };
        let put = |nodes: Vec<Node>| -> Vec<Node> {
            nodes.into_iter().map(|node| Node { at: place(node.at), ..node }).collect()
        };
        let all = |texts: &[String]| -> Result<Vec<Vec<Node>>, String> {
            texts.iter().map(|text| read(text).map(put)).collect()
        };
        let mut outline = read(&self.outline)?;
        if self.half {
            let mirrored: Vec<Node> =
                outline.iter().rev().filter(|node| node.at[0] != 0.0).copied().collect();
            outline.extend(mirrored.into_iter().map(|node| Node { at: [-node.at[0], node.at[1]], ..node }));
        }
        let mut rings = all(&self.parts)?;
        rings.push(put(outline));
        rings.iter_mut().filter(|ring| area(ring) < 0.0).for_each(|ring| ring.reverse());
        Ok(Shape {
            bone: self.bone.clone(),
            rings,
            lines: all(&self.lines)?,
            hollows: all(&self.hollows)?,
            openings: all(&self.openings)?,
            pin: self.pin.map(place),
        })
    }
}

impl Shape {
    fn with(mut self, other: Shape) -> Self {
        self.rings.extend(other.rings);
        self.lines.extend(other.lines);
        self.hollows.extend(other.hollows);
        self.openings.extend(other.openings);
        self
    }
}

/// The points of a curve: `x y` with commas between, `!` behind a corner.
fn nodes(text: &str) -> Result<Vec<Node>, String> {
    let node = |word: &str| -> Option<Node> {
        let word = word.trim();
        let (place, corner) = word.strip_suffix('!').map_or((word, false), |place| (place, true));
        let (x, up) = place.split_once(' ')?;
        Some(Node { at: [x.parse().ok()?, up.trim().parse().ok()?], corner })
    };
    text.split(',').map(|word| node(word).ok_or_else(|| format!("`{word}` is no point"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use cisterna_skeleton::catalogue::Catalogue;
    use cisterna_skeleton::facts::Facts;

    #[test]
    fn every_drawing_is_read_and_names_bones_that_are_known() {
        let catalogue = Catalogue::embedded().unwrap();
        for view in View::ALL {
            let plate = Plate::of(view).unwrap();
            assert!(plate.bones().len() >= 4, "{view:?}");
            for bone in plate.bones() {
                assert!(catalogue.region_of(bone).is_some(), "{bone} in {view:?}");
            }
        }
    }

    #[test]
    fn every_bone_is_drawn_within_its_box_in_the_body_of_the_adult() {
        let facts = Facts::embedded("adult").unwrap();
        for view in View::ALL {
            for shape in Plate::of(view).unwrap().shapes {
                let Some(bone) = shape.bone.and_then(|bone| facts.bone.get(&bone).cloned()) else { continue };
                let [a, b] = bone.bounds.map(|corner| view.flat(corner));
                // Outlines are simple, and teeth are drawn which the meshes lack.
                let slack = 13.0;
                for node in shape.rings.iter().flatten() {
                    for axis in 0..2 {
                        let [low, high] = [a[axis].min(b[axis]) - slack, a[axis].max(b[axis]) + slack];
                        assert!((low..high).contains(&node.at[axis]), "{:?} of a bone in {view:?}", node.at);
                    }
                }
            }
        }
    }

    #[test]
    fn a_half_is_closed_by_its_mirror() {
        let text = "0 10!, 5 8, 0 2!";
        let entry = Entry {
            bone: None,
            twin: None,
            half: true,
            outline: text.to_owned(),
            parts: Vec::new(),
            lines: Vec::new(),
            hollows: Vec::new(),
            openings: Vec::new(),
            pin: None,
        };
        let shape = entry.shape(|place| place).unwrap();
        let places: Vec<[f64; 2]> = shape.rings[0].iter().map(|node| node.at).collect();
        assert_eq!(places, [[-5.0, 8.0], [0.0, 2.0], [5.0, 8.0], [0.0, 10.0]]);
        assert_eq!(nodes("1 2, 3").unwrap_err(), "` 3` is no point");
    }
}
