//! The frame of every page: head, landmarks, list of contents, provenance, foot.

use crate::html::escape;
use std::fmt::Write as _;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// Which script a page carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    None,
    Waves,
}

/// A page while its sections are added.
pub(crate) struct Shell {
    head: String,
    contents: String,
    body: String,
}

impl Shell {
    pub(crate) fn new(title: &str, subtitle: &str, cautions: &[String]) -> Self {
        let mut head = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <title>{0} · Cisterna</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
             <a class=\"skip\" href=\"#main\">Skip to the content</a>\n\
             <header>\n<p class=\"brand\">Cisterna</p>\n<h1>{0}</h1>\n",
            escape(title)
        );
        if !subtitle.is_empty() {
            let _ = writeln!(head, "<p class=\"subtitle\">{}</p>", escape(subtitle));
        }
        if !cautions.is_empty() {
            head.push_str("<aside class=\"cautions\" aria-label=\"Cautions\"><ul>\n");
            for caution in cautions {
                let _ = writeln!(head, "<li>{}</li>", escape(caution));
            }
            head.push_str("</ul></aside>\n");
        }
        Shell { head, contents: String::new(), body: String::new() }
    }

    /// Adds a section; `body` is HTML, `heading` is text.
    pub(crate) fn section(&mut self, id: &str, heading: &str, body: &str) {
        let heading = escape(heading);
        let _ = write!(self.contents, "<li><a href=\"#{id}\">{heading}</a></li>");
        let _ = write!(
            self.body,
            "<section id=\"{id}\" aria-labelledby=\"{id}-h\">\n<h2 id=\"{id}-h\">{heading}</h2>\n{body}</section>\n"
        );
    }

    /// Adds how the page came about.
    pub(crate) fn provenance(&mut self, pairs: &[(String, String)]) {
        if pairs.is_empty() {
            return;
        }
        let mut body = String::from("<dl class=\"provenance\">\n");
        for (key, text) in pairs {
            let _ = writeln!(body, "<div><dt>{}</dt><dd>{}</dd></div>", escape(key), escape(text));
        }
        body.push_str("</dl>\n");
        self.section("provenance", "How this came about", &body);
    }

    /// The page of a run or of documents.
    pub(crate) fn finish(self, script: Script) -> String {
        self.finish_with(FOOT, script)
    }

    /// The page of a recording.
    pub(crate) fn finish_recorded(self, script: Script) -> String {
        self.finish_with(FOOT_OF_A_RECORDING, script)
    }

    fn finish_with(self, foot: &str, script: Script) -> String {
        let Shell { mut head, contents, body } = self;
        if !contents.is_empty() {
            let _ = writeln!(head, "<nav aria-label=\"Contents\"><ul>{contents}</ul></nav>");
        }
        let script = match script {
            Script::None => String::new(),
            Script::Waves => format!("<script>\n{SCRIPT}</script>\n"),
        };
        format!(
            "{head}</header>\n<main id=\"main\" tabindex=\"-1\">\n{body}</main>\n{foot}{script}</body>\n</html>\n"
        )
    }
}

const FOOT: &str = "<footer>\n\
<p><strong>Not a medical device.</strong> This page shows a simulation. \
It must not guide the diagnosis or the treatment of anybody.</p>\n\
<p>How far to trust a number: <strong>published</strong> ranges are measured and carry the key of their source. \
<strong>Simulated</strong> values follow from measured and from assumed values of the model; \
the model document says for each which it is. \
Traces and rows marked <strong>recorded</strong> come from a real recording. \
Whatever is marked <strong>hypothesis</strong> holds only if the named hypothesis does.</p>\n\
</footer>\n";

const FOOT_OF_A_RECORDING: &str = "<footer>\n\
<p><strong>Not a medical device.</strong> This page shows a recording and figures made of it. \
They must not guide the diagnosis or the treatment of anybody.</p>\n\
<p>How far to trust a number: it stands with its interval where one can be had, and with the share of the time that it rests on; \
definitions and sources are listed, and a source that was not read says so.</p>\n\
</footer>\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stays_small_enough_to_read() {
        assert!(SCRIPT.lines().count() <= 250, "{} lines", SCRIPT.lines().count());
        assert!(SCRIPT.lines().all(|line| line.chars().count() <= 120));
    }

    #[test]
    fn neither_style_nor_script_can_end_its_element_or_reach_the_network() {
        for text in [STYLE, SCRIPT] {
            assert!(!text.contains("</") && !text.contains("http") && !text.contains("url("));
            assert!(!text.contains("@import") && !text.contains("fetch"));
        }
    }
}
