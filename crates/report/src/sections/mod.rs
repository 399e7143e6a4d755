//! The kinds of section a page can hold, one file each.

pub(crate) mod bars;
pub(crate) mod bones;
pub(crate) mod charts;
pub(crate) mod ledger;
pub(crate) mod patterns;
pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod wave_figure;
pub(crate) mod waveforms;
