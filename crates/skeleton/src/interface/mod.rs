//! Where two bones face each other: sutures, joints, disks.

mod course;
mod facing;
mod pairs;
mod sample;
mod types;

pub use pairs::interfaces;
pub use types::Interface;
