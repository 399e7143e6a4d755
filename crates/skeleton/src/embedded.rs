//! The documents of `anatomy/` that come along.

/// All of them: path inside the folder, text.
const DOCUMENTS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The text of a document.
pub(crate) fn document(path: &str) -> Option<&'static str> {
    DOCUMENTS.iter().find(|(known, _)| *known == path).map(|(_, text)| *text)
}
