//! Text into HTML, so that no name or note can break a page.

use std::borrow::Cow;

/// `text` with the five characters that HTML reads as markup written as references,
/// and control characters (which HTML forbids) replaced.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    let special = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\'') || forbidden(c);
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c if forbidden(c) => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

fn forbidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}

/// Each paragraph of `text` (separated by an empty line) in its own `<p>`.
pub(crate) fn paragraphs(text: &str) -> String {
    text.split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| format!("<p>{}</p>\n", escape(paragraph)))
        .collect()
}

/// A label with its unit behind it in a quieter voice; the label alone when the unit is empty.
pub(crate) fn with_unit(label: &str, unit: &str) -> String {
    if unit.is_empty() {
        return escape(label).into_owned();
    }
    format!("{} <span class=\"unit\">{}</span>", escape(label), escape(unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_name_stays_text() {
        assert_eq!(escape("a <b> & \"c\" 'd'"), "a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
        assert_eq!(escape("nul\0"), "nul\u{fffd}");
    }

    #[test]
    fn an_empty_line_starts_a_paragraph() {
        assert_eq!(paragraphs("one\n\n\n\ntwo < 3\n"), "<p>one</p>\n<p>two &lt; 3</p>\n");
        assert_eq!(paragraphs("  "), "");
    }
}
