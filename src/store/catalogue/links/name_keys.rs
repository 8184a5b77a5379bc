//! What a name may share with others that are the same: its keys, put in and taken out with it.

use rusqlite::Connection;

use crate::language::entities::EntityType;
use crate::library::entities::keys;

/// Names like one that was changed that are linked anew, by each of its keys.
const MOST_NEIGHBOURS: i64 = 200;

pub(in crate::store::catalogue) fn put_keys(
    connection: &Connection,
    entity: i64,
    kind: EntityType,
    name: &str,
) -> rusqlite::Result<()> {
    let mut statement = connection
        .prepare_cached("INSERT OR IGNORE INTO name_keys (key, entity) VALUES (?1, ?2)")?;
    for key in keys(kind, name) {
        statement.execute([key.0 as i64, entity])?;
    }
    Ok(())
}

/// Takes the keys of a name out; gives who has the same.
pub(in crate::store::catalogue) fn forget_keys(
    connection: &Connection,
    entity: i64,
    kind: EntityType,
    name: &str,
) -> rusqlite::Result<Vec<i64>> {
    let mut others = Vec::new();
    let mut sharing =
        connection.prepare_cached("SELECT entity FROM name_keys WHERE key = ?1 LIMIT ?2")?;
    let mut delete =
        connection.prepare_cached("DELETE FROM name_keys WHERE key = ?1 AND entity = ?2")?;
    for key in keys(kind, name) {
        let found = sharing.query_map([key.0 as i64, MOST_NEIGHBOURS], |row| row.get(0))?;
        others.extend(found.collect::<rusqlite::Result<Vec<i64>>>()?);
        delete.execute([key.0 as i64, entity])?;
    }
    Ok(others)
}
