//! Derived series as a recording, to be written as CSV or Parquet.

use cisterna_recording::{Basis, Channel, Recording};

use crate::examination::Examination;

/// Trends and indices over time of an examination, with its marks, as one recording.
#[must_use]
pub fn derived(found: &Examination) -> Recording {
    let recorded = |channel: &Channel| Channel { basis: Basis::Recorded, ..channel.clone() };
    let mut channels: Vec<Channel> = found.trends.iter().map(recorded).collect();
    for series in &found.series {
        // An index of several channels of one kind comes several times.
        let known = channels.iter().filter(|channel| channel.name.starts_with(&series.index)).count();
        let name = if known == 0 { series.index.clone() } else { format!("{}.{}", series.index, known + 1) };
        channels.push(Channel { name, label: series.title.clone(), ..recorded(&series.channel) });
    }
    let mut provenance = vec![("derived from".to_owned(), found.file.clone())];
    provenance.extend(found.provenance.iter().cloned());
    Recording {
        title: format!("Derived from {}", found.file),
        channels,
        marks: found.marks.clone(),
        facts: Vec::new(),
        provenance,
    }
}
