//! Recordings: the one type for simulated and real signals, its readers (CSV, WFDB) and writers (CSV, Parquet).
//!
//! Only this crate reads signal files; it knows nothing of models.

mod types;

pub use types::{Basis, Channel, Fact, Mark, MarkKind, Recording, Reference};
