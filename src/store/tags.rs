//! Tags as a vocabulary: what each means, and how often it is used.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;

use super::log::{self, Action};
use super::{Store, StoreError};
use crate::text::sanitise;

/// A tag of the reader's vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tag {
    /// Its name, without `#`.
    pub name: String,
    /// What it means, where the reader has said.
    pub description: Option<String>,
    /// Annotations that have it.
    pub uses: u32,
}

#[derive(Serialize)]
struct Described<'a> {
    name: &'a str,
    description: Option<&'a str>,
}

impl Store {
    /// Every tag that is in use or described, most used first, then by name.
    pub fn vocabulary(&self) -> Result<Vec<Tag>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT t.name, t.description, count(a.id) AS uses FROM tags t
                 LEFT JOIN annotation_tags x ON x.tag = t.id LEFT JOIN annotations a ON a.id = x.annotation AND a.deleted IS NULL
                 GROUP BY t.id HAVING uses > 0 OR t.description IS NOT NULL ORDER BY uses DESC, t.name",
            )?;
            let rows = statement.query_map([], |row| {
                Ok(Tag {
                    name: row.get(0)?,
                    description: row.get(1)?,
                    uses: row.get(2)?,
                })
            })?;
            rows.collect()
        })
    }

    /// Says what a tag means, or with `None` or nothing but blanks takes that back. A tag nobody has used yet is made.
    pub fn describe_tag(
        &mut self,
        name: &str,
        description: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let name = sanitise::line(name);
        let name = name.trim().trim_start_matches('#');
        let description = description.map(sanitise::lines);
        let description = description
            .as_deref()
            .map(str::trim)
            .filter(|description| !description.is_empty());
        if name.is_empty() {
            return Ok(());
        }
        self.write(|transaction| {
            let before: Option<(i64, Option<String>)> = transaction
                .prepare_cached("SELECT id, description FROM tags WHERE name = ?1")?
                .query_row([name], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            if before.as_ref().map(|(_, old)| old.as_deref()) == Some(description) {
                return Ok(());
            }
            let id: i64 = transaction
                .prepare_cached(
                    "INSERT INTO tags (name, description) VALUES (?1, ?2)
                     ON CONFLICT DO UPDATE SET description = excluded.description RETURNING id",
                )?
                .query_row(params![name, description], |row| row.get(0))?;
            let old = before.as_ref().map(|(_, old)| Described {
                name,
                description: old.as_deref(),
            });
            let action = if old.is_some() {
                Action::Update
            } else {
                Action::Add
            };
            let new = Described { name, description };
            log::note(
                transaction,
                ("tag", id, action),
                old.as_ref(),
                Some(&new),
                now,
            )
        })
    }
}
