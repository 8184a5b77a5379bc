//! What `analyze` reads: files, standard input as one text, or a document a line.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

use super::super::flow::{Feed, Stopped};
use crate::library::samples;
use crate::runtime::collection::{Collection, Member};
use crate::runtime::source::{STDIN, path_of};

/// Bytes of the longest line that is taken.
const LONGEST_LINE: u64 = 1 << 30;

/// Something to analyse.
pub(super) enum Item {
    /// The document at a locator.
    Document {
        /// Where it is.
        locator: String,
    },
    /// A line of JSON.
    Line {
        /// The file it stands in; none for standard input.
        path: Option<Arc<str>>,
        /// Counted from 1.
        number: u64,
        /// Without its line break.
        bytes: Vec<u8>,
    },
    /// Something that cannot be had.
    Missing {
        /// The file it stands in, where that is known.
        path: Option<Arc<str>>,
        /// Counted from 1, for a line.
        number: Option<u64>,
        /// Why.
        why: String,
    },
}

/// Feeds every document.
pub(super) fn documents(collection: &Collection, feed: &mut Feed<Item>) {
    for member in collection.members() {
        let (n_bytes, item) = match member {
            Member::Document { locator, stamp } => (stamp.size, Item::Document { locator }),
            Member::Problem(why) => (0, missing(None, why)),
        };
        if feed.push(n_bytes, item).is_err() {
            return;
        }
    }
}

/// Feeds every line of every file.
pub(super) fn lines(collection: &Collection, feed: &mut Feed<Item>) {
    for member in collection.members() {
        let pushed = match member {
            Member::Document { locator, .. } => lines_of(&locator, feed),
            Member::Problem(why) => feed.push(0, missing(None, why)),
        };
        if pushed.is_err() {
            return;
        }
    }
}

fn missing(path: Option<Arc<str>>, why: String) -> Item {
    Item::Missing {
        path,
        number: None,
        why,
    }
}

fn lines_of(locator: &str, feed: &mut Feed<Item>) -> Result<(), Stopped> {
    let path: Option<Arc<str>> = (locator != STDIN).then(|| locator.into());
    let opened: io::Result<Box<dyn Read>> = if let Some(sample) = samples::at_locator(locator) {
        Ok(Box::new(sample.bytes))
    } else if path.is_none() {
        Ok(Box::new(io::stdin()))
    } else {
        File::open(path_of(locator)).map(|file| Box::new(file) as Box<dyn Read>)
    };
    let unreadable = |path: Option<Arc<str>>, error: &io::Error| {
        let name = path.as_deref().unwrap_or("standard input").to_owned();
        missing(
            path,
            format!("`{name}` cannot be read: {error}; check it and try again"),
        )
    };
    let mut reader = match opened {
        Ok(reader) => BufReader::with_capacity(1 << 16, reader),
        Err(error) => return feed.push(0, unreadable(path, &error)),
    };
    for number in 1.. {
        let mut bytes = Vec::new();
        let read = reader
            .by_ref()
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut bytes);
        match read {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) => return feed.push(0, unreadable(path, &error)),
        }
        let whole = bytes.pop_if(|last| *last == b'\n').is_some();
        let item = if whole || (bytes.len() as u64) < LONGEST_LINE {
            if number == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
                bytes.drain(..3);
            }
            Item::Line {
                path: path.clone(),
                number,
                bytes,
            }
        } else {
            drop(bytes);
            reader.skip_until(b'\n').ok();
            Item::Missing {
                path: path.clone(),
                number: Some(number),
                why: "the line is longer than 1 GiB; split the document".to_owned(),
            }
        };
        let n_bytes = match &item {
            Item::Line { bytes, .. } => bytes.len() as u64,
            Item::Document { .. } | Item::Missing { .. } => 0,
        };
        feed.push(n_bytes, item)?;
    }
    Ok(())
}
