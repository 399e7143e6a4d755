//! Points on bones for hands, muscles and supports.

mod find;
mod list;

pub use find::{Site, site};
pub use list::{SiteRule, Sites};
