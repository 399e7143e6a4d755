//! Records of the WFDB family (PhysioNet): a text header `x.hea` and signal files beside it.

mod header;
mod read;
mod samples;

pub use read::read_wfdb;
