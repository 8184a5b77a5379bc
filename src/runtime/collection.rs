//! What is opened: folders and files, the samples, or standard input.

use std::path::PathBuf;

use super::source::{self, STDIN};
use crate::import::{self, Entry, Found};
use crate::library::Stamp;
use crate::library::samples::{SAMPLES, SCHEME};
use crate::store::catalogue::CollectionKey;

/// A set of roots to read documents from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// Absolute paths, [`SCHEME`] for the samples, [`STDIN`].
    pub roots: Vec<String>,
}

/// Something in a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Member {
    /// A document to read.
    Document {
        /// Its locator.
        locator: String,
        /// How it was when it was seen.
        stamp: Stamp,
    },
    /// Something that cannot be read, and why.
    Problem(String),
}

/// A root that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoRoot {
    path: String,
}

impl std::fmt::Display for NoRoot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "there is no file or folder `{}`; check the path, or see `postil --help`",
            self.path
        )
    }
}

impl std::error::Error for NoRoot {}

impl Collection {
    /// The samples.
    pub fn samples() -> Self {
        Self {
            roots: vec![SCHEME.to_owned()],
        }
    }

    /// The collection of these paths; `-` is standard input.
    pub fn of_paths(paths: &[PathBuf]) -> Result<Self, NoRoot> {
        let root = |path: &PathBuf| {
            if path.as_os_str() == "-" {
                return Ok(STDIN.to_owned());
            }
            if path.as_os_str() == SCHEME {
                return Ok(SCHEME.to_owned());
            }
            if std::fs::metadata(path).is_err() {
                return Err(NoRoot {
                    path: crate::text::sanitise::line(&path.to_string_lossy()).into_owned(),
                });
            }
            Ok(source::locator_of(path))
        };
        let mut roots: Vec<String> = paths.iter().map(root).collect::<Result<_, _>>()?;
        let mut seen = std::collections::HashSet::new();
        roots.retain(|root| seen.insert(root.clone()));
        Ok(Self { roots })
    }

    /// Its key in the catalogue.
    pub fn key(&self) -> CollectionKey {
        CollectionKey::of_roots(&self.roots)
    }

    /// Whether it is one single file or standard input: then there is nothing to list.
    pub fn single(&self) -> Option<&str> {
        match self.roots.as_slice() {
            [root]
                if root == STDIN
                    || std::fs::metadata(source::path_of(root))
                        .is_ok_and(|meta| meta.is_file()) =>
            {
                Some(root)
            }
            _ => None,
        }
    }

    /// What is in it, in a stable order, each place once.
    pub fn members(&self) -> impl Iterator<Item = Member> + '_ {
        let mut seen = std::collections::HashSet::new();
        self.roots
            .iter()
            .flat_map(|root| members_of(root))
            .filter(move |member| match member {
                Member::Document { locator, .. } => seen.insert(source::doc_of(locator)),
                Member::Problem(_) => true,
            })
    }
}

fn members_of(root: &str) -> Box<dyn Iterator<Item = Member> + '_> {
    if root == STDIN {
        return Box::new(std::iter::once(Member::Document {
            locator: STDIN.to_owned(),
            stamp: Stamp::default(),
        }));
    }
    if root == SCHEME {
        return Box::new(SAMPLES.iter().map(|sample| {
            // A sample changes with the program alone: its length stands for its content.
            let stamp = Stamp {
                size: sample.bytes.len() as u64,
                mtime_ns: 0,
            };
            Member::Document {
                locator: format!("{SCHEME}{}", sample.name),
                stamp,
            }
        }));
    }
    Box::new(
        import::walk(&[source::path_of(root)]).filter_map(|entry| match entry {
            Entry::Found(Found {
                path,
                size,
                mtime_ns,
            }) => Some(Member::Document {
                locator: source::locator_as_is(&path),
                stamp: Stamp { size, mtime_ns },
            }),
            Entry::Problem(problem) => Some(Member::Problem(problem.to_string())),
            Entry::Other => None,
        }),
    )
}
