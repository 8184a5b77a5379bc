//! Writing a batch of documents, with the sums that make reading cheap.

use std::collections::HashMap;

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{
    Catalogue, CollectionKey, NO_DAY, entities, events, headings, links, mentions, sketches,
};
use crate::document::{DocId, Interval};
use crate::library::{Entry, Postings};
use crate::store::StoreError;

/// Characters of a title that decide its place in a list.
const TITLE_KEY_CHARS: usize = 64;

/// What a batch adds to the sums of a collection.
#[derive(Debug, Default)]
pub(super) struct Sums {
    /// Mentions and documents of an entity, by its number.
    pub(super) entities: HashMap<i64, (i64, i64)>,
    /// Documents that write an entity with a short form.
    pub(super) short_forms: HashMap<(i64, Box<str>), i64>,
    /// Entities whose name was like one that was changed.
    pub(super) neighbours: Vec<i64>,
    /// Dated passages of a month.
    pub(super) months: HashMap<i64, i64>,
}

impl Catalogue {
    /// Puts documents in, in one transaction; each replaces what was known of the same place, but for when it was first seen. Without `found` what was found before
    /// stays if the text is the same.
    pub fn put(&mut self, collection: CollectionKey, batch: &[Entry]) -> Result<(), StoreError> {
        self.write(|transaction| {
            let mut sums = Sums::default();
            for entry in batch {
                let (row, same_text) = put_document(transaction, collection, entry)?;
                if same_text && entry.found.is_none() {
                    continue;
                }
                forget(transaction, row, &mut sums)?;
                if let Some(Postings {
                    entities: named,
                    events,
                    headings,
                    said,
                    sketch,
                }) = &entry.found
                {
                    mentions::put(transaction, row, named, &mut sums)?;
                    events::put(transaction, collection, row, events, &mut sums)?;
                    headings::put(transaction, row, headings)?;
                    entities::put(transaction, row, said, &mut sums)?;
                    sketches::put(transaction, row, sketch.as_ref())?;
                }
            }
            apply(transaction, collection, &sums)
        })
    }

    /// Takes documents out, in one transaction.
    pub fn remove(&mut self, collection: CollectionKey, docs: &[DocId]) -> Result<(), StoreError> {
        self.write(|transaction| {
            let mut sums = Sums::default();
            for doc in docs {
                let row: Option<i64> = transaction
                    .prepare_cached("SELECT id FROM documents WHERE collection = ?1 AND doc = ?2")?
                    .query_row([collection.0, doc.0 as i64], |row| row.get(0))
                    .optional()?;
                let Some(row) = row else { continue };
                forget(transaction, row, &mut sums)?;
                transaction
                    .prepare_cached("DELETE FROM documents WHERE id = ?1")?
                    .execute([row])?;
            }
            apply(transaction, collection, &sums)
        })
    }
}

/// The number of the row, and whether it held the same text before.
fn put_document(
    connection: &Connection,
    collection: CollectionKey,
    entry: &Entry,
) -> rusqlite::Result<(i64, bool)> {
    let listing = &entry.listing;
    let known: Option<(i64, bool, bool)> = connection
        .prepare_cached(
            "SELECT id, revision = ?3, analysed FROM documents WHERE collection = ?1 AND doc = ?2",
        )?
        .query_row(
            params![collection.0, listing.id.0 as i64, entry.revision.0],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()?;
    let same_text = known.is_some_and(|(_, same, _)| same);
    let analysed = entry.found.is_some() || known.is_some_and(|(_, same, done)| same && done);
    let interval = listing
        .published
        .as_ref()
        .map(crate::document::Edtf::interval);
    let id: i64 = connection
        .prepare_cached(
            "INSERT INTO documents (collection, doc, locator, title, title_key, day, published, published_from, publisher, words,
                 n_warnings, added, size, mtime_ns, revision, analysed, authors, kind)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
             ON CONFLICT (collection, doc) DO UPDATE SET title = excluded.title, title_key = excluded.title_key, day = excluded.day,
                 published = excluded.published, published_from = excluded.published_from, publisher = excluded.publisher,
                 words = excluded.words, n_warnings = excluded.n_warnings, size = excluded.size, mtime_ns = excluded.mtime_ns,
                 revision = excluded.revision, analysed = excluded.analysed, authors = excluded.authors, kind = excluded.kind
             RETURNING id",
        )?
        .query_row(
            params![
                collection.0,
                listing.id.0 as i64,
                listing.locator,
                listing.title,
                title_key(&listing.title),
                sort_day(interval),
                listing.published.as_ref().map(crate::document::Edtf::as_str),
                listing.published_from.map(crate::document::PublishedFrom::as_str),
                listing.publisher,
                listing.words,
                listing.n_warnings,
                listing.added,
                entry.stamp.size as i64,
                entry.stamp.mtime_ns,
                entry.revision.0,
                analysed,
                listing.authors.join("\n"),
                listing.kind.as_str(),
            ],
            |row| row.get(0),
        )?;
    Ok((id, same_text))
}

/// Takes out what was found in a document.
fn forget(connection: &Connection, row: i64, sums: &mut Sums) -> rusqlite::Result<()> {
    mentions::forget(connection, row, sums)?;
    headings::forget(connection, row)?;
    entities::forget(connection, row, sums)?;
    sketches::forget(connection, row)?;
    events::forget(connection, row, sums)
}

fn apply(connection: &Connection, collection: CollectionKey, sums: &Sums) -> rusqlite::Result<()> {
    let mut totals = connection.prepare_cached(
        "INSERT INTO totals (collection, entity, mentions, documents) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET mentions = mentions + excluded.mentions, documents = documents + excluded.documents",
    )?;
    for (entity, (n_mentions, n_documents)) in &sums.entities {
        totals.execute([collection.0, *entity, *n_mentions, *n_documents])?;
    }
    let mut short_forms = connection.prepare_cached(
        "INSERT INTO short_forms (collection, entity, text, documents) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET documents = documents + excluded.documents",
    )?;
    for ((entity, text), n_documents) in &sums.short_forms {
        short_forms.execute(params![collection.0, *entity, text, *n_documents])?;
    }
    links::note(connection, collection, sums)?;
    let mut months = connection.prepare_cached(
        "INSERT INTO months (collection, month, events) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET events = events + excluded.events",
    )?;
    for (month, n_events) in &sums.months {
        months.execute([collection.0, *month, *n_events])?;
    }
    Ok(())
}

/// The day something is sorted at: the first it may be, or the last where only that is known.
pub(super) fn sort_day(interval: Option<Interval>) -> i64 {
    interval
        .and_then(|interval| interval.earliest.or(interval.latest))
        .map_or(NO_DAY, day_number)
}

/// Days since 1970-01-01.
pub(super) fn day_number(date: Date) -> i64 {
    i64::from((date - Date::constant(1970, 1, 1)).get_days())
}

/// A title as it is sorted: lower case, without accents, from its first letter or digit on.
fn title_key(title: &str) -> String {
    let folded: String = title
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .skip_while(|c| !c.is_alphanumeric())
        .take(TITLE_KEY_CHARS)
        .collect();
    folded.to_lowercase()
}
