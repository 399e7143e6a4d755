//! Postures as directions of "up".

use cisterna_model::document::{Collector, Fields};
use cisterna_quantity::Dimension;

use super::types::Up;

/// The postures that have a name.
pub(super) const POSTURES: [(&str, Up); 7] = [
    ("supine", Up([0.0, 1.0, 0.0])),
    ("prone", Up([0.0, -1.0, 0.0])),
    ("standing", Up([0.0, 0.0, 1.0])),
    ("sitting", Up([0.0, 0.0, 1.0])),
    ("left lateral", Up([1.0, 0.0, 0.0])),
    ("right lateral", Up([-1.0, 0.0, 0.0])),
    ("weightless", Up([0.0, 0.0, 0.0])),
];

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

/// The posture that `posture` or `tilt` name.
pub(super) fn read(fields: &Fields<'_>, problems: &Collector) -> Option<Up> {
    let named = fields.string("posture");
    let tilt = fields.quantity("tilt", Dimension::ANGLE);
    if let (Some(_), Some(tilt)) = (&named, &tilt) {
        problems.add(tilt.place.problem("a posture and a tilt at once").help("give one of them"));
        return None;
    }
    if let Some(name) = named {
        let found = POSTURES.iter().find(|(known, _)| *known == name.value);
        if found.is_none() {
            problems.unknown(&name.place, "posture", name.value, POSTURES.map(|(known, _)| known));
        }
        return found.map(|(_, up)| *up);
    }
    let tilt = tilt?;
    if tilt.value.abs() > RIGHT_ANGLE * (1.0 + 1e-12) {
        let message = "a tilt lies between -90 deg (head down) and 90 deg (standing)";
        problems.add(tilt.place.problem(message));
        return None;
    }
    Some(Up::tilted(tilt.value))
}

#[cfg(test)]
mod tests {
    use super::Up;

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
}
