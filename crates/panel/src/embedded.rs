//! The studies that Cisterna brings along.

/// Every file of `panels/`, by its path inside that folder.
static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The studies' names, in alphabetical order.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    EMBEDDED.iter().filter_map(|(file, _)| file.strip_suffix(".toml"))
}

/// The text of the study called `name`.
pub(crate) fn text(name: &str) -> Option<&'static str> {
    EMBEDDED.iter().find(|(file, _)| file.strip_suffix(".toml") == Some(name)).map(|(_, text)| *text)
}
