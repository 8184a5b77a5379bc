//! Links between two annotated passages, in one document or in two.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::log::{self, Action, LogEntry, time, unreadable};
use super::steps::{Plan, What};
use super::takeback::UNREADABLE;
use super::{Store, StoreError};
use crate::annotation::{Link, LinkKind, RecordId};
use crate::text::sanitise;

const COLUMNS: &str = "SELECT id, source, target, kind, note, created, deleted FROM links ";
/// A link whose annotation was deleted waits for it to come back.
const LIVING: &str = "deleted IS NULL AND NOT EXISTS (SELECT 1 FROM annotations a WHERE a.id IN (source, target) AND a.deleted IS NOT NULL)";

impl Store {
    /// Links two annotations. The same link made again is the link there is.
    pub fn add_link(
        &mut self,
        source: RecordId,
        target: RecordId,
        kind: LinkKind,
        note: &str,
        now: Timestamp,
    ) -> Result<Link, StoreError> {
        for id in [source, target] {
            if self.annotation(id)?.is_none() {
                return Err(StoreError::NoRecord {
                    kind: "annotation",
                    key: id.0.to_string(),
                });
            }
        }
        self.write(|transaction| add(transaction, (source, target), kind, note, now))
    }

    /// Takes a link away and gives it as it was; [`Store::restore_link`] brings it back.
    pub fn delete_link(&mut self, id: RecordId, now: Timestamp) -> Result<Link, StoreError> {
        self.change_link(id, Action::Delete, now)
    }

    /// Takes a link away because its making is taken back: unlike one the reader deleted, it comes back when it is brought in again.
    pub fn untie(&mut self, id: RecordId, now: Timestamp) -> Result<(), StoreError> {
        let plan = Plan {
            what: What::Undo,
            label: "a link",
            undoes: None,
        };
        self.step(plan, now, |transaction| {
            put(transaction, id, Action::Delete, now)
        })
        .map(drop)
    }

    /// Undoes a delete: the same link under the same number.
    pub fn restore_link(&mut self, id: RecordId, now: Timestamp) -> Result<Link, StoreError> {
        self.change_link(id, Action::Restore, now)
    }

    /// The links that start or end at an annotation, in the order they were made.
    pub fn links_of(&self, id: RecordId) -> Result<Vec<Link>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{COLUMNS} WHERE ?1 IN (source, target) AND {LIVING} ORDER BY id"
            ))?;
            let rows = statement.query_map([id.0], |row| Ok(link(row)?.0))?;
            rows.collect()
        })
    }

    /// Every link, in the order they were made.
    pub fn all_links(&self) -> Result<Vec<Link>, StoreError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached(&format!("{COLUMNS} WHERE {LIVING} ORDER BY id"))?;
            let rows = statement.query_map([], |row| Ok(link(row)?.0))?;
            rows.collect()
        })
    }

    fn change_link(
        &mut self,
        id: RecordId,
        action: Action,
        now: Timestamp,
    ) -> Result<Link, StoreError> {
        let restores = action == Action::Restore;
        let changed = self.write(|transaction| {
            let Some((link, gone)) = load(transaction, id)? else {
                return Ok(None);
            };
            if gone != restores {
                return Ok((restores && !gone).then_some(link));
            }
            mark(transaction, &link, action, now)?;
            Ok(Some(link))
        })?;
        changed.ok_or_else(|| StoreError::NoRecord {
            kind: "link",
            key: id.0.to_string(),
        })
    }
}

/// Makes a link, or gives the same link there is.
pub(super) fn add(
    connection: &Connection,
    (source, target): (RecordId, RecordId),
    kind: LinkKind,
    note: &str,
    now: Timestamp,
) -> rusqlite::Result<Link> {
    if let Some(link) = same(connection, (source, target), kind)? {
        return Ok(link);
    }
    connection
        .prepare_cached(
            "INSERT INTO links (source, target, kind, note, created) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            source.0,
            target.0,
            kind.as_str(),
            sanitise::lines(note),
            now.as_microsecond()
        ])?;
    let id = RecordId(connection.last_insert_rowid());
    let (stored, _) = load(connection, id)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    log::note(
        connection,
        ("link", id.0, Action::Add),
        None,
        Some(&stored),
        now,
    )?;
    Ok(stored)
}

/// Whether a link is as a change left it.
pub(super) fn stands(connection: &Connection, entry: &LogEntry) -> rusqlite::Result<bool> {
    let there = load(connection, RecordId(entry.record))?;
    Ok(there.is_some_and(|(_, gone)| gone == (entry.action == Action::Delete)))
}

/// Takes a change back; or why it stays.
pub(super) fn reverse(
    connection: &Connection,
    entry: &LogEntry,
    now: Timestamp,
) -> rusqlite::Result<Option<String>> {
    let id = RecordId(entry.record);
    match entry.action {
        Action::Add | Action::Restore => put(connection, id, Action::Delete, now)?,
        Action::Delete => {
            if let Some((link, _)) = load(connection, id)?
                && let Some(why) = hindrance(connection, &link)?
            {
                return Ok(Some(why));
            }
            put(connection, id, Action::Restore, now)?;
        }
        Action::Update => return Ok(Some(UNREADABLE.to_owned())),
    }
    Ok(None)
}

/// Why a link cannot come back.
fn hindrance(connection: &Connection, link: &Link) -> rusqlite::Result<Option<String>> {
    for end in [link.source, link.target] {
        let gone: bool = connection
            .prepare_cached("SELECT deleted IS NOT NULL FROM annotations WHERE id = ?1")?
            .query_row([end.0], |row| row.get(0))?;
        if gone {
            return Ok(Some(format!("note {}, which it links, is deleted", end.0)));
        }
    }
    let twin = same(connection, (link.source, link.target), link.kind)?;
    Ok(twin.map(|twin| format!("the same link was made again since (link {})", twin.id.0)))
}

/// The link of this kind between two annotations.
fn same(
    connection: &Connection,
    (source, target): (RecordId, RecordId),
    kind: LinkKind,
) -> rusqlite::Result<Option<Link>> {
    let known = connection
        .prepare_cached(&format!(
            "{COLUMNS} WHERE source = ?1 AND target = ?2 AND kind = ?3 AND deleted IS NULL"
        ))?
        .query_row(params![source.0, target.0, kind.as_str()], link)
        .optional()?;
    Ok(known.map(|(link, _)| link))
}

/// Takes a link away or brings it back; one that is so already stays.
pub(super) fn put(
    connection: &Connection,
    id: RecordId,
    action: Action,
    now: Timestamp,
) -> rusqlite::Result<()> {
    match load(connection, id)? {
        Some((link, gone)) if gone == (action == Action::Restore) => {
            mark(connection, &link, action, now)
        }
        _ => Ok(()),
    }
}

fn mark(
    connection: &Connection,
    link: &Link,
    action: Action,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let restores = action == Action::Restore;
    connection
        .prepare_cached("UPDATE links SET deleted = ?2 WHERE id = ?1")?
        .execute(params![
            link.id.0,
            (!restores).then_some(now.as_microsecond())
        ])?;
    let (old, new) = if restores {
        (None, Some(link))
    } else {
        (Some(link), None)
    };
    log::note(connection, ("link", link.id.0, action), old, new, now)
}

/// A link that is not deleted.
pub(super) fn find(connection: &Connection, id: RecordId) -> rusqlite::Result<Option<Link>> {
    Ok(load(connection, id)?.and_then(|(link, gone)| (!gone).then_some(link)))
}

fn load(connection: &Connection, id: RecordId) -> rusqlite::Result<Option<(Link, bool)>> {
    connection
        .prepare_cached(&format!("{COLUMNS} WHERE id = ?1"))?
        .query_row([id.0], link)
        .optional()
}

/// A link and whether it is deleted.
fn link(row: &Row<'_>) -> rusqlite::Result<(Link, bool)> {
    let kind: String = row.get(3)?;
    let link = Link {
        id: RecordId(row.get(0)?),
        source: RecordId(row.get(1)?),
        target: RecordId(row.get(2)?),
        kind: LinkKind::from_word(&kind)
            .ok_or_else(|| unreadable(3, format!("`{kind}` is no kind of link")))?,
        note: row.get(4)?,
        created: time(row, 5)?,
    };
    Ok((link, row.get::<_, Option<i64>>(6)?.is_some()))
}
