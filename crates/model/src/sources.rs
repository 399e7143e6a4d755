//! The sources on which values rest, read from BibTeX.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use cisterna_quantity::nearest;

use crate::document::{Collector, Place, Text};

/// A publication.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Authors in the order of the publication, "Marmarou, A"; "others" stands for further ones.
    pub authors: Vec<String>,
    /// Year.
    pub year: String,
    /// Title.
    pub title: String,
    /// Journal with volume and pages, or publisher.
    pub journal: String,
    /// Digital object identifier.
    pub doi: Option<String>,
    /// What else is to be known, for example that a field was not verified.
    pub note: Option<String>,
}

impl Source {
    /// A short reference, "Marmarou et al. 1975, J Neurosurg 43:523-534".
    #[must_use]
    pub fn short(&self) -> String {
        let family = |author: &String| author.split(',').next().unwrap_or_default().to_owned();
        let who = match self.authors.as_slice() {
            [] => self.title.clone(),
            [one] => family(one),
            [one, two] if two != "others" => format!("{} & {}", family(one), family(two)),
            [first, ..] => format!("{} et al.", family(first)),
        };
        [format!("{who} {}", self.year), self.journal.clone()]
            .into_iter()
            .filter(|part| !part.trim().is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// All sources by key.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    by_key: HashMap<String, Source>,
}

impl Sources {
    /// The source of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Source> {
        self.by_key.get(key)
    }

    /// The keys, in no order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.by_key.keys().map(String::as_str)
    }

    /// The key that was most likely meant.
    #[must_use]
    pub fn nearest(&self, key: &str) -> Option<&str> {
        nearest(key, self.by_key.keys())
    }

    /// Adds what a BibTeX text holds: entries `@kind{key, field = {value}, …}`, without strings or macros. A key that
    /// an earlier text holds too is what this one says, as it lies nearer to the document that cites it.
    pub(crate) fn read(&mut self, text: &Arc<Text>, problems: &Collector) {
        let mut own = HashSet::new();
        let mut scanner = Scanner { content: text.content(), at: 0 };
        while let Some(start) = scanner.find('@') {
            match scanner.entry() {
                Ok((key, source)) => {
                    if !own.insert(key.clone()) {
                        let place = Place::new(text, start..scanner.at);
                        problems.add(place.problem(format!("the source `{key}` stands twice")));
                    }
                    self.by_key.insert(key, source);
                }
                Err(expected) => {
                    let at = scanner.at.min(text.content().len());
                    let place = Place::new(text, at..at);
                    problems.add(place.problem(format!("{expected} is expected here")).help(
                        "an entry is written `@article{key, author = {…}, year = {…}, title = {…}, journal = {…}}`",
                    ));
                }
            }
        }
    }
}

/// Walks through a BibTeX text; `at` never moves back, so that every text is read in one pass.
struct Scanner<'a> {
    content: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.content.get(self.at..).unwrap_or_default()
    }

    /// Moves past the next `mark`, and gives its place.
    fn find(&mut self, mark: char) -> Option<usize> {
        let at = self.at + self.rest().find(mark)?;
        self.at = at + mark.len_utf8();
        Some(at)
    }

    fn space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn take(&mut self, mark: char) -> bool {
        self.space();
        let found = self.rest().starts_with(mark);
        if found {
            self.at += mark.len_utf8();
        }
        found
    }

    fn word(&mut self) -> &'a str {
        self.space();
        let letters = |letter: char| letter.is_alphanumeric() || "_-.:".contains(letter);
        let rest = self.rest();
        let length = rest.find(|letter| !letters(letter)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn entry(&mut self) -> Result<(String, Source), &'static str> {
        self.word();
        if !self.take('{') {
            return Err("`{`");
        }
        let key = self.word();
        if key.is_empty() {
            return Err("the key of the source");
        }
        let mut source = Source::default();
        while self.take(',') {
            let field = self.word().to_lowercase();
            if field.is_empty() {
                break;
            }
            if !self.take('=') {
                return Err("`=`");
            }
            let value = self.value()?;
            match field.as_str() {
                "author" => {
                    source.authors = value.split(" and ").map(|name| name.trim().to_owned()).collect()
                }
                "year" => source.year = value,
                "title" => source.title = value,
                "journal" | "publisher" => source.journal = value,
                "doi" => source.doi = Some(value),
                "note" => source.note = Some(value),
                _ => {}
            }
        }
        if self.take('}') { Ok((key.to_owned(), source)) } else { Err("`,` or `}`") }
    }

    fn value(&mut self) -> Result<String, &'static str> {
        if self.take('{') {
            let start = self.at;
            let mut depth = 1_usize;
            for (offset, letter) in self.rest().char_indices() {
                match letter {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                if depth == 0 {
                    self.at = start + offset + 1;
                    return Ok(tidy(&self.content[start..start + offset]));
                }
            }
            self.at = self.content.len();
            Err("`}`")
        } else if self.take('"') {
            let start = self.at;
            match self.find('"') {
                Some(end) => Ok(tidy(&self.content[start..end])),
                None => Err("a closing quote"),
            }
        } else {
            match self.word() {
                "" => Err("a value in braces"),
                word => Ok(word.to_owned()),
            }
        }
    }
}

/// One line, without braces that only protect capitals.
fn tidy(value: &str) -> String {
    value.replace(['{', '}'], "").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(content: &str) -> (Sources, Collector) {
        let (mut sources, problems) = (Sources::default(), Collector::new());
        sources.read(&Arc::new(Text::new("sources.bib", content)), &problems);
        (sources, problems)
    }

    #[test]
    fn an_entry_becomes_a_source() {
        let (sources, problems) = read(
            "A comment.\n@article{marmarou1975,\n author = {Marmarou, A and Shulman, K and LaMorgese, J},\n \
             year = 1975, title = \"Compartmental {CSF} analysis\",\n journal = {J Neurosurg\n 43:523-534},\n}",
        );
        assert!(problems.is_empty());
        let source = sources.get("marmarou1975").unwrap();
        assert_eq!(source.authors[2], "LaMorgese, J");
        assert_eq!(source.title, "Compartmental CSF analysis");
        assert_eq!(source.short(), "Marmarou et al. 1975, J Neurosurg 43:523-534");
        assert_eq!(sources.nearest("marmaru1975"), Some("marmarou1975"));
    }

    #[test]
    fn a_broken_entry_is_named_and_the_next_one_is_read() {
        let (sources, problems) =
            read("@article{a2001, year 2001}\n@book{b2002, year = {2002}}\n@book{b2002}");
        assert_eq!(sources.get("b2002").map(|source| source.year.as_str()), Some(""));
        let text = problems.finish(()).unwrap_err().to_string();
        assert!(text.contains("`=` is expected here") && text.contains("sources.bib:1:22"), "{text}");
        assert!(text.contains("the source `b2002` stands twice"), "{text}");
    }

    #[test]
    fn a_later_text_may_say_a_source_anew() {
        let mut sources = Sources::default();
        let problems = Collector::default();
        for year in ["2001", "2002"] {
            let text = format!("@article{{a2001, year = {{{year}}}}}");
            sources.read(&Arc::new(Text::new("sources.bib".to_owned(), text)), &problems);
        }
        assert!(problems.is_empty());
        assert_eq!(sources.get("a2001").map(|source| source.year.as_str()), Some("2002"));
    }
}
