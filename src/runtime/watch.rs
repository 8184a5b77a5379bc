//! Watches the files of the collection and the store, so that nobody has to ask again and again.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::collection::Collection;
use super::source::STDIN;
use super::{keeper, librarian};
use crate::library::samples::SCHEME;

/// Starts watching; without a watcher the program works, `:rescan` looks again.
pub(super) fn start(
    store: &Path,
    collection: &Collection,
    keeper: Sender<keeper::Request>,
    librarian: Sender<librarian::Request>,
) -> Option<RecommendedWatcher> {
    let folder = store.parent().map(Path::to_path_buf).unwrap_or_default();
    let store_name = store.file_name()?.to_os_string();
    let log_name = {
        let mut name = store_name.clone();
        name.push("-wal");
        name
    };
    let watched = folder.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else { return };
        if matches!(event.kind, EventKind::Access(_)) {
            return;
        }
        let ours = |path: &PathBuf| {
            path.parent() == Some(&watched)
                && path
                    .file_name()
                    .is_some_and(|name| name == store_name || name == log_name)
        };
        let in_store_folder = |path: &PathBuf| path.parent() == Some(&watched);
        if event.paths.iter().any(ours) {
            drop(keeper.send(keeper::Request::Look));
        }
        if event.paths.iter().any(|path| !in_store_folder(path)) {
            drop(librarian.send(librarian::Request::Changed));
        }
    })
    .ok()?;
    drop(watcher.watch(&folder, RecursiveMode::NonRecursive));
    for root in collection
        .roots
        .iter()
        .filter(|root| *root != STDIN && *root != SCHEME)
    {
        drop(watcher.watch(Path::new(root), RecursiveMode::Recursive));
    }
    Some(watcher)
}
