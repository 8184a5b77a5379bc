//! What tells documents that are nearly the same.

use rusqlite::{Connection, params};

use super::{Catalogue, CollectionKey};
use crate::document::{DocId, Edtf};
use crate::store::StoreError;
use crate::trace::sketch::Sketch;

impl Catalogue {
    /// The sketches of a collection with the publication dates, by locator.
    pub fn sketches(
        &self,
        collection: CollectionKey,
    ) -> Result<Vec<(DocId, Sketch, Option<Edtf>)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT doc, sketch, published FROM sketches JOIN documents ON id = document WHERE collection = ?1 ORDER BY locator",
            )?;
            let mut found = Vec::new();
            let mut rows = statement.query([collection.0])?;
            while let Some(row) = rows.next()? {
                let bytes = row.get_ref(1)?.as_blob()?;
                let published: Option<String> = row.get(2)?;
                if let Some(sketch) = Sketch::from_bytes(bytes) {
                    let doc = DocId(row.get::<_, i64>(0)? as u64);
                    found.push((doc, sketch, published.and_then(|date| date.parse().ok())));
                }
            }
            Ok(found)
        })
    }
}

pub(super) fn put(
    connection: &Connection,
    document: i64,
    sketch: Option<&Sketch>,
) -> rusqlite::Result<()> {
    if let Some(sketch) = sketch {
        connection
            .prepare_cached("INSERT OR REPLACE INTO sketches (document, sketch) VALUES (?1, ?2)")?
            .execute(params![document, sketch.to_bytes()])?;
    }
    Ok(())
}

pub(super) fn forget(connection: &Connection, document: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM sketches WHERE document = ?1")?
        .execute([document])?;
    Ok(())
}
