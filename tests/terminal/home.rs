//! A home folder that a test owns: nothing of the person who runs the tests is read or written.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// A fresh, empty home. Two programs started in the same one share their store; it is deleted with the value.
#[derive(Debug)]
pub(crate) struct Home {
    folder: TempDir,
}

impl Home {
    /// A home in the platform's folder for temporary files.
    pub(crate) fn fresh() -> Self {
        Self {
            folder: tempfile::Builder::new()
                .prefix("postil-home-")
                .tempdir()
                .unwrap(),
        }
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file below the home, with the folders it needs, and says where it is.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    /// The whole environment of a program that lives here. The variables of the test's own environment are not passed
    /// on, except PATH: no `POSTIL_…` reaches the program unless the test sets it.
    pub(crate) fn environment(&self) -> Vec<(String, String)> {
        let inside = |name: &str| self.path().join(name).to_string_lossy().into_owned();
        let path = std::env::var("PATH").unwrap_or_else(|_| "/usr/bin:/bin".to_owned());
        [
            ("PATH", path),
            ("HOME", inside("")),
            ("XDG_DATA_HOME", inside("data")),
            ("XDG_CONFIG_HOME", inside("config")),
            ("XDG_CACHE_HOME", inside("cache")),
            ("XDG_STATE_HOME", inside("state")),
            ("XDG_RUNTIME_DIR", inside("run")),
            ("TMPDIR", inside("")),
            ("TERM", "xterm-256color".to_owned()),
            ("LANG", "C.UTF-8".to_owned()),
            ("TZ", "UTC".to_owned()),
            ("SHELL", "/bin/sh".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    }
}
