//! The equations that Cisterna integrates, handed to a solver that others wrote
//! ([diffsol](https://docs.rs/diffsol)): an oracle for results and a peer for speed.

mod equations;
mod method;
mod own;
mod subject;

pub use method::{Algebra, Method, Peer, solve};
pub use own::integrate;
pub use subject::Subject;
