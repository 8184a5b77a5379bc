//! Which documents name somebody, by what they call it and how they write it; and whom a document names.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rusqlite::params;

use super::{Catalogue, CollectionKey};
use crate::document::DocId;
use crate::language::entities::EntityId;
use crate::store::StoreError;

/// Somebody or something that a document names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedAs {
    /// Which, as the document gives it.
    pub entity: EntityId,
    /// What it is called.
    pub name: Arc<str>,
    /// How the document writes it.
    pub written: Vec<Arc<str>>,
}

impl Catalogue {
    /// The documents that name somebody or something whose name, or a spelling of it in that document, passes; not those of `hidden`. Time grows with
    /// the different names of the catalogue.
    pub fn documents_naming(
        &self,
        collection: CollectionKey,
        is_it: impl Fn(&str) -> bool,
        hidden: &HashSet<EntityId>,
    ) -> Result<HashSet<DocId>, StoreError> {
        self.read(|connection| {
            let mut found = HashSet::new();
            let mut barred: HashSet<i64> = HashSet::new();
            let mut passing: HashSet<i64> = HashSet::new();
            let mut all = connection.prepare_cached("SELECT id, slug, name FROM entities")?;
            let mut rows = all.query([])?;
            while let Some(row) = rows.next()? {
                if !hidden.is_empty() && hidden.contains(&EntityId(row.get(1)?)) {
                    barred.insert(row.get(0)?);
                } else if is_it(row.get_ref(2)?.as_str()?) {
                    passing.insert(row.get(0)?);
                }
            }
            let mut naming = connection.prepare_cached(
                "SELECT d.doc FROM mentions m JOIN documents d ON d.id = m.document WHERE m.entity = ?1 AND d.collection = ?2",
            )?;
            for entity in &passing {
                let mut rows = naming.query([*entity, collection.0])?;
                while let Some(row) = rows.next()? {
                    found.insert(DocId(row.get::<_, i64>(0)? as u64));
                }
            }
            let mut spellings = connection.prepare_cached(
                "SELECT entity, sort, text FROM said WHERE sort < 2 GROUP BY entity, sort, text",
            )?;
            let mut writing = connection.prepare_cached(
                "SELECT d.doc FROM said s JOIN documents d ON d.id = s.document
                 WHERE s.entity = ?1 AND s.sort = ?2 AND s.text = ?3 AND d.collection = ?4",
            )?;
            let mut rows = spellings.query([])?;
            while let Some(row) = rows.next()? {
                let (entity, sort) = (row.get::<_, i64>(0)?, row.get::<_, i64>(1)?);
                let text = row.get_ref(2)?.as_str()?;
                if passing.contains(&entity) || barred.contains(&entity) || !is_it(text) {
                    continue;
                }
                let mut rows = writing.query(params![entity, sort, text, collection.0])?;
                while let Some(row) = rows.next()? {
                    found.insert(DocId(row.get::<_, i64>(0)? as u64));
                }
            }
            Ok(found)
        })
    }

    /// Whom and what a document names, in the order of their ids.
    pub fn named_in(
        &self,
        collection: CollectionKey,
        doc: DocId,
    ) -> Result<Vec<NamedAs>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT e.slug, e.name, s.text FROM documents d JOIN said s ON s.document = d.id JOIN entities e ON e.id = s.entity
                 WHERE d.collection = ?1 AND d.doc = ?2 AND s.sort < 2 ORDER BY e.slug, s.text",
            )?;
            let mut rows = statement.query(params![collection.0, doc.0 as i64])?;
            let mut all: Vec<NamedAs> = Vec::new();
            let mut at: HashMap<EntityId, usize> = HashMap::new();
            while let Some(row) = rows.next()? {
                let entity = EntityId(row.get(0)?);
                let name = row.get(1)?;
                let index = *at.entry(entity.clone()).or_insert(all.len());
                if index == all.len() {
                    all.push(NamedAs {
                        entity,
                        name,
                        written: Vec::new(),
                    });
                }
                if let Some(named) = all.get_mut(index) {
                    named.written.push(row.get(2)?);
                }
            }
            Ok(all)
        })
    }
}
