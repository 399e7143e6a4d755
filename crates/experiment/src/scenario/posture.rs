//! Postures: the direction of "up", the strength of gravity, and how the body bends.

use cisterna_fluid::{Bounds, Segment};
use cisterna_model::document::{Collector, Fields};
use cisterna_quantity::Dimension;

use super::types::{Effect, Up};

/// The postures that have a name.
pub(super) const POSTURES: [(&str, Up); 7] = [
    ("supine", Up([0.0, 1.0, 0.0])),
    ("prone", Up([0.0, -1.0, 0.0])),
    ("standing", Up([0.0, 0.0, 1.0])),
    (SITTING, Up([0.0, 0.0, 1.0])),
    ("left lateral", Up([1.0, 0.0, 0.0])),
    ("right lateral", Up([-1.0, 0.0, 0.0])),
    (WEIGHTLESS, Up([0.0, 0.0, 0.0])),
];
/// The posture in which the segments have an angle of their own.
const SITTING: &str = "sitting";
/// The posture that is no direction.
const WEIGHTLESS: &str = "weightless";

/// The keys that say how the body lies.
pub(super) const KEYS: [&str; 4] = ["posture", "tilt", "gravity", "bend"];

/// A right angle, rad.
const RIGHT_ANGLE: f64 = std::f64::consts::FRAC_PI_2;

impl Up {
    /// Lying on the back.
    pub const SUPINE: Up = POSTURES[0].1;

    /// Head up by an angle (rad) from lying on the back; head down where it is negative.
    ///
    /// `up = (0, cos angle, sin angle)`.
    ///
    /// ```
    /// # use cisterna_experiment::Up;
    /// assert_eq!(Up::tilted(0.0), Up::SUPINE);
    /// ```
    #[must_use]
    pub fn tilted(angle: f64) -> Self {
        Up([0.0, angle.cos(), angle.sin()])
    }
}

/// How the body lies.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stance {
    /// The direction of "up" in the frame of the trunk, of length one.
    direction: Up,
    /// Gravity over standard gravity.
    gravity: f64,
    /// The angle by which each segment is bent forwards, rad.
    bends: Vec<f64>,
}

impl Default for Stance {
    fn default() -> Self {
        Self { direction: Up::SUPINE, gravity: 1.0, bends: Vec::new() }
    }
}

/// What changes in how the body lies; what is none stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Turn {
    direction: Option<Up>,
    gravity: Option<f64>,
    bends: Vec<Option<f64>>,
}

impl Stance {
    /// The stance after a turn. A body that is given a direction has weight again: standard gravity, unless another one
    /// holds or is given.
    pub(super) fn turned(&self, turn: &Turn) -> Self {
        let kept = if turn.direction.is_some() && self.gravity == 0.0 { 1.0 } else { self.gravity };
        let count = self.bends.len().max(turn.bends.len());
        let angle = |index: usize| {
            let own = turn.bends.get(index).copied().flatten();
            own.or_else(|| self.bends.get(index).copied()).unwrap_or(0.0)
        };
        Self {
            direction: turn.direction.unwrap_or(self.direction),
            gravity: turn.gravity.unwrap_or(kept),
            bends: (0..count).map(angle).collect(),
        }
    }

    /// "Up" times gravity.
    pub(super) fn up(&self) -> Up {
        Up(self.direction.0.map(|axis| axis * self.gravity))
    }

    /// How far each segment is bent, rad.
    pub(super) fn bends(&self) -> &[f64] {
        &self.bends
    }

    /// Going there.
    pub(super) fn effect(&self) -> Effect {
        Effect::Posture { to: self.up(), bends: self.bends.clone() }
    }
}

/// What `posture`, `tilt`, `gravity` and `bend` say; a posture or a tilt straightens what it does not bend.
pub(super) fn read(fields: &Fields<'_>, segments: &[Segment], problems: &Collector) -> Option<Turn> {
    let named = fields.string("posture");
    let tilt = fields.quantity("tilt", Dimension::ANGLE);
    let gravity = gravity(fields, problems);
    let bent = bends(fields, segments, problems);
    if let (Some(_), Some(tilt)) = (&named, &tilt) {
        problems.add(tilt.place.problem("a posture and a tilt at once").help("give one of them"));
        return None;
    }
    let mut turn = Turn { direction: None, gravity, bends: vec![None; segments.len()] };
    if let Some(name) = named {
        let Some((known, up)) = POSTURES.iter().find(|(known, _)| *known == name.value) else {
            problems.unknown(&name.place, "posture", name.value, POSTURES.map(|(known, _)| known));
            return None;
        };
        if *known == WEIGHTLESS {
            turn.gravity = Some(0.0);
        } else {
            turn.direction = Some(*up);
        }
        let own = |segment: &Segment| if *known == SITTING { segment.sitting } else { 0.0 };
        turn.bends = segments.iter().map(|segment| Some(own(segment))).collect();
    } else if let Some(tilt) = tilt {
        if tilt.value.abs() > RIGHT_ANGLE * (1.0 + 1e-12) {
            let message = "a tilt lies between -90 deg (head down) and 90 deg (standing)";
            problems.add(tilt.place.problem(message));
            return None;
        }
        turn.direction = Some(Up::tilted(tilt.value));
        turn.bends = vec![Some(0.0); segments.len()];
    } else if ["posture", "tilt"].iter().any(|key| fields.has(key)) {
        return None;
    }
    for (index, angle) in bent? {
        turn.bends[index] = Some(angle);
    }
    Some(turn)
}

/// Gravity over standard gravity: a plain number.
fn gravity(fields: &Fields<'_>, problems: &Collector) -> Option<f64> {
    let gravity = fields.number("gravity")?;
    if Bounds::NotNegative.allow(gravity.value) {
        return Some(gravity.value);
    }
    let message = "`gravity` is zero or more: 1 on earth, 0.17 on the moon";
    problems.add(gravity.place.problem(message));
    None
}

/// `bend = { legs = "45 deg" }`: the segments with their angles.
fn bends(fields: &Fields<'_>, segments: &[Segment], problems: &Collector) -> Option<Vec<(usize, f64)>> {
    if !fields.has("bend") {
        return Some(Vec::new());
    }
    let table = fields.table("bend")?;
    let parts = Fields::of(table, "`bend`", problems);
    let mut bent = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        let Some(angle) = parts.quantity(&segment.name, Dimension::ANGLE) else { continue };
        if angle.value.abs() > 2.0 * RIGHT_ANGLE {
            let message = "a bend lies between -180 deg (backwards) and 180 deg";
            problems.add(angle.place.problem(message));
            continue;
        }
        bent.push((index, angle.value));
    }
    parts.finish([]);
    Some(bent)
}

#[cfg(test)]
mod tests {
    use super::{Stance, Turn, Up};

    #[test]
    fn tilting_to_the_right_angle_is_standing() {
        let Up([right, forward, up]) = Up::tilted(std::f64::consts::FRAC_PI_2);
        assert_eq!((right, up), (0.0, 1.0));
        assert!(forward.abs() < 1e-15);
    }

    #[test]
    fn head_down_points_up_to_the_feet() {
        let Up([_, forward, up]) = Up::tilted(-std::f64::consts::FRAC_PI_6);
        assert!((up + 0.5).abs() < 1e-12 && forward > 0.8);
    }

    #[test]
    fn gravity_stays_until_it_is_changed_and_comes_back_after_weightlessness() {
        let turn = |direction, gravity| Turn { direction, gravity, bends: Vec::new() };
        let moon = Stance::default().turned(&turn(None, Some(0.17)));
        let standing = moon.turned(&turn(Some(Up([0.0, 0.0, 1.0])), None));
        assert_eq!(standing.up(), Up([0.0, 0.0, 0.17]));
        let afloat = standing.turned(&turn(None, Some(0.0)));
        assert_eq!(afloat.up(), Up([0.0; 3]));
        assert_eq!(afloat.turned(&turn(Some(Up::SUPINE), None)).up(), Up::SUPINE);
    }

    #[test]
    fn what_is_bent_stays_bent_until_a_posture_straightens_it() {
        let bent = |angle| Turn { bends: vec![angle], ..Turn::default() };
        let raised = Stance::default().turned(&bent(Some(0.5)));
        assert_eq!(raised.turned(&Turn { gravity: Some(0.5), ..Turn::default() }).bends(), [0.5]);
        assert_eq!(raised.turned(&bent(None)).bends(), [0.5]);
        assert_eq!(raised.turned(&bent(Some(0.0))).bends(), [0.0]);
    }
}
