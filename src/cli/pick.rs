//! Which document DOC means.
//!
//! In this order, the first that gives anything: a file, `-`, a locator, an id, a file name, a whole title, a part of a title (without regard to case and accents). Only titles need
//! the documents to be read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::failure::Failure;
use super::room::{Opened, Room};
use crate::runtime::collection::Member;
use crate::runtime::paths::Paths;
use crate::runtime::source::{STDIN, doc_of, locator_of};
use crate::search::fold::fold;

/// A document on the command line.
#[derive(Debug, Args)]
pub(super) struct DocArgs {
    /// A path, an id, a file name or an unambiguous part of a title; `-` is standard input
    #[arg(value_name = "DOC")]
    wanted: String,
    /// Where to look for it: files and folders; without any the current collection, else the samples
    #[arg(long = "in", value_name = "PATH")]
    around: Vec<PathBuf>,
}

impl DocArgs {
    /// What somebody else's arguments name.
    pub(super) const fn new(wanted: String, around: Vec<PathBuf>) -> Self {
        Self { wanted, around }
    }

    /// The documents around the one at `locator`: what `--in` says; of a file that does not belong to the current collection, its folder.
    pub(super) fn room_around(&self, locator: &str, places: &Paths) -> Result<Room, Failure> {
        let room = Room::new(&self.around, places)?;
        let path = Path::new(&self.wanted);
        if !self.around.is_empty() || !path.is_file() {
            return Ok(room);
        }
        let mut members = room.collection.members();
        let belongs = members
            .any(|member| matches!(member, Member::Document { locator: of, .. } if of == locator));
        drop(members);
        match path.parent() {
            Some(folder) if !belongs => {
                let folder = if folder.as_os_str().is_empty() {
                    Path::new(".")
                } else {
                    folder
                };
                Room::new(&[folder.to_owned()], places)
            }
            _ => Ok(room),
        }
    }

    /// Reads the document.
    pub(super) fn open(&self, places: &Paths) -> Result<Opened, Failure> {
        let wanted = self.wanted.as_str();
        let path = Path::new(wanted);
        if wanted == "-" || wanted == STDIN {
            return Room::new(&[PathBuf::from("-")], places)?.open(STDIN);
        }
        if self.around.is_empty() && path.is_file() {
            let room = Room::new(&[path.to_owned()], places)?;
            return room.open(&locator_of(path));
        }
        let room = Arc::new(Room::new(&self.around, places)?);
        let locator = self.find(&room)?;
        room.open(&locator)
    }

    fn find(&self, room: &Arc<Room>) -> Result<String, Failure> {
        let wanted = self.wanted.as_str();
        let here = locator_of(Path::new(wanted));
        let locators: Vec<String> = room
            .collection
            .members()
            .filter_map(|member| match member {
                Member::Document { locator, .. } => Some(locator),
                Member::Problem(_) => None,
            })
            .collect();
        let whole = |locator: &&String| {
            **locator == wanted || **locator == here || doc_of(locator).to_string() == wanted
        };
        if let Some(locator) = locators.iter().find(whole) {
            return Ok(locator.clone());
        }
        if Path::new(wanted).is_dir() {
            return Err(Failure::Folder {
                wanted: wanted.to_owned(),
            });
        }
        let named: Vec<(String, String)> = locators
            .iter()
            .filter(|locator| name(locator) == wanted)
            .map(|locator| (locator.clone(), String::new()))
            .collect();
        if let Some(locator) = self.only(named)? {
            return Ok(locator);
        }
        let words = fold(wanted).into_owned();
        let mut titles: Vec<(String, String)> = Vec::new();
        room.each(
            |_, opened| Ok((opened.locator, opened.document.title().to_owned())),
            |found| {
                titles.push(found);
                Ok(())
            },
        )?;
        titles.retain(|(_, title)| fold(title).contains(&words));
        let equal = titles.iter().filter(|(_, title)| fold(title) == words);
        let equal: Vec<(String, String)> = equal.cloned().collect();
        let found = self.only(if equal.is_empty() { titles } else { equal })?;
        found.ok_or_else(|| Failure::NoDocument {
            wanted: wanted.to_owned(),
        })
    }

    fn only(&self, candidates: Vec<(String, String)>) -> Result<Option<String>, Failure> {
        match candidates.len() {
            0 => Ok(None),
            1 => Ok(candidates.into_iter().next().map(|(locator, _)| locator)),
            _ => Err(Failure::Ambiguous {
                wanted: self.wanted.clone(),
                candidates,
            }),
        }
    }
}

/// The file name at the end of a locator.
fn name(locator: &str) -> &str {
    locator.rsplit(['/', '\\', ':']).next().unwrap_or_default()
}
