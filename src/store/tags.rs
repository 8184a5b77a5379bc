//! Tags as a vocabulary: what each means, whether it is controlled, and how often it is used.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::annotations::load as load_annotation;
use super::bulk::{self, Change};
use super::log::{self, Action, LogEntry};
use super::steps::{Plan, What};
use super::takeback::{UNREADABLE, after, before};
use super::{Store, StoreError};
use crate::annotation::{Body, Control, RecordId, Tag};
use crate::text::sanitise;

/// A tag and how many annotations have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TagUse {
    /// The tag.
    #[serde(flatten)]
    pub tag: Tag,
    /// Annotations that have it.
    pub uses: u32,
}

/// A tag as the log has it; earlier versions knew no control and wrote no description as null.
#[derive(Deserialize)]
pub(super) struct Logged {
    name: String,
    description: Option<String>,
    #[serde(default)]
    control: Control,
}

impl Logged {
    pub(super) fn tag(self) -> Tag {
        Tag {
            name: self.name,
            description: self.description.unwrap_or_default(),
            control: self.control,
        }
    }
}

impl Store {
    /// Every tag that is in use or was said something about, most used first, then by name.
    pub fn vocabulary(&self) -> Result<Vec<TagUse>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT t.name, t.description, t.controlled, count(a.id) AS uses FROM tags t
                 LEFT JOIN annotation_tags x ON x.tag = t.id LEFT JOIN annotations a ON a.id = x.annotation AND a.deleted IS NULL
                 GROUP BY t.id HAVING uses > 0 OR t.description IS NOT NULL OR t.controlled = 1 ORDER BY uses DESC, t.name",
            )?;
            let rows = statement.query_map([], |row| {
                Ok(TagUse {
                    tag: Tag {
                        name: row.get(0)?,
                        description: row.get::<_, Option<String>>(1)?.unwrap_or_default(),
                        control: control(row.get(2)?),
                    },
                    uses: row.get(3)?,
                })
            })?;
            rows.collect()
        })
    }

    /// Says what a tag means and whether it is controlled; a plain tag takes that back. A tag nobody has used yet is made.
    pub fn put_tag(&mut self, tag: &Tag, now: Timestamp) -> Result<(), StoreError> {
        self.write(|transaction| put(transaction, tag, now))
    }

    /// Takes over a whole vocabulary as one step. Gives how many tags are other than before, and the number of the first change.
    pub fn put_vocabulary(
        &mut self,
        tags: &[Tag],
        label: &str,
        now: Timestamp,
    ) -> Result<(u32, Option<i64>), StoreError> {
        let plan = Plan {
            what: What::Tags,
            label,
            undoes: None,
        };
        let before = self.last_change()?;
        let ((), first) = self.step(plan, now, |transaction| {
            tags.iter().try_for_each(|tag| put(transaction, tag, now))
        })?;
        Ok(((self.last_change()? - before) as u32, first))
    }

    /// Gives every annotation tagged `from` the tag `to` in its place, as one step; what was said about `from` is said about `to`. Where `to` is a tag already, the two
    /// become one. Gives how many annotations were changed, and the number of the first change.
    pub fn rename_tag(
        &mut self,
        from: &str,
        to: &str,
        now: Timestamp,
    ) -> Result<(u32, Option<i64>), StoreError> {
        let to = plain_name(to);
        let missing = || StoreError::NoRecord {
            kind: "tag",
            key: from.to_owned(),
        };
        let old = self.read(|connection| load(connection, from))?;
        let (_, old) = old.ok_or_else(missing)?;
        let label = format!("{from} is {to} now");
        let plan = Plan {
            what: What::Tags,
            label: &label,
            undoes: None,
        };
        self.step(plan, now, |transaction| {
            if from == to || to.is_empty() {
                return Ok(0);
            }
            let other = load(transaction, &to)?.map_or_else(|| Tag::plain(&to), |(_, tag)| tag);
            let merged = other.merged(&old, &to);
            if !merged.is_plain() {
                put(transaction, &merged, now)?;
            }
            let mut n = 0;
            for (id, body) in tagged(transaction, from)? {
                let body = retagged(&body, from, &to);
                n += u32::from(bulk::apply(transaction, id, &Change::Body(body), now)?);
            }
            put(transaction, &Tag::plain(from), now)?;
            Ok(n)
        })
    }
}

/// Whether what is said about a tag is as a change left it.
pub(super) fn stands(connection: &Connection, entry: &LogEntry) -> rusqlite::Result<bool> {
    let then = after::<Logged>(entry).map(Logged::tag);
    let now = name_of(connection, entry.record)?;
    let now = now.map(|name| load(connection, &name)).transpose()?;
    Ok(then.is_some() && then == now.flatten().map(|(_, tag)| tag))
}

fn name_of(connection: &Connection, id: i64) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT name FROM tags WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()
}

/// Takes a change back; or why it stays.
pub(super) fn reverse(
    connection: &Connection,
    entry: &LogEntry,
    now: Timestamp,
) -> rusqlite::Result<Option<String>> {
    let Some(name) = name_of(connection, entry.record)? else {
        return Ok(Some(UNREADABLE.to_owned()));
    };
    let old = before::<Logged>(entry).map_or_else(|| Tag::plain(&name), Logged::tag);
    put(connection, &old, now)?;
    Ok(None)
}

/// The body with one tag in the place of another, and no tag twice.
fn retagged(body: &Body, from: &str, to: &str) -> Body {
    let mut tags: Vec<String> = Vec::with_capacity(body.tags.len());
    for tag in &body.tags {
        let tag = if tag == from { to } else { tag };
        if !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    Body {
        tags,
        ..body.clone()
    }
}

/// The annotations with a tag.
fn tagged(connection: &Connection, name: &str) -> rusqlite::Result<Vec<(RecordId, Body)>> {
    let mut statement = connection.prepare_cached(
        "SELECT a.id FROM annotation_tags x JOIN tags t ON t.id = x.tag JOIN annotations a ON a.id = x.annotation
         WHERE t.name = ?1 AND a.deleted IS NULL ORDER BY a.id",
    )?;
    let ids: Vec<i64> = statement
        .query_map([name], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut bodies = Vec::with_capacity(ids.len());
    for id in ids {
        let found = load_annotation(connection, RecordId(id))?;
        bodies.extend(found.map(|(note, _)| (note.id, note.body)));
    }
    Ok(bodies)
}

fn plain_name(name: &str) -> String {
    let name = sanitise::line(name);
    name.trim().trim_start_matches('#').to_owned()
}

fn control(controlled: bool) -> Control {
    if controlled {
        Control::Controlled
    } else {
        Control::Free
    }
}

fn load(connection: &Connection, name: &str) -> rusqlite::Result<Option<(i64, Tag)>> {
    connection
        .prepare_cached("SELECT id, description, controlled FROM tags WHERE name = ?1")?
        .query_row([name], |row| {
            let tag = Tag {
                name: name.to_owned(),
                description: row.get::<_, Option<String>>(1)?.unwrap_or_default(),
                control: control(row.get(2)?),
            };
            Ok((row.get(0)?, tag))
        })
        .optional()
}

/// Stores what is said about a tag and writes it down, if that is news.
pub(super) fn put(connection: &Connection, tag: &Tag, now: Timestamp) -> rusqlite::Result<()> {
    let tag = Tag {
        name: plain_name(&tag.name),
        description: sanitise::lines(&tag.description).trim().to_owned(),
        control: tag.control,
    };
    let before = load(connection, &tag.name)?;
    let is_known = match &before {
        Some((_, before)) => *before == tag,
        None => tag.is_plain(),
    };
    if tag.name.is_empty() || is_known {
        return Ok(());
    }
    let description = Some(&tag.description).filter(|words| !words.is_empty());
    let id: i64 = connection
        .prepare_cached(
            "INSERT INTO tags (name, description, controlled) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET description = excluded.description, controlled = excluded.controlled RETURNING id",
        )?
        .query_row(
            params![tag.name, description, tag.control.is_controlled()],
            |row| row.get(0),
        )?;
    let old = before.as_ref().map(|(_, old)| old);
    let action = if old.is_some() {
        Action::Update
    } else {
        Action::Add
    };
    log::note(connection, ("tag", id, action), old, Some(&tag), now)
}
