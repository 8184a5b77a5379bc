//! `postil note list`: notes, each with where its words stand now.

use std::path::{Path, PathBuf};

use clap::Args;

use super::super::failure::{Failure, Outcome};
use super::super::kept::{Leaf, Reading, leaves};
use super::super::ledger::Ledger;
use super::super::named::{NamesIn, naming};
use super::super::out::{Form, Out};
use super::super::room::Opened;
use super::NoteRecord;
use crate::annotation::{Anchoring, Annotation, RecordId};
use crate::document::{DocKind, Document, Interval};
use crate::library::samples::SCHEME;
use crate::runtime::clock;
use crate::runtime::paths::Paths;
use crate::search::query::{Filter, Subject, Words};
use crate::store::Store;

/// What `note list` takes.
#[derive(Debug, Args)]
pub(in super::super) struct ListArgs {
    /// Words and keys the notes must match, as after `--where`, or the files and folders they are on; what is there or has a `/` in it is a path. Without any all notes of the store. A query that begins with `-` comes after `--`
    #[arg(value_name = "QUERY|PATH")]
    given: Vec<String>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
    /// Only notes that match: words of the note, its passage or title, tag:NAME, colour:green, status:lost, entity:NAME, by:NAME, since:2023-10, -WORD
    #[arg(long = "where", value_name = "QUERY", allow_hyphen_values = true)]
    filter: Option<String>,
}

/// A note as a query looks at it.
pub(in super::super) struct Noted<'a> {
    opened: Option<&'a Opened>,
    names: Option<&'a NamesIn<'a>>,
    note: &'a Annotation,
    status: &'static str,
    /// The note and the passage.
    words: String,
}

impl<'a> Noted<'a> {
    pub(in super::super) fn new(
        opened: Option<&'a Opened>,
        names: Option<&'a NamesIn<'a>>,
        note: &'a Annotation,
        status: &'static str,
    ) -> Self {
        Self {
            opened,
            names,
            note,
            status,
            words: format!("{}\n{}", note.body.note, note.target.quote.exact),
        }
    }
}

impl Subject for Noted<'_> {
    fn title(&self) -> &str {
        self.opened.map_or("", |opened| opened.document.title())
    }

    fn publisher(&self) -> Option<&str> {
        self.opened?.document.meta.publisher.as_deref()
    }

    fn authors(&self) -> &[String] {
        self.opened
            .map_or(&[], |opened| &opened.document.meta.authors)
    }

    fn text(&self) -> Option<&str> {
        Some(&self.words)
    }

    fn tags(&self) -> &[String] {
        &self.note.body.tags
    }

    fn colour(&self) -> Option<&str> {
        Some(self.note.body.colour.as_str())
    }

    fn status(&self) -> Option<&str> {
        Some(self.status)
    }

    fn names(&self, words: &Words) -> bool {
        self.names
            .is_some_and(|names| names.any_in(&self.words, words))
    }

    fn kind(&self) -> Option<DocKind> {
        self.opened.map(|opened| opened.document.meta.kind)
    }

    fn date(&self) -> Option<Interval> {
        let published = self.opened?.document.meta.published.as_ref()?;
        Some(published.date.interval())
    }
}

/// Prints the notes, by document and in text order.
pub(super) fn run(args: &ListArgs, places: &Paths) -> Result<Outcome, Failure> {
    let (paths, words): (Vec<&String>, Vec<&String>) =
        args.given.iter().partition(|word| is_path(word));
    let paths: Vec<PathBuf> = paths.into_iter().map(PathBuf::from).collect();
    let query = (words.iter().map(|word| quoted(word)))
        .chain(args.filter.clone())
        .collect::<Vec<_>>()
        .join(" ");
    let filter = Filter::parse(&query)?;
    let form = Form::of_flag(args.json);
    let mut out = Out::new();
    let reading = Reading {
        of: Ledger::notes_of,
        all: Store::all_annotations,
        made: |note| (note.id, note.target.revision),
    };
    let mut n_uncertain = 0;
    let analyse = naming(&places.config);
    let outcome = leaves(&paths, places, &reading, |leaf, ledger| {
        let found = leaf.placed(ledger)?;
        let Leaf {
            locator, opened, ..
        } = leaf;
        let document = opened.as_ref().map(|opened| &opened.document);
        if let Some(document) = document {
            remember(places, document, &locator, &found);
        }
        let names = opened.as_ref().map(|opened| NamesIn::new(opened, &analyse));
        let mut n_shown = 0;
        for (note, anchoring) in found {
            let status = anchoring.anchor.status();
            let subject = Noted::new(opened.as_ref(), names.as_ref(), &note, status);
            if !filter.matches(&subject) {
                continue;
            }
            let record = match document {
                Some(document) => NoteRecord::placed(note, &locator, document, &anchoring),
                None => NoteRecord::new(note, &locator, None, ledger)?,
            };
            n_uncertain += usize::from(!record.standing.is_certain());
            match form {
                Form::Json => out.json(&record)?,
                Form::People => {
                    if n_shown == 0 {
                        let title = document.map_or("(not there)", |document| document.title());
                        out.text(&format!("{title}\n{locator}"))?;
                    }
                    record.people(&mut out)?;
                }
            }
            n_shown += 1;
        }
        if n_shown > 0 && form == Form::People {
            out.text("")?;
        }
        Ok(())
    })?;
    out.flush()?;
    Ok(outcome.and(Outcome::of_count(n_uncertain)))
}

/// Writes down where notes made on an earlier text stand in this one. A store that cannot be written to is as good as it was.
fn remember(places: &Paths, document: &Document, locator: &str, found: &[(Annotation, Anchoring)]) {
    let earlier: Vec<(RecordId, Anchoring)> = found
        .iter()
        .filter(|(note, _)| note.target.revision != document.revision)
        .map(|(note, anchoring)| (note.id, anchoring.clone()))
        .collect();
    if earlier.is_empty() {
        return;
    }
    let now = clock::now();
    Store::open(&places.store, now)
        .and_then(|mut store| store.record_anchorings(document, locator, &earlier, now))
        .ok();
}

/// Whether a word of the command line is a path and not part of a query.
fn is_path(word: &str) -> bool {
    let is_key = word.split_once(':').is_some_and(|(key, _)| {
        key.trim_start_matches('-')
            .chars()
            .all(|c| c.is_ascii_alphabetic())
    });
    Path::new(word).exists() || (word.contains(['/', '\\']) && !is_key) || word.starts_with(SCHEME)
}

/// A word with blanks in it was one word to the shell: a phrase, if no key or mark says otherwise.
fn quoted(word: &str) -> String {
    let is_query = word.contains(['"', ':', '“']) || format!(" {word}").contains(" -");
    if word.contains(char::is_whitespace) && !is_query {
        format!("\"{word}\"")
    } else {
        word.to_owned()
    }
}
