//! Long tables: one value in a row, and beside it the name of the signal that it belongs to.

use std::collections::HashMap;

use csv::ByteRecord;

use super::dialect::Cell;
use super::layout::Layout;
use super::read::gap_marks;
use super::table::Table;
use crate::clock::{Clock, Finder};
use crate::error::{Place, ReadError};
use crate::names::tell_apart;
use crate::text::lenient;
use crate::types::{Basis, Channel, Mark, Recording};

/// Headings of the column that names the signal, where several hold text.
const NAMES: [&str; 8] = ["name", "signal", "channel", "parameter", "variable", "label", "item", "measure"];
/// Signals in a table, at most. Assumed: monitors export some tens.
const MOST: usize = 1024;
/// Places on the clocks of all signals together: so many a row, and so many in any table.
const PLACES_PER_ROW: usize = 16;
const FREE_PLACES: usize = 1 << 16;

/// Where in a long table the parts of a row stand.
pub(crate) struct Long {
    name: usize,
    /// Columns that tell apart signals of one name, such as that of the device.
    others: Vec<usize>,
    unit: Option<usize>,
    value: usize,
}

/// The values of one signal.
struct Signal {
    names: Vec<String>,
    unit: String,
    rows: Vec<(f64, f64)>,
}

impl Long {
    /// How to read a long table; `None` where this is another table.
    pub(crate) fn of(layout: &Layout) -> Option<Long> {
        let (time, _) = layout.time.as_ref().filter(|_| layout.is_named && layout.shares_times)?;
        let columns = || (0..layout.headings.len()).filter(|column| column != time);
        let mut numbers = columns().filter(|column| layout.numeric[*column]);
        let value = numbers.next().filter(|_| numbers.next().is_none())?;
        let called = |column: usize| layout.headings[column].trim().to_lowercase();
        let unit = columns().find(|c| layout.texts[*c] && matches!(called(*c).as_str(), "unit" | "units"));
        let texts: Vec<usize> = columns().filter(|c| layout.texts[*c] && Some(*c) != unit).collect();
        let named = texts.iter().copied().find(|column| NAMES.contains(&called(*column).as_str()));
        let name = named.or(texts.last().copied())?;
        let others = texts.into_iter().filter(|column| *column != name).collect();
        Some(Long { name, others, unit, value })
    }

    /// The signals of a table, each on a clock of its own. All of it is held in memory.
    pub(crate) fn read(&self, table: &Table) -> Result<Recording, ReadError> {
        let Some((time, mut stamps)) = table.layout.time.clone() else {
            return Err(table.layout.no_time(&table.text));
        };
        let signals = self.signals(table, time, |cell| stamps.read(cell))?;
        let name = &table.text.source.name;
        let mut provenance = vec![
            ("file".to_owned(), name.clone()),
            ("table".to_owned(), "long: one value a row, made into a channel for each signal".to_owned()),
        ];
        provenance.extend(stamps.recorded_at().map(|at| ("recorded at".to_owned(), at)));
        provenance.extend(stamps.assumed.map(|assumed| ("time unit".to_owned(), assumed.to_owned())));
        let rows: usize = signals.iter().map(|signal| signal.rows.len()).sum();
        let (mut channels, mut marks, mut places) = (Vec::new(), Vec::new(), 0);
        for signal in &signals {
            let alone = signals.iter().filter(|other| other.names[0] == signal.names[0]).count() == 1;
            let called = if alone { signal.names[0].clone() } else { signal.full_name() };
            match signal.channel(&called, &table.layout.heading(self.value).unit) {
                Ok((channel, gaps)) => {
                    places += channel.values.len();
                    channels.push(channel);
                    marks.extend(gaps);
                }
                Err(why) => provenance.push(("signal left out".to_owned(), format!("`{called}`: {why}"))),
            }
            if places > rows * PLACES_PER_ROW + FREE_PLACES {
                let problem = format!("the gaps of its signals are out of proportion to {rows} rows");
                return Err(ReadError::new(name, Place::File, problem, "16 places a row at most"));
            }
        }
        if channels.is_empty() {
            let problem = format!("none of {} signals has two values or more at even times", signals.len());
            return Err(table.text.at(table.layout.heading_at, problem, "rows of time, name and value"));
        }
        tell_apart(&mut channels);
        marks.sort_by(|a: &Mark, b: &Mark| a.start.total_cmp(&b.start));
        Ok(Recording { title: name.clone(), channels, marks, facts: Vec::new(), provenance })
    }

    fn signals(
        &self,
        table: &Table,
        time: usize,
        mut stamp: impl FnMut(&[u8]) -> Option<f64>,
    ) -> Result<Vec<Signal>, ReadError> {
        let (mut records, mut record) = (table.records()?, ByteRecord::new());
        let mut known: HashMap<Vec<u8>, usize> = HashMap::new();
        let mut signals: Vec<Signal> = Vec::new();
        while let Some(at) = table.next(&mut records, &mut record)? {
            table.check_width(&record, at, table.layout.headings.len())?;
            let cell = |column: usize| record.get(column).unwrap_or_default().trim_ascii();
            let when = stamp(cell(time))
                .ok_or_else(|| table.at_cell(at, time, "this is not a time", "a time like those before"))?;
            let value = match table.layout.dialect.cell(cell(self.value)) {
                Cell::Number(value) => value,
                Cell::Missing => f64::NAN,
                Cell::Text => return Err(table.no_number(at, self.value)),
            };
            let columns = || std::iter::once(self.name).chain(self.others.iter().copied());
            let key = columns().flat_map(|column| [cell(column), b"\0"].concat()).collect();
            let place = *known.entry(key).or_insert(signals.len());
            if place == signals.len() {
                if place == MOST {
                    let told = format!("`{}` names over {MOST} signals", table.layout.headings[self.name]);
                    return Err(table.at_cell(
                        at,
                        self.name,
                        told,
                        "one row for each time, or fewer signals",
                    ));
                }
                let text = |column: usize| lenient(cell(column));
                signals.push(Signal {
                    names: columns().map(text).collect(),
                    unit: self.unit.map(text).unwrap_or_default(),
                    rows: Vec::new(),
                });
            }
            signals[place].rows.push((when, value));
        }
        signals.iter_mut().for_each(|signal| signal.rows.sort_by(|a, b| a.0.total_cmp(&b.0)));
        Ok(signals)
    }
}

impl Signal {
    /// The name behind what else tells it apart: `monitor HR`.
    fn full_name(&self) -> String {
        let others = self.names[1..].iter().map(String::as_str);
        others.chain([self.names[0].as_str()]).collect::<Vec<_>>().join(" ")
    }

    /// The channel, with marks of its gaps.
    fn channel(&self, name: &str, usual_unit: &str) -> Result<(Channel, Vec<Mark>), String> {
        let clock = self.clock()?;
        let (mut values, mut row) = (Vec::new(), 0);
        while row < self.rows.len() {
            let (place, side_by_side) = clock.run(row);
            let end = row.saturating_add(side_by_side).min(self.rows.len());
            values.resize(place.max(values.len()), f64::NAN);
            values.extend(self.rows[row..end].iter().map(|(_, value)| value));
            row = end;
        }
        let unit = if self.unit.is_empty() { usual_unit } else { &self.unit };
        let name = if name.trim().is_empty() { "signal" } else { name };
        let channel = Channel::new(name, unit, clock.start, clock.rate, values);
        let told = |mark: Mark| Mark { label: format!("`{name}`: {}", mark.label), ..mark };
        Ok((Channel { basis: Basis::Recorded, ..channel }, gap_marks(&clock).map(told).collect()))
    }

    fn clock(&self) -> Result<Clock, String> {
        let mut finder = Finder::default();
        let found = self.rows.iter().try_for_each(|(when, _)| finder.push(*when));
        found.and_then(|()| finder.finish()).map_err(|uneven| uneven.to_string())
    }
}
