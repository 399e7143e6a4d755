//! The comment lines before a table: what our own files say of themselves.
//!
//! After the signature every line is `# key: JSON`, with the keys `title`, `channel`, `mark`, `fact` and
//! `provenance`. Other comment lines are left alone.

use std::io::{self, Write};

use serde::de::DeserializeOwned;

use crate::description::Description;
use crate::error::{Place, ReadError};

/// The first line of our own files.
const SIGNATURE: &str = "# cisterna recording 1";

/// What stands before the table.
pub(crate) struct Preamble<'a> {
    /// What the file says of itself, if it is one of ours.
    pub description: Option<Description>,
    /// The bytes from the heading on.
    pub table: &'a [u8],
    /// The line on which the table begins, counted from 1.
    pub line: u64,
}

/// Takes the comment and blank lines off the beginning.
pub(crate) fn split<'a>(name: &str, bytes: &'a [u8]) -> Result<Preamble<'a>, ReadError> {
    let mut rest = bytes;
    let mut line = 1;
    let mut description: Option<Description> = None;
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
        let text = rest[..end].trim_ascii();
        if !text.is_empty() && !text.starts_with(b"#") {
            break;
        }
        if let Some(description) = &mut description {
            take(name, line, text, description)?;
        } else if text == SIGNATURE.as_bytes() {
            description = Some(Description::default());
        }
        rest = &rest[end..];
        line += 1;
    }
    Ok(Preamble { description, table: rest, line })
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
