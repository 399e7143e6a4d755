//! The scenarios that Cisterna brings along.

/// Every file of `scenarios/`, by its path inside that folder.
static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The scenarios' names, in alphabetical order.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    EMBEDDED.iter().filter_map(|(file, _)| file.strip_suffix(".toml"))
}

/// The text of a file, by its path inside `scenarios/` or with that folder in front.
pub(super) fn file(path: &str) -> Option<&'static str> {
    let inside = path.strip_prefix("scenarios/").unwrap_or(path);
    EMBEDDED.iter().find(|(file, _)| *file == inside).map(|(_, text)| *text)
}
