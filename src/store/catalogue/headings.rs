use rusqlite::{Connection, params};

use super::{Catalogue, CollectionKey};
use crate::document::DocId;
use crate::library::Heading;
use crate::store::StoreError;

/// Headings given at once; of a larger library those of the documents read first.
const MOST_HEADINGS: i64 = 200_000;

impl Catalogue {
    /// The headings of every document of a collection but the titles: the document, the byte, the words; by document, in text order.
    pub fn headings(
        &self,
        collection: CollectionKey,
    ) -> Result<Vec<(DocId, u32, String)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT doc, at, text FROM headings JOIN documents ON id = document WHERE collection = ?1 ORDER BY document, at LIMIT ?2",
            )?;
            let rows = statement.query_map([collection.0, MOST_HEADINGS], |row| {
                Ok((DocId(row.get::<_, i64>(0)? as u64), row.get(1)?, row.get(2)?))
            })?;
            rows.collect()
        })
    }
}

pub(super) fn put(
    connection: &Connection,
    document: i64,
    headings: &[Heading],
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT OR REPLACE INTO headings (document, at, level, text) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for heading in headings {
        statement.execute(params![document, heading.at, heading.level, heading.text])?;
    }
    Ok(())
}

pub(super) fn forget(connection: &Connection, document: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM headings WHERE document = ?1")?
        .execute([document])?;
    Ok(())
}
