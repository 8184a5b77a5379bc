//! Checks a store, repairs what can be made again, and says what it cannot.
//!
//! In: the path of a store. Out: a [`Report`], and of a damaged store a new file with what can be read. Repaired: indexes, and rows that point at nothing and hold nothing the reader wrote. Never
//! touched: annotations, bookmarks, snapshots, metadata set by hand, the log.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::Connection;

use super::{Access, Store, StoreError, salvage, snapshots};
use crate::document::Revision;

/// What was found in a store.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Annotations that are not deleted.
    pub n_annotations: u32,
    /// Bookmarks that are not deleted.
    pub n_bookmarks: u32,
    /// Documents known.
    pub n_documents: u32,
    /// What could be copied out of a store that is damaged.
    pub salvaged: Option<Salvaged>,
    /// What was wrong, in the order it was found.
    pub findings: Vec<Finding>,
}

/// A new store with what could be read in a damaged one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Salvaged {
    /// The new file.
    pub path: PathBuf,
    /// Tables and how many of their rows it has, those with none left out.
    pub rows: Vec<(String, u32)>,
}

/// Something wrong with a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What, in one sentence without a full stop.
    pub what: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is right now.
    Repaired,
    /// It is as it was; this is what to do.
    Remains {
        /// The next step.
        advice: String,
    },
}

impl Report {
    /// Whether nothing is wrong any more.
    pub fn is_sound(&self) -> bool {
        self.findings
            .iter()
            .all(|finding| finding.outcome == Outcome::Repaired)
    }

    fn repaired(&mut self, what: String) {
        self.findings.push(Finding {
            what,
            outcome: Outcome::Repaired,
        });
    }

    fn remains(&mut self, what: String, advice: String) {
        self.findings.push(Finding {
            what,
            outcome: Outcome::Remains { advice },
        });
    }
}

/// Rows that hold nothing the reader wrote and mean nothing without the row they point at.
const DERIVED: &[(&str, &str)] = &[
    (
        "tags of annotations that are gone",
        "DELETE FROM annotation_tags WHERE annotation NOT IN (SELECT id FROM annotations) OR tag NOT IN (SELECT id FROM tags)",
    ),
    (
        "places of documents that are gone",
        "DELETE FROM places WHERE work NOT IN (SELECT id FROM works)",
    ),
    (
        "revisions of documents that are gone",
        "DELETE FROM work_revisions WHERE work NOT IN (SELECT id FROM works) OR revision NOT IN (SELECT id FROM revisions)",
    ),
    (
        "remembered places in documents that are gone",
        "DELETE FROM positions WHERE work NOT IN (SELECT id FROM works) OR revision NOT IN (SELECT id FROM revisions)",
    ),
    (
        "links between annotations that are gone",
        "DELETE FROM links WHERE source NOT IN (SELECT id FROM annotations) OR target NOT IN (SELECT id FROM annotations)",
    ),
    (
        "roots of collections that are gone",
        "DELETE FROM collection_roots WHERE collection NOT IN (SELECT id FROM collections)",
    ),
];

/// Checks the store at `path` and repairs what it can. A damaged file is left as it is, and what can be read in it copied to a new one beside it. One that may only be
/// read is checked alone. An error means that it could not even be opened.
pub fn doctor(path: &Path, now: Timestamp) -> Result<Report, StoreError> {
    Store::must_be_there(path)?;
    let mut report = Report::default();
    let damage = match Store::open_reading(path) {
        Ok(store) => match store.read(integrity) {
            Ok(damage) => damage,
            Err(error) => vec![error_line(&error)],
        },
        // Bringing it up to date comes first.
        Err(StoreError::Older { .. }) => Vec::new(),
        Err(error @ (StoreError::Corrupt { .. } | StoreError::Failed { .. })) => {
            vec![error_line(&error)]
        }
        Err(other) => return Err(other),
    };
    let only_indexes = damage.iter().all(|line| line.contains(" index "));
    let examined = if only_indexes {
        examine(path, now, &mut report)
    } else {
        Err(StoreError::Corrupt {
            path: path.to_owned(),
        })
    };
    match examined {
        Ok(()) => Ok(report),
        Err(StoreError::Corrupt { .. } | StoreError::Failed { .. }) => {
            let mut report = Report::default();
            let advice = from_backup(path);
            let lines = if damage.is_empty() {
                vec!["the file is damaged".to_owned()]
            } else {
                damage
            };
            for line in lines {
                report.remains(line, advice.clone());
            }
            match salvage::salvage(path, now) {
                Ok(salvaged) => {
                    let rows = |table: &str| {
                        let found = salvaged.iter().flat_map(|salvaged| &salvaged.rows);
                        found
                            .filter(|(name, _)| name == table)
                            .map(|(_, n)| *n)
                            .sum()
                    };
                    (report.n_annotations, report.n_bookmarks, report.n_documents) =
                        (rows("annotations"), rows("bookmarks"), rows("works"));
                    report.salvaged = salvaged;
                }
                Err(error) => report.remains(
                    "what can be read could not be copied".to_owned(),
                    error_line(&error),
                ),
            }
            Ok(report)
        }
        Err(other) => Err(other),
    }
}

/// An error in a doctor's words: one that sends nobody to the doctor.
fn error_line(error: &StoreError) -> String {
    match error {
        StoreError::Corrupt { .. } => {
            "the file is damaged: its pages contradict each other".to_owned()
        }
        StoreError::Failed { source, .. } => format!("the file cannot be read: {source}"),
        other => other.to_string(),
    }
}

fn examine(path: &Path, now: Timestamp, report: &mut Report) -> Result<(), StoreError> {
    let mut store = match Store::open(path, now) {
        Err(StoreError::ReadOnly { .. }) => Store::open_reading(path)?,
        opened => opened?,
    };
    let advice = from_backup(path);
    match store.access() {
        Access::Write => repair(&mut store, report, &advice)?,
        Access::Read => {
            for line in store.read(integrity)? {
                report.remains(line, "allow writing to it and run this again".to_owned());
            }
        }
    }
    check_references(&store, report, &advice)?;
    check_snapshots(&store, report)?;
    let count = |table: &str| {
        store.read(|connection| {
            connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
                row.get(0)
            })
        })
    };
    report.n_annotations = count("annotations WHERE deleted IS NULL")?;
    report.n_bookmarks = count("bookmarks WHERE deleted IS NULL")?;
    report.n_documents = count("works")?;
    Ok(())
}

/// Makes indexes again and removes rows that mean nothing.
fn repair(store: &mut Store, report: &mut Report, advice: &str) -> Result<(), StoreError> {
    let mut damage = store.read(integrity)?;
    if !damage.is_empty() {
        let before = damage.len();
        damage = match store.write(|transaction| transaction.execute_batch("REINDEX")) {
            Ok(()) => store.read(integrity)?,
            Err(_) => damage,
        };
        if damage.len() < before {
            report.repaired(format!(
                "{} mistakes in indexes, which were made again",
                before - damage.len()
            ));
        }
    }
    for line in damage {
        report.remains(line, advice.to_owned());
    }
    for (what, repair) in DERIVED {
        match store.write(|transaction| transaction.execute(repair, [])) {
            Ok(0) => {}
            Ok(n) => report.repaired(format!("{n} {what}, which were removed")),
            Err(error) => {
                report.remains(format!("{what} cannot be looked for"), error_line(&error));
            }
        }
    }
    Ok(())
}

fn integrity(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare("PRAGMA integrity_check")?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut lines = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    lines.retain(|line| line != "ok");
    Ok(lines)
}

fn check_references(store: &Store, report: &mut Report, advice: &str) -> Result<(), StoreError> {
    let broken = store.read(|connection| {
        let mut statement = connection.prepare(
            "SELECT \"table\", \"parent\", count(*) FROM pragma_foreign_key_check GROUP BY 1, 2",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        rows.collect::<rusqlite::Result<Vec<(String, String, i64)>>>()
    })?;
    for (table, parent, n) in broken {
        report.remains(
            format!("{n} rows of {table} point at rows of {parent} that are gone"),
            advice.to_owned(),
        );
    }
    Ok(())
}

/// Whether each kept text can be unpacked and is the text it says it is.
fn check_snapshots(store: &Store, report: &mut Report) -> Result<(), StoreError> {
    let broken = store.read(|connection| {
        let mut statement = connection.prepare(
            "SELECT hash, n_bytes, text, (SELECT count(*) FROM annotations a WHERE a.revision = r.id AND a.deleted IS NULL)
             FROM snapshots s JOIN revisions r ON r.id = s.revision",
        )?;
        let rows = statement.query_map([], |row| {
            let revision = Revision(row.get(0)?);
            let text = snapshots::unpack(&row.get::<_, Vec<u8>>(2)?, row.get(1)?);
            let whole = text.is_ok_and(|text| Revision::of_text(&text) == revision);
            Ok((!whole).then_some((revision, row.get::<_, i64>(3)?)))
        })?;
        rows.filter_map(Result::transpose)
            .collect::<rusqlite::Result<Vec<_>>>()
    })?;
    for (revision, n) in broken {
        let short: String = revision.to_string().chars().take(12).collect();
        report.remains(
            format!("the kept text {short} under {n} annotations is damaged"),
            "the annotations keep their own words and are found by them; a backup has the text"
                .to_owned(),
        );
    }
    Ok(())
}

/// The next step for a file that cannot be repaired, with the latest backup beside it.
fn from_backup(path: &Path) -> String {
    match latest_backup(path) {
        Some(backup) => format!("put the backup {} in its place", backup.display()),
        None => format!(
            "put a backup in its place (none lies beside it), or try `sqlite3 {} .recover`",
            path.display()
        ),
    }
}

/// The time in the name of a backup, `20261122T030000Z` and what follows, then the whole name.
fn stamp(path: &Path) -> (String, PathBuf) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_time = |part: &&str| {
        part.len() == 16 && part.ends_with('Z') && part.as_bytes().get(8) == Some(&b'T')
    };
    let time = name.split(['.', '-']).find(is_time).unwrap_or_default();
    (time.to_owned(), path.to_owned())
}

/// The backup beside the store at `path` with the latest time in its name.
pub fn latest_backup(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    let folder = path.parent()?;
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    std::fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|found| {
            let found = found.file_name().and_then(|found| found.to_str());
            found.is_some_and(|found| found.starts_with(name) && found.ends_with(".backup"))
        })
        .max_by_key(|found| stamp(found))
}
