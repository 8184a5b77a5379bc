//! The folder of real documents that some tests read when it lies beside the crate; they are no part of it.

// Each test program uses its own part of this module.
#![allow(dead_code)]

use std::path::{Path, PathBuf};

/// The folder named by `POSTIL_SHARED`, or else `../shared` beside the crate; without either, `None` and a line that says
/// what is skipped.
pub(crate) fn shared_dir() -> Option<PathBuf> {
    let folder = std::env::var_os("POSTIL_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!(
        "skipped: the real documents are not in {}; set POSTIL_SHARED to their folder to run this test",
        folder.display()
    );
    None
}

/// As [`shared_dir`], but for one folder or file inside it.
pub(crate) fn shared(inside: &str) -> Option<PathBuf> {
    let path = shared_dir()?.join(inside);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is absent", path.display());
    None
}
