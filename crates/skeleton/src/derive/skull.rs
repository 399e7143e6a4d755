//! The vault of a body.

use crate::catalogue::Catalogue;
use crate::inner::{Vault, vault};

use super::body::Body;
use super::column::foramen_magnum;

/// The inside of the vault, where all its bones are there; face and neck close it below.
pub fn vault_of(body: &Body, catalogue: &Catalogue) -> Option<Vault> {
    let bones: Vec<&str> = catalogue.bones_of("cranium").collect();
    let whole = bones.iter().all(|bone| body.place(bone).is_some());
    let below = ["face", "mandible", "cervical"].into_iter().flat_map(|region| catalogue.bones_of(region));
    let (owners, tree) = body.together(bones.iter().copied().chain(below));
    if whole { vault(&tree, &owners[..bones.len()], foramen_magnum(body).as_ref()) } else { None }
}
