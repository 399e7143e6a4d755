//! An index of sessions in one file, so that a client's course can be seen; clients stand in it by their codes.

use std::path::Path;

use rusqlite::{Connection, params};

use crate::visit::Visit;

/// What holds the sessions and their numbers.
const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS session (
        id INTEGER PRIMARY KEY,
        date TEXT NOT NULL, client TEXT NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL,
        hash TEXT NOT NULL, folder TEXT NOT NULL, minutes REAL NOT NULL,
        UNIQUE (date, client, name)
    );
    CREATE TABLE IF NOT EXISTS measure (
        session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
        label TEXT NOT NULL, value REAL NOT NULL, unit TEXT NOT NULL
    );";

/// An index of sessions.
#[derive(Debug)]
pub struct Index {
    connection: Connection,
}

/// A session of an index.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its number.
    pub id: i64,
    /// The day that its user gave; empty where none.
    pub date: String,
    /// The client's code; empty where none.
    pub client: String,
    /// Its name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// The folder of its record.
    pub folder: String,
    /// How long it was, min.
    pub minutes: f64,
    /// Its numbers: label, value, unit.
    pub measures: Vec<(String, f64, String)>,
}

impl Index {
    /// The index in a file, which is made where there is none.
    ///
    /// # Errors
    /// A file that cannot be read or is no index.
    pub fn open(path: &Path) -> Result<Self, rusqlite::Error> {
        let connection = Connection::open(path)?;
        connection.execute_batch("PRAGMA foreign_keys = ON;")?;
        connection.execute_batch(TABLES)?;
        Ok(Index { connection })
    }

    /// Adds a visit, in the place of the same session of the same client on the same day.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn add(&mut self, visit: &Visit, folder: &Path) -> Result<(), rusqlite::Error> {
        let session = &visit.session;
        let (date, client) =
            (session.date.clone().unwrap_or_default(), session.client.clone().unwrap_or_default());
        let change = self.connection.transaction()?;
        change.execute(
            "DELETE FROM session WHERE date = ?1 AND client = ?2 AND name = ?3",
            params![date, client, session.name],
        )?;
        change.execute(
            "INSERT INTO session (date, client, name, title, hash, folder, minutes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                date,
                client,
                session.name,
                session.title,
                session.hash,
                folder.display().to_string(),
                visit.time / 60.0
            ],
        )?;
        let id = change.last_insert_rowid();
        for tally in visit.tally() {
            let Some(value) = tally.value else { continue };
            change.execute(
                "INSERT INTO measure (session, label, value, unit) VALUES (?1, ?2, ?3, ?4)",
                params![id, tally.label, value, tally.unit],
            )?;
        }
        change.commit()
    }

    /// The sessions in the order of their days, of one client or of all.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn list(&self, client: Option<&str>) -> Result<Vec<Entry>, rusqlite::Error> {
        let mut asked = self.connection.prepare(
            "SELECT id, date, client, name, title, folder, minutes FROM session
             WHERE ?1 IS NULL OR client = ?1 ORDER BY date, id",
        )?;
        let found = asked.query_map(params![client], |row| {
            Ok(Entry {
                id: row.get(0)?,
                date: row.get(1)?,
                client: row.get(2)?,
                name: row.get(3)?,
                title: row.get(4)?,
                folder: row.get(5)?,
                minutes: row.get(6)?,
                measures: Vec::new(),
            })
        })?;
        let mut entries = found.collect::<Result<Vec<_>, _>>()?;
        let mut numbers = self
            .connection
            .prepare("SELECT label, value, unit FROM measure WHERE session = ?1 ORDER BY rowid")?;
        for entry in &mut entries {
            let found =
                numbers.query_map(params![entry.id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            entry.measures = found.collect::<Result<Vec<_>, _>>()?;
        }
        Ok(entries)
    }
}
