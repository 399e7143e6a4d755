//! Tables of events: times with what happened then, and no column of numbers.

use csv::ByteRecord;

use super::dialect::Cell;
use super::layout::Layout;
use super::table::Table;
use crate::error::ReadError;
use crate::text::lenient;
use crate::types::{Mark, MarkKind, Recording};

/// Where in a table of events the parts of an event stand.
pub(crate) struct Events {
    end: Option<(usize, End)>,
    labels: Vec<usize>,
}

/// How the end of an event is told.
#[derive(Clone, Copy, PartialEq)]
enum End {
    Time,
    /// Seconds after the start.
    Duration,
}

impl Events {
    /// How to read a table of events; `None` where this is another table.
    pub(crate) fn of(layout: &Layout) -> Option<Events> {
        let (time, _) = layout.time.as_ref().filter(|_| layout.is_named)?;
        let others = || (0..layout.headings.len()).filter(|column| column != time);
        let end = others().find_map(|column| match layout.heading(column).name.to_lowercase().as_str() {
            "end" | "stop" | "offset" | "until" => Some((column, End::Time)),
            "duration" | "length" => Some((column, End::Duration)),
            _ => None,
        });
        let rest = || others().filter(|column| end.is_none_or(|(end, _)| end != *column));
        let labels: Vec<usize> = rest().filter(|column| layout.texts[*column]).collect();
        let told = !labels.is_empty() || end.is_some();
        (told && !rest().any(|column| layout.numeric[column])).then_some(Events { end, labels })
    }

    /// The events of a table as marks.
    pub(crate) fn read(&self, table: &Table) -> Result<Recording, ReadError> {
        let layout = &table.layout;
        let Some((time, mut stamps)) = layout.time.clone() else { return Err(layout.no_time(&table.text)) };
        let (mut records, mut record) = (table.records()?, ByteRecord::new());
        let mut marks = Vec::new();
        while let Some(at) = table.next(&mut records, &mut record)? {
            table.check_width(&record, at, layout.headings.len())?;
            let cell = |column: usize| record.get(column).unwrap_or_default();
            let wrong = |column, what: &str| {
                let shown = lenient(cell(column)).trim().to_owned();
                table.at_cell(at, column, format!("`{shown}` is {what}"), "a time like those before")
            };
            let start = stamps.read(cell(time)).ok_or_else(|| wrong(time, "not a time"))?;
            let end = match self.end {
                Some((column, End::Time)) => {
                    stamps.read(cell(column)).ok_or_else(|| wrong(column, "not a time"))?
                }
                Some((column, End::Duration)) => match layout.dialect.cell(cell(column)) {
                    Cell::Number(seconds) => start + seconds,
                    Cell::Missing => start,
                    Cell::Text => return Err(wrong(column, "no duration in seconds")),
                },
                None => start,
            };
            if let Some((column, _)) = self.end.filter(|_| end < start) {
                return Err(wrong(column, "before the start"));
            }
            let said = self.labels.iter().map(|column| lenient(cell(*column)).trim().to_owned());
            let label = said.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
            marks.push(Mark { kind: MarkKind::Event, start, end, label });
        }
        marks.sort_by(|a, b| a.start.total_cmp(&b.start));
        let name = &table.text.source.name;
        let mut provenance = vec![
            ("file".to_owned(), name.clone()),
            ("table".to_owned(), "of events: each row is a mark, there is no signal".to_owned()),
        ];
        provenance.extend(stamps.recorded_at().map(|at| ("recorded at".to_owned(), at)));
        provenance.extend(stamps.assumed.map(|assumed| ("time unit".to_owned(), assumed.to_owned())));
        Ok(Recording { title: name.clone(), marks, provenance, ..Recording::default() })
    }
}
