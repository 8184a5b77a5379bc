//! Watches the files of the collection and the store, so that nobody has to ask again and again.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::collection::Collection;
use super::source::{STDIN, path_of};
use super::{desk, keeper, librarian};
use crate::library::samples::SCHEME;

/// How often the store is looked at where the system has no watcher left to give.
const WITHOUT_WATCHER: Duration = Duration::from_secs(2);

/// Watches as long as the program runs. Where the system gives no watcher, the store is looked at now and then, and `:rescan` looks at the files.
pub(super) fn run(
    store: &Path,
    collection: &Collection,
    keeper: &Sender<keeper::Request>,
    librarian: Sender<librarian::Request>,
    desk: Sender<desk::Request>,
) {
    // The watcher works on a thread of its own; this one holds it and sleeps.
    let watching = watch(store, collection, keeper.clone(), librarian, desk);
    // What was written before the watcher was there was missed.
    let mut listening = keeper.send(keeper::Request::Look).is_ok();
    let store_is_watched = watching.as_ref().is_some_and(|(_, of_store)| *of_store);
    while listening {
        if store_is_watched {
            std::thread::park();
        } else {
            std::thread::sleep(WITHOUT_WATCHER);
            listening = keeper.send(keeper::Request::Look).is_ok();
        }
    }
}

/// The watcher, and whether it watches the store.
fn watch(
    store: &Path,
    collection: &Collection,
    keeper: Sender<keeper::Request>,
    librarian: Sender<librarian::Request>,
    desk: Sender<desk::Request>,
) -> Option<(RecommendedWatcher, bool)> {
    let folder = store.parent().map(Path::to_path_buf).unwrap_or_default();
    let store_name = store.file_name()?.to_os_string();
    // It is made by the keeper when it is first needed, and must be there to be watched.
    drop(std::fs::create_dir_all(&folder));
    let log_name = {
        let mut name = store_name.clone();
        name.push("-wal");
        name
    };
    let beside_store = folder.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else { return };
        if matches!(event.kind, EventKind::Access(_)) {
            return;
        }
        let ours = |path: &PathBuf| {
            path.parent() == Some(&beside_store)
                && path
                    .file_name()
                    .is_some_and(|name| name == store_name || name == log_name)
        };
        let in_store_folder = |path: &PathBuf| path.parent() == Some(&beside_store);
        if event.paths.iter().any(ours) {
            drop(keeper.send(keeper::Request::Look));
        }
        if event.paths.iter().any(|path| !in_store_folder(path)) {
            drop(librarian.send(librarian::Request::Changed));
            drop(desk.send(desk::Request::Changed(event.paths)));
        }
    })
    .ok()?;
    let of_store = watcher.watch(&folder, RecursiveMode::NonRecursive).is_ok();
    for root in collection
        .roots
        .iter()
        .filter(|root| *root != STDIN && *root != SCHEME)
    {
        drop(watcher.watch(&path_of(root), RecursiveMode::Recursive));
    }
    Some((watcher, of_store))
}
