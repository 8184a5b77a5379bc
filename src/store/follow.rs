//! Documents that change, move, or both, and keep what was written on them.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde::Serialize;

use super::log::{self, Action};
use super::works::{self, find, place};
use super::{Store, StoreError, WorkId, snapshots};
use crate::annotation::overlap;
use crate::document::{DocId, Document, Revision};

/// The share of words a new file must have in common with the last text of one that is gone to be taken for it.
const LEAST_OVERLAP: f32 = 0.6;
/// Works that are gone and files that are new, compared at once.
const MOST_GONE: usize = 32;
const MOST_NEW: usize = 128;
/// Bytes of text compared at once.
const MOST_BYTES: usize = 64 << 20;

/// The files, as the store asks for them.
pub trait Files {
    /// Whether a document lies there.
    fn is_there(&self, locator: &str) -> bool;
    /// The document that lies there, if it can be read without much ado.
    fn document(&self, locator: &str) -> Option<Document>;
}

/// A work with notes or bookmarks that lies at none of its places any more.
struct Gone {
    work: WorkId,
    locator: Arc<str>,
    text: String,
}

#[derive(Serialize)]
struct PlaceRecord<'a> {
    locator: &'a str,
}

impl Store {
    /// Tells the store the text a document has now, if it is one it knows by its place or its content: under a new name it is found by this text too. Where
    /// something was written on it the text is kept. Gives whether that was news; if not, nothing is written.
    ///
    /// Only for documents read wholly.
    pub fn saw(
        &mut self,
        document: &Document,
        locator: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        if document.revision == Revision::of_text("") {
            return Ok(false);
        }
        let is_news = self.read(|connection| {
            let Some(work) = find(connection, locator, &document.revision)? else {
                return Ok(false);
            };
            let settled: bool = connection
                .prepare_cached(
                    "SELECT EXISTS (SELECT 1 FROM places WHERE locator = ?2 AND work = ?1)
                        AND ?3 IS (SELECT hash FROM work_revisions JOIN revisions ON id = revision WHERE work = ?1
                                   ORDER BY last_seen DESC, revision DESC LIMIT 1)
                        AND (EXISTS (SELECT 1 FROM snapshots JOIN revisions ON id = revision WHERE hash = ?3)
                             OR NOT EXISTS (SELECT 1 FROM annotations WHERE work = ?1 AND deleted IS NULL)
                                AND NOT EXISTS (SELECT 1 FROM bookmarks WHERE work = ?1 AND deleted IS NULL))",
                )?
                .query_row(params![work.0, locator, document.revision.0], |row| row.get(0))?;
            Ok(!settled)
        })?;
        if is_news {
            self.write(|transaction| record(transaction, document, locator, now))?;
        }
        Ok(is_news)
    }

    /// Tells the store which texts lie where: documents it knows by content are found under their new names, and texts that are new at places it knows are known
    /// from now on. Gives how many places were new.
    pub fn recognise<'a>(
        &mut self,
        seen: impl IntoIterator<Item = (&'a str, Revision)>,
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        let known = self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT hash, work FROM work_revisions JOIN revisions ON id = revision ORDER BY last_seen",
            )?;
            let rows = statement.query_map([], |row| {
                Ok((Revision(row.get(0)?), WorkId(row.get(1)?)))
            })?;
            rows.collect::<rusqlite::Result<HashMap<_, _>>>()
        })?;
        let places = self.places()?;
        let nothing = Revision::of_text("");
        let mut moved: Vec<(&str, WorkId)> = Vec::new();
        let mut changed: Vec<(WorkId, Revision)> = Vec::new();
        for (locator, revision) in seen {
            let here = places.get(&DocId::of_locator(locator));
            match (here, known.get(&revision)) {
                _ if revision == nothing => {}
                (None, Some(work)) => moved.push((locator, *work)),
                (Some((_, work)), None) => changed.push((*work, revision)),
                (Some(_), Some(_)) | (None, None) => {}
            }
        }
        if moved.is_empty() && changed.is_empty() {
            return Ok(0);
        }
        let at = now.as_microsecond();
        self.write(|transaction| {
            for (locator, work) in &moved {
                place(transaction, *work, locator, now)?;
            }
            for (work, revision) in &changed {
                // Its length is written down when the text is read.
                transaction
                    .prepare_cached(
                        "INSERT INTO revisions (hash, n_bytes, first_read) VALUES (?1, 0, ?2) ON CONFLICT DO NOTHING",
                    )?
                    .execute(params![revision.0, at])?;
                transaction
                    .prepare_cached(
                        "INSERT INTO work_revisions (work, revision, first_seen, last_seen)
                         SELECT ?1, id, ?3, ?3 FROM revisions WHERE hash = ?2
                         ON CONFLICT DO UPDATE SET last_seen = excluded.last_seen",
                    )?
                    .execute(params![work.0, revision.0, at])?;
            }
            Ok(moved.len())
        })
    }

    /// As [`Store::recognise`]; and a document with notes or bookmarks that is gone is taken to be the new file whose words are most like its last known ones, if at
    /// least 60 % of them stand there in the same order. That is written to the log. Gives how many places were new.
    pub fn follow(
        &mut self,
        seen: &[(String, Revision)],
        files: &dyn Files,
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        let all = seen
            .iter()
            .map(|(locator, revision)| (locator.as_str(), *revision));
        let recognised = self.recognise(all, now)?;
        let gone = self.gone(files)?;
        if gone.is_empty() {
            return Ok(recognised);
        }
        let places = self.places()?;
        let near: HashSet<&Path> = gone
            .iter()
            .flat_map(|gone| {
                let path = Path::new(&*gone.locator);
                [path.parent(), path.file_name().map(Path::new)]
            })
            .flatten()
            .collect();
        let is_near = |locator: &str| {
            let path = Path::new(locator);
            let name = path.file_name().map(Path::new);
            [path.parent(), name]
                .into_iter()
                .flatten()
                .any(|part| near.contains(part))
        };
        let mut new: Vec<&str> = seen
            .iter()
            .map(|(locator, _)| locator.as_str())
            .filter(|locator| !places.contains_key(&DocId::of_locator(locator)))
            .collect();
        new.sort_by_key(|locator| !is_near(locator));
        let mut alike: Vec<(f32, usize, &str, Arc<Document>)> = Vec::new();
        let mut left = MOST_BYTES;
        for locator in new.into_iter().take(MOST_NEW) {
            let Some(document) = files.document(locator).map(Arc::new) else {
                continue;
            };
            for (index, gone) in gone.iter().enumerate() {
                let (then, now) = (gone.text.len(), document.text.len());
                if then.min(now) < then.max(now) / 3 || then + now > left {
                    continue;
                }
                left -= then + now;
                let share = overlap(&gone.text, &document.text, LEAST_OVERLAP);
                if share >= LEAST_OVERLAP {
                    alike.push((share, index, locator, Arc::clone(&document)));
                }
            }
        }
        alike.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (mut taken, mut found) = (HashSet::new(), HashSet::new());
        alike.retain(|(_, index, locator, _)| {
            let free = !taken.contains(locator) && !found.contains(index);
            free && taken.insert(*locator) && found.insert(*index)
        });
        if alike.is_empty() {
            return Ok(recognised);
        }
        self.write(|transaction| {
            for (_, index, locator, document) in &alike {
                let Some(gone) = gone.get(*index) else {
                    continue;
                };
                place(transaction, gone.work, locator, now)?;
                record(transaction, document, locator, now)?;
                let (before, after) = (
                    PlaceRecord {
                        locator: &gone.locator,
                    },
                    PlaceRecord { locator },
                );
                let what = ("place", gone.work.0, Action::Update);
                log::note(transaction, what, Some(&before), Some(&after), now)?;
            }
            Ok(recognised + alike.len())
        })
    }

    /// Works with notes or bookmarks that lie at none of their places, with their last text that was kept; the latest first.
    fn gone(&self, files: &dyn Files) -> Result<Vec<Gone>, StoreError> {
        let mut lying: HashMap<WorkId, bool> = HashMap::new();
        for (locator, work) in self.places()?.into_values() {
            let there = lying.entry(work).or_default();
            *there = *there || files.is_there(&locator);
        }
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, locator FROM works WHERE id IN (SELECT work FROM annotations WHERE deleted IS NULL
                     UNION SELECT work FROM bookmarks WHERE deleted IS NULL) ORDER BY id DESC",
            )?;
            let rows = statement.query_map([], |row| Ok((WorkId(row.get(0)?), row.get(1)?)))?;
            let mut all: Vec<Gone> = Vec::new();
            for row in rows {
                let (work, locator): (WorkId, Arc<str>) = row?;
                if all.len() >= MOST_GONE || lying.get(&work).copied().unwrap_or_default() {
                    continue;
                }
                if let Some(text) = last_text(connection, work)? {
                    all.push(Gone { work, locator, text });
                }
            }
            Ok(all)
        })
    }
}

fn last_text(connection: &Connection, work: WorkId) -> rusqlite::Result<Option<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT text, n_bytes FROM work_revisions w JOIN revisions r ON r.id = w.revision JOIN snapshots s ON s.revision = r.id
         WHERE w.work = ?1 ORDER BY w.last_seen DESC, r.id DESC LIMIT 1",
    )?;
    let mut rows = statement.query([work.0])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    // A damaged snapshot is the doctor's affair.
    Ok(snapshots::unpack(&row.get::<_, Vec<u8>>(0)?, row.get(1)?).ok())
}

/// Writes down the present text of a known work. Of the texts nobody wrote on only this one is kept.
fn record(
    connection: &Connection,
    document: &Document,
    locator: &str,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let (work, revision) = works::ensure(connection, locator, document, now)?;
    let is_written_on = connection
        .prepare_cached(
            "SELECT 1 FROM annotations WHERE work = ?1 AND deleted IS NULL
             UNION ALL SELECT 1 FROM bookmarks WHERE work = ?1 AND deleted IS NULL",
        )?
        .exists([work.0])?;
    if is_written_on {
        snapshots::keep(connection, revision, &document.text)?;
        connection
            .prepare_cached(
                "DELETE FROM snapshots WHERE revision <> ?2 AND revision IN (SELECT revision FROM work_revisions WHERE work = ?1)
                     AND revision NOT IN (SELECT revision FROM work_revisions WHERE work <> ?1)
                     AND revision NOT IN (SELECT revision FROM annotations) AND revision NOT IN (SELECT revision FROM bookmarks)
                     AND revision NOT IN (SELECT revision FROM anchorings WHERE decision IS NOT NULL)",
            )?
            .execute([work.0, revision])?;
    }
    Ok(())
}
