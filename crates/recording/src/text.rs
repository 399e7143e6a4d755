//! Bytes as text, whatever wrote them.

/// UTF-8, else Latin-1: units such as `µV` and `°` come in both.
pub(crate) fn lenient(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}
