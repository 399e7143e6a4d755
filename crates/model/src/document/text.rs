//! The text of a document.

/// A document's text with the name under which people know it.
#[derive(Debug)]
pub struct Text {
    name: String,
    content: String,
    line_starts: Vec<usize>,
}

impl Text {
    /// A text called `name`, usually the path of its file.
    #[must_use]
    pub fn new(name: impl Into<String>, content: impl Into<String>) -> Self {
        let content = content.into();
        let line_starts =
            std::iter::once(0).chain(content.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { name: name.into(), content, line_starts }
    }

    /// The name under which people know it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    #[must_use]
    pub fn content(&self) -> &str {
        &self.content
    }

    /// The line in which a byte lies, counted from one.
    #[must_use]
    pub fn line_number(&self, byte: usize) -> usize {
        self.line_starts.partition_point(|&start| start <= byte).max(1)
    }

    /// The byte at which a line begins and the line without its end.
    #[must_use]
    pub fn line(&self, number: usize) -> (usize, &str) {
        let start = self.line_starts.get(number.saturating_sub(1)).copied().unwrap_or(self.content.len());
        let end = self.line_starts.get(number).copied().unwrap_or(self.content.len());
        let line = self.content.get(start..end).unwrap_or_default();
        (start, line.trim_end_matches(['\n', '\r']))
    }
}
