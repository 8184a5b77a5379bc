//! Where things lie on this machine: the store, the catalogue, the user's settings.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// The environment variable that names the store's file.
pub const LIBRARY_VARIABLE: &str = "POSTIL_LIBRARY";

/// The files postil uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// What the reader wrote.
    pub store: PathBuf,
    /// What was derived; can be deleted at any time.
    pub catalogue: PathBuf,
    /// Settings, keymap and theme of the user.
    pub config: PathBuf,
}

/// There is no folder to use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoHome;

impl std::fmt::Display for NoHome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("there is no home folder to keep notes in: set HOME, or name a file with `--library FILE`")
    }
}

impl std::error::Error for NoHome {}

impl Paths {
    /// The store named on the command line, else by `POSTIL_LIBRARY`, else in the platform's data folder. Each store has a catalogue of its own.
    pub fn find(library: Option<PathBuf>) -> Result<Self, NoHome> {
        let named = library.or_else(|| {
            std::env::var_os(LIBRARY_VARIABLE)
                .filter(|name| !name.is_empty())
                .map(PathBuf::from)
        });
        let dirs = ProjectDirs::from("", "", "postil");
        match (named, dirs) {
            (None, Some(dirs)) => Ok(Self {
                store: absolute(&dirs.data_dir().join("postil.db")),
                catalogue: absolute(&dirs.cache_dir().join("catalogue.db")),
                config: dirs.config_dir().to_owned(),
            }),
            (Some(store), dirs) => {
                let store = absolute(&store);
                let id = crate::document::DocId::of_locator(&store.to_string_lossy());
                let cache = dirs
                    .as_ref()
                    .map_or_else(std::env::temp_dir, |dirs| dirs.cache_dir().to_owned());
                let config = dirs.map_or_else(PathBuf::new, |dirs| dirs.config_dir().to_owned());
                Ok(Self {
                    store,
                    catalogue: cache.join(format!("catalogue-{id}.db")),
                    config,
                })
            }
            (None, None) => Err(NoHome),
        }
    }
}

/// Whatever folder the program is in later, and as a watcher names it.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
