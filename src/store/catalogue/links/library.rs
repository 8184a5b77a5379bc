//! The names of a collection as the catalogue knows them: what was seen of each, who shares a key with whom, which documents name both.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use crate::language::entities::EntityId;
use crate::library::entities::{Key, Names, Seen};
use crate::store::catalogue::{CollectionKey, mentions};

pub(super) fn all_seen(
    connection: &Connection,
    collection: CollectionKey,
) -> rusqlite::Result<Vec<Seen>> {
    let mut statement = connection.prepare_cached(
        "SELECT e.slug, s.text FROM short_forms s JOIN entities e ON e.id = s.entity WHERE s.collection = ?1 AND s.documents > 0",
    )?;
    let mut rows = statement.query([collection.0])?;
    let mut short_forms: HashMap<EntityId, Vec<Arc<str>>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let id = EntityId(row.get(0)?);
        short_forms.entry(id).or_default().push(row.get(1)?);
    }
    let mut statement = connection.prepare_cached(
        "SELECT slug, name, kind, mentions, documents FROM totals JOIN entities ON id = entity WHERE collection = ?1 AND documents > 0",
    )?;
    let seen = statement.query_map([collection.0], |row| {
        let total = mentions::count(row)?;
        let acronyms = short_forms.remove(&total.entity).unwrap_or_default();
        Ok(Seen {
            id: total.entity,
            name: total.name,
            kind: total.kind,
            mentions: total.mentions,
            documents: total.documents,
            acronyms,
        })
    })?;
    seen.collect()
}

pub(super) fn meet(
    connection: &Connection,
    collection: CollectionKey,
    one: &EntityId,
    other: &EntityId,
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT 1 FROM mentions a JOIN mentions b ON b.document = a.document JOIN documents d ON d.id = a.document
             WHERE a.entity = (SELECT id FROM entities WHERE slug = ?2) AND b.entity = (SELECT id FROM entities WHERE slug = ?3)
                 AND d.collection = ?1 LIMIT 1",
        )?
        .query_row(params![collection.0, one.as_str(), other.as_str()], |_| Ok(()))
        .optional()
        .map(|found| found.is_some())
}

/// Documents that name any of `members`: those of the first, and those of the others that do not name it. So it costs what the others are named.
pub(super) fn n_documents(
    connection: &Connection,
    collection: CollectionKey,
    members: &[EntityId],
) -> rusqlite::Result<u32> {
    let places: Vec<String> = (0..members.len()).map(|n| format!("?{}", n + 2)).collect();
    let mut statement = connection.prepare(&format!(
        "SELECT id, documents FROM entities JOIN totals ON entity = id AND collection = ?1 WHERE slug IN ({})",
        places.join(", ")
    ))?;
    let values = std::iter::once(Value::Integer(collection.0))
        .chain(members.iter().map(|id| Value::Text(id.as_str().to_owned())));
    let found = statement.query_map(params_from_iter(values), |row| {
        Ok((row.get::<_, i64>(1)?, row.get::<_, i64>(0)?))
    })?;
    let mut found = found.collect::<rusqlite::Result<Vec<(i64, i64)>>>()?;
    found.sort_unstable();
    let Some((documents, most)) = found.pop() else {
        return Ok(0);
    };
    if found.is_empty() {
        return Ok(u32::try_from(documents).unwrap_or(0));
    }
    let others: Vec<String> = found.iter().map(|(_, id)| id.to_string()).collect();
    let more: i64 = connection
        .prepare(&format!(
            "SELECT count(DISTINCT m.document) FROM mentions m JOIN documents d ON d.id = m.document
             WHERE m.entity IN ({}) AND d.collection = ?1
                 AND NOT EXISTS (SELECT 1 FROM mentions o WHERE o.document = m.document AND o.entity = ?2)",
            others.join(", ")
        ))?
        .query_row([collection.0, most], |row| row.get(0))?;
    Ok(u32::try_from(documents + more).unwrap_or(u32::MAX))
}

/// The names of a collection as the catalogue knows them; what cannot be read is not there.
pub(super) struct Library<'a> {
    pub(super) connection: &'a Connection,
    pub(super) collection: CollectionKey,
}

impl Library<'_> {
    fn ids(&self, query: &str, values: &[&dyn rusqlite::ToSql]) -> Vec<EntityId> {
        let read = || {
            let mut statement = self.connection.prepare_cached(query)?;
            let ids = statement.query_map(values, |row| Ok(EntityId(row.get(0)?)))?;
            ids.collect::<rusqlite::Result<Vec<EntityId>>>()
        };
        read().unwrap_or_default()
    }
}

impl Names for Library<'_> {
    fn seen(&self, id: &EntityId) -> Option<Seen> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT e.slug, e.name, e.kind, coalesce(t.mentions, 0), coalesce(t.documents, 0), e.id
                 FROM entities e LEFT JOIN totals t ON t.collection = ?1 AND t.entity = e.id WHERE e.slug = ?2",
            )
            .ok()?;
        let (total, entity) = statement
            .query_row(params![self.collection.0, id.as_str()], |row| {
                Ok((mentions::count(row)?, row.get::<_, i64>(5)?))
            })
            .ok()?;
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT text FROM short_forms WHERE collection = ?1 AND entity = ?2 AND documents > 0",
            )
            .ok()?;
        let acronyms = statement.query_map([self.collection.0, entity], |row| row.get(0));
        Some(Seen {
            id: total.entity,
            name: total.name,
            kind: total.kind,
            mentions: total.mentions,
            documents: total.documents,
            acronyms: acronyms.ok()?.filter_map(Result::ok).collect(),
        })
    }

    fn sharing(&self, key: Key, n: usize) -> Vec<EntityId> {
        self.ids(
            "SELECT e.slug FROM name_keys k JOIN totals t ON t.collection = ?1 AND t.entity = k.entity JOIN entities e ON e.id = k.entity
             WHERE k.key = ?2 AND t.documents > 0 LIMIT ?3",
            &[&self.collection.0, &(key.0 as i64), &i64::try_from(n).unwrap_or(-1)],
        )
    }

    fn written(&self, acronym: &str) -> Vec<EntityId> {
        self.ids(
            "SELECT e.slug FROM short_forms s JOIN entities e ON e.id = s.entity WHERE s.collection = ?1 AND s.text = ?2 AND s.documents > 0",
            &[&self.collection.0, &acronym],
        )
    }

    fn meet(&self, one: &EntityId, other: &EntityId) -> bool {
        meet(self.connection, self.collection, one, other).unwrap_or(true)
    }

    fn n_documents(&self, members: &[EntityId]) -> Option<u32> {
        n_documents(self.connection, self.collection, members).ok()
    }
}
