//! The surfaces that face the fluid: the inside of the vault and of the spinal canal, as their bones' shares.

mod canal;
mod ring;
mod share;
mod vault;

pub use canal::{Canal, canal};
pub use ring::{Ring, rays};
pub use share::{Moments, Share};
pub use vault::{Vault, vault};
