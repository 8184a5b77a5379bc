//! Finds the files of a library, in a stable order.
//!
//! Below a folder: regular files with an extension of text or without one, in the order of their names, files before the folders beside them; hidden ones are
//! left out. What cannot be taken is a [`Problem`], never an end. Symbolic links are followed; a folder inside itself is reported once. Memory grows with the
//! depth and with the longest folder, not with the number of files.

use std::collections::VecDeque;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// A file that can be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it is, as reached from the root.
    pub path: PathBuf,
    /// Bytes.
    pub size: u64,
    /// When it was last changed, in nanoseconds since 1970; 0 where the file system does not say.
    pub mtime_ns: i64,
}

/// Something that was not taken, and the rule it broke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What.
    pub path: PathBuf,
    /// Why.
    pub rule: Rule,
}

/// Why a path is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// It could not be read.
    Unreadable(io::ErrorKind),
    /// A link leads to a folder it lies in.
    Loop,
    /// It is larger than 4 GiB.
    TooLarge {
        /// Its bytes.
        size: u64,
    },
    /// It is neither a file nor a folder: a pipe, a socket, a device.
    NotRegular,
    /// Folders are nested deeper than 128.
    TooDeep,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let path = self.path.to_string_lossy();
        let path = crate::text::sanitise::line(&path);
        match self.rule {
            Rule::Unreadable(kind) => {
                write!(f, "`{path}` cannot be read ({kind}); check its permissions")
            }
            Rule::Loop => write!(
                f,
                "`{path}` leads back to a folder it lies in and is not followed; remove the link"
            ),
            Rule::TooLarge { size } => {
                write!(f, "`{path}` has {size} bytes, more than 4 GiB; split it")
            }
            Rule::NotRegular => {
                write!(f, "`{path}` is not a regular file; copy its content to one")
            }
            Rule::TooDeep => write!(
                f,
                "`{path}` lies more than 128 folders deep and is not read; name it as a root of its own"
            ),
        }
    }
}

/// What a walk meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A file to import.
    Found(Found),
    /// Something not taken that the reader should know of.
    Problem(Problem),
    /// A file of another kind (images, tables, programs): counted, not reported.
    Other,
}

/// Deepest nesting of folders.
const DEEPEST: usize = 128;
const LARGEST: u64 = u32::MAX as u64;

/// A folder being read: itself with links resolved, and what is left of it.
struct Folder {
    real: PathBuf,
    left: VecDeque<PathBuf>,
}

/// An iterator over the files below some roots.
pub struct Walk {
    roots: VecDeque<PathBuf>,
    folders: Vec<Folder>,
}

/// Walks files and folders in the order given. A root that is a file is taken whatever its extension.
pub fn walk(roots: &[PathBuf]) -> Walk {
    Walk {
        roots: roots.iter().cloned().collect(),
        folders: Vec::new(),
    }
}

impl Iterator for Walk {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        loop {
            let next = self
                .folders
                .last_mut()
                .map(|folder| folder.left.pop_front());
            let met = match next {
                Some(Some(path)) => self.meet(path, Place::Inside),
                Some(None) => {
                    self.folders.pop();
                    None
                }
                None => {
                    let root = self.roots.pop_front()?;
                    self.meet(root, Place::Root)
                }
            };
            if met.is_some() {
                return met;
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    Inside,
}

impl Walk {
    /// Looks at a path; a folder is opened and gives nothing yet.
    fn meet(&mut self, path: PathBuf, place: Place) -> Option<Entry> {
        let meta = match fs::metadata(&path) {
            Ok(meta) => meta,
            Err(error) => {
                // Links in a ring: the link is there, what it leads to is neither missing nor forbidden.
                let named = matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied
                );
                let ring =
                    !named && fs::symlink_metadata(&path).is_ok_and(|link| link.is_symlink());
                return Some(problem(
                    path,
                    if ring {
                        Rule::Loop
                    } else {
                        Rule::Unreadable(error.kind())
                    },
                ));
            }
        };
        if meta.is_dir() {
            return self.enter(path);
        }
        if place == Place::Inside && !is_importable(&path) {
            return Some(Entry::Other);
        }
        if !meta.is_file() {
            return Some(problem(path, Rule::NotRegular));
        }
        if meta.len() > LARGEST {
            return Some(problem(path, Rule::TooLarge { size: meta.len() }));
        }
        let mtime_ns = meta
            .modified()
            .ok()
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
            .map_or(0, |since| {
                i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
            });
        Some(Entry::Found(Found {
            path,
            size: meta.len(),
            mtime_ns,
        }))
    }

    fn enter(&mut self, path: PathBuf) -> Option<Entry> {
        if self.folders.len() >= DEEPEST {
            return Some(problem(path, Rule::TooDeep));
        }
        let (real, entries) =
            match fs::canonicalize(&path).and_then(|real| Ok((real, fs::read_dir(&path)?))) {
                Ok(read) => read,
                Err(error) => return Some(problem(path, Rule::Unreadable(error.kind()))),
            };
        if self.folders.iter().any(|folder| folder.real == real) {
            return Some(problem(path, Rule::Loop));
        }
        let mut left: Vec<_> = entries
            .filter_map(Result::ok)
            .filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."))
            .map(|entry| {
                (
                    entry.file_type().is_ok_and(|kind| kind.is_dir()),
                    entry.path(),
                )
            })
            .collect();
        left.sort_unstable();
        let left = left.into_iter().map(|(_, path)| path).collect();
        self.folders.push(Folder { real, left });
        None
    }
}

fn problem(path: PathBuf, rule: Rule) -> Entry {
    Entry::Problem(Problem { path, rule })
}

/// Whether a file's name says text, or nothing.
fn is_importable(path: &Path) -> bool {
    let Some(extension) = path.extension() else {
        return true;
    };
    ["txt", "text", "md", "markdown"]
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(root: &Path) -> Vec<String> {
        walk(&[root.to_path_buf()])
            .map(|entry| match entry {
                Entry::Found(found) => found
                    .path
                    .strip_prefix(root)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned(),
                Entry::Problem(problem) => format!(
                    "! {}",
                    problem.path.strip_prefix(root).unwrap().to_string_lossy()
                ),
                Entry::Other => "other".to_owned(),
            })
            .collect()
    }

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
        folder
    }

    #[test]
    fn files_come_in_order_and_hidden_ones_do_not() {
        let folder = folder(&[
            "b.txt",
            "a.MD",
            "index.json",
            "sub/c.text",
            "sub/.hidden.txt",
            ".git/x.txt",
            "README",
        ]);
        assert_eq!(
            names(folder.path()),
            ["README", "a.MD", "b.txt", "other", "sub/c.text"]
        );
    }

    #[test]
    fn a_root_that_is_a_file_is_taken_and_a_missing_one_is_a_problem() {
        let folder = folder(&["data.json"]);
        assert_eq!(
            walk(&[folder.path().join("data.json")])
                .filter(|entry| matches!(entry, Entry::Found(found) if found.size == 4))
                .count(),
            1
        );
        assert_eq!(names(&folder.path().join("missing")), ["! "]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_folder_above_is_a_problem_not_a_loop() {
        let folder = folder(&["a/b.txt"]);
        std::os::unix::fs::symlink(folder.path(), folder.path().join("a/up")).unwrap();
        std::os::unix::fs::symlink("ring.txt", folder.path().join("ring.txt")).unwrap();
        std::os::unix::fs::symlink("nowhere", folder.path().join("a/zero.txt")).unwrap();
        assert_eq!(
            names(folder.path()),
            ["! ring.txt", "a/b.txt", "! a/up", "! a/zero.txt"]
        );
        assert!(walk(&[folder.path().to_path_buf()]).any(|entry| matches!(entry, Entry::Problem(Problem { path, rule: Rule::Loop }) if path.ends_with("ring.txt"))));
    }

    #[cfg(unix)]
    #[test]
    fn a_socket_is_no_file() {
        let folder = folder(&["b.txt"]);
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("a.txt")).unwrap();
        assert_eq!(names(folder.path()), ["! a.txt", "b.txt"]);
    }
}
