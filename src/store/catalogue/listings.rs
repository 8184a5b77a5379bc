//! The documents of a collection, a page at a time.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, Row, params};

use super::{Catalogue, CollectionKey};
use crate::document::{DocId, DocKind, PublishedFrom, Revision};
use crate::language::entities::EntityId;
use crate::library::{Listing, Sort, Stamp};
use crate::store::StoreError;

const COLUMNS: &str = "doc, locator, title, published, published_from, publisher, words, n_warnings, added, authors, kind";

impl Catalogue {
    /// `n` documents of a collection from the one numbered `from` on, in the order of `sort`. The time grows with `from`, about 50 ns a document skipped.
    pub fn page(
        &self,
        collection: CollectionKey,
        sort: Sort,
        from: usize,
        n: usize,
    ) -> Result<Vec<Listing>, StoreError> {
        // The rows skipped are counted in the index alone; only those of the page are looked up.
        let query = format!(
            "SELECT {COLUMNS} FROM documents WHERE id IN (SELECT id FROM documents WHERE collection = ?1 ORDER BY {order} LIMIT ?2 OFFSET ?3)
             ORDER BY {order}",
            order = order(sort)
        );
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&query)?;
            let page = params![collection.0, n as i64, from as i64];
            statement.query_map(page, listing)?.collect()
        })
    }

    /// Every document of a collection, in the order of `sort`.
    pub fn all(&self, collection: CollectionKey, sort: Sort) -> Result<Vec<Listing>, StoreError> {
        let n = self.count(collection)? as usize;
        // Sorting what was read in the order of the file is faster than reading in the order of an index.
        let query = format!(
            "SELECT {COLUMNS} FROM documents NOT INDEXED WHERE collection = ?1 ORDER BY {}",
            order(sort)
        );
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&query)?;
            let mut listings = Vec::with_capacity(n);
            for row in statement.query_map([collection.0], listing)? {
                listings.push(row?);
            }
            Ok(listings)
        })
    }

    /// How many documents a collection has.
    pub fn count(&self, collection: CollectionKey) -> Result<u32, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT count(*) FROM documents WHERE collection = ?1")?
                .query_row([collection.0], |row| row.get(0))
        })
    }

    /// The files of a collection as they were when they were read, and whether they were analysed.
    pub fn stamps(
        &self,
        collection: CollectionKey,
    ) -> Result<HashMap<DocId, (Stamp, bool)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT doc, size, mtime_ns, analysed FROM documents WHERE collection = ?1",
            )?;
            let rows = statement.query_map([collection.0], |row| {
                let stamp = Stamp {
                    size: row.get::<_, i64>(1)? as u64,
                    mtime_ns: row.get(2)?,
                };
                Ok((DocId(row.get::<_, i64>(0)? as u64), (stamp, row.get(3)?)))
            })?;
            rows.collect()
        })
    }

    /// What is known of the files of a collection, in short: another text once a file came, went or changed.
    pub fn digest(&self, collection: CollectionKey) -> Result<String, StoreError> {
        // Remainders of a prime, so that no sum is too large.
        let query = "SELECT count(*), coalesce(sum(size % 1000000007), 0), coalesce(sum(mtime_ns % 1000000007 * (1 + (doc & 1023))), 0),
                         coalesce(sum(doc % 1000000007), 0)
                     FROM documents NOT INDEXED WHERE collection = ?1";
        self.read(|connection| {
            let mut statement = connection.prepare_cached(query)?;
            statement.query_row([collection.0], |row| {
                let sums: [i64; 4] = [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?];
                Ok(sums.map(|sum| format!("{sum:x}")).join("."))
            })
        })
    }

    /// With which names of the reader's, and which of them taken out in single documents, documents are analysed from now on (see
    /// [`Lists::stamp`](crate::language::entities::Lists::stamp) and [`Parts::stamp`](crate::library::entities::Parts::stamp)). If they were
    /// others so far, no document counts as analysed any more; gives whether that is so.
    pub fn expect_names(&mut self, names: u64) -> Result<bool, StoreError> {
        self.write(|transaction| {
            let changed = transaction
                .prepare_cached("UPDATE analysed_with SET names = ?1 WHERE names <> ?1")?
                .execute([names as i64])?;
            if changed > 0 {
                transaction.execute("UPDATE documents SET analysed = 0", [])?;
            }
            Ok(changed > 0)
        })
    }

    /// The documents that name an entity, or what was taken out of it, count as analysed no more, in whatever collection; gives how many there are.
    pub fn forget_analyses(&mut self, entity: &EntityId) -> Result<usize, StoreError> {
        self.write(|transaction| {
            // What was taken out has the id, `~` and more; no other id comes between.
            transaction
                .prepare_cached(
                    "UPDATE documents SET analysed = 0 WHERE id IN
                         (SELECT m.document FROM mentions m JOIN entities e ON e.id = m.entity
                          WHERE e.slug = ?1 OR (e.slug > ?1 || '~' AND e.slug < ?1 || char(127)))",
                )?
                .execute([entity.as_str()])
        })
    }

    /// Notes that the documents are analysed with these names, where those that they change were analysed again.
    pub fn note_names(&mut self, names: u64) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction
                .prepare_cached("UPDATE analysed_with SET names = ?1")?
                .execute([names as i64])?;
            Ok(())
        })
    }

    /// Where a document lies.
    pub fn locator_of(
        &self,
        collection: CollectionKey,
        doc: DocId,
    ) -> Result<Option<String>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT locator FROM documents WHERE collection = ?1 AND doc = ?2")?
                .query_row(params![collection.0, doc.0 as i64], |row| row.get(0))
                .optional()
        })
    }

    /// The text of every document of a collection, for [`crate::store::Store::recognise`].
    pub fn revisions(
        &self,
        collection: CollectionKey,
    ) -> Result<Vec<(String, Revision)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT locator, revision FROM documents WHERE collection = ?1")?;
            let rows = statement.query_map([collection.0], |row| {
                Ok((row.get(0)?, Revision(row.get(1)?)))
            })?;
            rows.collect()
        })
    }
}

const fn order(sort: Sort) -> &'static str {
    match sort {
        Sort::Date => "day, title_key, doc",
        Sort::Title => "title_key, doc",
        Sort::Name => "locator, doc",
        Sort::Added => "added, doc",
    }
}

fn listing(row: &Row<'_>) -> rusqlite::Result<Listing> {
    let published = row.get_ref(3)?.as_str_or_null()?;
    let from = row.get_ref(4)?.as_str_or_null()?;
    let (authors, kind): (String, String) = (row.get(9)?, row.get(10)?);
    Ok(Listing {
        id: DocId(row.get::<_, i64>(0)? as u64),
        locator: row.get(1)?,
        title: row.get(2)?,
        published: published.and_then(|date| date.parse().ok()),
        published_from: from.and_then(published_from),
        publisher: row.get(5)?,
        words: row.get(6)?,
        n_warnings: row.get(7)?,
        added: row.get(8)?,
        authors: authors.lines().map(str::to_owned).collect(),
        kind: DocKind::from_word(&kind).unwrap_or_default(),
    })
}

fn published_from(word: &str) -> Option<PublishedFrom> {
    PublishedFrom::ALL
        .into_iter()
        .find(|from| from.as_str() == word)
}
