//! A section of words.

/// A heading with paragraphs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    /// The heading.
    pub heading: String,
    /// The paragraphs, separated by empty lines.
    pub text: String,
}
