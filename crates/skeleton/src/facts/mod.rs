//! The document of facts: numbers that stand for the shapes of a body's bones.

mod document;
mod make;
mod read;
mod round;

pub use document::{
    BoneFacts, CanalFacts, Edge, Facts, InnerFacts, InterfaceFacts, MembraneFacts, SiteFacts, VaultFacts,
};
pub use make::{bone_facts, canal_facts, interface_facts, vault_facts};
pub use read::{FactsError, Named};
pub use round::{decimals, round_point, rounded};
