//! From where bones are seen.

/// A direction from which bones are seen, and which of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum View {
    /// The skull from the right side, with the upper neck.
    Side,
    /// The skull from the front.
    Front,
    /// The skull from above.
    Top,
    /// The base of the skull from above, without the vault.
    Inside,
    /// The column with sacrum and left hip bone, from the right side.
    Column,
    /// The pelvis from the front, with the lowest vertebra.
    Pelvis,
}

impl View {
    /// All views, from head to pelvis.
    pub const ALL: [View; 6] = [View::Side, View::Front, View::Top, View::Inside, View::Column, View::Pelvis];

    /// What the picture shows, for example "Skull from the front".
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            View::Side => "Skull from the right side",
            View::Front => "Skull from the front",
            View::Top => "Skull from above",
            View::Inside => "Inside of the base of the skull, from above",
            View::Column => "Column and pelvis from the right side, without the right hip bone",
            View::Pelvis => "Pelvis from the front",
        }
    }

    /// Where the sides of the picture lie in the body: left, right.
    pub(crate) fn sides(self) -> [&'static str; 2] {
        match self {
            View::Side | View::Column => ["back", "front"],
            View::Front | View::Pelvis => ["right", "left"],
            View::Top | View::Inside => ["left", "right"],
        }
    }

    /// The directions in the body's frame (to the right, forward, up) that lie to the right in the picture, upwards in it,
    /// and towards whoever looks.
    #[must_use]
    pub fn axes(self) -> [[f64; 3]; 3] {
        match self {
            View::Side | View::Column => [[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]],
            View::Front | View::Pelvis => [[-1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0]],
            View::Top | View::Inside => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        }
    }

    /// A point or a direction in the picture, mm.
    pub(crate) fn flat(self, vector: [f64; 3]) -> [f64; 2] {
        let [right, up, _] = self.axes();
        [dot(right, vector), dot(up, vector)]
    }

    /// How far towards whoever looks a point lies, mm.
    pub(crate) fn depth(self, point: [f64; 3]) -> f64 {
        dot(self.axes()[2], point)
    }

    /// The part of a turn that is seen, counterclockwise.
    pub(crate) fn seen_turn(self, turn: [f64; 3]) -> f64 {
        dot(self.axes()[2], turn)
    }

    /// The document with our own drawing.
    pub(super) fn document(self) -> &'static str {
        match self {
            View::Side => include_str!("plates/side.toml"),
            View::Front => include_str!("plates/front.toml"),
            View::Top => include_str!("plates/top.toml"),
            View::Inside => include_str!("plates/inside.toml"),
            View::Column => include_str!("plates/column.toml"),
            View::Pelvis => include_str!("plates/pelvis.toml"),
        }
    }

    /// The size of a mm in the picture, px.
    pub(super) fn scale(self) -> f64 {
        match self {
            View::Side | View::Front | View::Top | View::Inside => 2.9,
            View::Column => 1.25,
            View::Pelvis => 1.32,
        }
    }

    /// Room for names at a side, px.
    pub(super) fn margin(self) -> f64 {
        match self {
            View::Side | View::Front | View::Top | View::Inside => 196.0,
            View::Column => 155.0,
            View::Pelvis => 157.0,
        }
    }

    /// Whether membranes are drawn: not where they would lie behind everything that is seen.
    pub(super) fn shows_membranes(self) -> bool {
        matches!(self, View::Side | View::Inside | View::Column)
    }

    /// Whether all names stand at the right, as beside a column.
    pub(super) fn names_at_the_right(self) -> bool {
        self == View::Column
    }
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_and_up_turn_towards_whoever_looks() {
        for view in View::ALL {
            let [a, b, towards] = view.axes();
            let cross = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
            assert_eq!(cross, towards, "{view:?}");
        }
    }

    #[test]
    fn the_face_looks_to_the_right_from_the_side_and_the_right_side_is_at_the_left_from_the_front() {
        assert_eq!(View::Side.flat([1.0, 2.0, 3.0]), [2.0, 3.0]);
        assert_eq!(View::Front.flat([1.0, 2.0, 3.0]), [-1.0, 3.0]);
        assert_eq!(View::Inside.flat([1.0, 2.0, 3.0]), [1.0, 2.0]);
    }
}
