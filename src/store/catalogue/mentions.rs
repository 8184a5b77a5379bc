//! Who is named in a collection, how often and where.

use std::cmp::Reverse;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::put::Sums;
use super::{Catalogue, CollectionKey, links};
use crate::document::DocId;
use crate::language::entities::{EntityId, EntityType};
use crate::library::EntityCount;
use crate::store::StoreError;

impl Catalogue {
    /// Every entity named in a collection, most mentioned first.
    pub fn entity_totals(&self, collection: CollectionKey) -> Result<Vec<EntityCount>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT slug, name, kind, mentions, documents FROM totals JOIN entities ON id = entity
                 WHERE collection = ?1 AND documents > 0 ORDER BY mentions DESC, slug",
            )?;
            statement.query_map([collection.0], count)?.collect()
        })
    }

    /// As [`Catalogue::entity_totals`], each with a document that names it.
    pub fn entity_places(
        &self,
        collection: CollectionKey,
    ) -> Result<Vec<(EntityCount, DocId)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT slug, name, kind, t.mentions, documents,
                    (SELECT doc FROM mentions m JOIN documents d ON d.id = m.document
                     WHERE m.entity = e.id AND d.collection = ?1 LIMIT 1) AS place
                 FROM totals t JOIN entities e ON e.id = t.entity
                 WHERE t.collection = ?1 AND documents > 0 AND place IS NOT NULL ORDER BY t.mentions DESC, slug",
            )?;
            let rows = statement.query_map([collection.0], |row| {
                Ok((count(row)?, DocId(row.get::<_, i64>(5)? as u64)))
            })?;
            rows.collect()
        })
    }

    /// How often one entity is named in a collection.
    pub fn entity_total(
        &self,
        collection: CollectionKey,
        entity: &EntityId,
    ) -> Result<Option<EntityCount>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT slug, name, kind, mentions, documents FROM totals JOIN entities ON id = entity
                 WHERE collection = ?1 AND slug = ?2 AND documents > 0",
            )?;
            statement
                .query_map(params![collection.0, entity.as_str()], count)?
                .next()
                .transpose()
        })
    }

    /// The documents that name an entity and how often, by date.
    pub fn entity_documents(
        &self,
        collection: CollectionKey,
        entity: &EntityId,
    ) -> Result<Vec<(DocId, u32)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT doc, m.mentions FROM entities e JOIN mentions m ON m.entity = e.id JOIN documents d ON d.id = m.document
                 WHERE e.slug = ?2 AND d.collection = ?1 ORDER BY d.day, d.title_key, d.doc",
            )?;
            let rows = statement.query_map(params![collection.0, entity.as_str()], |row| {
                Ok((DocId(row.get::<_, i64>(0)? as u64), row.get(1)?))
            })?;
            rows.collect()
        })
    }
}

pub(super) fn count(row: &Row<'_>) -> rusqlite::Result<EntityCount> {
    Ok(EntityCount {
        entity: EntityId(row.get(0)?),
        name: row.get(1)?,
        kind: kind_of(row.get_ref(2)?.as_str()?),
        mentions: row.get(3)?,
        documents: row.get(4)?,
    })
}

pub(super) fn kind_of(word: &str) -> EntityType {
    match word {
        "PERSON" => EntityType::Person,
        "ORG" => EntityType::Org,
        _ => EntityType::Place,
    }
}

const fn kind_word(kind: EntityType) -> &'static str {
    match kind {
        EntityType::Person => "PERSON",
        EntityType::Org => "ORG",
        EntityType::Place => "PLACE",
    }
}

pub(super) fn put(
    connection: &Connection,
    document: i64,
    entities: &[EntityCount],
    sums: &mut Sums,
) -> rusqlite::Result<()> {
    for entity in entities {
        let id = known(connection, entity, sums)?;
        let new = connection
            .prepare_cached(
                "INSERT OR IGNORE INTO mentions (document, entity, mentions) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![document, id, entity.mentions])?;
        if new > 0 {
            let sum = sums.entities.entry(id).or_default();
            *sum = (sum.0 + i64::from(entity.mentions), sum.1 + 1);
        }
    }
    Ok(())
}

/// The number of an entity. Of the names and types that documents give it the longest name and the first type stay, so that the order in which documents
/// come does not matter; those of documents that have gone stay too.
fn known(connection: &Connection, entity: &EntityCount, sums: &mut Sums) -> rusqlite::Result<i64> {
    let slug = entity.entity.as_str();
    let found: Option<(i64, Arc<str>, EntityType)> = connection
        .prepare_cached("SELECT id, name, kind FROM entities WHERE slug = ?1")?
        .query_row([slug], |row| {
            Ok((row.get(0)?, row.get(1)?, kind_of(row.get_ref(2)?.as_str()?)))
        })
        .optional()?;
    let Some((id, name, kind)) = found else {
        let id = connection
            .prepare_cached(
                "INSERT INTO entities (slug, name, kind) VALUES (?1, ?2, ?3) RETURNING id",
            )?
            .query_row(params![slug, entity.name, kind_word(entity.kind)], |row| {
                row.get(0)
            })?;
        links::put_keys(connection, id, entity.kind, &entity.name)?;
        return Ok(id);
    };
    let by_name = |name: &str| (Reverse(name.len()), name.to_owned());
    let longer = by_name(&entity.name) < by_name(&name);
    let earlier = kind_word(entity.kind) < kind_word(kind);
    if longer || earlier {
        let name_now = if longer { &entity.name } else { &name };
        let kind_now = if earlier { entity.kind } else { kind };
        connection
            .prepare_cached("UPDATE entities SET name = ?2, kind = ?3 WHERE id = ?1")?
            .execute(params![id, name_now, kind_word(kind_now)])?;
        sums.neighbours
            .extend(links::forget_keys(connection, id, kind, &name)?);
        links::put_keys(connection, id, kind_now, name_now)?;
    }
    Ok(id)
}

pub(super) fn forget(
    connection: &Connection,
    document: i64,
    sums: &mut Sums,
) -> rusqlite::Result<()> {
    let mut statement = connection
        .prepare_cached("DELETE FROM mentions WHERE document = ?1 RETURNING entity, mentions")?;
    let mut rows = statement.query([document])?;
    while let Some(row) = rows.next()? {
        let sum = sums.entities.entry(row.get(0)?).or_default();
        *sum = (sum.0 - row.get::<_, i64>(1)?, sum.1 - 1);
    }
    Ok(())
}
