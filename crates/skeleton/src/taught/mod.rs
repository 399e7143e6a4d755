//! The motion that practice teaches for each bone, and computed motion laid beside it.
//!
//! What is taught is a hypothesis: it is compared with, and nothing is computed from it.
//!
//! ```
//! use cisterna_skeleton::taught::Taught;
//!
//! let taught = Taught::embedded()?;
//! let [right, left] = ["right_temporal_bone", "left_temporal_bone"].map(|bone| taught.of(bone));
//! let [right, left] = [right, left].map(|lesson| lesson.map_or([0.0; 3], |lesson| lesson.axis.into()));
//! assert_eq!((right, left), ([-0.71, 0.71, 0.0], [-0.71, -0.71, 0.0]));
//! # Ok::<(), cisterna_skeleton::taught::TaughtError>(())
//! ```

mod compare;
mod error;
mod lesson;
mod read;

pub use compare::{Moved, Row};
pub use error::TaughtError;
pub use lesson::{Lesson, Seen, Taught};
