//! The parts of a picture: scales, paths, data for the script.

pub(crate) mod data;
pub(crate) mod frame;
pub(crate) mod key;
pub(crate) mod marks;
pub(crate) mod path;
pub(crate) mod scale;
