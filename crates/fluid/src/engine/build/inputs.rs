//! What a run gives from outside.

use crate::driver::Driver;
use crate::network::Address;

/// What a run gives from outside.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The direction of "up" in the body's frame (right, forward, up) times gravity over standard gravity: supine
    /// `(0, 1, 0)`, standing `(0, 0, 1)`, weightless `(0, 0, 0)`.
    pub up: [Driver; 3],
    /// The same in the frame of each segment of the body that bends; none where it follows the trunk.
    pub segments: Vec<Option<[Driver; 3]>>,
    /// Parameters that follow a schedule or a recording instead of their document's value.
    pub driven: Vec<(Address, Driver)>,
}

impl Inputs {
    /// Lying on the back, nothing driven.
    pub fn supine() -> Self {
        Inputs {
            up: [Driver::Constant(0.0), Driver::Constant(1.0), Driver::Constant(0.0)],
            segments: Vec::new(),
            driven: Vec::new(),
        }
    }
}
