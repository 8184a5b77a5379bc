//! Copies what can be read in a damaged store into a new one beside it. The damaged file is only read.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, Row, params_from_iter};

use super::doctor::Salvaged;
use super::open::{immutable, with_suffix};
use super::{Store, StoreError};

/// Rows between two unreadable places that are asked for one by one.
const MOST_PROBED: i64 = 100_000;

/// So that notes are shown although what they point at could not be read.
const STAND_INS: &str = "
    INSERT OR IGNORE INTO works (id, locator, title, created)
        SELECT DISTINCT work, 'salvaged:' || work, '', created FROM (SELECT work, created FROM annotations UNION ALL SELECT work, created FROM bookmarks);
    INSERT OR IGNORE INTO revisions (id, hash, n_bytes, first_read)
        SELECT DISTINCT revision, randomblob(32), 0, created FROM (SELECT revision, created FROM annotations UNION ALL SELECT revision, created FROM bookmarks);
";

/// Makes the new store; none where nothing can be read.
pub(super) fn salvage(path: &Path, now: Timestamp) -> Result<Option<Salvaged>, StoreError> {
    let to = free_name(path, now);
    let mut rows = Vec::new();
    {
        let store = Store::open(&to, now)?;
        let fail = |source| StoreError::of(&to, source);
        let copy = &store.connection;
        copy.pragma_update(None, "foreign_keys", false)
            .map_err(fail)?;
        let damaged = read_only(path)?;
        for table in tables(copy).map_err(fail)? {
            copy.execute_batch("BEGIN").map_err(fail)?;
            let n = copy_table(&damaged, copy, &table);
            copy.execute_batch("COMMIT").map_err(fail)?;
            if n > 0 {
                rows.push((table, n));
            }
        }
        copy.execute_batch(STAND_INS).map_err(fail)?;
        copy.pragma_update(None, "journal_mode", "DELETE")
            .map_err(fail)?;
    }
    if rows.is_empty() {
        std::fs::remove_file(&to).ok();
        return Ok(None);
    }
    Ok(Some(Salvaged { path: to, rows }))
}

/// `postil-salvaged-20261122T030000Z.db` for `postil.db`.
fn free_name(path: &Path, now: Timestamp) -> PathBuf {
    let mut stem = path.file_stem().unwrap_or_default().to_owned();
    stem.push(format!("-salvaged-{}", now.strftime("%Y%m%dT%H%M%SZ")));
    let base = path.with_file_name(stem);
    let mut to = with_suffix(&base, ".db");
    for n in 2.. {
        if !to.exists() {
            break;
        }
        to = with_suffix(&base, &format!("-{n}.db"));
    }
    to
}

fn read_only(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let usable = |connection: Connection| {
        connection.pragma_update(None, "cell_size_check", true)?;
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(connection)
    };
    Connection::open_with_flags(path, flags)
        .and_then(usable)
        .or_else(|_| {
            Connection::open_with_flags(immutable(path), flags | OpenFlags::SQLITE_OPEN_URI)
        })
        .map_err(|source| StoreError::of(path, source))
}

fn tables(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
    )?;
    statement.query_map([], |row| row.get(0))?.collect()
}

/// Copies what can be read of a table: from its start, from its end, and what lies between two unreadable places. Gives how many rows the copy has.
fn copy_table(damaged: &Connection, copy: &Connection, table: &str) -> u32 {
    let (Ok(mut columns), Ok(theirs)) = (columns(copy, table), columns(damaged, table)) else {
        return 0;
    };
    columns.retain(|(column, _)| theirs.iter().any(|(name, _)| name == column));
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let keys: Vec<&str> = columns
        .iter()
        .filter(|(_, is_key)| *is_key)
        .map(|(name, _)| name.as_str())
        .collect();
    let list = names.join(", ");
    let insert = format!(
        "INSERT OR IGNORE INTO {table} ({list}) VALUES ({})",
        vec!["?"; names.len()].join(", ")
    );
    let put = |row: &Row<'_>| {
        let values = (0..names.len())
            .map(|index| row.get::<_, Value>(index))
            .collect::<rusqlite::Result<Vec<_>>>()?;
        copy.prepare_cached(&insert)?
            .execute(params_from_iter(&values))
    };
    let rowid = matches!(keys.as_slice(), ["id" | "revision"]).then(|| keys.join(""));
    let mut edges = [None, None];
    for (order, edge) in ["", " DESC"].into_iter().zip(&mut edges) {
        let by: Vec<String> = keys.iter().map(|key| format!("{key}{order}")).collect();
        let query = format!(
            "SELECT {list} FROM {table} NOT INDEXED ORDER BY {}",
            by.join(", ")
        );
        let key_at = rowid
            .as_ref()
            .and_then(|key| names.iter().position(|name| name == key));
        let mut read_all = || {
            let mut statement = damaged.prepare(&query)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                // A row that breaks a rule of the schema is left out.
                put(row).ok();
                if let Some(key) = key_at {
                    *edge = row.get(key).ok().or(*edge);
                }
            }
            Ok::<_, rusqlite::Error>(())
        };
        if read_all().is_ok() {
            break;
        }
    }
    if let (Some(key), [Some(first), Some(last)]) = (&rowid, edges) {
        let query = format!("SELECT {list} FROM {table} WHERE {key} = ?1");
        if let Ok(mut statement) = damaged.prepare(&query) {
            let range: std::ops::Range<i64> = first..last;
            for id in range.skip(1).take(MOST_PROBED as usize) {
                statement.query_row([id], |row| put(row)).ok();
            }
        }
    }
    let count = format!("SELECT count(*) FROM {table}");
    copy.query_row(&count, [], |row| row.get(0)).unwrap_or(0)
}

/// The columns of a table and whether they are of its primary key.
fn columns(connection: &Connection, table: &str) -> rusqlite::Result<Vec<(String, bool)>> {
    let mut statement = connection.prepare("SELECT name, pk > 0 FROM pragma_table_info(?1)")?;
    statement
        .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}
