//! Sparse matrices whose pattern never changes: ordered once, factored many times.

mod factor;
mod order;
mod pieces;

pub use factor::SparseLu;
