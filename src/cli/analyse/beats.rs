//! All beats and breaths as a table.

use std::fmt::Write as _;
use std::path::Path;

use cisterna::bedside::Examination;
use cisterna::recording::write_whole;

use crate::cli::exit::Failure;

const HEADER: &str = "channel,what,onset [s],peak [s],notch [s],notch confidence,end [s],likeness,depth\n";

/// Writes a line for each beat and breath; what one has not is empty.
pub fn write(found: &Examination, path: &Path) -> Result<(), Failure> {
    write_whole(path, |file| {
        file.write_all(HEADER.as_bytes())?;
        let mut lines = String::new();
        for of in &found.beats {
            let channel = quoted(&of.channel);
            for beat in &of.beats {
                let (notch, sure) = match beat.notch {
                    Some(notch) => (format!("{:.4}", notch.time), format!("{:.2}", notch.confidence)),
                    None => (String::new(), String::new()),
                };
                let (onset, peak, end, likeness) = (beat.onset, beat.peak, beat.end, beat.likeness);
                let _ = writeln!(
                    lines,
                    "{channel},beat,{onset:.4},{peak:.4},{notch},{sure},{end:.4},{likeness:.3},"
                );
            }
            for breath in &of.breaths {
                let (start, peak, end, depth) = (breath.start, breath.peak, breath.end, breath.depth);
                let _ = writeln!(lines, "{channel},breath,{start:.2},{peak:.2},,,{end:.2},,{depth:.4}");
            }
            file.write_all(lines.as_bytes())?;
            lines.clear();
        }
        Ok(())
    })?;
    Ok(())
}

/// A name that a table of text can hold (RFC 4180).
fn quoted(name: &str) -> String {
    if name.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", name.replace('"', "\"\""))
    } else {
        name.to_owned()
    }
}
