//! Half-written notes, in a small file for each window beside the store: `postil.db.draft-4711-0`.
//!
//! In: drafts as they are typed. Out: those that windows which ended without saving or discarding them have left. A window holds the lock of its file as long as it lives, whatever
//! ends it, so nobody takes what another one is still writing. A file is made with the first draft and is gone with the last. Not in the store itself: there, each
//! pause in typing would make every other window read all notes again.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, params};

use super::StoreError;
use super::log::unreadable;
use super::open::with_suffix;
use crate::annotation::{Draft, DraftId};

/// How long a new file waits for another window that looks whether it was left.
const PATIENCE: Duration = Duration::from_secs(2);
/// Files of one window that were left by others with its number.
const MOST_FILES: u32 = 100;

const SCHEMA: &str =
    "CREATE TABLE IF NOT EXISTS drafts (id INTEGER PRIMARY KEY, draft TEXT NOT NULL) STRICT;
    PRAGMA user_version = 1;";

/// The drafts of one window.
#[derive(Debug)]
pub struct Drafts {
    store: PathBuf,
    /// A number no other window on this machine has now.
    window: u32,
    own: Option<Journal>,
}

#[derive(Debug)]
struct Journal {
    path: PathBuf,
    connection: Connection,
}

impl Drafts {
    /// Of a window beside the store at `store`; nothing is made before there is a draft. `window` is the number of its process.
    pub fn beside(store: &Path, window: u32) -> Self {
        Self {
            store: store.to_owned(),
            window,
            own: None,
        }
    }

    /// Keeps a draft as it is now; it is on disk when this returns.
    pub fn keep(&mut self, draft: &Draft) -> Result<(), StoreError> {
        let journal = match self.own.take() {
            Some(journal) => journal,
            None => self.begin()?,
        };
        let kept = journal.put(draft);
        self.own = Some(journal);
        kept
    }

    /// Forgets a draft, which was saved or thrown away; the file goes with the last one.
    pub fn forget(&mut self, id: DraftId) -> Result<(), StoreError> {
        let Some(journal) = &self.own else {
            return Ok(());
        };
        if journal.remove(id)? == 0
            && let Some(journal) = self.own.take()
        {
            journal.end()?;
        }
        Ok(())
    }

    /// Takes over what windows have left that are gone, numbered from -1 downwards, the oldest first; and what could not be read, which stays where it is.
    pub fn take_over(&mut self) -> (Vec<Draft>, Vec<StoreError>) {
        let (mut found, mut failed) = (Vec::new(), Vec::new());
        let mut left = Vec::new();
        for path in self.files() {
            match Journal::left(&path) {
                Ok(Some((journal, drafts))) => {
                    found.extend(drafts);
                    left.push(journal);
                }
                Ok(None) => {}
                Err(error) => failed.push(error),
            }
        }
        found.sort_by_key(|draft: &Draft| draft.touched);
        for (draft, n) in found.iter_mut().zip(1..) {
            draft.id = DraftId(-n);
        }
        // The files they were in go once they are in this window's.
        let kept: Result<(), StoreError> = found.iter().try_for_each(|draft| self.keep(draft));
        let gone = kept.and_then(|()| left.into_iter().try_for_each(Journal::end));
        failed.extend(gone.err());
        (found, failed)
    }

    fn prefix(&self) -> OsString {
        let mut name = self.store.file_name().unwrap_or_default().to_owned();
        name.push(".draft-");
        name
    }

    /// The files of other windows.
    fn files(&self) -> Vec<PathBuf> {
        let folder = self.store.parent().unwrap_or(Path::new(""));
        let prefix = self.prefix();
        let is_one = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().as_encoded_bytes();
            let rest = name.strip_prefix(prefix.as_encoded_bytes());
            rest.is_some_and(|rest| {
                rest.iter()
                    .all(|byte| byte.is_ascii_digit() || *byte == b'-')
            })
        };
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_one).collect();
        files.retain(|path| self.own.as_ref().is_none_or(|own| own.path != *path));
        files.sort();
        files
    }

    fn begin(&self) -> Result<Journal, StoreError> {
        if let Some(folder) = self
            .store
            .parent()
            .filter(|path| !path.as_os_str().is_empty())
        {
            std::fs::create_dir_all(folder).map_err(|source| StoreError::Folder {
                path: folder.to_owned(),
                source,
            })?;
        }
        let path = |n: u32| with_suffix(&self.store, &format!(".draft-{}-{n}", self.window));
        let free = (0..MOST_FILES).map(path).find(|path| !path.exists());
        Journal::begin(free.unwrap_or_else(|| path(MOST_FILES)))
    }
}

impl Journal {
    fn begin(path: PathBuf) -> Result<Self, StoreError> {
        let opened = (|| {
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
                | OpenFlags::SQLITE_OPEN_CREATE
                | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let connection = Connection::open_with_flags(&path, flags)?;
            connection.busy_timeout(PATIENCE)?;
            hold(&connection)?;
            connection.execute_batch(SCHEMA)?;
            Ok(connection)
        })();
        let connection = opened.map_err(|source| StoreError::of(&path, source))?;
        Ok(Self { path, connection })
    }

    /// The file of a window that is gone, with what it left; none while the window lives, or where it was only begun.
    fn left(path: &Path) -> Result<Option<(Self, Vec<Draft>)>, StoreError> {
        let read = (|| {
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let connection = Connection::open_with_flags(path, flags)?;
            connection.busy_timeout(Duration::ZERO)?;
            hold(&connection)?;
            let version: i64 =
                connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
            if version == 0 {
                return Ok(None);
            }
            let drafts = connection
                .prepare("SELECT draft FROM drafts ORDER BY id")?
                .query_map([], |row| {
                    let draft = row.get_ref(0)?.as_str()?;
                    serde_json::from_str(draft).map_err(|error| unreadable(0, error.to_string()))
                })?
                .collect::<rusqlite::Result<Vec<Draft>>>()?;
            Ok(Some((connection, drafts)))
        })();
        match read.map_err(|source| StoreError::of(path, source)) {
            Ok(read) => Ok(read.map(|(connection, drafts)| {
                let path = path.to_owned();
                (Self { path, connection }, drafts)
            })),
            Err(StoreError::Locked { .. }) => Ok(None),
            Err(other) => Err(other),
        }
    }

    fn put(&self, draft: &Draft) -> Result<(), StoreError> {
        let put = (|| {
            let json = serde_json::to_string(draft)
                .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
            self.connection
                .prepare_cached("INSERT OR REPLACE INTO drafts (id, draft) VALUES (?1, ?2)")?
                .execute(params![draft.id.0, json])
        })();
        put.map(drop)
            .map_err(|source| StoreError::of(&self.path, source))
    }

    /// How many are left.
    fn remove(&self, id: DraftId) -> Result<i64, StoreError> {
        let removed = (|| {
            self.connection
                .prepare_cached("DELETE FROM drafts WHERE id = ?1")?
                .execute([id.0])?;
            self.connection
                .query_row("SELECT count(*) FROM drafts", [], |row| row.get(0))
        })();
        removed.map_err(|source| StoreError::of(&self.path, source))
    }

    /// Takes the file away while its lock is held, so that nobody begins to read it.
    fn end(self) -> Result<(), StoreError> {
        let removed = std::fs::remove_file(&self.path);
        drop(self.connection);
        std::fs::remove_file(with_suffix(&self.path, "-wal")).ok();
        removed.map_err(|source| StoreError::Folder {
            path: self.path,
            source,
        })
    }
}

/// Locks the file for as long as the connection lives; each commit is one write that is synced.
fn hold(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // The lock is taken with the first read.
    connection.execute_batch("BEGIN IMMEDIATE; COMMIT;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Body, Target};
    use crate::document::{DocId, Revision};
    use crate::text::TextRange;

    fn draft(id: i64, note: &str) -> Draft {
        Draft {
            id: DraftId(id),
            before: None,
            target: Target {
                doc: DocId(1),
                revision: Revision::of_text("text"),
                position: TextRange::new(0, 4),
                quote: crate::annotation::TextQuote::new("text", TextRange::new(0, 4)),
            },
            body: Body {
                note: note.to_owned(),
                ..Body::default()
            },
            locator: "/a.txt".to_owned(),
            touched: jiff::Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_secs(id),
        }
    }

    fn notes(found: &[Draft]) -> Vec<(i64, &str)> {
        let notes = found.iter();
        notes
            .map(|draft| (draft.id.0, draft.body.note.as_str()))
            .collect()
    }

    fn files(folder: &Path) -> usize {
        std::fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn what_a_window_left_is_taken_over_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("postil.db");
        let mut gone = Drafts::beside(&store, 1);
        gone.keep(&draft(2, "half a th")).unwrap();
        gone.keep(&draft(2, "half a thought")).unwrap();
        gone.keep(&draft(1, "older")).unwrap();
        drop(gone);
        let mut next = Drafts::beside(&store, 1);
        let (found, failed) = next.take_over();
        assert_eq!(notes(&found), [(-1, "older"), (-2, "half a thought")]);
        assert!(failed.is_empty(), "{failed:?}");
        assert_eq!(found[0].locator, "/a.txt");
        let mut other = Drafts::beside(&store, 3);
        assert_eq!(
            notes(&other.take_over().0),
            [],
            "they are another window's now"
        );
        drop(next);
        let (found, _) = other.take_over();
        assert_eq!(notes(&found), [(-1, "older"), (-2, "half a thought")]);
    }

    #[test]
    fn a_window_that_lives_keeps_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("postil.db");
        let mut one = Drafts::beside(&store, 1);
        one.keep(&draft(5, "mine")).unwrap();
        let mut two = Drafts::beside(&store, 2);
        assert_eq!(notes(&two.take_over().0), []);
        two.keep(&draft(5, "yours")).unwrap();
        one.keep(&draft(5, "mine still")).unwrap();
        drop(one);
        assert_eq!(notes(&two.take_over().0), [(-1, "mine still")]);
    }

    #[test]
    fn nothing_is_left_of_what_was_saved_or_thrown_away() {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("postil.db");
        let mut drafts = Drafts::beside(&store, 1);
        assert_eq!(
            files(folder.path()),
            0,
            "nothing is made before it is needed"
        );
        drafts.keep(&draft(1, "a")).unwrap();
        drafts.keep(&draft(2, "b")).unwrap();
        drafts.forget(DraftId(1)).unwrap();
        drafts.forget(DraftId(7)).unwrap();
        assert!(files(folder.path()) > 0);
        drafts.forget(DraftId(2)).unwrap();
        assert_eq!(files(folder.path()), 0);
        drafts.keep(&draft(3, "c")).unwrap();
        drop(drafts);
        assert_eq!(notes(&Drafts::beside(&store, 2).take_over().0), [(-1, "c")]);
    }

    #[test]
    fn what_cannot_be_read_stays_and_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("postil.db");
        let broken = folder.path().join("postil.db.draft-9-0");
        std::fs::write(
            &broken,
            "no database at all, but long enough to look like one".repeat(40),
        )
        .unwrap();
        std::fs::write(folder.path().join("postil.db.draft-notes.txt"), "not ours").unwrap();
        let (found, failed) = Drafts::beside(&store, 1).take_over();
        assert!(found.is_empty() && failed.len() == 1, "{failed:?}");
        assert!(broken.exists());
    }
}
