//! What is known of entities over a collection: for a card. An entity is given by the ids of all its members.

use std::sync::Arc;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use super::put::Sums;
use super::{Catalogue, CollectionKey, NO_DAY, events};
use crate::document::{DocId, Edtf};
use crate::language::entities::EntityId;
use crate::library::entities::{Said, SaidAs};
use crate::store::StoreError;
use crate::timeline::Event;

/// What the numbers of `sort` mean.
const ALIAS: i64 = 0;
const SHORT_FORM: i64 = 1;
const ROLE: i64 = 2;

/// Documents of an entity that are gone through for who else is named; of more, the first by number.
const MOST_DOCUMENTS: i64 = 20_000;

impl Catalogue {
    /// The documents that name any of `members` and how often, by date; undated ones last.
    pub fn documents_of(
        &self,
        collection: CollectionKey,
        members: &[EntityId],
    ) -> Result<Vec<(DocId, u32)>, StoreError> {
        self.ask(
            collection,
            members,
            "SELECT d.doc, sum(m.mentions) FROM mentions m JOIN documents d ON d.id = m.document
             WHERE m.entity IN (?#) AND d.collection = ?1 GROUP BY d.id ORDER BY d.day, d.title_key, d.doc",
            |row| Ok((DocId(row.get::<_, i64>(0)? as u64), row.get(1)?)),
        )
    }

    /// The locators of the documents that name any of `members`, by date; undated ones last.
    pub fn locators_of(
        &self,
        collection: CollectionKey,
        members: &[EntityId],
    ) -> Result<Vec<Arc<str>>, StoreError> {
        self.ask(
            collection,
            members,
            "SELECT d.locator FROM documents d WHERE d.collection = ?1 AND d.id IN (SELECT m.document FROM mentions m WHERE m.entity IN (?#))
             ORDER BY d.day, d.title_key, d.doc",
            |row| row.get(0),
        )
    }

    /// The first and the last dated document that names any of `members`.
    pub fn first_and_last(
        &self,
        collection: CollectionKey,
        members: &[EntityId],
    ) -> Result<[Option<(Edtf, DocId)>; 2], StoreError> {
        let end = |order: &str| {
            let found = self.ask(
                collection,
                members,
                &format!(
                    "SELECT d.published, d.doc FROM mentions m JOIN documents d ON d.id = m.document
                     WHERE m.entity IN (?#) AND d.collection = ?1 AND d.day < {NO_DAY} AND d.published IS NOT NULL
                     ORDER BY d.day {order}, d.doc LIMIT 1"
                ),
                |row| {
                    let date = row.get_ref(0)?.as_str()?.parse().ok();
                    Ok((date, DocId(row.get::<_, i64>(1)? as u64)))
                },
            )?;
            let end = found.into_iter().next();
            Ok::<_, StoreError>(end.and_then(|(date, doc)| Some((date?, doc))))
        };
        Ok([end("ASC")?, end("DESC")?])
    }

    /// How `members` are written, or their titles, most often first, at most `n`.
    pub fn said_of(
        &self,
        collection: CollectionKey,
        members: &[EntityId],
        sort: SaidAs,
        n: usize,
    ) -> Result<Vec<(String, u32)>, StoreError> {
        let sorts = match sort {
            SaidAs::Alias => format!("{ALIAS}, {SHORT_FORM}"),
            SaidAs::Role => ROLE.to_string(),
        };
        self.ask(
            collection,
            members,
            &format!(
                "SELECT s.text, sum(s.times) FROM said s JOIN documents d ON d.id = s.document
                 WHERE s.entity IN (?#) AND s.sort IN ({sorts}) AND d.collection = ?1 GROUP BY s.text ORDER BY 2 DESC, 1 LIMIT {n}"
            ),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// Who else the documents that name `members` name: ids as the documents give them, with the number of documents, most first, at most `n`.
    pub fn named_with(
        &self,
        collection: CollectionKey,
        members: &[EntityId],
        n: usize,
    ) -> Result<Vec<(EntityId, u32)>, StoreError> {
        self.ask(
            collection,
            members,
            &format!(
                "SELECT e.slug, n FROM
                     (SELECT o.entity AS entity, count(*) AS n, sum(o.mentions) AS often FROM
                          (SELECT DISTINCT m.document FROM mentions m JOIN documents d ON d.id = m.document
                           WHERE m.entity IN (?#) AND d.collection = ?1 LIMIT {MOST_DOCUMENTS}) named
                      JOIN mentions o ON o.document = named.document GROUP BY o.entity ORDER BY n DESC, often DESC LIMIT {n})
                 JOIN entities e ON e.id = entity ORDER BY n DESC, often DESC, e.slug"
            ),
            |row| Ok((EntityId(row.get(0)?), row.get(1)?)),
        )
    }

    /// The dated passages that name any of `members`, in the order of time, at most `n`.
    pub fn events_naming(
        &self,
        collection: CollectionKey,
        members: &[EntityId],
        n: usize,
    ) -> Result<Vec<Event>, StoreError> {
        let wanted: Vec<String> = (0..members.len())
            .map(|index| {
                format!(
                    "instr(char(10) || e.entities || char(10), char(10) || ?{} || char(10))",
                    index + 2
                )
            })
            .collect();
        let wanted = if wanted.is_empty() {
            "0".to_owned()
        } else {
            wanted.join(" OR ")
        };
        self.ask(
            collection,
            members,
            &format!(
                "{} WHERE e.document IN (SELECT m.document FROM mentions m WHERE m.entity IN (?#)) AND d.collection = ?1 AND ({wanted})
                 ORDER BY e.day, e.id LIMIT {n}",
                events::COLUMNS
            ),
            events::event,
        )
    }

    /// Runs a query over the members: `?#` stands for the numbers of the entities, `?2` and so on for their ids.
    fn ask<T>(
        &self,
        collection: CollectionKey,
        members: &[EntityId],
        query: &str,
        take: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        // SQLite takes so many values, and no entity has as many names.
        let members = members.get(..members.len().min(500)).unwrap_or_default();
        let places: Vec<String> = (0..members.len())
            .map(|index| format!("?{}", index + 2))
            .collect();
        let numbers = format!(
            "SELECT id FROM entities WHERE slug IN ({})",
            places.join(", ")
        );
        let query = query.replace("?#", &numbers);
        let values = std::iter::once(Value::Integer(collection.0))
            .chain(members.iter().map(|id| Value::Text(id.as_str().to_owned())));
        self.read(|connection| {
            let mut statement = connection.prepare(&query)?;
            let rows = statement.query_map(params_from_iter(values), take)?;
            rows.collect()
        })
    }
}

pub(super) fn put(
    connection: &Connection,
    document: i64,
    said: &[Said],
    sums: &mut Sums,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT OR IGNORE INTO said (document, entity, sort, text, times) SELECT ?1, id, ?3, ?4, ?5 FROM entities WHERE slug = ?2
         RETURNING entity",
    )?;
    for words in said {
        let sort = match words.sort {
            SaidAs::Role => ROLE,
            SaidAs::Alias if is_short(&words.text) => SHORT_FORM,
            SaidAs::Alias => ALIAS,
        };
        let values = params![
            document,
            words.entity.as_str(),
            sort,
            &*words.text,
            words.times
        ];
        let new: Option<i64> = statement.query_row(values, |row| row.get(0)).optional()?;
        if let Some(entity) = new.filter(|_| sort == SHORT_FORM) {
            *sums
                .short_forms
                .entry((entity, words.text.clone()))
                .or_default() += 1;
        }
    }
    Ok(())
}

/// A name in capitals alone: kept apart, since a short form explained in one document is looked for in all.
fn is_short(text: &str) -> bool {
    crate::library::entities::is_acronym(text)
}

pub(super) fn forget(
    connection: &Connection,
    document: i64,
    sums: &mut Sums,
) -> rusqlite::Result<()> {
    let mut statement = connection
        .prepare_cached("DELETE FROM said WHERE document = ?1 RETURNING entity, sort, text")?;
    let mut rows = statement.query([document])?;
    while let Some(row) = rows.next()? {
        if row.get::<_, i64>(1)? == SHORT_FORM {
            *sums
                .short_forms
                .entry((row.get(0)?, row.get(2)?))
                .or_default() -= 1;
        }
    }
    Ok(())
}
