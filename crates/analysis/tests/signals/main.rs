//! Beats, breaths, artefacts, trends and transfer functions: on signals with known truth, and on real ones.

mod artefacts;
mod beats;
mod common;
mod pulse_shape;
mod recorded_beats;
mod recorded_pressure;
mod transfer_reference;
mod trends;
