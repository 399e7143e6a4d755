//! The rows of a table on their way into pieces.

use csv::ByteRecord;

use super::dialect::Cell;
use super::order::Order;
use super::table::{Records, Table};
use crate::clock::Clock;
use crate::error::ReadError;
use crate::pieces::Block;

/// Rows in a block.
const ROWS: usize = 4096;

type Blocks = Box<dyn Iterator<Item = Result<Block, ReadError>>>;

impl Table {
    /// The rows as blocks of the columns asked for, in the order given where they do not stand in that of time.
    pub(crate) fn blocks(
        self,
        clock: Clock,
        columns: Vec<usize>,
        order: Option<Order>,
    ) -> Result<Blocks, ReadError> {
        let records = self.records()?;
        let mut rows = Rows { table: self, records, record: ByteRecord::new(), columns };
        Ok(match order {
            None => Box::new(AsTheyStand { rows, clock, row: 0 }),
            Some(order) => Box::new(InOrder { columns: rows.ordered(&order)?, clock, row: 0 }),
        })
    }
}

/// Rows one after the other.
struct Rows {
    table: Table,
    records: Records,
    record: ByteRecord,
    columns: Vec<usize>,
}

impl Rows {
    /// The numbers of the next row; whether there is one.
    fn next(&mut self, mut take: impl FnMut(usize, f64)) -> Result<bool, ReadError> {
        let Some(at) = self.table.next(&mut self.records, &mut self.record)? else { return Ok(false) };
        for (place, column) in self.columns.iter().enumerate() {
            let cell = self.record.get(*column).unwrap_or_default();
            take(
                place,
                match self.table.cell(cell) {
                    Cell::Number(number) => number,
                    Cell::Missing => f64::NAN,
                    Cell::Text => return Err(self.table.no_number(at, *column)),
                },
            );
        }
        Ok(true)
    }

    /// All rows in order of time; where several share a place, the mean of their numbers.
    fn ordered(&mut self, order: &Order) -> Result<Vec<Vec<f64>>, ReadError> {
        let places = order.ranks.iter().max().map_or(0, |last| last + 1);
        let mut sums = vec![vec![(0.0, 0u32); places]; self.columns.len()];
        for rank in &order.ranks {
            let more = self.next(|column, value| {
                if let (Some((sum, count)), false) = (sums[column].get_mut(*rank), value.is_nan()) {
                    (*sum, *count) = (*sum + value, *count + 1);
                }
            })?;
            if !more {
                break;
            }
        }
        let mean = |(sum, count): (f64, u32)| if count == 0 { f64::NAN } else { sum / f64::from(count) };
        Ok(sums.into_iter().map(|column| column.into_iter().map(mean).collect()).collect())
    }
}

struct AsTheyStand {
    rows: Rows,
    clock: Clock,
    row: usize,
}

impl AsTheyStand {
    fn block(&mut self) -> Result<Option<Block>, ReadError> {
        let (place, side_by_side) = self.clock.run(self.row);
        let most = side_by_side.min(self.clock.rows.saturating_sub(self.row)).min(ROWS);
        let mut block: Vec<(usize, Vec<f64>)> =
            self.rows.columns.iter().map(|_| (place, Vec::with_capacity(most))).collect();
        for _ in 0..most {
            if !self.rows.next(|column, value| block[column].1.push(value))? {
                break;
            }
            self.row += 1;
        }
        Ok((most > 0).then_some(Block(block)))
    }
}

impl Iterator for AsTheyStand {
    type Item = Result<Block, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.block().transpose()
    }
}

struct InOrder {
    columns: Vec<Vec<f64>>,
    clock: Clock,
    row: usize,
}

impl Iterator for InOrder {
    type Item = Result<Block, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (place, side_by_side) = self.clock.run(self.row);
        let end = self.row.saturating_add(side_by_side).min(self.clock.rows);
        let rows = self.row..end;
        self.row = end;
        let block = |column: &Vec<f64>| (place, column.get(rows.clone()).unwrap_or_default().to_vec());
        (!rows.is_empty()).then(|| Ok(Block(self.columns.iter().map(block).collect())))
    }
}
