//! Which names of a collection are one: kept, and brought up to date when documents come and go.
//!
//! The links are packed pages. A document that is put in or taken out notes whom it names; linking takes up what was noted, so that it costs what the
//! change reaches, and nothing where nothing changed. What they depend on beside the documents (the rules, the reader's decisions) is kept with them as a number;
//! where it is another, all names are linked anew. Two programs may do so on one catalogue: a number raised with every change tells one what the other did.

mod library;
mod name_keys;

pub(super) use self::name_keys::{forget_keys, put_keys};

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};

use self::library::{Library, all_seen, meet, n_documents};
use super::put::Sums;
use super::{Catalogue, CollectionKey};
use crate::language::entities::EntityId;
use crate::library::entities::{Decision, Links, Seen, acronym_key};
use crate::store::StoreError;

/// Of one part in so many of the names linking all anew is as fast.
const FEW: i64 = 4;

/// The links of a collection as they were linked last.
#[derive(Debug, Clone, Default)]
pub struct Linking {
    /// Which names are one.
    pub links: Arc<Links>,
    /// With what the reader decided.
    decisions: Vec<Decision>,
    /// 0 for none.
    generation: i64,
}

/// What is kept beside the pages.
struct Kept {
    stamp: i64,
    generation: i64,
    names: i64,
}

impl Catalogue {
    /// The links of a collection as they were kept with these decisions, whatever changed since; nothing if there are none. Costs what reading some bytes costs.
    pub fn linked(
        &self,
        collection: CollectionKey,
        decisions: &[Decision],
    ) -> Result<Option<Linking>, StoreError> {
        let stamp = Links::stamp(decisions) as i64;
        self.read(|connection| {
            let kept = kept(connection, collection)?.filter(|kept| kept.stamp == stamp);
            let last = Linking::default();
            kept.map(|kept| known(connection, collection, &last, &kept, decisions))
                .transpose()
        })
    }

    /// The links of a collection brought up to date, where `last` are those this program knows. If nothing changed the pages are read, and opened
    /// when they are asked.
    pub fn link(
        &mut self,
        collection: CollectionKey,
        last: &Linking,
        decisions: &[Decision],
    ) -> Result<Linking, StoreError> {
        let stamp = Links::stamp(decisions) as i64;
        let current = self.read(|connection| {
            let kept = kept(connection, collection)?.filter(|kept| kept.stamp == stamp);
            let Some(kept) = kept.filter(|_| !is_stale(connection, collection).unwrap_or(true))
            else {
                return Ok(None);
            };
            known(connection, collection, last, &kept, decisions).map(Some)
        })?;
        if let Some(current) = current {
            return Ok(current);
        }
        self.write(|transaction| {
            let kept = kept(transaction, collection)?;
            let same = |kept: &&Kept| kept.stamp == stamp || kept.generation == last.generation;
            match kept.as_ref().filter(same) {
                Some(kept) => renew(transaction, collection, last, kept, decisions),
                None => anew(transaction, collection, kept.as_ref(), decisions),
            }
        })
    }

    /// Every entity of a collection as its documents name it.
    pub fn entities_seen(&self, collection: CollectionKey) -> Result<Vec<Seen>, StoreError> {
        self.read(|connection| all_seen(connection, collection))
    }

    /// Whether some document of a collection names both.
    pub fn meet(
        &self,
        collection: CollectionKey,
        one: &EntityId,
        other: &EntityId,
    ) -> Result<bool, StoreError> {
        self.read(|connection| meet(connection, collection, one, other))
    }

    /// How many documents name any of `members`.
    pub fn n_documents_of(
        &self,
        collection: CollectionKey,
        members: &[EntityId],
    ) -> Result<u32, StoreError> {
        self.read(|connection| n_documents(connection, collection, members))
    }
}

fn kept(connection: &Connection, collection: CollectionKey) -> rusqlite::Result<Option<Kept>> {
    connection
        .prepare_cached("SELECT stamp, generation, names FROM links WHERE collection = ?1")?
        .query_row([collection.0], |row| {
            Ok(Kept {
                stamp: row.get(0)?,
                generation: row.get(1)?,
                names: row.get(2)?,
            })
        })
        .optional()
}

fn is_stale(connection: &Connection, collection: CollectionKey) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM unlinked WHERE collection = ?1)")?
        .query_row([collection.0], |row| row.get(0))
}

/// The links as kept: those this program knows, unless another one has changed them.
fn known(
    connection: &Connection,
    collection: CollectionKey,
    last: &Linking,
    kept: &Kept,
    decisions: &[Decision],
) -> rusqlite::Result<Linking> {
    if kept.generation == last.generation {
        return Ok(last.clone());
    }
    let mut statement =
        connection.prepare_cached("SELECT page, bytes FROM link_pages WHERE collection = ?1")?;
    let pages = statement.query_map([collection.0], |row| {
        Ok((row.get::<_, i64>(0)? as usize, row.get(1)?))
    })?;
    let pages = pages.collect::<rusqlite::Result<Vec<(usize, Vec<u8>)>>>()?;
    Ok(Linking {
        links: Arc::new(Links::of_pages(pages, decisions)),
        decisions: decisions.to_vec(),
        generation: kept.generation,
    })
}

fn renew(
    connection: &Connection,
    collection: CollectionKey,
    last: &Linking,
    kept: &Kept,
    decisions: &[Decision],
) -> rusqlite::Result<Linking> {
    let known = known(connection, collection, last, kept, decisions)?;
    let mut changed = unlinked(connection, collection)?;
    if (changed.len() as i64).saturating_mul(FEW) > kept.names {
        return anew(connection, collection, Some(kept), decisions);
    }
    if known.decisions != decisions {
        let both = known.decisions.iter().chain(decisions);
        changed.extend(both.flat_map(|decision| {
            let named = decision.entities().into_iter().cloned();
            named.chain(decision.apart())
        }));
    }
    let names = Library {
        connection,
        collection,
    };
    let links = known.links.renewed(&changed, decisions, &names);
    let pages = links.pages_unlike(&known.links);
    keep(connection, collection, kept, &pages, decisions)?;
    Ok(Linking {
        links: Arc::new(links),
        decisions: decisions.to_vec(),
        generation: kept.generation + 1,
    })
}

fn anew(
    connection: &Connection,
    collection: CollectionKey,
    kept: Option<&Kept>,
    decisions: &[Decision],
) -> rusqlite::Result<Linking> {
    let seen = all_seen(connection, collection)?;
    let now = Kept {
        stamp: 0,
        generation: kept.map_or(0, |kept| kept.generation),
        names: seen.len() as i64,
    };
    let mut links = Links::new(seen, decisions, |one, other| {
        meet(connection, collection, one, other).unwrap_or(true)
    });
    links.count_documents(|members| n_documents(connection, collection, members).ok());
    connection.execute(
        "DELETE FROM link_pages WHERE collection = ?1",
        [collection.0],
    )?;
    let pages = links.pages_unlike(&Links::default());
    keep(connection, collection, &now, &pages, decisions)?;
    Ok(Linking {
        links: Arc::new(links),
        decisions: decisions.to_vec(),
        generation: now.generation + 1,
    })
}

/// Keeps pages in the place of what they were, as linked with all that was noted.
fn keep(
    connection: &Connection,
    collection: CollectionKey,
    kept: &Kept,
    pages: &[(usize, Vec<u8>)],
    decisions: &[Decision],
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT OR REPLACE INTO link_pages (collection, page, bytes) VALUES (?1, ?2, ?3)",
    )?;
    for (page, bytes) in pages {
        statement.execute(params![collection.0, *page as i64, bytes])?;
    }
    connection
        .prepare_cached("DELETE FROM unlinked WHERE collection = ?1")?
        .execute([collection.0])?;
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO links (collection, stamp, generation, names) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            collection.0,
            Links::stamp(decisions) as i64,
            kept.generation + 1,
            kept.names
        ])?;
    Ok(())
}

fn unlinked(connection: &Connection, collection: CollectionKey) -> rusqlite::Result<Vec<EntityId>> {
    let mut statement = connection.prepare_cached(
        "SELECT slug FROM unlinked JOIN entities ON id = entity WHERE collection = ?1",
    )?;
    let ids = statement.query_map([collection.0], |row| Ok(EntityId(row.get(0)?)))?;
    ids.collect()
}

/// Notes whom a batch concerns, where they were linked before.
pub(super) fn note(
    connection: &Connection,
    collection: CollectionKey,
    sums: &Sums,
) -> rusqlite::Result<()> {
    if kept(connection, collection)?.is_none() {
        return Ok(());
    }
    let mut statement = connection
        .prepare_cached("INSERT OR IGNORE INTO unlinked (collection, entity) VALUES (?1, ?2)")?;
    for entity in sums.entities.keys().chain(&sums.neighbours) {
        statement.execute([collection.0, *entity])?;
    }
    let mut statement = connection.prepare_cached(
        "INSERT OR IGNORE INTO unlinked (collection, entity) SELECT ?1, entity FROM name_keys WHERE key = ?2",
    )?;
    for ((_, text), _) in sums.short_forms.iter().filter(|(_, n)| **n != 0) {
        statement.execute([collection.0, acronym_key(text).0 as i64])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
