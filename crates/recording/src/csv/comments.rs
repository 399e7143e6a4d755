//! The comment lines before a table: what our own files say of themselves.
//!
//! After the signature every line is `# key: JSON`, with the keys `title`, `channel`, `mark`, `fact` and
//! `provenance`. Other comment lines are left alone.

use std::io::{self, BufRead, Write};

use serde::de::DeserializeOwned;

use crate::description::Description;
use crate::error::{Place, ReadError};
use crate::text::lenient;

/// The first line of our own files.
const SIGNATURE: &str = "# cisterna recording 1";

/// Comment lines of others that are kept, at most: a sampling rate stands near the top.
const KEPT: usize = 200;

/// What stands before the table.
#[derive(Debug, Default)]
pub(crate) struct Preamble {
    /// What the file says of itself, if it is one of ours.
    pub description: Option<Description>,
    /// Comment lines of others, without their signs.
    pub others: Vec<String>,
    /// How many bytes stand before the table.
    pub bytes: u64,
}

/// Takes the comment and blank lines off the beginning of `text`.
pub(crate) fn read(name: &str, text: &mut dyn BufRead) -> Result<Preamble, ReadError> {
    let failed = |cause: io::Error| {
        ReadError::new(name, Place::File, format!("it could not be read ({cause})"), "a whole table of text")
    };
    let mut preamble = Preamble::default();
    let mut number = 0;
    loop {
        let first = text.fill_buf().map_err(failed)?.iter().copied().next();
        // Blanks may stand before a comment, but a tab may be an empty cell.
        if !matches!(first, Some(b'#' | b'\n' | b'\r' | b' ')) {
            return Ok(preamble);
        }
        let mut line = Vec::new();
        number += 1;
        text.read_until(b'\n', &mut line).map_err(failed)?;
        let bare = line.trim_ascii();
        if !bare.is_empty() && !bare.starts_with(b"#") {
            return Ok(preamble);
        }
        preamble.bytes += line.len() as u64;
        if let Some(description) = &mut preamble.description {
            take(name, number, bare, description)?;
        } else if bare == SIGNATURE.as_bytes() {
            preamble.description = Some(Description::default());
        } else if preamble.others.len() < KEPT && !bare.is_empty() {
            preamble.others.push(lenient(bare).trim_start_matches('#').trim().to_owned());
        }
    }
}

fn take(name: &str, line: u64, text: &[u8], into: &mut Description) -> Result<(), ReadError> {
    let text = String::from_utf8_lossy(text);
    let Some((key, value)) = text.trim_start_matches('#').split_once(':') else { return Ok(()) };
    match key.trim() {
        "title" => into.title = json(name, line, key, value)?,
        "channel" => into.channels.push(json(name, line, key, value)?),
        "mark" => into.marks.push(json(name, line, key, value)?),
        "fact" => into.facts.push(json(name, line, key, value)?),
        "provenance" => into.provenance.push(json(name, line, key, value)?),
        _ => {}
    }
    Ok(())
}

fn json<T: DeserializeOwned>(name: &str, line: u64, key: &str, value: &str) -> Result<T, ReadError> {
    serde_json::from_str(value).map_err(|cause| {
        ReadError::new(
            name,
            Place::Line(line),
            format!("the `{}` comment cannot be read ({cause})", key.trim()),
            "the JSON that Cisterna wrote there; without the line `# cisterna recording 1` comments are not read",
        )
    })
}

/// Writes the description as comment lines.
pub(crate) fn write(out: &mut (impl Write + ?Sized), description: &Description) -> io::Result<()> {
    writeln!(out, "{SIGNATURE}")?;
    writeln!(out, "# title: {}", serde_json::to_string(&description.title)?)?;
    for channel in &description.channels {
        writeln!(out, "# channel: {}", serde_json::to_string(channel)?)?;
    }
    for mark in &description.marks {
        writeln!(out, "# mark: {}", serde_json::to_string(mark)?)?;
    }
    for fact in &description.facts {
        writeln!(out, "# fact: {}", serde_json::to_string(fact)?)?;
    }
    for provenance in &description.provenance {
        writeln!(out, "# provenance: {}", serde_json::to_string(provenance)?)?;
    }
    Ok(())
}
