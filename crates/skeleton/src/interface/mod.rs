//! Where two bones face each other: sutures, joints, disks.

mod course;
mod facing;
mod pairs;
mod sample;
mod types;

pub use pairs::{Reach, interfaces};
pub use types::Interface;
