//! Where the reader stopped in each document, and how far it was read.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use super::annotations::target;
use super::log::time;
use super::{Store, StoreError, works};
use crate::annotation::Target;
use crate::document::{DocId, Document, Revision};
use crate::text::TextRange;

/// Characters of the text at a remembered place that are kept to find it again.
const QUOTED_CHARS: usize = 80;

/// Where the reader stopped in a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Position {
    /// The words at the place; it is where they start. [`crate::annotation::anchor`] finds them in a changed text.
    pub target: Target,
    /// The furthest place ever reached, 0 at the start to 1 at the end.
    pub read: f32,
    /// When the document was last open.
    pub opened: Timestamp,
}

impl Store {
    /// Remembers the place at the byte `at_byte`; `read` is how far down the text that is, 0 to 1, and only grows.
    pub fn set_position(
        &mut self,
        document: &Document,
        locator: &str,
        at_byte: u32,
        read: f32,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let after = document.text.get(at_byte as usize..).unwrap_or_default();
        let quoted = after
            .char_indices()
            .nth(QUOTED_CHARS)
            .map_or(after.len(), |(at, _)| at);
        let start = document.text.len() - after.len();
        let target = Target::new(document, TextRange::of(start, start + quoted));
        self.write(|transaction| {
            let (work, revision) = works::ensure(transaction, locator, document, now)?;
            transaction
                .prepare_cached(
                    "INSERT INTO positions (work, revision, start_byte, end_byte, exact, prefix, suffix, read, opened)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                     ON CONFLICT DO UPDATE SET revision = excluded.revision, start_byte = excluded.start_byte, end_byte = excluded.end_byte,
                         exact = excluded.exact, prefix = excluded.prefix, suffix = excluded.suffix, read = max(read, excluded.read),
                         opened = excluded.opened",
                )?
                .execute(params![
                    work.0,
                    revision,
                    target.position.start,
                    target.position.end,
                    target.quote.exact,
                    target.quote.prefix,
                    target.quote.suffix,
                    f64::from(if read.is_nan() { 0.0 } else { read.clamp(0.0, 1.0) }),
                    now.as_microsecond(),
                ])?;
            Ok(())
        })
    }

    /// Where the reader stopped in the document at `locator` with the text `revision`.
    pub fn position_of(
        &self,
        locator: &str,
        revision: &Revision,
    ) -> Result<Option<Position>, StoreError> {
        self.read(|connection| {
            let Some(work) = works::find(connection, locator, revision)? else {
                return Ok(None);
            };
            connection
                .prepare_cached(
                    "SELECT 0, r.hash, start_byte, end_byte, exact, prefix, suffix, ?2, read, opened
                     FROM positions JOIN revisions r ON r.id = revision WHERE work = ?1",
                )?
                .query_row(params![work.0, locator], position)
                .optional()
        })
    }

    /// How far each document was read, under every place it is known by.
    pub fn read_fractions(&self) -> Result<HashMap<DocId, f32>, StoreError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT locator, read FROM positions JOIN places USING (work)")?;
            let rows = statement.query_map([], |row| {
                Ok((DocId::of_locator(row.get_ref(0)?.as_str()?), row.get(1)?))
            })?;
            rows.collect()
        })
    }
}

fn position(row: &Row<'_>) -> rusqlite::Result<Position> {
    Ok(Position {
        target: target(row)?,
        read: row.get(8)?,
        opened: time(row, 9)?,
    })
}
